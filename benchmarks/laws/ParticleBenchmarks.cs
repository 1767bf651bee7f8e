using BenchmarkDotNet.Attributes;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;

namespace Cell3D.Benchmarks.Laws;

/// <summary>Time per particle of the condensed local systems: solid diffusion and surface reaction, with and without Jacobian.</summary>
[InProcess]
public class ParticleBenchmarks
{
    private LocalSystems? _systems;
    private TermUnderTest? _term;

    /// <summary>Unknowns of the diffusion in a particle.</summary>
    [Params(6, 10, 20)]
    public int Modes { get; set; } = 10;

    /// <summary>Whether D_s depends on the stoichiometry.</summary>
    [Params(false, true)]
    public bool VariableDiffusivity { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Box box = new();
        ActiveMaterial material = box.Cell.PositiveElectrode.ActiveMaterials[0] with { DiffusivityActivationEnergy = 30000 };
        if (VariableDiffusivity)
            material = material with { Diffusivity = ExpressionCurve.Parse("4e-15*(0.2 + 2*(1 - x)**2)") };
        double[] volumes = new double[Box.Cells];
        box.Fill(volumes, 1e-12, 2e-12);
        StateRegistry states = new();
        int[] cells = [.. Enumerable.Range(0, Box.Cells)];
        ParticleGeometry geometry = ParticleGeometry.Uniform(new("Positive electrode", cells), material);
        ReactingParticles particles = new(geometry, material, Modes, volumes, box.Fields, states, new(1e-5, 0), 1000);
        particles.SetUniform(0.5);
        box.Fill(states.Variables[0].Values, -2, 2);
        box.Fields.ElectronicPotential.AsSpan().Fill(4);
        states.Accept();
        TimeCoefficients time = new();
        time.Set(10, [0], 1);
        LocalSites sites = LocalSites.InVolumes(cells, geometry.AreaPerVolume, volumes);
        UnknownTable unknowns = CellUnknowns.Of(298.15, withHeat: true);
        _systems = new ElectrodeInterface(particles, sites, Totals.PositiveTransfer, unknowns, box.Fields, box.Layout, states, pores: null).Systems;
        _systems.BeginStep(time);
        _term = new(_systems, box.Layout);
    }

    [Benchmark(OperationsPerInvoke = Box.Cells)]
    public void Residual() => _term!.AddResidual();

    [Benchmark(OperationsPerInvoke = Box.Cells)]
    public void Jacobian() => _term!.AddJacobian();

    [Benchmark(OperationsPerInvoke = Box.Cells)]
    public void EndStep() => _systems!.EndStep();
}
