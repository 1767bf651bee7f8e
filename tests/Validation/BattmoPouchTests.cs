using Cell3D.Input.Bpx;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>cases/battmo-chen-pouch against BattMo's one-layer pouch with tabs and heat.</summary>
public class BattmoPouchTests
{
    private const double CooledConductance = 5 * 0.02248144;
    private CaseSolution _solution = null!;
    private ReferenceTable _reference = null!;

    [OneTimeSetUp]
    public void Solve()
    {
        _solution = CaseSolution.Run("battmo-chen-pouch/case.json");
        _reference = ReferenceTable.Read("battmo-chen-pouch/reference/chenpouch1_tvi.csv");
    }

    [Test]
    public void VoltageAgrees()
    {
        SeriesInterpolant ours = _solution.Between(SeriesColumn.Voltage);
        double[] time = _reference["time_s"], voltage = _reference["voltage_V"];
        int[] compared = [.. Enumerable.Range(0, time.Length).Where(i => time[i] is >= 60 and <= 3400)];
        Assert.That(compared, Has.Length.GreaterThan(30));
        foreach (int i in compared)
            Assert.That(ours.At(time[i]), Is.EqualTo(voltage[i]).Within(5e-3), $"t = {time[i]} s");
    }

    /// <summary>
    /// BattMo counts (RT/c) D |∇c|² of heat in the electrolyte where −i_e·∇φ_e needs twice as much. The cell's time constant is half a
    /// minute, so what it lacks raises our temperature by that heat over h A.
    /// </summary>
    [Test]
    public void TheDifferenceInHeatIsTheDiffusionHeatThatTheReferenceLacks()
    {
        Snapshot snapshot = _solution.Snapshots.Single();
        double[] time = _reference["time_s"], temperature = _reference["Tmean_vol_K"];
        double difference = _solution.Between(SeriesColumn.MeanTemperature).At(snapshot.Time) - temperature[Array.FindIndex(time, t => Math.Abs(t - snapshot.Time) < 0.1)];
        double lacking = DiffusionHeat(snapshot), heat = _solution.Series.Columns.Where(column => column.IsHeat).Sum(column => _solution.Between(column).At(snapshot.Time));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{1e3 * lacking:F2} mW of {1e3 * heat:F2} mW; {1e3 * lacking / CooledConductance:F1} mK, found {1e3 * difference:F1} mK"));
        Assert.That(difference, Is.EqualTo(lacking / CooledConductance).Within(0.1 * difference));
        Assert.That(lacking / heat, Is.EqualTo(0.11).Within(0.02));
    }

    /// <summary>∫ (RT/c) B D |∇c|² [W] through the thickness; nothing flows in the plane.</summary>
    private static double DiffusionHeat(Snapshot snapshot)
    {
        BpxCell cell = CaseSolution.Load("battmo-chen-pouch/case.json").Cell;
        double Efficiency(LayerKind kind) => kind switch
        {
            LayerKind.NegativeElectrode => cell.NegativeElectrode.Pores.TransportEfficiency,
            LayerKind.PositiveElectrode => cell.PositiveElectrode.Pores.TransportEfficiency,
            _ => cell.Separator.Pores.TransportEfficiency,
        };
        CellMesh mesh = snapshot.Mesh;
        double Resistance(int c, double length) =>
            length / (Efficiency(mesh.Kind(c)) * cell.Electrolyte.Diffusivity.Value(snapshot.Salt[c]));
        double heat = 0;
        foreach (Face face in mesh.Faces.Where(f => f.Direction == FaceDirection.Through && mesh.Kind(f.Left).HasElectrolyte() && mesh.Kind(f.Right).HasElectrolyte()))
        {
            double difference = snapshot.Salt[face.Right] - snapshot.Salt[face.Left], mean = 0.5 * (snapshot.Salt[face.Right] + snapshot.Salt[face.Left]);
            double resistance = Resistance(face.Left, face.LeftLength) + Resistance(face.Right, face.RightLength);
            heat += PhysicalConstants.Gas * snapshot.Temperature[face.Left] / mean * difference * difference / resistance;
        }
        return heat;
    }
}
