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

    private string[] Refined =>
    [
        $"Mesh.Cells through.Negative electrode={cells}", $"Mesh.Cells through.Separator={cells / 2}", $"Mesh.Cells through.Positive electrode={cells}",
        "Solver.Relative tolerance=1e-6", "Solver.Concentration tolerance=1e-3", "Solver.Stoichiometry tolerance=1e-7",
        "Solver.Temperature tolerance=1e-5", "Solver.Voltage tolerance=1e-6",
    ];

    [Test]
    public void DefaultMeshAndTolerance() => Compare(CaseSolution.Run($"bpx-1d/{file}"), volts: 0.5e-3, seconds: 0.05);

    /// <summary>The exchange current density of BPX, which PyBaMM changes a little: beside nearly empty particles by up to 0.1 mV.</summary>
    [Test]
    public void RefinedMeshAndTolerance() => Compare(CaseSolution.Run($"bpx-1d/{file}", Refined), volts: 0.105e-3, seconds: 0.05);

    /// <summary>With the exchange current density as PyBaMM has it, the equations are the same.</summary>
    [Test]
    public void RefinedWithTheExchangeCurrentOfTheReference()
    {
        string[] settings =
        [
            .. Refined, "Layers.Negative electrode.Exchange current regularisation=0.001", "Layers.Positive electrode.Exchange current regularisation=0.001",
        ];
        Compare(CaseSolution.Run($"bpx-1d/{file}", settings), volts: 0.02e-3, seconds: 0.01);
    }

    private void Compare(CaseSolution solution, double volts, double seconds)
    {
        ReferenceTable reference = ReferenceTable.Read($"bpx-1d/reference/{name}.csv");
        SeriesInterpolant ours = solution.Between(SeriesColumn.Voltage);
        double[] time = reference["time_s"], voltage = reference["voltage_V"];
        int[] compared = [.. Enumerable.Range(0, time.Length).Where(i => time[i] >= FirstTime && time[i] <= endTime)];
        double worst = compared.Max(i => Math.Abs(ours.At(time[i]) - voltage[i]));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {1e3 * worst:F5} mV, end {solution.EndTime - endTime:F4} s"));
        Assert.That(compared, Has.Length.GreaterThan(40));
        Assert.That(worst, Is.LessThan(volts));
        Assert.That(solution.EndTime, Is.EqualTo(endTime).Within(seconds));
        if (name.Contains("thermal", StringComparison.Ordinal)) CompareTemperature(solution, reference["temperature_K"], time);
    }

    private static void CompareTemperature(CaseSolution solution, double[] temperature, double[] time)
    {
        SeriesInterpolant ours = solution.Between(SeriesColumn.MeanTemperature);
        for (int i = 0; i < time.Length; i++)
            if (time[i] <= solution.EndTime) Assert.That(ours.At(time[i]), Is.EqualTo(temperature[i]).Within(2e-3), $"t = {time[i]} s");
    }
}
