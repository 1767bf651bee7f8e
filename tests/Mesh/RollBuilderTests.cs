using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixtureSource(typeof(Rolls), nameof(Rolls.Names))]
public class RollBuilderTests(string name)
{
    private readonly RollSpec _spec = Rolls.Named(name);
    private readonly CellDomain _domain = RollBuilder.Describe(Rolls.Named(name));
    private readonly CellMesh _mesh = RollBuilder.Describe(Rolls.Named(name)).Whole();

    [Test]
    public void VolumesOfLayersAreExact()
    {
        double depth = 0;
        for (int region = 0; region < _spec.Rolls * _spec.Layers.Layers.Count; region++)
        {
            int layer = region % _spec.Layers.Layers.Count;
            if (layer == 0)
                depth = 0;
            double thickness = _spec.Layers.Layers[layer].Thickness;
            Polarity polarity = _spec.Layers.Layers[layer].Kind.Polarity();
            (double start, double end) = layer == 0 ? (0, _spec.CoatedTurns + 1) : polarity == Polarity.Positive ? (_spec.InnerTurns, _spec.InnerTurns + _spec.PairedTurns) : (0, _spec.CoatedTurns);
            double middle = depth + (0.5 * thickness), expected = Rolls.Height * thickness * (Length(end, middle) - Length(start, middle));
            foreach (PlaneExtent gap in _spec.Missing.Where(patch => patch.Layer == region).Select(patch => patch.Rectangle.Common(new(start, end, 0, Rolls.Height))))
                expected -= thickness * (gap.Top - gap.Bottom) * (Length(gap.Right, middle) - Length(gap.Left, middle));
            double found = Enumerable.Range(0, _mesh.CellCount).Where(cell => _mesh.Region[cell] == region).Sum(cell => _mesh.Volume[cell]);
            Assert.That(found / expected, Is.EqualTo(1).Within(1e-12), _spec.Layers.Layers[layer].Name);
            depth += thickness;
        }
        double positives = Enumerable.Range(0, _mesh.CellCount).Where(cell => _mesh.Kind(cell) == LayerKind.PositiveElectrode).Sum(cell => _mesh.Volume[cell]);
        if (_spec.Missing.Count == 0)
            Assert.That(_spec.ElectrodeArea, Is.EqualTo(positives / _spec.Layers.Layers[3].Thickness).Within(1e-12 * _spec.ElectrodeArea));
        Assert.That(_spec.PairedTurnsFor(_spec.ElectrodeArea), Is.EqualTo(_spec.PairedTurns).Within(1e-12));
    }

    [Test]
    public void EveryCoatingLiesBetweenItsCollectorAndASeparator()
    {
        if (_spec.Missing.Count > 0)
            return;
        Segments segments = Segments.Find(_mesh);
        Dictionary<int, List<int>> below = _mesh.Faces.Where(face => face.Direction == FaceDirection.Through).GroupBy(face => face.Right, face => face.Left).ToDictionary(g => g.Key, g => g.ToList());
        Dictionary<int, List<int>> above = _mesh.Faces.Where(face => face.Direction == FaceDirection.Through).GroupBy(face => face.Left, face => face.Right).ToDictionary(g => g.Key, g => g.ToList());
        HashSet<string> orders = [];
        for (int segment = 0; segment < segments.Count; segment++)
        {
            int[] cells = segments[segment].ToArray();
            string order = string.Join(' ', cells.Select(cell => _mesh.Kind(cell)).Prepend(_mesh.Kind(below[cells[0]].Single())).Append(_mesh.Kind(above[cells[^1]].Single())).Aggregate(new List<LayerKind>(), (list, kind) =>
            {
                if (list.Count == 0 || list[^1] != kind)
                    list.Add(kind);
                return list;
            }));
            orders.Add(order);
        }
        const string outwards = "NegativeCollector NegativeElectrode Separator PositiveElectrode PositiveCollector", inwards = "PositiveCollector PositiveElectrode Separator NegativeElectrode NegativeCollector";
        const string unpaired = "NegativeCollector NegativeElectrode Separator NegativeElectrode NegativeCollector";
        bool isUnpaired = _spec.InnerTurns > 0;
        Assert.That(orders, Is.EquivalentTo(isUnpaired ? [outwards, inwards, unpaired] : new[] { outwards, inwards }));
        Assert.That(Enumerable.Range(0, _mesh.CellCount).Count(cell => _mesh.Kind(cell).HasElectrolyte()), Is.EqualTo(segments.Cells.Length));
    }

    /// <summary>Where a layer is missing nothing touches across its place, and every cell has all the faces that it would have without gaps, but for those to them.</summary>
    [Test]
    public void NothingLiesInAGap()
    {
        CellMesh whole = RollBuilder.Describe(_spec with { Missing = [], CellsPerTurn = 3 }).Whole();
        Assert.That(Kinds(_mesh), Is.SubsetOf(Kinds(whole)), "no layers touch that do not touch anyway");
        if (_spec.Missing.Count == 0)
            return;
        Extrusion outlines = _mesh.Extrusion;
        foreach (Face face in _mesh.Faces.Where(face => face.Direction == FaceDirection.Through && _mesh.Column[face.Left] < outlines.BodyOffsets[_spec.Rolls] && _mesh.Column[face.Right] < outlines.BodyOffsets[_spec.Rolls]))
            foreach (int cell in new[] { face.Left, face.Right })
            {
                double turns = _spec.Line.Turns(outlines.ColumnY[_mesh.Column[cell]]);
                Assert.That(_spec.Missing.Any(patch => patch.Layer == _mesh.Region[cell] && patch.Rectangle.Contains(turns, _mesh.CentreZ[cell])), Is.False);
            }

        static HashSet<(string, string)> Kinds(CellMesh mesh) =>
            [.. mesh.Faces.Where(face => face.Direction == FaceDirection.Through).Select(face => (mesh.Regions[mesh.Region[face.Left]].Name, mesh.Regions[mesh.Region[face.Right]].Name))];
    }

    [Test]
    public void TurnsMeetInWholeFaces()
    {
        Extrusion shape = _domain.Extrusion;
        double pitch = _spec.Layers.Thickness;
        Junction[] seams = [.. _domain.Junctions.Where(junction => junction.Direction == FaceDirection.Through && _domain.BodyOf(junction.Right.Column) == 0 && junction.Left.Depth == _domain.Bodies[0].Depth - 1)];
        Assert.That(seams, Is.Not.Empty);
        foreach (Junction seam in seams)
            Assert.That(shape.ColumnArea[seam.Left.Column] * (1 + (shape.ColumnCurvature[seam.Left.Column] * pitch)) / shape.ColumnArea[seam.Right.Column], Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void OuterSurfacesAreExact()
    {
        foreach (CellSurface surface in CellSurfaces.OfRoll)
        {
            double area = _mesh.Boundaries.Where(face => face.CoolingSurface == surface).Sum(face => face.Area), expected = _spec.SurfaceArea(surface);
            double radius = 0.1 * _spec.Line.Radius, hole = _spec.Can is not null && _spec.Group is null && (surface is CellSurface.Base or CellSurface.Top) ? (Math.PI * radius * radius) + (2 * _spec.Line.Core * radius) : 0;
            Assert.That(area / (expected - hole), Is.EqualTo(1).Within(1e-12), surface.ToString());
        }
        foreach (Polarity polarity in new[] { Polarity.Negative, Polarity.Positive })
        {
            double thickness = _spec.Layers.Layers[polarity == Polarity.Negative ? 0 : 4].Thickness;
            double expected = _spec.Rolls * _spec.Tabs.Where(tab => tab.Polarity == polarity).Sum(tab => tab.Width) * thickness;
            double foils = _mesh.Boundaries.Where(face => face.Surface == CellSurfaces.OfTerminal(polarity)).Sum(face => face.Area);
            Assert.That(foils / expected, Is.EqualTo(1).Within(1e-12));
        }
    }

    [Test]
    public void SizeAndStatisticsAreThoseOfTheMesh()
    {
        MeshSize size = RollBuilder.Size(_spec);
        MeshStatistics statistics = MeshStatistics.Of(_domain);
        Assert.That((size.Cells, size.Columns), Is.EqualTo(((long)_mesh.CellCount, (long)_domain.ColumnCount)));
        Assert.That((statistics.Cells, statistics.Faces, statistics.BoundaryFaces), Is.EqualTo(((long)_mesh.CellCount, (long)_mesh.Faces.Length, (long)_mesh.Boundaries.Length)));
        Assert.That(statistics.Segments, Is.EqualTo(Segments.Find(_mesh).Count));
        Assert.That(statistics.Unknowns, Is.EqualTo(size.Unknowns(withHeat: true)));
        Assert.That(statistics.OuterArea, Is.EqualTo(_mesh.Boundaries.Where(face => face.IsOuter).Sum(face => face.Area)).Within(1e-15));
        CellShapes shapes = CellShapes.Of(_mesh);
        Assert.That(size.Points, Is.GreaterThanOrEqualTo(shapes.Points.Length / 3));
        Assert.That(size.Connectivity, Is.EqualTo(shapes.Connectivity.Length));
    }

    [Test]
    public void CentresLieInTheirCells()
    {
        for (int cell = 0; cell < _mesh.CellCount; cell += 5)
        {
            CellLocation found = _mesh.Nearest(_mesh.CentreX[cell], _mesh.CentreY[cell], _mesh.CentreZ[cell]);
            Assert.That((found.Cell, found.Distance), Is.EqualTo((cell, 0.0)), _mesh.Regions[_mesh.Region[cell]].Name);
        }
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    public void PartsAreWhatTheFacesOfTheWholeSay(int ranks)
    {
        int[] owner = Division.Owners(_mesh, _domain, Partition.Of(_domain, ranks));
        Assert.That(owner.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, ranks)));
        foreach (MeshPart part in Meshes.Parts(_domain, ranks))
        {
            MeshPart cut = Division.Part(_mesh, owner, part.Rank);
            Assert.That(part.Mesh.GlobalCell, Is.EqualTo(cut.Mesh.GlobalCell));
            Assert.That(part.Mesh.Faces, Is.EqualTo(cut.Mesh.Faces));
            Assert.That(part.Mesh.Boundaries, Is.EqualTo(cut.Mesh.Boundaries));
        }
    }

    /// <summary>The rod has the volume of its cross-section, and gives heat to the innermost turn over the area of that.</summary>
    [Test]
    public void AMandrelTouchesTheInnermostTurn()
    {
        if (_spec.Mandrel is not { } rod)
            return;
        double outside = _spec.Line.Radius, inside = Math.Max(rod.InnerRadius, 0.1 * outside), section = (Math.PI * ((outside * outside) - (inside * inside))) + (2 * _spec.Line.Core * (outside - inside));
        double volume = Enumerable.Range(0, _mesh.CellCount).Where(cell => _mesh.Regions[_mesh.Region[cell]].Name == MandrelSpec.RegionName).Sum(cell => _mesh.Volume[cell]);
        Assert.That(volume, Is.EqualTo(_spec.Rolls * section * Rolls.Height).Within(1e-12 * volume));
        Assert.That(_spec.MandrelVolume(), Is.EqualTo(volume).Within(1e-12 * volume));
        double found = _mesh.Contacts.Values.Where(contact => !contact.LeftIsInPlane).Sum(contact => 1 / contact.ThermalResistance), expected = _spec.Rolls * Rolls.Height * Length(1, 0) / rod.ContactResistance;
        Assert.That(found, Is.EqualTo(expected).Within(1e-12 * expected));
    }

    /// <summary>∫ (r0 + s + p φ/2π) dφ and the straight stretches.</summary>
    private double Length(double turns, double depth)
    {
        double core = _spec.Line.Core, halves = Math.Floor(2 * turns), part = 2 * ((2 * turns) - halves);
        double angle = core == 0 ? 2 * Math.PI * turns : Math.PI * (halves + Math.Min(part, 1));
        double straight = core == 0 ? 0 : core * (halves + Math.Max(part - 1, 0));
        return ((_spec.Line.Radius + depth) * angle) + (_spec.Layers.Thickness * angle * angle / (4 * Math.PI)) + straight;
    }
}
