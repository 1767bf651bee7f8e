namespace Cell3D.Simulation;

/// <summary>How many machines of one kind a run needs.</summary>
/// <param name="Machines">Machines whose memory holds the run.</param>
/// <param name="RanksPerMachine">Ranks on each.</param>
/// <param name="Seconds">Estimated time of the protocol on them [s].</param>
public sealed record MachineForecast(long Machines, int RanksPerMachine, double Seconds)
{
    /// <summary>Estimates from a forecast; null where what every rank knows of the plane fills a machine, so that no number of them suffices.</summary>
    /// <param name="forecast">What the run takes.</param>
    /// <param name="memory">Of one machine [bytes].</param>
    /// <param name="cores">Of one machine.</param>
    public static MachineForecast? Of(RunForecast forecast, long memory, int cores)
    {
        if (forecast.BytesOfEveryRank >= memory)
            return null;
        // At most half of the memory goes to what all ranks hold alike.
        int ranks = (int)Math.Clamp(memory / (2 * forecast.BytesOfEveryRank), 1, cores);
        long machines = Math.Max(1, (long)Math.Ceiling((double)forecast.SharedBytes / (memory - (ranks * forecast.BytesOfEveryRank))));
        return new(machines, ranks, forecast.CoreSeconds / ((double)machines * ranks));
    }
}
