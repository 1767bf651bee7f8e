using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Simulation;

namespace Cell3D.Cli;

/// <summary>What is asked before anything is built: can the case be meshed, and do memory and disk hold the run.</summary>
internal static class RunLimits
{
    /// <summary>What a run takes.</summary>
    /// <exception cref="UserError">The geometry cannot be meshed, or the case asks for more field files than a run may write (65).</exception>
    public static RunForecast Forecast(SimulationCase simulation, int ranks, bool writesFields = true)
    {
        RunForecast forecast = CaseSource.Meshed(simulation, () => RunForecast.Of(simulation, ranks, writesFields));
        if (forecast.FieldOutputs <= RunForecast.MostFieldOutputs) return forecast;
        throw new UserError(ExitCode.BadInput, FormattableString.Invariant(
            $"{simulation.File}: Output: fields at {forecast.FieldOutputs:G4} times are too many (allowed: at most {RunForecast.MostFieldOutputs}); choose a longer Field interval [s] or a Field count"));
    }

    /// <summary>Whether a mesh has more control volumes than a run can have; it is still forecast.</summary>
    public static bool IsTooLarge(RunForecast forecast) => forecast.Cells > MeshSize.MostCells;

    /// <summary>That it has, in words.</summary>
    public static string TooLarge(RunForecast forecast) =>
        FormattableString.Invariant($"{forecast.Cells:G4} control volumes are more than the {MeshSize.MostCells:G4} that a run can have");

    /// <summary>Refuses a run with more control volumes than it can have, with its forecast.</summary>
    /// <exception cref="UserError">It has more (65).</exception>
    public static void RequireSize(SimulationCase simulation, RunForecast forecast)
    {
        if (!IsTooLarge(forecast)) return;
        throw new UserError(ExitCode.BadInput, $"{simulation.File}: {TooLarge(forecast)}", $"{forecast}", $"machines: {Commands.Forecasts.Machines(forecast)}")
        {
            Hint = "Take fewer cells in the plane or through the layers; cell3d mesh --budget proposes divisions.",
        };
    }

    /// <summary>Refuses a run whose share on this machine exceeds its memory, unless it is forced.</summary>
    /// <exception cref="UserError">There is not enough memory (71).</exception>
    public static void RequireMemory(RunForecast forecast, bool forced)
    {
        long needed = (long)((double)forecast.MemoryBytes * Launcher.LocalSize / forecast.Ranks);
        RequireMemory(needed, "the run will take", () => $"Choose a coarser mesh or more machines: {Commands.Forecasts.Machines(forecast)}", forced);
    }

    /// <summary>Refuses what exceeds the memory of this machine, unless it is forced.</summary>
    /// <param name="needed">Bytes of all ranks on this machine.</param>
    /// <param name="subject">What takes them, with its verb.</param>
    /// <param name="remedy">What takes less.</param>
    /// <param name="forced">Whether a warning is enough.</param>
    /// <exception cref="UserError">There is not enough memory (71).</exception>
    public static void RequireMemory(long needed, string subject, Func<string> remedy, bool forced)
    {
        if (MachineMemory.AvailableBytes is not long available || needed <= available) return;
        string text = $"{subject} about {ByteText.Format(needed)} of memory on this machine, and {ByteText.Format(available)} are available";
        if (!forced) throw new UserError(ExitCode.NotEnoughMemory, text) { Hint = $"{remedy()}; --force runs nevertheless." };
        Screen.Warning(text);
    }
}
