using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Reads the options for PETSc of a case file; only <see cref="AllowedSolverOptions"/> pass.</summary>
internal static class SolverOptionReader
{
    /// <summary>Words as PETSc wants them: each option followed by its value, if it has one. Empty when one of them is wrong.</summary>
    public static string[] Read(SectionReader solver)
    {
        string[] texts = solver.Get(SettingsKeys.Petsc, []);
        List<(string Word, int Item)> words = [];
        for (int i = 0; i < texts.Length; i++)
            words.AddRange((texts[i] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => (word, i)));
        bool right = true;
        for (int i = 0; i < words.Count; i++)
        {
            (string option, int item) = words[i];
            if (!AllowedSolverOptions.IsName(option))
            {
                right = Report(solver, item, $"\"{SourceNode.Printable(option)}\" follows no option that could take it", "an option with its dash, followed by its value");
                continue;
            }
            bool hasValue = i + 1 < words.Count && !AllowedSolverOptions.IsName(words[i + 1].Word);
            if (AllowedSolverOptions.Problem(option, hasValue ? words[i + 1].Word : null) is (string text, string allowed))
                right = Report(solver, item, text, allowed);
            if (hasValue) i++;
        }
        return right ? [.. words.Select(entry => entry.Word)] : [];
    }

    private static bool Report(SectionReader solver, int item, string text, string allowed)
    {
        SourceNode? list = solver.NodeOf(SettingsKeys.Petsc);
        SourceNode? node = list is { Kind: SourceKind.Array } && item < list.Items.Count ? list.Items[item] : list;
        solver.Report.Error(FormattableString.Invariant($"{solver.PathOf(SettingsKeys.Petsc)}[{item}]"), node, text, allowed);
        return false;
    }
}
