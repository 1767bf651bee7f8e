using Cell3D.Input;

namespace Cell3D.Simulation;

/// <summary>Everything that a run remarks, from reading its input to its end: what the screen shows is what the summary holds.</summary>
/// <remarks>Remarks of one kind that repeat are shown the first time and counted from then on.</remarks>
public sealed class RunWarnings
{
    private readonly List<Remark> _remarks = [];

    /// <summary>Shows a remark that is made for the first time.</summary>
    public Action<Severity, string> Show { get; set; } = (_, _) => { };

    /// <summary>Each remark once, the gravest first, those that were repeated with their number.</summary>
    public IReadOnlyList<string> Sentences => [.. _remarks.OrderByDescending(remark => remark.Severity).Select(remark => remark.Text)];

    /// <summary>Remarks that were made again after they had been shown, with their number.</summary>
    public IEnumerable<string> Repeated => _remarks.Where(remark => remark.Times > 1).Select(remark => remark.Text);

    /// <summary>Keeps remarks about the input that have been shown with their place in the file.</summary>
    public void Keep(IEnumerable<InputProblem> shown)
    {
        foreach (InputProblem problem in shown) _remarks.Add(new(problem.ToString(), problem.Severity, problem.ToString()));
    }

    /// <summary>Makes a remark.</summary>
    /// <param name="sentence">What is remarked.</param>
    /// <param name="severity">How grave it is; an error means results that are not to be trusted.</param>
    /// <param name="kind">What remarks that say the same of other times or places share; the sentence itself when left out.</param>
    public void Add(string sentence, Severity severity = Severity.Warning, string? kind = null)
    {
        kind ??= sentence;
        if (_remarks.Find(remark => remark.Kind == kind) is { } known)
        {
            known.Times++;
            return;
        }
        _remarks.Add(new(kind, severity, sentence));
        Show(severity, sentence);
    }

    private sealed class Remark(string kind, Severity severity, string sentence)
    {
        public string Kind => kind;

        public Severity Severity => severity;

        public int Times { get; set; } = 1;

        public string Text => Times == 1 ? sentence : FormattableString.Invariant($"{sentence} ({Times} times like this)");
    }
}
