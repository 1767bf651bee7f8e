using System.Globalization;
using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>cases/bpx-1d against PyBaMM's solutions, whose mesh error has been removed by extrapolation.</summary>
[TestFixture("case.json", "chen2020_1C", 3593.8893896953477, 160)]
[TestFixture("chen-2c.json", "chen2020_2C", 1722.2426095916694, 320)]
[TestFixture("nmc-1c.json", "nmc_1C", 3734.740370318756, 160)]
[TestFixture("nmc-1c-heat.json", "nmc_1C_thermal_h3", 3736.9976848070305, 160)]
public class BpxColumnTests(string file, string name, double endTime, int cells)
{
    private const double FirstTime = 60;

    [Test]
    public void DefaultMeshAndTolerance()
    {
        CaseSolution solution = CaseSolution.Run($"bpx-1d/{file}");
        ReferenceTable reference = Reference();
        SeriesInterpolant ours = solution.Between(SeriesColumn.Voltage);
        double[] time = reference["time_s"], voltage = reference["voltage_V"];
        Assert.That(Compared(time).Max(i => Math.Abs(ours.At(time[i]) - voltage[i])), Is.LessThan(0.5e-3));
        Assert.That(solution.EndTime, Is.EqualTo(endTime).Within(0.05));
        if (HasHeat) AssertTemperature(solution, reference);
    }

    /// <summary>Compared with PyBaMM's own form of the exchange current density, which a case can ask for.</summary>
    [Test]
    public void RefinedMeshAndTolerance()
    {
        ReferenceTable reference = Reference();
        double[] time = reference["time_s"], voltage = reference["voltage_V"];
        int[] compared = [.. Compared(time)];
        List<double> ours = [];
        CaseSolution solution = CaseSolution.Run($"bpx-1d/{file}", RefinedSettings(compared.Select(i => time[i])),
            model => ours.Add(model.Fields.TerminalVoltage));
        Assert.That(ours, Has.Count.EqualTo(compared.Length));
        double worst = compared.Select((i, at) => Math.Abs(ours[at] - voltage[i])).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {1e3 * worst:F5} mV, end {solution.EndTime - endTime:+0.0000;-0.0000} s"));
        Assert.That(worst, Is.LessThan(0.02e-3));
        Assert.That(solution.EndTime, Is.EqualTo(endTime).Within(0.05));
        if (HasHeat) AssertTemperature(solution, reference);
    }

    private bool HasHeat => name.Contains("thermal", StringComparison.Ordinal);

    private ReferenceTable Reference() => ReferenceTable.Read($"bpx-1d/reference/{name}.csv");

    private IEnumerable<int> Compared(double[] time) => Enumerable.Range(0, time.Length).Where(i => time[i] >= FirstTime && time[i] <= endTime);

    private string[] RefinedSettings(IEnumerable<double> times) =>
    [
        $"Mesh.Cells through.Negative electrode={cells}", $"Mesh.Cells through.Separator={cells / 2}", $"Mesh.Cells through.Positive electrode={cells}",
        "Layers.Negative electrode.Exchange current regularisation=0.001", "Layers.Positive electrode.Exchange current regularisation=0.001",
        "Solver.Relative tolerance=1e-6", "Solver.Concentration tolerance=1e-3", "Solver.Stoichiometry tolerance=1e-7",
        "Solver.Temperature tolerance=1e-5", "Solver.Voltage tolerance=1e-6",
        $"Output.Field times=[{string.Join(",", times.Select(t => t.ToString("R", CultureInfo.InvariantCulture)))}]",
    ];

    private static void AssertTemperature(CaseSolution solution, ReferenceTable reference)
    {
        SeriesInterpolant ours = solution.Between(SeriesColumn.MeanTemperature);
        double[] time = reference["time_s"], temperature = reference["temperature_K"];
        for (int i = 0; i < time.Length; i++)
            if (time[i] <= solution.EndTime) Assert.That(ours.At(time[i]), Is.EqualTo(temperature[i]).Within(2e-3), $"t = {time[i]} s");
    }
}
