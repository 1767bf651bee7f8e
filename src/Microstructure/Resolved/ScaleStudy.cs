using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;

namespace Cell3D.Microstructure.Resolved;

/// <summary>Resolved structures that become ever finer against the one layer that stands for all of them.</summary>
/// <remarks>The limit keeps what a particle takes to fill and what a unit of area lets pass: with the size w of a unit, D_s goes with w² and k_r with w, so that D_s/R²
/// and a k_r stand (docs/homogenisation.md). What is left of the difference is that the scales are not apart.</remarks>
/// <param name="Electrode">Of a number of units that D_s and k_r belong to.</param>
/// <param name="CurrentDensity">I/A [A m⁻²], positive charges.</param>
/// <param name="Times">When both are compared [s].</param>
public sealed record ScaleStudy(ResolvedElectrode Electrode, double CurrentDensity, IReadOnlyList<double> Times)
{
    /// <summary>The same electrode of more or fewer units.</summary>
    public ResolvedElectrode With(int units)
    {
        double ratio = (double)Electrode.Structure.Units / units;
        return Electrode with
        {
            Structure = Electrode.Structure with { Units = units },
            SolidDiffusivity = ratio * ratio * Electrode.SolidDiffusivity,
            ReactionRate = ratio * Electrode.ReactionRate,
        };
    }

    /// <summary>*Collective.* The resolved structure.</summary>
    public ScaleTrace Resolved(int units, Communicator world)
    {
        ResolvedElectrode electrode = With(units);
        using ResolvedModel model = ResolvedModel.Build(electrode, world);
        using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, CurrentDensity * electrode.Area, world);
        return Follow(run, world, electrode.Structure.Unit.X, () => DepthProfile.Of(model.Mesh, world, cell => model.Mesh.Region[cell] == ResolvedElectrode.PoreRegion, model.Fields.Salt, electrode.Electrode.Thickness));
    }

    /// <summary>The layer, on this rank alone.</summary>
    public ScaleTrace Homogenised()
    {
        SimulationCase simulation = Electrode.Homogenised();
        Communicator world = Communicator.Self;
        MeshPart part = CaseMesh.Part(simulation, world.Size, world.Rank);
        using CellModel model = CellModel.Build(simulation, part, world);
        InitialState.Apply(model, simulation);
        using Discharge run = new(model.System, model.Halo, model.Mesh, simulation.Solver, CurrentDensity * model.Mesh.Extrusion.ColumnArea[0], world);
        return Follow(run, world, 1, () => DepthProfile.Of(model.Mesh, world, cell => model.Mesh.Kind(cell) == LayerKind.PositiveElectrode, model.Fields.Salt, Electrode.Electrode.Thickness));
    }

    private ScaleTrace Follow(Discharge run, Communicator world, int planes, Func<DepthProfile> salt)
    {
        double start = run.Report(world).SumOf(Totals.Lithium);
        List<double> voltages = [];
        foreach (double time in Times)
        {
            run.Advance(time);
            voltages.Add(run.Voltage);
        }
        double drift = Math.Abs(run.Report(world).SumOf(Totals.Lithium) - start) / start;
        return new(voltages, salt(), drift, run.Steps, planes);
    }
}

/// <summary>How one of them went.</summary>
/// <param name="Voltages">V at every time [V].</param>
/// <param name="Salt">c(x) of the electrolyte in the electrode at the last time, plane by plane.</param>
/// <param name="LithiumDrift">Change of all lithium over what there is.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="PlanesOfUnit">Planes of a unit; 1 where there are none.</param>
public sealed record ScaleTrace(IReadOnlyList<double> Voltages, DepthProfile Salt, double LithiumDrift, int Steps, int PlanesOfUnit)
{
    /// <summary>Root mean square of what the voltages differ by [V].</summary>
    public double VoltageError(ScaleTrace other) => Math.Sqrt(Voltages.Zip(other.Voltages, (a, b) => (a - b) * (a - b)).Average());

    /// <summary>Root mean square over the planes of what the salt differs by [mol m⁻³]: with the ripple χ·∇c of the closure problem, which is of first order in the size of a unit.</summary>
    public double PlaneError(ScaleTrace layer) => Difference(Salt, layer.Salt);

    /// <summary>The same of means over units, which the ripple leaves.</summary>
    public double SaltError(ScaleTrace layer) => Difference(Salt.Merged(PlanesOfUnit), layer.Salt);

    private static double Difference(DepthProfile profile, DepthProfile layer) => Math.Sqrt(profile.Depths.Zip(profile.Values, (x, c) => (c - layer.At(x)) * (c - layer.At(x))).Average());
}
