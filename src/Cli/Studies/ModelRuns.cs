using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Studies;

/// <summary>A case in fewer dimensions, one run per model, each held against the case as it is.</summary>
internal static class ModelRuns
{
    private const string Key = "Model", Pair = "3D pair";

    /// <summary>Models that a case can be solved in, coarsest first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["SPM", "SPMe", "1D", "2+1D", Pair, "3D"];

    /// <summary>The models that say something of a case: all that leave something of it out.</summary>
    public static IReadOnlyList<string> For(SimulationCase simulation) =>
        [.. Names.Where(name => name != "3D" && (name != Pair || (simulation.Geometry.Form == CellForm.Pouch && simulation.Geometry.ElectrodePairs > 1)) && (name != "2+1D" || simulation.Geometry.Form != CellForm.Column))];

    /// <summary>The case in each of some models; those that it cannot have are told and left out.</summary>
    /// <param name="path">The case.</param>
    /// <param name="settings">As on the command line.</param>
    /// <param name="names">Models.</param>
    public static IReadOnlyList<(string Name, SimulationCase Case)> Load(string path, IReadOnlyList<string> settings, IEnumerable<string> names)
    {
        List<(string, SimulationCase)> cases = [];
        foreach (string name in names)
        {
            try
            {
                cases.Add((name, CaseSource.Load(path, [.. settings, $"{Key}={name}"], _ => { })));
            }
            catch (UserError e)
            {
                string reason = string.Join("; ", e.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"{problem.Path}: {problem.Text}"));
                Screen.Note($"no {name}: {(reason.Length > 0 ? reason : e.Message)}");
            }
        }
        return cases;
    }

    /// <summary>*Collective.* Runs them and compares; null where it was stopped.</summary>
    /// <param name="cases">The models.</param>
    /// <param name="first">What they are compared with.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="progress">Told each run.</param>
    /// <param name="stop">Asked once a step.</param>
    public static IReadOnlyList<ModelDifference>? Run(IReadOnlyList<(string Name, SimulationCase Case)> cases, RunTrace first, Communicator world, WorkProgress progress, Func<bool> stop)
    {
        List<ModelDifference> differences = [];
        foreach ((string name, SimulationCase simulation) in cases)
        {
            RunTrace trace = RunTrace.Of(simulation, world, [], stop, advanced: progress.Advance);
            if (trace.End.Reason == EndReason.Stopped)
                return null;
            progress.Done(name, trace.Cells, trace.Steps, trace.Seconds, trace.End);
            if (trace.Series.Time[^1] > trace.Series.Time[0])
                differences.Add(new(name, SeriesComparison.Of(first.Series, trace.Series), trace.Cells, trace.Seconds));
            else
                Screen.Warning($"{name} has no solution beyond its start and is left out");
        }
        return differences;
    }

    /// <summary>Shows the table.</summary>
    public static void Tell(IReadOnlyList<ModelDifference> models)
    {
        Screen.Heading("What models in fewer dimensions miss");
        Screen.Table([new("Model", IsText: true), .. ModelDifference.Columns.Select(column => new Column(column.Unit == "1" ? column.Title.Replace(' ', '\n') : $"{column.Title.Replace(", ", "\n").Replace(' ', '\n')}\n[{column.Unit}]"))],
            models.Select(model => (IReadOnlyList<string>)[model.Name, .. ModelDifference.Columns.Select(column => Quantity.Text(column.Value(model), 3))]));
    }

    /// <summary>Writes table and picture.</summary>
    /// <param name="models">The models.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(IReadOnlyList<ModelDifference> models, OutputFolder folder)
    {
        AtomicFile.Write(folder.ForWriting(OutputFolder.ModelsTableName), ModelDifference.Markdown(models, value => Quantity.Text(value, 3)));
        AtomicFile.Write(folder.ForWriting(OutputFolder.ModelsName), ModelDifference.Csv(models));
        if (models.Count > 0)
            Plots.WriteComparison([.. models.Select(model => model.Comparison)], ["as it is", .. models.Select(model => model.Name)], folder.ForWriting(OutputFolder.ModelsPictureName));
    }
}
