using Cell3D.Input.Cases;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class RollInputTests
{
    [Test]
    public void AResolvedRollLoadsToTheSame()
    {
        SimulationCase first = TestCases.Roll();
        SimulationCase second = Samples.Case(System.Text.Json.Nodes.JsonNode.Parse(first.ToJson(Samples.Folder))!);
        Assert.That(second.Geometry.Winding!.Shape.PairedTurns, Is.EqualTo(first.Geometry.Winding!.Shape.PairedTurns));
        Assert.That(second.ToJson(Samples.Folder), Is.EqualTo(first.ToJson(Samples.Folder)));
    }

    [TestCase("Winding.Core diameter=0", "Winding.Core diameter [m] = 0: outside the allowed range; allowed: 0.0001 to 1")]
    [TestCase("Winding.Turns=2000", "Winding.Turns = 2000: outside the allowed range; allowed: 0.1 to 1000")]
    [TestCase("Winding.Positive terminal.Edge=left", "Winding.Positive terminal.Edge = \"left\": unknown word; allowed: \"top\", \"bottom\"")]
    [TestCase("Winding.Positive terminal.Centres=[0.01, 0.012]", "tab 2 overlaps with tab 1; allowed: tabs side by side")]
    [TestCase("Winding.Positive terminal.Centres=[0.01, 1]", "tab 2 reaches from 0.998 to 1.002 m and leaves its collector; allowed: within 0 to 0.0")]
    [TestCase("Can.Outer diameter=0.005", "the roll of 1.60 turns has a diameter of ")]
    [TestCase("Geometry.Width=0.1", "Geometry.Width [m] = 0.1: a roll is a whole cell, as long as its winding; allowed: none; Winding.Turns")]
    [TestCase("Geometry.Electrode pairs=2", "Geometry.Electrode pairs = 2: a roll is a whole cell")]
    [TestCase("Geometry.Overhang=0.001", "Geometry.Overhang [m] = 0.001: concerns the ends of flat layers; allowed: none, or Form \"pouch\"")]
    [TestCase("Defects.Internal shorts.nail.Place=[0.5, 0.01]", "Defects.Internal shorts.nail.Place [m] = [2 values]: lies outside the cell; allowed: along the foil from 0 to 0.0")]
    [TestCase("Defects.Internal shorts.nail.Place=[0.01, 0.04]", "lies outside the cell; allowed: along the foil from 0 to 0.0")]
    [TestCase("Defects.Internal shorts.nail.Turn=1.7", "Defects.Internal shorts.nail.Turn = 1.7: lies outside the cell; allowed: 0 to 1.6")]
    [TestCase("Defects.Internal shorts.nail.Turn=1.5", "Defects.Internal shorts.nail.Height [m]: is missing; allowed: Place [m], or Turn and Height [m]")]
    [TestCase("Defects.Internal shorts.nail.Resistance=1", "Defects.Internal shorts.nail.Place [m]: is missing; allowed: Place [m], or Turn and Height [m]")]
    [TestCase("Defects.Internal shorts.nail.Pair=3", "there is no pair 3; allowed: 1 to 2")]
    [TestCase("Defects.Missing layers.bare.Turns=[1, 0.5]", "Defects.Missing layers.bare.Turns = [2 values]: ends before it begins")]
    [TestCase("Winding.Rolls=2", "Winding.Rolls = 2: several rolls need a flat core; allowed: 1, or a Core length [m] above 0")]
    [TestCase("Winding.Roll gap=1e-4", "there is but one roll; allowed: none, or Rolls above 1")]
    [TestCase("Winding.Mandrel.Inner diameter=0.004", "Winding.Mandrel.Inner diameter [m] = 0.004: leaves nothing of the rod; allowed: 0 to less than the Core diameter of 0.004 m")]
    [TestCase("Winding.Rolls=20", "Winding.Rolls = 20: outside the allowed range; allowed: 1 to 10")]
    [TestCase("Winding.Positive terminal.Weld resistance [Ohm.m]=1e-5", "Winding.Positive terminal.Weld resistance [Ohm.m] = 1e-5: the foil is welded at its tabs; allowed: Weld resistance [Ohm]")]
    [TestCase("Winding.Positive terminal.Weld resistance [Ohm]=-1", "outside the allowed range; allowed: 0 to 10")]
    [TestCase("Variation.Separator.Porosity=1 + 4*turn", "Variation.Separator.Porosity = \"1 + 4*turn\": the factor 2.2 makes it 1.034 at depth 0.0625, turn 0.3, z = 0.001875 m")]
    [TestCase("Variation.Positive electrode.Particle radius=1e9*s", "turn 0.1, z = ")]
    [TestCase("Layers.Negative casing.Thickness=1e-3", "Layers.Negative casing = {…}: a roll has no casing on its layers; allowed: a section Can")]
    [TestCase("Mesh.Cells along width=5", "Mesh.Cells along width = 5: a roll is divided by Cells per turn")]
    [TestCase("Mesh.Cells per turn=2", "Mesh.Cells per turn = 2: outside the allowed range; allowed: 3 to 1000")]
    [TestCase("Thermal.Cooling.Left edge.Heat transfer coefficient=1", "Thermal.Cooling.Left edge = {…}: a roll has no such surface")]
    [TestCase("Tabs.Negative.Width=0.1", "Tabs = {…}: a roll has its terminals in section Winding; allowed: no section Tabs")]
    public void WrongValuesNameKeyValueAndRange(string setting, string message)
    {
        string[] settings = [.. TestCases.RollSettings, "Can.Outer diameter=0.007", "Can.Wall thickness=2e-4", "Can.Base gap=3e-4", "Can.Top gap=1e-3", "Can.Gap conductivity=0.2", setting];
        Assert.That(Messages(settings), Has.Some.Contains(message));
    }

    [Test]
    public void OnlyARollIsWound()
    {
        string[] messages = Messages("Winding.Core diameter=0.004", "Mesh.Cells per turn=7", "Thermal.Cooling.Side.Heat transfer coefficient=1");
        Assert.That(messages, Has.Some.Contains("Winding = {…}: only a roll is wound; allowed: Geometry.Form \"roll\""));
        Assert.That(messages, Has.Some.Contains("Mesh.Cells per turn = 7: only a roll has turns"));
        Assert.That(messages, Has.Some.Contains("Thermal.Cooling.Side = {…}: a column has no such surface"));
    }

    [Test]
    public void WeldsBelongToTabsOrEdgesAndLeadHeatToACan()
    {
        string[] tabless = [.. TestCases.RollSettings.Where(setting => !setting.StartsWith("Winding.Positive terminal", StringComparison.Ordinal)), "Winding.Positive terminal.Edge=top",
            "Winding.Positive terminal.Weld resistance [Ohm]=1e-3", "Winding.Positive terminal.Weld thermal resistance [K.m.W-1]=1"];
        Assert.That(Messages(tabless), Has.Some.Contains("Winding.Positive terminal.Weld resistance [Ohm] = 1e-3: there are no tabs; allowed: Weld resistance [Ohm.m], or tabs with their centres and width")
            .And.Some.Contains("Winding.Positive terminal.Weld thermal resistance [K.m.W-1] = 1: without a can there is nothing to lead heat to; allowed: a section Can"));
    }

    [Test]
    public void ARollWithoutWindingSaysSo() =>
        Assert.That(Messages("Geometry.Form=roll"), Has.Some.Contains("Winding: a roll needs it").And.Some.Contains("Height [m]: a roll needs it"));

    private static string[] Messages(params string[] settings) =>
        [.. Samples.Messages(Samples.Load(Samples.Column(), settings).Problems).Select(message => message.Replace(" (from --set)", "", StringComparison.Ordinal))];
}
