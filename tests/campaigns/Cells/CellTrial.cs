using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Campaigns.Cells;

/// <summary>Runs one drawn case in this process and observes it.</summary>
internal sealed class CellTrial
{
    /// <summary>Processor time after which a run is stopped and counted as too slow [s].</summary>
    private const double Patience = 60;
    private const double SmallStep = 1e-4;
    private readonly double _start = ProcessorSeconds;
    private double _lowestVoltage = double.PositiveInfinity, _highestVoltage = double.NegativeInfinity, _lowest = double.PositiveInfinity, _highest = double.NegativeInfinity;
    private int _smallSteps;

    /// <summary>Runs a case file; what came of it is the result, never an exception.</summary>
    public static CellResult Run(int number, string label, string path, string results)
    {
        CellTrial trial = new();
        try
        {
            return trial.Carry(new() { Number = number, Label = label }, path, results).Judged();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            string where = e.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
            return new CellResult { Number = number, Label = label, Class = CellClass.Internal, Reason = $"{e.GetType().Name}: {e.Message} {where}" };
        }
    }

    private static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    private CellResult Carry(CellResult start, string path, string results)
    {
        CaseResult read = CaseFile.Load(path);
        if (read.Case is null)
            return start with { Class = CellClass.Refused, Reason = string.Join(" / ", read.Errors) };
        using CaseRun run = new(read.Case, Communicator.World, new() { Folder = results, Overwrite = true, WriteFields = false, StopRequested = () => ProcessorSeconds - _start > Patience });
        run.StepTaken = Observe;
        Summary summary = run.Execute();
        return start with
        {
            Status = summary.Outcome.Status,
            ExitCode = summary.Outcome.ExitCode,
            Reason = summary.Outcome.EndReason,
            EndTime = summary.Outcome.EndTime,
            Seconds = ProcessorSeconds - _start,
            Unknowns = summary.Size.GlobalUnknowns,
            Steps = summary.Work.Steps,
            RejectedByError = summary.Work.RejectedByError,
            RejectedBySolver = summary.Work.RejectedBySolver,
            SmallSteps = _smallSteps,
            Voltage = run.Model.Fields.TerminalVoltage,
            VoltageRange = (_lowestVoltage, _highestVoltage),
            TemperatureRange = (_lowest, _highest),
            SaltRange = SaltRange(run.Model, read.Case),
            SurfaceRange = SurfaceRange(run.Model),
            FailedAudits = [.. summary.Audits.Where(audit => !audit.Passed).Select(audit => FormattableString.Invariant($"{audit.Name} {audit.Value:0.0e+0} > {audit.Limit:0e+0}"))],
        };
    }

    private void Observe(StepReport report)
    {
        (_lowestVoltage, _highestVoltage) = (Math.Min(_lowestVoltage, report.Voltage), Math.Max(_highestVoltage, report.Voltage));
        (_lowest, _highest) = (Math.Min(_lowest, report.MinimumTemperature), Math.Max(_highest, report.MaximumTemperature));
        if (report.StepSize is > 0 and < SmallStep) _smallSteps++;
    }

    /// <summary>c / c0 over all cells with electrolyte.</summary>
    private static (double, double) SaltRange(CellModel model, SimulationCase simulation)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
        {
            if (!model.Mesh.Kind(cell).HasElectrolyte()) continue;
            double ratio = model.Fields.Salt[cell] / simulation.Cell.Electrolyte.InitialConcentration;
            (low, high) = (Math.Min(low, ratio), Math.Max(high, ratio));
        }
        return (low, high);
    }

    private static (double, double) SurfaceRange(CellModel model)
    {
        (double low, double high) = (1, 0);
        foreach (Physics.Particles.ReactingParticles particles in model.Particles)
            foreach (double x in particles.SurfaceStoichiometry)
                (low, high) = (Math.Min(low, x), Math.Max(high, x));
        return (low, high);
    }
}
