using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Cases whose plane comes from a file, and sides with names in tabs and cooling.</summary>
public class OutlineFileTests
{
    private const string Vent = "Geometry.Notches={\"vent\":{\"Edge\":\"top\",\"Centre [m]\":0.03,\"Width [m]\":0.04,\"Depth [m]\":0.02}}";

    private static readonly string[] InVent = [Vent, "Tabs.Negative.Edge=vent", "Tabs.Negative.Centre=0.02"];

    [Test]
    public void APouchOfAFileHasItsAreaItsSizeAndItsResolvedText()
    {
        SimulationCase pouch = Samples.Case(Chamfered());
        CellMesh mesh = CaseMesh.Describe(pouch).Whole();
        Assert.Multiple(() =>
        {
            Assert.That(pouch.Geometry.Area, Is.EqualTo(0.0148).Within(1e-15));
            Assert.That(mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.NegativeFace).Sum(face => face.Area) / 0.0148, Is.EqualTo(1).Within(1e-12));
            Assert.That(CaseMesh.Size(pouch).Cells, Is.EqualTo(mesh.CellCount));
            Assert.That(OuterSurface.Area(pouch) * pouch.Part.Share, Is.EqualTo((2 * 0.0148 * pouch.Thermal.FaceShare) + (pouch.StackThickness * (0.08 + 0.15 + 0.1 + 0.13 + Math.Sqrt(8e-4)))).Within(1e-12));
            string folder = Path.GetDirectoryName(Samples.Folder)!;
            CaseResult result = CaseFile.Read(Encoding.UTF8.GetBytes(pouch.ToJson(folder)), Path.Combine(folder, "case.json"));
            Assert.That(result.Errors, Is.Empty);
            SimulationCase again = result.Case!;
            Assert.That(again.Geometry.Area, Is.EqualTo(pouch.Geometry.Area));
            Assert.That((string?)JsonNode.Parse(pouch.ToJson(folder))!["Geometry"]!["Outline file"], Is.EqualTo("Data/gmsh_chamfer.msh"));
            Assert.That(again.ToJson(folder), Is.EqualTo(pouch.ToJson(folder)));
        });
    }

    [TestCase("Geometry.Width=0.1", "Geometry.Width [m] = 0.1 (from --set): the outline file gives the outline of all layers")]
    [TestCase("Geometry.Corner radius=0.01", "Geometry.Corner radius [m] = 0.01 (from --set): the outline file gives the outline of all layers")]
    [TestCase("Geometry.Overhang=0.001", "Geometry.Overhang [m] = 0.001 (from --set): the outline file gives the outline of all layers")]
    [TestCase("Mesh.Cells along width=8", "Mesh.Cells along width = 8 (from --set): the outline file divides the plane")]
    [TestCase("Mesh.In-plane=triangular", "Mesh.In-plane = \"triangular\" (from --set): the outline file divides the plane")]
    [TestCase("Mesh.Refinement towards tabs=3", "Mesh.Refinement towards tabs = 3 (from --set): the outline file divides the plane")]
    [TestCase("Geometry.Length unit=0", "Geometry.Length unit [m] = 0 (from --set): outside the allowed range")]
    [TestCase("Geometry.Length unit=1e-9", "$Nodes = 1E-10 m: is the extent along x; allowed: 1e-06 to 100 m; Length unit [m] of the case")]
    [TestCase("Geometry.Outline file=", "Geometry.Outline file = \"\" (from --set): names no file")]
    [TestCase("Geometry.Outline file=none.msh", "none.msh: error: the file does not exist")]
    [TestCase("Geometry.Outline file=nmc_pouch_cell_BPX.json", "nmc_pouch_cell_BPX.json(1): error: $MeshFormat = {: is not the beginning of a file of Gmsh")]
    [TestCase("Geometry.Form=column", "Geometry.Outline file = \"gmsh_chamfer.msh\": a column has no edges")]
    [TestCase("Tabs.Negative.Edge=chamber", "Tabs.Negative.Edge = \"chamber\" (from --set): unknown word; allowed: \"top\", \"bottom\", \"left\", \"right\", \"chamfer\"")]
    [TestCase("Tabs.Negative.Centre=0.025", "the tab reaches from 0.015 to 0.035 m and leaves its edge; allowed: within 0 to 0.0282843 m of the side \"chamfer\"")]
    [TestCase("Tabs.Positive.Centre=0.075", "the tab reaches from 0.065 to 0.085 m, into a rounded corner, a notch or a side with a name; allowed: within straight stretches of the top edge")]
    [TestCase("Thermal.Cooling.Sides={\"rim\":{\"Heat transfer coefficient [W.m-2.K-1]\":5}}", "Thermal.Cooling.Sides.rim = {…} (from --set): the outline has no side of this name; allowed: chamfer")]
    [TestCase("Thermal.Cooling.Contour={\"Heat transfer coefficient [W.m-2.K-1]\":5}", "Thermal.Cooling.Contour = {…} (from --set): all of the outline belongs to its four edges and to sides with names")]
    [TestCase("Thermal.Cooling.Patches={\"chamfer\":{\"Surface\":\"Negative face\",\"From [m]\":[0.01,0.01],\"To [m]\":[0.02,0.02],\"Heat flux [W.m-2]\":5}}", "Thermal.Cooling.Patches.chamfer = {…} (from --set): is the name of a surface")]
    [TestCase("Defects={\"Missing layers\":{\"bare\":{\"Layer\":\"Positive electrode\",\"From [m]\":[0.01,0.01],\"To [m]\":[0.02,0.02]}}}", "the mesh of an outline file does not follow the rectangles of missing layers; allowed: an outline by keys")]
    [TestCase("Defects={\"Internal shorts\":{\"nail\":{\"Place [m]\":[0.099,0.149],\"Resistance [Ohm]\":1}}}", "lies in a notch or beyond the outline")]
    public void WhatDoesNotGoWithAFileIsRefused(string setting, string expected) =>
        Assert.That(string.Join('\n', Samples.Messages(Samples.Load(Chamfered(), setting).Problems)), Does.Contain(expected));

    [Test]
    public void ALengthUnitNeedsAFile() =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Pouch(), "Geometry.Length unit=0.001").Problems), Has.One.Contains("Geometry.Length unit [m] = 0.001 (from --set): there is no outline file"));

    [TestCase("top")]
    [TestCase("Top edge")]
    [TestCase("a;b")]
    public void NotchesHaveNamesThatResultsCanBear(string name) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Pouch(), Vent.Replace("vent", name, StringComparison.Ordinal)).Problems), Has.Some.Contains($"Geometry.Notches.{name} = {{…}}"));

    /// <summary>The inner side of a notch: counted from its left end, with nodes at the ends of the tab, which leaves it upwards.</summary>
    [Test]
    public void ATabLeavesTheInnerSideOfANotch()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch(), InVent);
        CellMesh mesh = CaseMesh.Describe(pouch).Whole();
        PlaneMesh plane = CaseMesh.Plane(pouch);
        int[] strip = [.. Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.NegativeTab)];
        Assert.Multiple(() =>
        {
            Assert.That(strip.Min(cell => mesh.CentreY[cell]), Is.GreaterThan(0.02));
            Assert.That(strip.Max(cell => mesh.CentreY[cell]), Is.LessThan(0.04));
            Assert.That(strip.Min(cell => mesh.CentreZ[cell]), Is.InRange(0.14808, 0.16808));
            Assert.That(plane.VertexY, Has.Some.EqualTo(0.02).Within(1e-12).And.Some.EqualTo(0.04).Within(1e-12));
            Assert.That(mesh.Faces.Where(face => face.Direction == FaceDirection.Junction && mesh.Kind(face.Left) == LayerKind.NegativeCollector).Sum(face => Tests.Mesh.Meshes.Areas(mesh, face).Left) / (0.02 * 1e-5), Is.EqualTo(1).Within(1e-9));
            Assert.That(Samples.Messages(Samples.Load(Samples.Pouch(), Vent, "Tabs.Negative.Edge=vent", "Tabs.Negative.Centre=0.035").Problems), Has.One.Contains("within 0 to 0.04 m of the side \"vent\""));
        });
    }

    /// <summary>A name alone changes no cooling: the side takes the entry of what it lies on, then that of all surfaces.</summary>
    [Test]
    public void SidesAreCooledAsWhatTheyLieOnUnlessTheyHaveAnEntry()
    {
        const string own = "Thermal.Cooling.Sides={\"vent\":{\"Heat transfer coefficient [W.m-2.K-1]\":70}}", contour = "Thermal.Cooling.Contour={\"Heat transfer coefficient [W.m-2.K-1]\":7}";
        double Coefficient(params string[] settings) => Samples.Case(Samples.Pouch(), [.. InVent, .. settings]).Thermal.Cooling.Single(entry => entry.Name == "vent").Surroundings.Conductance(0);
        SimulationCase cooled = Samples.Case(Samples.Pouch(), [.. InVent, own]);
        CellMesh mesh = CaseMesh.Describe(cooled).Whole();
        int place = cooled.Thermal.Cooling.Select((entry, i) => (entry, i)).Single(pair => pair.entry.Name == "vent").i;
        Assert.Multiple(() =>
        {
            Assert.That(Coefficient(), Is.EqualTo(10));
            Assert.That(Coefficient(contour), Is.EqualTo(7));
            Assert.That(Coefficient(contour, own), Is.EqualTo(70));
            Assert.That(CooledSurfaces.Shares(cooled.Thermal.Cooling, mesh).Where(part => part.Place == place).Sum(part => part.Face.Area * part.Share), Is.EqualTo((0.04 * cooled.StackThickness) - (0.02 * 1e-5)).Within(1e-15), "all of it but for the foil at the tab");
            Assert.That(JsonNode.Parse(cooled.ToJson())!["Thermal"]!["Cooling"]!["Sides"]!["vent"], Is.Not.Null);
        });
    }

    /// <summary>The test pouch on the plane of <c>gmsh_chamfer.msh</c>, its negative tab on the chamfer.</summary>
    internal static JsonObject Chamfered()
    {
        JsonObject text = Samples.Pouch();
        text["Geometry"] = JsonNode.Parse("""{ "Form": "pouch", "Outline file": "gmsh_chamfer.msh" }""");
        text["Tabs"]!["Negative"]!["Edge"] = "chamfer";
        text["Tabs"]!["Negative"]!["Centre [m]"] = 0.0141;
        text["Tabs"]!["Positive"]!["Centre [m]"] = 0.04;
        text["Mesh"] = JsonNode.Parse("""{ "Cells through": { "Separator": 6 } }""");
        return text;
    }
}
