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
        foreach (InputProblem problem in shown)
        {
            // Results may be moved: they hold no path of the machine.
            string text = (problem with { File = Path.GetFileName(problem.File) }).ToString();
            _remarks.Add(new(text, problem.Severity, text));
        }
    }

    /// <summary>What was remarked, to be kept with an interrupted run.</summary>
    public IReadOnlyList<KeptRemark> Kept => [.. _remarks.Select(remark => new KeptRemark(remark.Kind, remark.Severity, remark.Sentence, remark.Times))];

    /// <summary>Takes over what an interrupted run has remarked, without showing it again.</summary>
    public void Continue(IEnumerable<KeptRemark> earlier)
    {
        foreach (KeptRemark remark in earlier)
            if (_remarks.Find(known => known.Kind == remark.Kind) is { } known)
                known.Times = Math.Max(known.Times, remark.Times);
            else
                _remarks.Add(new(remark.Kind, remark.Severity, remark.Sentence) { Times = remark.Times });
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

        public string Sentence => sentence;

        public int Times { get; set; } = 1;

        public string Text => Times == 1 ? sentence : FormattableString.Invariant($"{sentence} ({Times} times like this)");
    }
}

/// <summary>A remark as it is kept between runs.</summary>
/// <param name="Kind">What remarks that say the same of other times or places share.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Sentence">What is remarked.</param>
/// <param name="Times">How often.</param>
public sealed record KeptRemark(string Kind, Severity Severity, string Sentence, int Times);
