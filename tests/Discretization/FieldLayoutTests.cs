using Cell3D.Discretization;
using NUnit.Framework;

namespace Cell3D.Tests.Discretization;

public class FieldLayoutTests
{
    private static readonly FieldSet Collector = new(Field.ElectronicPotential, Field.Temperature);
    private static readonly FieldSet Electrode = new(Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Temperature);
    private static readonly FieldSet Separator = new(Field.Salt, Field.IonicPotential, Field.Temperature);

    [Test]
    public void OnlyWhatLivesInACellHasARow()
    {
        FieldLayout layout = new([Collector, Electrode, Separator, Electrode], 3, ownsTerminal: true);
        Assert.That((layout.Cells, layout.OwnedCells, layout.Rows, layout.TerminalRow), Is.EqualTo((4, 3, 10, 9)));
        Assert.That(layout.Row(0, Field.Temperature), Is.EqualTo(1));
        Assert.That(layout.Row(1, Field.ElectronicPotential), Is.EqualTo(4));
        Assert.That(layout.Row(2, Field.Temperature), Is.EqualTo(8));
        Assert.That(layout.Has(2, Field.ElectronicPotential), Is.False);
    }

    [Test]
    public void GhostsKeepTheNumbersOfTheirOwners()
    {
        FieldLayout layout = new([Electrode, Separator], 1, ownsTerminal: false);
        layout.Number(100, 250);
        layout.NumberGhost(1, 40);
        Assert.That(layout.Global(0, Field.Temperature), Is.EqualTo(103));
        Assert.That(layout.Global(1, Field.Temperature), Is.EqualTo(42));
        Assert.That(layout.TerminalGlobal, Is.EqualTo(249));
    }

    [Test]
    public void SetsCountContainAndOffset()
    {
        FieldSet set = FieldSet.None.With(Field.Temperature).With(Field.Salt).With(Field.IonicPotential).Without(Field.Salt);
        Assert.That((set.Count, set.Contains(Field.Salt), set.Contains(Field.Temperature), set.Offset(Field.Temperature)), Is.EqualTo((2, false, true, 1)));
    }

    [Test]
    public void AnUnknownThatDoesNotLiveInACellHasNoRow()
    {
        FieldLayout layout = new([Separator, Electrode], 2, ownsTerminal: false);
        Assert.That(() => layout.Row(0, Field.ElectronicPotential), Throws.ArgumentException.With.Message.StartsWith("There is no ElectronicPotential in cell 0."));
        Assert.That(() => layout.Global(0, Field.ElectronicPotential), Throws.ArgumentException);
        Assert.That(layout.Row(1, Field.ElectronicPotential), Is.EqualTo(5));
    }

    [Test]
    public void ACouplingThatNoTermDeclaredIsAnError()
    {
        FieldLayout layout = new([Electrode, Electrode, Electrode], 3, ownsTerminal: false);
        PatternBuilder builder = new(layout);
        builder.Couple(0, new FieldSet(Field.Salt), 1, new FieldSet(Field.IonicPotential));
        SparsePattern pattern = builder.Build();
        Assert.That(pattern.NonZeros, Is.EqualTo((3 * 16) + 1));
        Assert.That(pattern.Position(0, Field.Salt, 1, Field.IonicPotential), Is.Not.Negative);
        Assert.That(() => pattern.Position(0, Field.Salt, 2, Field.Salt), Throws.InvalidOperationException);
    }

    [Test]
    public void ColumnsOfOtherRanksGoToTheOffDiagonalBlock()
    {
        FieldLayout layout = new([Separator, Separator], 1, ownsTerminal: false);
        layout.Number(30, 100);
        layout.NumberGhost(1, 12);
        PatternBuilder builder = new(layout);
        builder.Couple(0, Separator, 1, Separator);
        builder.Couple(1, Separator, 0, Separator);
        SparsePattern pattern = builder.Build();
        Assert.That(pattern.OffDiagonalColumns, Is.EqualTo(new long[] { 12, 13, 14, 12, 13, 14, 12, 13, 14 }));
        Assert.That(pattern.Position(0, Field.IonicPotential, 1, Field.Temperature), Is.EqualTo(~5));
        Assert.That(pattern.Position(1, Field.Salt, 0, Field.Salt), Is.EqualTo(SparsePattern.Absent));
        Assert.That(pattern.Position(0, Field.ElectronicPotential, 1, Field.Salt), Is.EqualTo(SparsePattern.Absent));
    }
}
