using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;
using Cell3D.Tests.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Discretization;

/// <summary>A cell that touches more others than the distances of a row reach.</summary>
public class LongRowTests
{
    /// <summary>Every other cell has a source s and a path of conductance g to the one in the middle, which is held at 0 with conductance h: φ = s/g + Σ s/h.</summary>
    [TestCase(100)]
    [TestCase(40_000)]
    public void AHubIsReachedFromAllSides(int spokes)
    {
        const double conductivity = 3, length = 0.5, held = 7;
        FieldSet[] sets = new FieldSet[spokes + 1];
        Array.Fill(sets, new FieldSet((ReadOnlySpan<Field>)[Field.ElectronicPotential]));
        FieldLayout layout = new(sets, sets.Length, ownsTerminal: false);
        CellFields fields = new(sets.Length, new bool[sets.Length], 298.15);
        Face[] faces = [.. Enumerable.Range(0, spokes).Select(cell => new Face(cell, spokes, length, length, FaceDirection.Through))];
        CellProperty resistivity = CellProperty.PerCell([.. Enumerable.Repeat(conductivity, sets.Length)]).Inverse();
        double[] sources = [.. Enumerable.Range(0, spokes).Select(cell => 1 + Math.Sin(cell)), 0], drain = new double[sets.Length];
        drain[spokes] = held;
        using SmallSystem system = new(layout, fields, new(), [],
            new FaceTerm<ElectronicConduction>(new(fields, resistivity), faces, layout),
            new CellExchange(layout, fields, Field.ElectronicPotential, drain, new double[sets.Length], sources));
        system.Solve();
        double hub = sources.Sum() / held, path = conductivity / (2 * length);
        Assert.That(fields.ElectronicPotential[spokes], Is.EqualTo(hub).Within(1e-10 * hub));
        for (int cell = 0; cell < spokes; cell++)
            Assert.That(fields.ElectronicPotential[cell], Is.EqualTo(hub + (sources[cell] / path)).Within(1e-10 * hub));
    }
}
