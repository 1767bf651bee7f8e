namespace Cell3D.Mesh;

/// <summary>The unrolled layers of a roll as one body: a column of turn k lies on that of turn k − 1 at the same angle.</summary>
internal sealed class Ribbon
{
    private readonly RollSpec _spec;
    private readonly double[] _turns;
    private readonly int _firstRegion;

    /// <summary>Depths at which a kind of column has layers, those that miss included.</summary>
    private readonly int[][] _depths;

    /// <summary>Lays the ribbon.</summary>
    /// <param name="spec">The roll.</param>
    /// <param name="firstRegion">Region of its first layer; the others follow.</param>
    internal Ribbon(RollSpec spec, int firstRegion)
    {
        (_spec, _firstRegion) = (spec, firstRegion);
        TurnNodes = spec.TurnNodes();
        int perTurn = TurnNodes.Length - 1, columns = RollSpec.NodesBefore(TurnNodes, spec.AllTurns);
        _turns = [.. Enumerable.Range(0, columns + 1).Select(node => node / perTurn + TurnNodes[node % perTurn])];
        List<double> levels = [0];
        List<int> layers = [];
        for (int layer = 0; layer < spec.Layers.Layers.Count; layer++)
        {
            LayerSpec own = spec.Layers.Layers[layer];
            levels.AddRange(Grading.Symmetric(levels[^1], levels[^1] + own.Thickness, own.Grading.Cells, own.Grading.Ratio).AsSpan(1));
            layers.AddRange(Enumerable.Repeat(layer, own.Grading.Cells));
        }
        _depths = Array.ConvertAll(Enum.GetValues<WoundKind>(), kind => Enumerable.Range(0, layers.Count).Where(depth => spec.IsThere(layers[depth], kind)).ToArray());
        PlaneMesh plane = PlaneMesh.Rectilinear([.. _turns.Select(spec.Line.Along)], spec.Axial);
        (int[][] profiles, int[] profileOf) = Profiles(layers, plane);
        Body = new(plane, [.. levels], profiles, profileOf, spec.Line);
        Body.Outside = Outside;
    }

    internal Body Body { get; }

    /// <summary>Nodes of a turn from 0 to 1.</summary>
    internal double[] TurnNodes { get; }

    /// <summary>Columns of one turn.</summary>
    internal int PerTurn => TurnNodes.Length - 1;

    /// <summary>Columns along the winding.</summary>
    internal int Along => _turns.Length - 1;

    /// <summary>Rows along the axis.</summary>
    internal int Rows => _spec.Axial.Length - 1;

    /// <summary>Where the layers touch: from turn to turn, and across the place of an electrode that is not there.</summary>
    internal IEnumerable<Junction> Seams()
    {
        for (int column = 0; column < Body.Plane.CellCount; column++)
        {
            int[] depths = Depths(column);
            for (int i = 0; i + 1 < depths.Length; i++)
                if (depths[i + 1] > depths[i] + 1 && IsPresent(column, depths[i]) && IsPresent(column, depths[i + 1]))
                    yield return Touching(column, depths[i], column, depths[i + 1]);
            if (column % Along + PerTurn < Along && IsPresent(column, depths[^1]))
                yield return Touching(column, depths[^1], column + PerTurn, First(column + PerTurn));
        }
    }

    /// <summary>The outermost cells, with the column of their turn and their row.</summary>
    internal IEnumerable<(int Column, int Depth, int OfTurn, int Row)> Outermost()
    {
        for (int row = 0; row < Rows; row++)
            for (int along = Along - PerTurn; along < Along; along++)
                yield return ((row * Along) + along, Last((row * Along) + along), along % PerTurn, row);
    }

    /// <summary>The innermost cells, with the column of their turn and their row.</summary>
    internal IEnumerable<(int Column, int Depth, int OfTurn, int Row)> Innermost()
    {
        for (int row = 0; row < Rows; row++)
            for (int along = 0; along < PerTurn; along++)
                yield return ((row * Along) + along, First((row * Along) + along), along, row);
    }

    /// <summary>The cells of one end, with the column of their turn, half their extent along the axis, their cross-section seen along it, and their distance from the centre of the arcs.</summary>
    internal IEnumerable<(int Column, int Depth, int OfTurn, double Half, double Area, double Radius)> End(bool top)
    {
        for (int along = 0; along < Along; along++)
        {
            int column = along + (top ? (Rows - 1) * Along : 0);
            for (int depth = 0; depth < Body.Depth; depth++)
                if (IsPresent(column, depth))
                    yield return (column, depth, along % PerTurn, HalfHeight(column), Area(column, depth), _spec.Line.RadiusAfter(Middle(along)) + (0.5 * (Body.Levels[depth] + Body.Levels[depth + 1])));
        }
    }

    /// <summary>The cells of foils at one end that are welded to what lies beyond it, with the column of their turn, d/A of their half path, their distance from the centre of the arcs, and the weld.</summary>
    internal IEnumerable<(int Column, int Depth, int OfTurn, double Length, double Radius, Contact Weld)> Welds(bool top)
    {
        CellEdge edge = top ? CellEdge.Top : CellEdge.Bottom;
        foreach ((int column, int depth, int ofTurn, double half, double area, double radius) in End(top))
        {
            LayerKind kind = Kind(column, depth);
            (double start, double end) = Stretch(column % Along, kind.Polarity());
            double share = 0, ofWidth = 0;
            foreach (TabSpec tab in _spec.Tabs.Where(tab => kind.IsCollector() && tab.Weld is not null && tab.Polarity == kind.Polarity() && tab.Edge == edge))
            {
                share += Covered(column % Along, tab);
                ofWidth += Covered(column % Along, tab) * (end - start) / tab.Width;
            }
            if (share > 0)
                yield return (column, depth, ofTurn, half / (share * area), radius, _spec.Tabs.First(tab => tab.Polarity == kind.Polarity()).Weld!.Between(Body.Thickness(depth), ofWidth));
        }
    }

    /// <summary>The regions by depth of each kind of column, and the kind of every column.</summary>
    private (int[][] Profiles, int[] OfColumn) Profiles(List<int> layers, PlaneMesh plane)
    {
        Dictionary<string, int> kinds = [];
        List<int[]> profiles = [];
        int[] ofColumn = new int[plane.CellCount];
        for (int column = 0; column < ofColumn.Length; column++)
        {
            bool[] isThere = [.. Enumerable.Range(0, _spec.Layers.Layers.Count).Select(layer => _spec.IsThere(layer, Middle(column % Along), plane.CentreZ[column]))];
            string kind = string.Concat(isThere.Select(there => there ? '1' : '0'));
            if (!kinds.TryGetValue(kind, out ofColumn[column]))
            {
                kinds.Add(kind, ofColumn[column] = profiles.Count);
                profiles.Add([.. layers.Select(layer => isThere[layer] ? _firstRegion + layer : Body.Absent)]);
            }
        }
        return ([.. profiles], ofColumn);
    }

    private LayerKind Kind(int column, int depth) => _spec.Layers.Layers[Body.Region(column, depth) - _firstRegion].Kind;

    private bool IsPresent(int column, int depth) => Body.Region(column, depth) != Body.Absent;

    private int[] Depths(int column) => _depths[(int)_spec.KindAt(Middle(column % Along))];

    private double Middle(int along) => 0.5 * (_turns[along] + _turns[along + 1]);

    private int First(int column) => Depths(column)[0];

    private int Last(int column) => Depths(column)[^1];

    private Junction Touching(int inner, int innerDepth, int outer, int outerDepth) => new(
        new(Body.FirstColumn + inner, innerDepth), new(Body.FirstColumn + outer, outerDepth),
        Body.ThroughLength(inner, innerDepth, upper: true), Body.ThroughLength(outer, outerDepth, upper: false), FaceDirection.Through);

    private double HalfHeight(int column) => 0.5 * (_spec.Axial[(column / Along) + 1] - _spec.Axial[column / Along]);

    private double Area(int column, int depth) => Body.InPlaneArea(column, depth, Body.Plane.Area[column] / (2 * HalfHeight(column)), alongLine: false);

    private IEnumerable<BoundaryFace> Outside(int column)
    {
        int along = column % Along, row = column / Along;
        if (along < PerTurn && _spec.Mandrel is null)
            yield return Big(column, First(column), upper: false, CellSurface.Mandrel);
        if (along >= Along - PerTurn && _spec.Can is null)
            yield return Big(column, Last(column), upper: true, CellSurface.Side);
        foreach ((bool isThere, CellEdge edge) in new[] { (row == 0, CellEdge.Bottom), (row == Rows - 1, CellEdge.Top) })
            if (isThere)
                for (int depth = 0; depth < Body.Depth; depth++)
                    if (IsPresent(column, depth))
                        foreach (BoundaryFace face in AtEnd(column, depth, edge))
                            yield return face;
    }

    private BoundaryFace Big(int column, int depth, bool upper, CellSurface surface)
    {
        double area = Body.Area(column, upper ? depth + 1 : depth);
        return new(depth, area, area * Body.ThroughLength(column, depth, upper), surface, surface, FaceDirection.Through);
    }

    private IEnumerable<BoundaryFace> AtEnd(int column, int depth, CellEdge edge)
    {
        LayerKind kind = Kind(column, depth);
        CellSurface surface = edge == CellEdge.Bottom ? CellSurface.Base : CellSurface.Top, cooling = _spec.Can is null ? surface : CellSurface.None;
        double area = Area(column, depth), half = HalfHeight(column), free = 1;
        if (kind.IsCollector())
            foreach (TabSpec tab in _spec.Tabs.Where(tab => tab.Polarity == kind.Polarity() && tab.Edge == edge))
            {
                double share = Covered(column % Along, tab);
                if (share <= 0)
                    continue;
                free -= share;
                yield return new(depth, share * area, half, CellSurfaces.OfTerminal(tab.Polarity), cooling, FaceDirection.InPlane);
            }
        if (_spec.Can is null && free > 1e-9)
            yield return new(depth, free * area, half, surface, surface, FaceDirection.InPlane);
    }

    /// <summary>Share of a column's edge that a tab takes.</summary>
    private double Covered(int along, TabSpec tab)
    {
        (double start, double end) = Stretch(along, tab.Polarity);
        double share = (Math.Min(end, tab.End) - Math.Max(start, tab.Start)) / (end - start);
        return share > 1 - 1e-9 ? 1 : share < 1e-9 ? 0 : share;
    }

    /// <summary>What a column takes of its foil, from the foil's inner end [m].</summary>
    private (double Start, double End) Stretch(int along, Polarity polarity) => (_spec.AlongFoil(polarity, _turns[along]), _spec.AlongFoil(polarity, _turns[along + 1]));
}
