using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Particles;
using Cell3D.Simulation.Recording;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Current density as vectors, and lithium inside the particles at points.</summary>
public class RecordedFieldsTests
{
    /// <summary>In a column the current crosses the separator as ions, from the negative to the positive side of a discharge, and collectors as electrons.</summary>
    [TestCase(-2.0)]
    [TestCase(1.0)]
    public void TheCurrentOfAColumnRunsThroughIt(double rate)
    {
        using CellRun run = new(TestCases.ThermalColumn("Initial state.SOC=0.5"));
        run.Start(rate * run.OneC);
        run.Step(10);
        double density = -rate * run.OneC / run.Model.Mesh.Extrusion.ColumnArea[0];
        foreach ((string name, LayerKind kind) in new[] { ("Ionic current density", LayerKind.Separator), ("Electronic current density", LayerKind.NegativeCollector), ("Electronic current density", LayerKind.PositiveCollector) })
        {
            (double X, double Y, double Z)[] vectors = Vectors(run, name);
            for (int cell = 0; cell < vectors.Length; cell++)
                if (run.Model.Mesh.Kind(cell) == kind)
                    Assert.That((vectors[cell].X, vectors[cell].Y, vectors[cell].Z), Is.EqualTo((density, 0.0, 0.0)).Using<(double, double, double)>(
                        (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 * Math.Abs(density) && a.Item2 == 0 && a.Item3 == 0), $"{name}, {kind}");
        }
    }

    /// <summary>In a pouch the current rises in one collector to its tab on top and comes down in the other.</summary>
    [Test]
    [Category("Mpi")]
    public void TheCurrentOfAPouchRunsToTheTabs()
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.5"), Communicator.World);
        run.Start(-run.OneC);
        run.Step(10);
        (double X, double Y, double Z)[] vectors = Vectors(run, "Electronic current density");
        double negative = 0, positive = 0;
        for (int cell = 0; cell < vectors.Length; cell++)
        {
            if (run.Model.Mesh.Kind(cell) == LayerKind.NegativeTab) negative += run.Model.Mesh.Volume[cell] * vectors[cell].Z;
            if (run.Model.Mesh.Kind(cell) == LayerKind.PositiveTab) positive += run.Model.Mesh.Volume[cell] * vectors[cell].Z;
        }
        // ∫ i dV over a strip is its current times its length of 0.02 m.
        Assert.That(Communicator.World.Allreduce(negative, Operation.Sum), Is.EqualTo(-0.02 * run.OneC).Within(1e-6 * run.OneC));
        Assert.That(Communicator.World.Allreduce(positive, Operation.Sum), Is.EqualTo(0.02 * run.OneC).Within(1e-6 * run.OneC));
    }

    /// <summary>The recorded profile has the surface's value at its end, and its mean over the volume is the mean of the particle.</summary>
    [Test]
    public void ProfilesOfParticlesAreRecorded()
    {
        const int radii = 41;
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.6", """Probes.Points={"Inside": [3e-5, 0.01, 0.01], "Between": [9.1e-5, 0.01, 0.01]}""", $"Probes.Radial points={radii}", "Probes.Layer means=false");
        using CellRun run = new(simulation);
        run.Start(-run.OneC);
        for (int step = 0; step < 5; step++)
            run.Step(20);
        Probes probes = new(run.Model, simulation.Probes, Communicator.Self);
        double[] sums = new double[probes.Sums], values = new double[probes.Columns.Count];
        probes.Sum(sums);
        probes.Take(sums, values);
        SeriesColumn[] columns = [.. probes.Columns];
        int first = Array.FindIndex(columns, column => column.Name == "Inside: stoichiometry at 0.000 R");
        Assert.That(columns.Count(column => column.Name.Contains("stoichiometry", StringComparison.Ordinal)), Is.EqualTo(radii), "none in the separator");
        ReactingParticles particles = run.Model.Particles[0];
        int place = particles.Cells.BinarySearch(run.Model.Mesh.Nearest(3e-5, 0.01, 0.01).Cell);
        Assert.That(values[first + radii - 1], Is.EqualTo(particles.SurfaceStoichiometry[place]).Within(1e-10));
        double mean = 0;
        for (int i = 0; i + 1 < radii; i++)
        {
            (double inner, double outer) = ((double)i / (radii - 1), (i + 1.0) / (radii - 1));
            mean += 0.5 * (values[first + i] + values[first + i + 1]) * (Math.Pow(outer, 3) - Math.Pow(inner, 3));
        }
        Assert.That(mean, Is.EqualTo(particles.MeanStoichiometry[place]).Within(1e-4));
        Assert.That(values[first + radii - 1], Is.LessThan(values[first] - 0.001), "lithium leaves through the surface");
    }

    /// <summary>i_e = −κ_eff[∇φ − (RT/F)(1 − 2t₊)∇ln c] with the potential of dilute theory, where Θ = 1 and T is uniform; at rest it is that against lithium.</summary>
    [TestCase(-1.0)]
    [TestCase(1.0)]
    public void TheQuasiElectrostaticPotentialDrivesTheDiluteCurrent(double rate)
    {
        const double kelvin = 310;
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.5", "Thermal.Initial temperature=310", "Electrolyte.Closure=Nernst-Planck", "Electrolyte.Cation diffusivity=1.2e-10", "Electrolyte.Anion diffusivity=3e-10", "Mesh.Cells through.Separator=40");
        using CellRun run = new(simulation);
        run.Start(0);
        Assert.That(Values(run, "Quasi-electrostatic potential"), Is.EqualTo(Values(run, "Electrolyte potential")).Within(1e-15));
        run.Switch(rate * run.OneC);
        for (int step = 0; step < 10; step++)
            run.Step(10);
        double[] potential = Values(run, "Quasi-electrostatic potential"), salt = Values(run, "Salt concentration"), x = [.. Enumerable.Range(0, salt.Length).Select(cell => run.Model.Mesh.CentreX[cell])];
        int[] separator = [.. Enumerable.Range(0, salt.Length).Where(cell => run.Model.Mesh.Kind(cell) == LayerKind.Separator).OrderBy(cell => x[cell])];
        (int left, int right) = (separator[19], separator[20]);
        double c = 0.5 * (salt[left] + salt[right]), efficiency = simulation.Layer(LayerKind.Separator)!.Material.Pores!.TransportEfficiency;
        double slope = (potential[right] - potential[left]) / (x[right] - x[left]), logarithmic = Math.Log(salt[right] / salt[left]) / (x[right] - x[left]);
        const double transference = 1.2 / 4.2, thermal = PhysicalConstants.Gas * kelvin / PhysicalConstants.Faraday;
        double conductivity = PhysicalConstants.Faraday * c * 4.2e-10 / thermal;
        double current = -efficiency * conductivity * (slope - (thermal * (1 - (2 * transference)) * logarithmic)), expected = -rate * run.OneC / run.Model.Mesh.Extrusion.ColumnArea[0];
        Assert.That(current, Is.EqualTo(expected).Within(1e-8 * Math.Abs(expected)));
        Assert.That(Math.Abs(thermal * logarithmic), Is.GreaterThan(0.1 * Math.Abs(slope)), "salt has spread");
    }

    private static double[] Values(CellRun run, string name)
    {
        double[] values = new double[run.Model.Mesh.OwnedCellCount];
        new FieldSelection(run.Model, [name]).Fields[0].Fill(values);
        return values;
    }

    private static (double X, double Y, double Z)[] Vectors(CellRun run, string name)
    {
        run.Model.Halo.Update(run.Model.Fields);
        run.Model.System.EvaluateProperties();
        FieldSelection fields = new(run.Model, [name]);
        fields.Refresh();
        double[] values = new double[3 * run.Model.Mesh.OwnedCellCount];
        fields.Fields[0].Fill(values);
        return [.. Enumerable.Range(0, run.Model.Mesh.OwnedCellCount).Select(cell => (values[3 * cell], values[(3 * cell) + 1], values[(3 * cell) + 2]))];
    }
}
