using System.Numerics.Tensors;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Reference;

namespace Cell3D.Simulation.Verification;

/// <summary>The error of one direction in every quantity that is compared.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Quantities">One per entry of <see cref="RefinementStudy.Quantities"/>.</param>
/// <param name="Voltage">Of V at each time of the base run.</param>
/// <param name="Temperature">Of the highest temperature at each time.</param>
public sealed record DirectionErrors(Refinement Direction, IReadOnlyList<ErrorEstimate> Quantities, IReadOnlyList<ErrorEstimate> Voltage, IReadOnlyList<ErrorEstimate> Temperature);

/// <summary>A number that a run gives, and how it is read from a trace.</summary>
/// <param name="Name">In words.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Of">Reads it.</param>
/// <param name="Noise">Differences below this are not told apart.</param>
public sealed record TracedQuantity(string Name, string Unit, Func<RunTrace, double> Of, double Noise);

/// <summary>How much a case's numbers hang on its mesh, its particles and its time steps: each is made coarser or finer in two levels and the error is estimated.</summary>
public sealed class RefinementStudy
{
    /// <summary>What Newton's method and the search for the ends of steps may leave.</summary>
    private const double NoiseOfVoltage = 2e-6, NoiseOfTemperature = 1e-5;
    private const int Points = 200;

    /// <summary>A run for each level of each direction, in their order.</summary>
    private readonly RunTrace[][] _levels;

    private RefinementStudy(SimulationCase simulation, RunTrace[][] levels, IReadOnlyList<DirectionErrors> directions) =>
        (Case, _levels, Base, Directions) = (simulation, levels, levels[0][0], directions);

    /// <summary>What is compared beside the curves.</summary>
    public static IReadOnlyList<TracedQuantity> Quantities { get; } =
    [
        new("End time", "s", trace => trace.End.Time, 1e-3),
        new("Discharged capacity", "A.h", trace => trace.DischargedCapacity, 1e-7),
        new("Maximum temperature", "K", trace => trace.Extremes.MaximumTemperature.Value, NoiseOfTemperature),
        new("Largest temperature difference", "K", trace => trace.Extremes.LargestTemperatureDifference, NoiseOfTemperature),
        new("Minimum potential margin against lithium", "V", trace => trace.Extremes.LithiumMargin.Value, NoiseOfVoltage),
    ];

    /// <summary>The case.</summary>
    public SimulationCase Case { get; }

    /// <summary>The run of the case as it is.</summary>
    public RunTrace Base { get; }

    /// <summary>Wall time of the case in a warm process [s]: that of the next run by Newton iterations, as the first one also compiles.</summary>
    public double Seconds => _levels[0][1].Seconds * Base.NewtonIterations / _levels[0][1].NewtonIterations;

    /// <summary>The errors by direction.</summary>
    public IReadOnlyList<DirectionErrors> Directions { get; }

    /// <summary>Steps of the protocol that have ended, each with the error of the time at which it did, by direction; unknown where a level took other steps.</summary>
    public IEnumerable<(StepRecord Step, IReadOnlyList<ErrorEstimate> Errors)> Ends()
    {
        for (int i = 0; i < Base.End.Steps.Count; i++)
            if (double.IsFinite(Base.End.Steps[i].End))
                yield return (Base.End.Steps[i], [.. Directions.Select((direction, number) => Of(number, i))]);

        ErrorEstimate Of(int direction, int step)
        {
            double[] ends = [.. _levels[direction].Select(level => EndOf(level, step))], inTime = [.. _levels[0].Select(level => EndOf(level, step))];
            double noise = direction == 0 ? Quantities[0].Noise : Math.Max(Quantities[0].Noise, Math.Abs(inTime[^1] - inTime[^2]));
            return IsTold(Directions[direction].Direction, _levels[direction]) && double.IsFinite(noise) ? Estimate(Directions[direction].Direction, ends, noise) : ErrorEstimate.Unknown;
        }

        double EndOf(RunTrace level, int step) => step < level.End.Steps.Count && level.End.Steps[step].Number == Base.End.Steps[step].Number ? level.End.Steps[step].End : double.NaN;
    }

    /// <summary>The runs that a study takes, in their order.</summary>
    public static IReadOnlyList<SimulationCase> CasesOf(SimulationCase simulation) =>
        [.. Refinement.Of(simulation).SelectMany(direction => direction.Levels).Distinct(ReferenceEqualityComparer.Instance).Cast<SimulationCase>()];

    /// <summary>*Collective.* Carries out all runs of a study.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="done">Told each run: what it was, and its trace.</param>
    /// <param name="stopRequested">Asked once a step, agreed by all ranks.</param>
    /// <param name="plan">When and where every run is sampled for a reference; null for not at all.</param>
    /// <param name="advanced">Told the level and the time [s] of each accepted state.</param>
    /// <returns>Null where it was stopped.</returns>
    public static RefinementStudy? Of(SimulationCase simulation, Communicator world, Action<string, RunTrace> done, Func<bool> stopRequested, SamplePlan? plan = null, Action<SimulationCase, double>? advanced = null)
    {
        IReadOnlyList<Refinement> directions = Refinement.Of(simulation);
        double[] times = plan?.Times ?? [.. Enumerable.Range(1, Points).Select(i => i * ProtocolEstimate.Seconds(simulation) / Points)];
        Dictionary<SimulationCase, RunTrace> traces = new(ReferenceEqualityComparer.Instance);
        foreach (Refinement direction in directions)
            for (int level = 0; level < direction.Levels.Count; level++)
            {
                if (traces.ContainsKey(direction.Levels[level]))
                    continue;
                SimulationCase shown = direction.Levels[level];
                RunTrace trace = RunTrace.Of(shown, world, times, stopRequested, plan, ReferenceEquals(shown, simulation), time => advanced?.Invoke(shown, time));
                if (trace.End.Reason == EndReason.Stopped)
                    return null;
                traces[direction.Levels[level]] = trace;
                done(ReferenceEquals(direction.Levels[level], simulation) ? "as it is" : $"{direction.Name}, {(direction.Spacings is null ? "finer" : "coarser")} by {level}", trace);
            }
        RunTrace[][] all = [.. directions.Select(direction => direction.Levels.Select(level => traces[level]).ToArray())];
        return new(simulation, all, [.. directions.Select((direction, i) => Errors(direction, all[i], i == 0 ? null : all[0]))]);
    }

    /// <summary>The sum over all directions; unknown where one is.</summary>
    public ErrorEstimate Total(Func<DirectionErrors, ErrorEstimate> of) =>
        Directions.All(direction => of(direction).IsKnown) ? new(Directions.Sum(direction => of(direction).Error), double.NaN) : ErrorEstimate.Unknown;

    /// <summary>Error bars of what was sampled, the sum over all directions; NaN where one of them is unknown or there is no value.</summary>
    /// <remarks>Where a difference of two levels changes its sign it is small by chance: no point of a map or section has a smaller bar than the root mean square of those of its map.</remarks>
    public double[] Errors(SampledQuantity quantity)
    {
        double[][][] values = [.. _levels.Select(levels => levels.Select(level => level.Samples!.Values[quantity.Path]).ToArray())];
        double noise = quantity.Noise(values[0][0]);
        double[] errors = new double[quantity.Count], own = new double[quantity.Count], of = new double[3];
        for (int direction = 0; direction < _levels.Length; direction++)
        {
            Refinement refinement = Directions[direction].Direction;
            bool isTold = IsTold(refinement, _levels[direction]);
            for (int i = 0; i < errors.Length; i++)
            {
                for (int level = 0; level < of.Length; level++)
                    of[level] = values[direction][level][i];
                double inTime = direction == 0 ? 0 : Math.Abs(values[0][^1][i] - values[0][^2][i]);
                own[i] = isTold ? Estimate(refinement, of, Math.Max(noise, inTime)).Error : double.NaN;
            }
            own = [.. own.Chunk(quantity.PerMap).SelectMany(RaisedToMean)];
            TensorPrimitives.Add(errors, own, errors);
        }
        return errors;
    }

    private static double[] RaisedToMean(double[] bars)
    {
        if (bars.Length == 1)
            return bars;
        double[] known = [.. bars.Where(double.IsFinite)];
        double least = known.Length == 0 ? 0 : Math.Sqrt(TensorPrimitives.SumOfSquares<double>(known) / known.Length);
        return [.. bars.Select(bar => Math.Max(bar, least))];
    }

    /// <summary>The largest error of a curve, where it is known.</summary>
    public static double Largest(IEnumerable<ErrorEstimate> curve) => curve.Where(estimate => estimate.IsKnown).Select(estimate => estimate.Error).DefaultIfEmpty(double.NaN).Max();

    /// <param name="direction">The direction.</param>
    /// <param name="levels">A run for each level.</param>
    /// <param name="inTime">Runs with shorter and shorter steps: the difference of the last two is in all the others, too; null for these themselves.</param>
    private static DirectionErrors Errors(Refinement direction, RunTrace[] levels, RunTrace[]? inTime)
    {
        bool isTold = IsTold(direction, levels);
        int common = levels.Concat(inTime ?? []).Min(level => level.Times.Length);
        return new(direction, [.. Quantities.Select(quantity => Of(quantity.Of, quantity.Noise))],
            [.. Enumerable.Range(0, common).Select(i => Of(level => level.Voltage[i], NoiseOfVoltage))],
            [.. Enumerable.Range(0, common).Select(i => Of(level => level.MaximumTemperature[i], NoiseOfTemperature))]);

        ErrorEstimate Of(Func<RunTrace, double> of, double noise)
        {
            if (!isTold)
                return ErrorEstimate.Unknown;
            double[] values = [.. levels.Select(of)];
            noise = inTime is null ? noise : Math.Max(noise, Math.Abs(of(inTime[^1]) - of(inTime[^2])));
            return Estimate(direction, values, noise);
        }
    }

    /// <summary>What each direction leaves of V(t), the highest temperature and the end time, and takes, as its levels show; the error of a curve is unknown where more than a share of its values are.</summary>
    /// <param name="mostUnknown">That share.</param>
    public IReadOnlyList<DirectionCost> Costs(double mostUnknown) => [.. Directions.Select((direction, i) => Cost(direction, _levels[i], mostUnknown))];

    /// <summary>The runs of each direction: what its laws expect of their resolutions, and what they took.</summary>
    /// <param name="costs">Of <see cref="Costs"/>.</param>
    public IReadOnlyList<IReadOnlyList<BudgetRow>> Runs(IReadOnlyList<DirectionCost> costs)
    {
        // All directions but that in time are told by runs with short steps.
        double shortSteps = Directions[0].Direction.Resolutions[1];
        return [.. _levels.Select((levels, direction) => (IReadOnlyList<BudgetRow>)[.. levels.Select((level, i) =>
            AccuracyBudget.At([.. costs.Select((cost, other) => other == direction ? cost.Direction.Resolutions[i] : cost.Direction.IsInTime ? shortSteps : 1)], costs, double.NaN, double.NaN, double.NaN)
                with { Cells = level.Cells, Steps = level.Steps, Seconds = ReferenceEquals(level, Base) ? Seconds : level.Seconds })])];
    }

    private static DirectionCost Cost(DirectionErrors errors, RunTrace[] levels, double mostUnknown)
    {
        Refinement direction = errors.Direction;
        IReadOnlyList<double> resolutions = direction.Resolutions;
        // V decides over the resolution: its order is always taken as seen.
        return new(direction, Law(errors.Voltage, level => level.Voltage, 0), Law(errors.Temperature, level => level.MaximumTemperature, NoiseOfTemperature),
            Law([errors.Quantities[0]], level => [Quantities[0].Of(level)], Quantities[0].Noise), Power(Taken), Power(level => level.Steps));

        ErrorLaw Law(IReadOnlyList<ErrorEstimate> estimates, Func<RunTrace, double[]> of, double noise)
        {
            bool isKnown = IsTold(direction, levels) && estimates.Count(estimate => !estimate.IsKnown) <= mostUnknown * estimates.Count;
            // Levels by falling resolution: what is left between neighbours tells the order.
            int[] fine = direction.Spacings is null ? [2, 1, 0] : [0, 1, 2];
            double near = Apart(of(levels[fine[0]]), of(levels[fine[1]])), far = Apart(of(levels[fine[1]]), of(levels[fine[2]]));
            double order = Richardson.ObservedOrder(far / near, resolutions[fine[0]] / resolutions[fine[1]], resolutions[fine[0]] / resolutions[fine[2]]);
            double taken = Math.Min(double.IsFinite(order) ? order : direction.Order, direction.Spacings is null ? double.PositiveInfinity : direction.Order);
            return new(isKnown ? Largest(estimates) : double.NaN, Math.Max(near, far) <= noise ? 0 : taken);
        }

        double Power(Func<RunTrace, double> of) => Math.Max(0, Math.Log(of(levels[2]) / of(levels[0])) / Math.Log(resolutions[2] / resolutions[0]));

        // Newton iterations are what a step costs, without what a first run takes to warm up.
        double Taken(RunTrace level) => direction.IsInTime ? level.NewtonIterations : level.ProcessorSeconds;

        static double Apart(double[] one, double[] other)
        {
            int common = Math.Min(one.Length, other.Length);
            return common == 0 ? double.NaN : TensorPrimitives.Distance<double>(one.AsSpan(0, common), other.AsSpan(0, common)) / Math.Sqrt(common);
        }
    }

    /// <summary>Levels that are the same, or that have no solution, tell nothing.</summary>
    private static bool IsTold(Refinement direction, RunTrace[] levels) =>
        levels.All(level => level.End.Reason != EndReason.SolverGaveUp) && (direction.Spacings is not { } widths || widths.Zip(widths.Skip(1)).All(pair => pair.First < pair.Second));

    private static ErrorEstimate Estimate(Refinement direction, ReadOnlySpan<double> values, double noise)
    {
        foreach (double value in values)
            if (double.IsNaN(value))
                return ErrorEstimate.Unknown;
        return direction.Spacings is { } spacings ? Richardson.Of(values, spacings, direction.Order, noise) : Richardson.AgainstFinest(values, noise);
    }
}
