using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Verification;

namespace Cell3D.Microstructure;

/// <summary>A transport property: which conductivities of the phases it rests on.</summary>
/// <param name="Name">What is conducted.</param>
/// <param name="Unit">Unit of the conductivities.</param>
/// <param name="Conductivities">Of each phase.</param>
public sealed record TransportProperty(string Name, string Unit, IReadOnlyList<double> Conductivities);

/// <summary>Error of an effective conductivity by source, one standard deviation or estimate each; NaN where it is unknown.</summary>
/// <param name="Solver">What the iteration left: difference of the two ways to evaluate it.</param>
/// <param name="Voxels">From voxels of twice and four times the edge, by Richardson's extrapolation.</param>
/// <param name="Order">Observed order; NaN where there is none.</param>
/// <param name="Sample">From the scatter between windows of half the edge, over √8: what another sample of this size would differ by.</param>
public readonly record struct TransportError(double Solver, double Voxels, double Order, double Sample)
{
    /// <summary>Root of the sum of squares; NaN where a source is unknown.</summary>
    public double Total => Math.Sqrt((Solver * Solver) + (Voxels * Voxels) + (Sample * Sample));
}

/// <summary>Effective conductivity of one property.</summary>
/// <param name="Property">Which.</param>
/// <param name="Along">One solution per direction.</param>
/// <param name="Errors">Error of each.</param>
public sealed record EffectiveProperty(TransportProperty Property, IReadOnlyList<DirectionalTransport> Along, IReadOnlyList<TransportError> Errors);

/// <summary>What an image says of its material.</summary>
public sealed record HomogenizedMaterial
{
    /// <summary>Share of each phase.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Area of each phase's surface per volume [1/m].</summary>
    public required IReadOnlyList<double> Areas { get; init; }

    /// <summary>Error of it [1/m], from what surfaces hide that lie closer to each other than voxels see.</summary>
    public required IReadOnlyList<double> AreaErrors { get; init; }

    /// <summary>The same with voxels of twice the edge, which shows what the resolution does; NaN where there is none.</summary>
    public required IReadOnlyList<double> CoarseAreas { get; init; }

    /// <summary>Share of pores, those within carbon-binder included.</summary>
    public required double Porosity { get; init; }

    /// <summary>Share of pores that are connected with both ends, by direction; those within carbon-binder included.</summary>
    public required IReadOnlyList<double> ConnectedPorosity { get; init; }

    /// <summary>Shortest path over distance, by direction; NaN where nothing is connected.</summary>
    public required IReadOnlyList<double> GeometricTortuosity { get; init; }

    /// <summary>Ionic, electronic and, where known, thermal conductivity.</summary>
    public required IReadOnlyList<EffectiveProperty> Properties { get; init; }

    /// <summary>Windows that the representative volume is judged by, of the ionic conductivity.</summary>
    public required IReadOnlyList<WindowSize> Windows { get; init; }

    /// <summary>Magnitude of the ionic flux in the middle plane of constant y, by z and x.</summary>
    public required double[] FluxSlice { get; init; }

    /// <summary>Wall time [s].</summary>
    public required double Seconds { get; init; }

    /// <summary>D_eff/D along a direction; 3 for the mean.</summary>
    public double TransportEfficiency(int direction) => Ionic(direction, along => along.Effective);

    /// <summary>τ = ε D/D_eff with the porosity of all pores.</summary>
    public double TransportTortuosity(int direction) => Porosity / TransportEfficiency(direction);

    /// <summary>b in D_eff/D = εᵇ.</summary>
    public double BruggemanExponent(int direction) => Math.Log(TransportEfficiency(direction)) / Math.Log(Porosity);

    /// <summary>Constrictivity β in D_eff/D = ε β/τ_g².</summary>
    public double Constrictivity(int direction) => TransportEfficiency(direction) * GeometricTortuosity[direction] * GeometricTortuosity[direction] / Porosity;

    private double Ionic(int direction, Func<DirectionalTransport, double> value) => direction < 3 ? value(Properties[0].Along[direction]) : Properties[0].Along.Average(value);
}

/// <summary>Runs all that is to be known of an image.</summary>
public static class Homogenization
{
    /// <summary>Formal order of the error that steps of voxels leave.</summary>
    private const double FormalOrder = 1;

    /// <summary>Voxels above which paths are sought on a coarser image.</summary>
    private const long MostForPaths = 20_000_000;

    /// <summary>The properties of a description.</summary>
    public static IReadOnlyList<TransportProperty> Properties(MicrostructureSpec spec)
    {
        List<TransportProperty> properties =
        [
            new("Ionic conductivity ratio", "1", [.. spec.Phases.Select(phase => phase.Ionic)]),
            new("Electronic conductivity", "S.m-1", [.. spec.Phases.Select(phase => phase.Electronic)]),
        ];
        if (spec.Phases.All(phase => double.IsFinite(phase.Thermal))) properties.Add(new("Thermal conductivity", "W.m-1.K-1", [.. spec.Phases.Select(phase => phase.Thermal)]));
        return properties;
    }

    /// <summary>Work of a run in voxels solved.</summary>
    public static double Work(MicrostructureSpec spec, bool errors)
    {
        double whole = 3.0 * spec.Shape.Count * Properties(spec).Count;
        return errors ? (whole * (1 + (1.0 / 8) + (1.0 / 64))) + (2 * 3 * spec.Shape.Count) : whole;
    }

    /// <summary>Direction whose flux is shown: that through the layer.</summary>
    public static int Shown(MicrostructureSpec spec) => Math.Min(spec.Through, 2);

    /// <summary>*Collective.* Null where it was stopped.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="spec">The description.</param>
    /// <param name="image">This rank's slab.</param>
    /// <param name="errors">Whether errors by voxel size and sample are estimated.</param>
    /// <param name="progress">Told of what is under way and of voxels solved so far.</param>
    /// <param name="stop">Asked whether to stop; all ranks answer alike.</param>
    /// <param name="take">Receives the ionic potential and flux along the layer in all voxels, as soon as they are known; null when nobody wants them.</param>
    public static HomogenizedMaterial? Run(
        Communicator communicator, MicrostructureSpec spec, VoxelImage image, bool errors, Action<string, double> progress, Func<bool> stop, Action<ClosureField>? take = null)
    {
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        double done = 0;
        VoxelImage? half = errors && CanHalve(image) ? Coarsening.Halve(image) : null, quarter = half is not null && CanHalve(half) && IsWhole(communicator, half) ? Coarsening.Halve(half) : null;
        double[] slice = new double[(long)spec.Shape.X * spec.Shape.Z];
        List<EffectiveProperty> properties = [];
        foreach (TransportProperty property in Properties(spec))
        {
            List<DirectionalTransport> along = [];
            List<TransportError> bars = [];
            for (int direction = 0; direction < 3; direction++)
            {
                if (stop()) return null;
                progress($"{property.Name}, {"xyz"[direction]}", done);
                bool isShown = properties.Count == 0 && direction == Shown(spec);
                DirectionalTransport fine = Solve(image, property, direction, isShown ? slice : null, isShown ? take : null);
                if (fine.Solution.Stopped) return null;
                ErrorEstimate voxels = ErrorEstimate.Unknown;
                if (half is not null && quarter is not null)
                    voxels = Richardson.Of([fine.Effective, Solve(half, property, direction).Effective, Solve(quarter, property, direction).Effective], [1, 2, 4], FormalOrder, 1e-6 * fine.Effective);
                along.Add(fine);
                bars.Add(new(Math.Abs(fine.Effective - fine.Column[direction]) + (fine.Imbalance * 1e-3 * fine.Effective), errors ? voxels.Error : double.NaN, voxels.Order, double.NaN));
            }
            properties.Add(new(property, along, bars));
        }
        IReadOnlyList<WindowSize> windows = [];
        if (errors)
        {
            progress("windows", done);
            windows = WindowStudy.Of(communicator, image, properties[0].Property.Conductivities, spec.Through < 3 ? [spec.Through] : [0, 1, 2], voxels => done += voxels / communicator.Size);
            if (windows.Count > 0)
            {
                double relative = windows[0].Scatter / windows[0].Mean / Math.Sqrt(8);
                properties[0] = properties[0] with { Errors = [.. properties[0].Errors.Zip(properties[0].Along, (bar, along) => bar with { Sample = relative * along.Effective })] };
            }
        }
        progress("geometry", done);
        return Measured(communicator, spec, image, half) with { Properties = properties, Windows = windows, FluxSlice = slice, Seconds = clock.Elapsed.TotalSeconds };

        DirectionalTransport Solve(VoxelImage voxels, TransportProperty property, int direction, double[]? flux = null, Action<ClosureField>? receiver = null)
        {
            double before = done;
            // About fifteen steps are taken; the bar need not be better than that.
            ClosureSettings settings = new(spec.Tolerance) { Stop = stop, Progress = (step, _) => progress($"{property.Name}, {"xyz"[direction]}", before + (voxels.Shape.Count * Math.Min(1, step / 14.0))) };
            DirectionalTransport result = EffectiveTransport.Along(communicator, voxels, property.Conductivities, spec.Boundary, direction, settings, flux, receiver);
            done = before + voxels.Shape.Count;
            return result;
        }
    }

    private static bool CanHalve(VoxelImage image) => Math.Min(image.Shape.X, Math.Min(image.Shape.Y, image.Shape.Z)) >= 8;

    /// <summary>Whether no slab cuts through a block of two planes.</summary>
    private static bool IsWhole(Communicator communicator, VoxelImage image) => !communicator.Any(image.Slab.First % 2 != 0 || image.Slab.Count < 2);

    private static HomogenizedMaterial Measured(Communicator communicator, MicrostructureSpec spec, VoxelImage image, VoxelImage? half)
    {
        double[] counts = new double[spec.Phases.Count];
        foreach (byte phase in image.Phases) counts[phase]++;
        communicator.Allreduce(counts, Operation.Sum);
        double[] shares = [.. counts.Select(count => count / spec.Shape.Count)];
        bool[] pores = [.. spec.Phases.Select(phase => phase.Ionic > 0)];
        double[] connected = new double[3], paths = new double[3];
        VoxelImage forPaths = spec.Shape.Count > MostForPaths && half is not null ? half : image;
        for (int direction = 0; direction < 3; direction++)
        {
            byte[] ends = Percolation.Reach(communicator, image, pores, direction);
            double sum = 0;
            for (int i = 0; i < ends.Length; i++)
                if (ends[i] == Percolation.Both) sum += spec.Phases[image.Phases[i]].Porosity;
            connected[direction] = communicator.Allreduce(sum, Operation.Sum) / spec.Shape.Count;
            paths[direction] = Analysis.GeometricTortuosity.Of(communicator, forPaths, pores, direction);
        }
        SurfaceArea[] areas = AreasOf(image);
        return new()
        {
            Shares = shares,
            Areas = [.. areas.Select(area => area.Value / spec.VoxelSize)],
            AreaErrors = [.. areas.Select(area => area.Error / spec.VoxelSize)],
            CoarseAreas = half is null || communicator.Any(half.Slab.Count < PaddedIndicator.Ghosts) ? [.. shares.Select(_ => double.NaN)] : [.. AreasOf(half).Select(area => area.Value / (2 * spec.VoxelSize))],
            Porosity = shares.Zip(spec.Phases, (share, phase) => share * phase.Porosity).Sum(),
            ConnectedPorosity = connected,
            GeometricTortuosity = paths,
            Properties = [],
            Windows = [],
            FluxSlice = [],
            Seconds = 0,
        };

        SurfaceArea[] AreasOf(VoxelImage voxels) => [.. spec.Phases.Select((_, phase) => InterfacialArea.Of(communicator, voxels, (byte)phase, spec.Boundary))];
    }
}
