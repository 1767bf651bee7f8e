using System.Text;
using Cell3D.Input;
using Cell3D.Input.Gmsh;
using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Planes of Gmsh: what is read, and what is said of files that are wrong.</summary>
public class MshFileTests
{
    private static readonly string Good = MshText.Square(2, triangles: false, (j, k) => (0.05 * j, 0.07 * k));

    /// <summary>Written by Gmsh 4.8.4: a rectangle with a chamfer, nodes 50 mm apart.</summary>
    private const string FromGmsh = "gmsh_chamfer.msh";

    [Test]
    public void AFileOfGmshIsRead()
    {
        ImportedPlane plane = Loaded(MshFile.Load(Samples.PathOf(FromGmsh), 1));
        Side chamfer = plane.Outline.Side(CellEdges.Named(0))!;
        Assert.Multiple(() =>
        {
            Assert.That(plane.Outline.Area, Is.EqualTo((0.1 * 0.15) - (0.5 * 0.02 * 0.02)).Within(1e-15));
            Assert.That(plane.Mesh.Area.Sum() / plane.Outline.Area, Is.EqualTo(1).Within(1e-12));
            Assert.That(plane.Outline.Names, Is.EqualTo(new[] { "chamfer" }), "\"top\" lies on the top edge and is that");
            Assert.That(plane.Outline.Length(CellEdge.Top), Is.EqualTo(0.08).Within(1e-15));
            Assert.That(chamfer.End, Is.EqualTo(Math.Sqrt(8e-4)).Within(1e-15));
            Assert.That((chamfer.Outward.Y, chamfer.Outward.Z), Is.EqualTo((Math.Sqrt(0.5), Math.Sqrt(0.5))).Within(1e-12));
            Assert.That(chamfer.Origin, Is.EqualTo((0.08, 0.15)), "counted from the left");
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public void TrianglesAndQuadranglesHaveTheirAreaInTheirUnit(bool triangles)
    {
        ImportedPlane plane = Loaded(Read(MshText.Square(6, triangles, (j, k) => (-30 + (10.0 * j), 5 + (7.0 * k))), 0.001));
        Assert.That(plane.Outline.Area, Is.EqualTo(0.06 * 0.042).Within(1e-15));
        Assert.That((plane.Outline.Extent.Left, plane.Outline.Extent.Bottom), Is.EqualTo((0.0, 0.0)), "the corner is the origin");
        Assert.That(plane.Outline.Corners, Has.Length.EqualTo(4));
        Assert.That(plane.Points, Has.Count.EqualTo(49));
        Assert.That(plane.Outline.Beneath(CellEdges.Named(0)), Is.EqualTo(CellEdge.Bottom));
    }

    [Test]
    public void ADiscHasTheAreaOfItsPolygon()
    {
        ImportedPlane plane = Loaded(Read(MshText.Disc(5, 0.04), 1));
        Assert.That(plane.Outline.Area / (15 * 0.0016 * Math.Sin(Math.PI / 15)), Is.EqualTo(1).Within(1e-14));
        Assert.That(plane.Mesh.Area.Sum() / plane.Outline.Area, Is.EqualTo(1).Within(1e-12));
        Assert.That(plane.Outline.Side(CellEdges.Named(0)), Is.Null, "a bent side");
        Assert.That(plane.Outline.Length(CellEdges.Named(0)), Is.EqualTo(0.5 * plane.Outline.Corners.Length * 2 * 0.04 * Math.Sin(Math.PI / 30)).Within(1e-15));
    }

    /// <summary>Elements may be clockwise, sections and blanks in other order, and what is not needed is passed over.</summary>
    [Test]
    public void WhatDoesNotMatterIsPassedOver()
    {
        string text = Good.Replace("2 1 3 4\n3 1 2 5 4", "2 1 3 4\n3 4 5 2 1", StringComparison.Ordinal).Replace("\n", " \r\n", StringComparison.Ordinal) + "$Comments\nnothing\n$EndComments\n";
        Assert.That(text, Does.Contain("4 5 2 1"));
        Assert.That(Loaded(Read("\uFEFF" + text, 1)).Outline.Area, Is.EqualTo(0.014).Within(1e-15));
    }

    /// <summary>A triangle of which round-off leaves two corners.</summary>
    [Test]
    public void ASliverEnclosesNoArea()
    {
        MshResult result = Read("$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$Nodes\n1 3 1 3\n2 1 0 3\n1\n2\n3\n0 0 0\n1 1 0\n0.5 0.50000000000005 0\n$EndNodes\n$Elements\n1 1 1 1\n2 1 2 1\n1 1 2 3\n$EndElements\n", 1);
        Assert.That(string.Join('\n', result.Problems), Does.Contain("they enclose no area"));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        string[] corners = ["$Nodes\n1 9 1 9\n", "$Elements\n2 6 1 6\n"];
        yield return Bad("empty", _ => "", "is not the beginning of a file of Gmsh");
        yield return Bad("blanks", _ => " \n\n", "is not the beginning of a file of Gmsh");
        yield return Bad("other", _ => "solid cube\n", "(1): error: $MeshFormat = solid cube: is not the beginning of a file of Gmsh");
        yield return Bad("version 2.2", text => text.Replace("4.1 0 8", "2.2 0 8", StringComparison.Ordinal), "(2): error: $MeshFormat = 2.2: is another version of the format; allowed: ASCII of version 4.1, as gmsh IN.msh -save -format msh41 -o OUT.msh");
        yield return Bad("version 4.0", text => text.Replace("4.1 0 8", "4 0 8", StringComparison.Ordinal), "$MeshFormat = 4: is another version");
        yield return Bad("binary", text => text.Replace("4.1 0 8", "4.1 1 8", StringComparison.Ordinal), "(2): error: $MeshFormat = 1: the file is binary");
        yield return Bad("no version", text => text.Replace("4.1 0 8", "new", StringComparison.Ordinal), "$MeshFormat = new: the version is not a number");
        yield return Bad("no nodes", text => Without(text, "Nodes"), "there is no section $Nodes");
        yield return Bad("no elements", text => Without(text, "Elements"), "there is no section $Elements");
        yield return Bad("section without end", text => text.Replace("$EndNodes\n", "", StringComparison.Ordinal), "$Nodes = $Elements: the section of line 13 has no end");
        yield return Bad("last section without end", text => text.Replace("$EndElements\n", "", StringComparison.Ordinal), "$Elements: the section has no end (truncated?)");
        yield return Bad("end without beginning", text => text + "$EndOther\n", "$EndOther: ends a section that did not begin");
        yield return Bad("section twice", text => text + "$Nodes\n0 0 0 0\n$EndNodes\n", "$Nodes: the section is given twice");
        yield return Bad("partitions", text => text + "$PartitionedEntities\n$EndPartitionedEntities\n", "divided into partitions is not read");
        yield return Bad("more nodes than there is room", text => text.Replace(corners[0], "$Nodes\n1 199999 1 199999\n", StringComparison.Ordinal), "the number of nodes is more than the section has room for");
        yield return Bad("more nodes than allowed", text => text.Replace(corners[0], "$Nodes\n1 2000000000 1 9\n", StringComparison.Ordinal), "$Nodes = 2000000000: the number of nodes is not a number that is possible here; allowed: a whole number from 0 to 200000");
        yield return Bad("negative nodes", text => text.Replace(corners[0], "$Nodes\n1 -9 1 9\n", StringComparison.Ordinal), "$Nodes = -9");
        yield return Bad("fewer nodes than announced", text => text.Replace(corners[0], "$Nodes\n1 10 1 9\n", StringComparison.Ordinal), "$Nodes = 10: nodes are announced, and the blocks hold 9");
        yield return Bad("block larger than the whole", text => text.Replace("$Nodes\n1 9 1 9\n2 1 0 9", "$Nodes\n1 8 1 9\n2 1 0 9", StringComparison.Ordinal), "the number of nodes of a block is not a number that is possible here; allowed: a whole number from 0 to 8");
        yield return Bad("node twice", text => text.Replace("2 1 0 9\n1\n2\n", "2 1 0 9\n1\n1\n", StringComparison.Ordinal), "(17): error: $Nodes = 1: is the tag of two nodes");
        yield return Bad("node 0", text => text.Replace("2 1 0 9\n1\n2\n", "2 1 0 9\n0\n2\n", StringComparison.Ordinal), "$Nodes = 0: the tag of a node is not a number that is possible here");
        yield return Bad("coordinate is a word", text => text.Replace("0.05 0 0", "0.05 zero 0", StringComparison.Ordinal), "$Nodes = zero: y of a node is not a number");
        yield return Bad("coordinate is not finite", text => text.Replace("0.05 0 0", "0.05 nan 0", StringComparison.Ordinal), "$Nodes = nan: y of a node is not a number");
        yield return Bad("coordinate too large for a number", text => text.Replace("0.05 0 0", "0.05 1e999 0", StringComparison.Ordinal), "$Nodes = 1e999");
        yield return Bad("words behind the nodes", text => text.Replace("$EndNodes", "1 2\n$EndNodes", StringComparison.Ordinal), "$Nodes = 1: stands behind the last entry that the section's counts announce");
        yield return Bad("not plane", text => text.Replace("0.05 0 0", "0.05 0 0.01", StringComparison.Ordinal), "is how far the nodes of elements lie apart in z: the mesh is not plane");
        yield return Bad("unknown node", text => text.Replace("3 1 2 5 4", "3 1 2 5 44", StringComparison.Ordinal), "$Elements = 44: an element has a node that is not in $Nodes");
        yield return Bad("element beyond the end", text => text.Replace("\n6 5 6 9 8\n", "\n6 5 6 9\n", StringComparison.Ordinal), "the section ends where a node of an element should be");
        yield return Bad("second order", text => text.Replace("2 1 3 4\n", "2 1 16 4\n", StringComparison.Ordinal), "8-node quadrangles of second order are not read");
        yield return Bad("tetrahedra", text => text.Replace("2 1 3 4\n", "3 1 4 4\n", StringComparison.Ordinal), "$Elements = 4: tetrahedra are not read; allowed: points (15)");
        yield return Bad("unheard-of type", text => text.Replace("2 1 3 4\n", "2 1 93 4\n", StringComparison.Ordinal), "$Elements = 93: elements of this type are not read");
        yield return Bad("elements announced", text => text.Replace(corners[1], "$Elements\n2 7 1 6\n", StringComparison.Ordinal), "elements are announced, and the blocks hold 6");
        yield return Bad("only lines", text => text.Replace("$Elements\n2 6 1 6\n", "$Elements\n1 2 1 2\n", StringComparison.Ordinal).Replace(text[text.IndexOf("2 1 3 4\n", StringComparison.Ordinal)..text.IndexOf("$EndElements", StringComparison.Ordinal)], "", StringComparison.Ordinal), "there are neither triangles nor quadrangles");
        yield return Bad("no area", text => text.Replace("3 1 2 5 4", "3 1 2 3 2", StringComparison.Ordinal), "an element has no area");
        yield return Bad("element twice", text => text.Replace("4 2 3 6 5", "4 1 2 5 4", StringComparison.Ordinal), "an element lies over another one, or one is given twice");
        yield return Bad("corner to corner", text => text.Replace("$Elements\n2 6", "$Elements\n2 4", StringComparison.Ordinal).Replace("2 1 3 4\n", "2 1 3 2\n", StringComparison.Ordinal).Replace("4 2 3 6 5\n5 4 5 8 7\n", "", StringComparison.Ordinal), "is a node where the boundary meets itself");
        yield return Bad("hole", _ => MshText.Of(RingNodes(4, 4), Ring()), "lies on the boundary of a hole; allowed: an outline without holes");
        yield return Bad("two parts", _ => MshText.Of([(0, 0), (1, 0), (0, 1), (2, 0), (3, 0), (2, 1)], [[0, 1, 2], [3, 4, 5]]), "$Elements = 2: parts lie apart from each other, or their nodes are not shared");
        yield return Bad("overlapping parts of one", _ => MshText.Of([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (0, 1), (1, 0.5), (1, -2), (0.5, -2)], [[0, 1, 5], [1, 4, 5], [1, 2, 4], [2, 3, 4], [5, 6, 0], [6, 7, 8]]), "lies over");
        yield return Bad("too large", _ => MshText.Square(1, false, (j, k) => (500 * j, 500 * k)), "is the extent along x; allowed: 1e-06 to 100 m; Length unit [m] of the case");
        yield return Bad("line inside", _ => MshText.Of(RingNodes(3, 3), [[0, 1, 4, 3], [1, 2, 5, 4], [3, 4, 7, 6], [4, 5, 8, 7]], ("cut", [1, 4])), "\"cut\": has a line that does not lie on the boundary");
        yield return Bad("two names of a line", text => text.Replace("1 0 0 0 1 1 0 1 1 0", "1 0 0 0 1 1 0 2 1 2 0", StringComparison.Ordinal).Replace("$PhysicalNames\n1\n", "$PhysicalNames\n2\n1 2 \"other\"\n", StringComparison.Ordinal), "are groups of one line; allowed: one name for each line");
        yield return Bad("name with a sign", text => text.Replace("\"inlet\"", "\"in;let\"", StringComparison.Ordinal), "$PhysicalNames = \"in;let\": the name holds a sign that results cannot bear");
        yield return Bad("name without quotes", text => text.Replace("\"inlet\"", "inlet", StringComparison.Ordinal), "$PhysicalNames = inlet: the name of a group is not there");
        yield return Bad("name without end", text => text.Replace("\"inlet\"", "\"inlet", StringComparison.Ordinal), "the name of a group has no end");
        yield return Bad("name of a surface", text => text.Replace("\"inlet\"", "\"Left edge\"", StringComparison.Ordinal), "is the name of a surface of every cell");
        yield return Bad("word of another edge", text => text.Replace("\"inlet\"", "\"top\"", StringComparison.Ordinal), "\"top\": is the word for an edge of the bounding rectangle, on which its lines do not lie");
        yield return Bad("curve twice", text => text.Replace("$Entities\n0 1 1 0\n", "$Entities\n0 2 1 0\n1 0 0 0 1 1 0 0 0\n", StringComparison.Ordinal), "is the tag of two curves");
        yield return Bad("entities beyond the end", text => text.Replace("$Entities\n0 1 1 0\n", "$Entities\n50000 1 1 0\n", StringComparison.Ordinal), "the number of points is more than the section has room for");
    }

    [TestCaseSource(nameof(Wrong))]
    public void WrongFilesAreRefusedWithTheReason(string text, string expected)
    {
        MshResult result = Read(text, 1);
        Assert.That(result.Plane, Is.Null);
        Assert.That(string.Join('\n', result.Problems.Select(problem => problem.ToString())), Does.Contain(expected));
        Assert.That(result.Problems.Select(problem => problem.ToString()), Has.All.StartWith("cell.msh").And.All.Contain(": error: "));
    }

    [Test]
    public void SeveralErrorsAreToldAtOnce()
    {
        MshResult result = Read(Good.Replace("\"inlet\"", "\"in;let\"", StringComparison.Ordinal).Replace("3 1 2 5 4", "3 1 2 55 44", StringComparison.Ordinal).Replace("6 5 6 9 8", "6 5 6 99 8", StringComparison.Ordinal), 1);
        Assert.That(result.Problems, Has.Count.EqualTo(4));
    }

    [Test]
    public void AFileThatIsNotThereIsTold() => Assert.That(MshFile.Load("/no/such.msh", 1), Has.Property(nameof(MshResult.FileMissing)).True.And.Property(nameof(MshResult.Plane)).Null);

    /// <summary>Whatever is damaged, a plane comes out or errors do.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void DamagedFilesAreRefusedOrReadButNeverThrow(bool ofGmsh)
    {
        byte[] text = ofGmsh ? File.ReadAllBytes(Samples.PathOf(FromGmsh)) : Encoding.UTF8.GetBytes(MshText.Disc(3, 0.04));
        string[] pieces = ["$Nodes\n", "$EndNodes\n", "$End", "\"", "-1", "0", "1e999", "nan", "99999999999999999999", "2147483647", "\n", "\0", "é", " 1 1 1 "];
        Random random = new(7);
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = Damage(text, pieces, random);
            MshResult result = MshFile.Read(damaged, "cell.msh", 1);
            Assert.That(result.Plane is null, Is.EqualTo(result.Problems.Any(problem => problem.Severity == Severity.Error)), () => Encoding.UTF8.GetString(damaged));
            Assert.That(result.Problems.Select(problem => problem.ToString()), Has.All.Not.Contains("\n"));
            if (result.Plane is { } plane) AssertMeshed(plane);
        }
    }

    /// <summary>A plane that was read is meshed, or refused with words.</summary>
    private static void AssertMeshed(ImportedPlane plane)
    {
        try
        {
            Assert.That(plane.Mesh.Area.Sum() / plane.Outline.Area, Is.EqualTo(1).Within(1e-9));
        }
        catch (MeshException e)
        {
            Assert.That(e.Messages, Is.Not.Empty);
        }
    }

    private static byte[] Damage(byte[] text, string[] pieces, Random random)
    {
        List<byte> damaged = [.. text];
        for (int damages = random.Next(1, 4); damages > 0; damages--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 30), damaged.Count - at));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
                case 3:
                    damaged[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    damaged.InsertRange(at, damaged.GetRange(random.Next(damaged.Count / 2), damaged.Count / 8));
                    break;
            }
        }
        return [.. damaged];
    }

    private static TestCaseData Bad(string name, Func<string, string> change, string expected)
    {
        string text = change(Good);
        if (text == Good) throw new ArgumentException($"{name} changes nothing");
        return new TestCaseData(text, expected).SetArgDisplayNames(name);
    }

    private static string Without(string text, string section)
    {
        int start = text.IndexOf($"${section}\n", StringComparison.Ordinal), end = text.IndexOf($"$End{section}\n", StringComparison.Ordinal);
        return text.Remove(start, end + section.Length + 5 - start);
    }

    private static List<(double, double)> RingNodes(int columns, int rows) => [.. Enumerable.Range(0, columns * rows).Select(i => ((double)(i % columns), (double)(i / columns)))];

    /// <summary>Three by three quadrangles without the one in the middle.</summary>
    private static int[][] Ring() => [.. Enumerable.Range(0, 9).Where(i => i != 4).Select(i => (4 * (i / 3)) + (i % 3)).Select(a => new[] { a, a + 1, a + 5, a + 4 })];

    private static MshResult Read(string text, double unit) => MshFile.Read(Encoding.UTF8.GetBytes(text), "cell.msh", unit);

    private static ImportedPlane Loaded(MshResult result) => result.Plane ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
}
