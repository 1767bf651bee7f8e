using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Divisions for a number of control volumes, and forecasts by rank.</summary>
public class MeshBudgetTests
{
    [Test]
    public void TheBudgetIsKeptAndUsed([Values(5000, 40_000, 1_000_000)] long budget)
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        MeshBudget proposed = MeshBudget.Of(pouch, budget);
        Assert.That(proposed.Cells, Is.InRange(0.7 * budget, budget));
        string[] settings = [.. proposed.Chosen(pouch).Select(entry => FormattableString.Invariant($"{entry.Key}={entry.Value}"))];
        Assert.That(CaseMesh.Size(Samples.Case(Samples.Pouch(), settings)).Cells, Is.EqualTo(proposed.Cells), "as options");
    }

    [Test]
    public void MoreIsFinerInEveryDirection()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        MeshSettings few = MeshBudget.Of(pouch, 10_000).Settings, many = MeshBudget.Of(pouch, 300_000).Settings;
        Assert.That(many.CellsThrough.Max(), Is.GreaterThan(few.CellsThrough.Max()));
        Assert.That(many.CellsAlongWidth, Is.GreaterThan(few.CellsAlongWidth));
        Assert.That(many.CellsAlongHeight, Is.GreaterThan(few.CellsAlongHeight));
    }

    [Test]
    public void AColumnIsDividedThroughItsLayersAlone()
    {
        SimulationCase column = Samples.Case(Samples.Column());
        MeshBudget proposed = MeshBudget.Of(column, 100);
        Assert.That(proposed.Cells, Is.InRange(90, 100));
        Assert.That(proposed.Chosen(column).Select(entry => entry.Key), Has.All.StartsWith("Mesh.Cells through."));
    }

    [Test]
    public void TheCoarsestDivisionsAreTheLeast() =>
        Assert.That(MeshBudget.Of(Samples.Case(Samples.Pouch()), 10).Cells, Is.GreaterThan(10));

    [Test]
    public void ForecastsOfRanksAddUp([Values(1, 3, 8)] int ranks)
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        IReadOnlyList<RankForecast> forecasts = RankForecast.Of(pouch, CaseMesh.Describe(pouch), ranks);
        RunForecast whole = RunForecast.Of(pouch, ranks);
        Assert.Multiple(() =>
        {
            Assert.That(forecasts, Has.Count.EqualTo(ranks));
            Assert.That(forecasts.Sum(rank => rank.Cells), Is.EqualTo(whole.Cells));
            Assert.That(forecasts.Sum(rank => rank.GlobalUnknowns), Is.EqualTo(whole.GlobalUnknowns - 1), "but for the voltage");
            Assert.That(forecasts.Sum(rank => rank.LocalUnknowns), Is.EqualTo(whole.LocalUnknowns));
            Assert.That(forecasts.Sum(rank => rank.MemoryBytes), Is.EqualTo(whole.MemoryBytes).Within(3000));
            Assert.That(forecasts.Average(rank => rank.Work), Is.EqualTo(1).Within(1e-12));
        });
    }
}
