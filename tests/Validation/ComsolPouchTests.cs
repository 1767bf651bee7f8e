using Cell3D.Mesh;
using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>cases/comsol-pouch-xz against COMSOL's section through a pouch, with heat.</summary>
[TestFixture("case.json", "pouch_xz_3C", true)]
[TestFixture("sigma-1e7.json", "pouch_xz_1C_collector_sigma_1e7", true)]
[TestFixture("sigma-1e9.json", "pouch_xz_1C_collector_sigma_1e9", false)]
public class ComsolPouchTests(string file, string name, bool comparePotentials)
{
    private const double Volts = 1e-3;
    private const double ShareOfCurrent = 5e-3;
    private const double ShareOfPotential = 5e-3;
    private const double ShareOfRise = 0.01;
    private const double Ambient = 298.15;

    private CaseSolution _solution = null!;

    [OneTimeSetUp]
    public void Solve() => _solution = CaseSolution.Run($"comsol-pouch-xz/{file}");

    [Test]
    public void VoltageAgrees()
    {
        (double[] time, double[] voltage, _) = Series();
        SeriesInterpolant ours = _solution.Between(SeriesColumn.Voltage);
        Assert.That(time.Count(t => t <= _solution.EndTime), Is.GreaterThan(110));
        for (int i = 0; i < time.Length; i++)
            if (time[i] <= _solution.EndTime) Assert.That(ours.At(time[i]), Is.EqualTo(voltage[i]).Within(Volts), $"t = {time[i]} s");
    }

    [Test]
    public void MeanTemperatureAgrees()
    {
        (double[] time, _, double[] temperature) = Series();
        SeriesInterpolant ours = _solution.Between(SeriesColumn.MeanTemperature);
        double rise = temperature.Max() - Ambient;
        for (int i = 0; i < time.Length; i++)
            if (time[i] <= _solution.EndTime) Assert.That(ours.At(time[i]), Is.EqualTo(temperature[i]).Within(ShareOfRise * rise), $"t = {time[i]} s");
    }

    [Test]
    public void ThroughCellCurrentAgrees()
    {
        foreach ((Snapshot snapshot, ReferenceTable profile) in Profiles())
        {
            double thickness = snapshot.Mesh.Regions.Select((_, region) => region).Where(region => snapshot.Mesh.Regions[region].Kind == LayerKind.NegativeElectrode)
                .Sum(region => snapshot.Mesh.Thickness.Where((_, cell) => snapshot.Mesh.Region[cell] == region && snapshot.Mesh.Column[cell] == 0).Sum());
            double[] z = profile["z [m]"], current = profile["Through-cell current density [A.m-2]"];
            for (int i = 0; i < z.Length; i++)
            {
                double ours = thickness * snapshot.MeanAlongHeight(snapshot.TransferCurrent, z[i], LayerKind.NegativeElectrode);
                Assert.That(ours, Is.EqualTo(current[i]).Within(ShareOfCurrent * current.Average()), $"z = {z[i]} m, t = {snapshot.Time} s");
            }
        }
    }

    /// <summary>Against the terminal of each collector, relative to the largest drop along it.</summary>
    [Test]
    public void CollectorPotentialsAgree()
    {
        if (!comparePotentials) return; // the file holds too few digits of these potentials
        foreach ((Snapshot snapshot, ReferenceTable profile) in Profiles())
            foreach ((string heading, LayerKind kind) in new[] { ("Negative collector potential [V]", LayerKind.NegativeCollector), ("Positive collector potential [V]", LayerKind.PositiveCollector) })
            {
                double[] z = profile["z [m]"], potential = profile[heading];
                double drop = potential.Max() - potential.Min(), top = snapshot.AlongHeight(kind, snapshot.ElectronicPotential, z[^1]);
                for (int i = 0; i < z.Length; i++)
                {
                    double ours = snapshot.AlongHeight(kind, snapshot.ElectronicPotential, z[i]) - top;
                    Assert.That(ours, Is.EqualTo(potential[i] - potential[^1]).Within(ShareOfPotential * drop), $"{heading}, z = {z[i]} m, t = {snapshot.Time} s");
                }
            }
    }

    private (double[] Time, double[] Voltage, double[] Temperature) Series()
    {
        ReferenceTable table = ReferenceTable.Read($"comsol-pouch-xz/reference/{name}_series.csv");
        return (table["Time [s]"], table["Voltage [V]"], table["Volume-averaged temperature [K]"]);
    }

    private IEnumerable<(Snapshot Snapshot, ReferenceTable Profile)> Profiles()
    {
        Assert.That(_solution.Snapshots, Has.Count.EqualTo(3));
        return _solution.Snapshots.Select(snapshot => (snapshot, ReferenceTable.Read(FormattableString.Invariant($"comsol-pouch-xz/reference/{name}_profile_t{snapshot.Time:F1}s.csv"))));
    }
}
