namespace Cell3D.Mesh;

/// <summary>
/// A wound cell: a ribbon of both double-coated collectors and two separators around a core. From inside to outside a turn is NC NE S PE PC PE S NE.
/// At the inner and the outer end the negative electrode may go on without a positive one; the outermost turn is the negative collector alone,
/// so that every coating has its collector.
/// </summary>
public sealed record RollSpec
{
    private const double SameNode = 1e-9;

    /// <summary>Inner side of the ribbon; its pitch is the thickness of a turn.</summary>
    public required WoundLine Line { get; init; }

    /// <summary>The layers of one turn, inside first, as <see cref="Turn"/> makes them.</summary>
    public required LayerStack Layers { get; init; }

    /// <summary>Heights of the nodes along the axis [m].</summary>
    public required double[] Axial { get; init; }

    /// <summary>Turns at the inner end that have no positive electrode.</summary>
    public double InnerTurns { get; init; }

    /// <summary>Turns with both electrodes.</summary>
    public required double PairedTurns { get; init; }

    /// <summary>Turns after them that have no positive electrode.</summary>
    public double OuterTurns { get; init; }

    /// <summary>Columns around the arcs of a turn; more arise where ends of the ribbon need nodes.</summary>
    public required int CellsPerTurn { get; init; }

    /// <summary>Columns along each straight stretch.</summary>
    public int CellsAlongCore { get; init; } = 1;

    /// <summary>Tabs without length on the lower (bottom) or upper (top) edge; the centre counts along the collector from its inner end [m].</summary>
    public required IReadOnlyList<TabSpec> Tabs { get; init; }

    /// <summary>The can around the roll; null where its own surfaces are the outer ones.</summary>
    public CanSpec? Can { get; init; }

    /// <summary>Turns up to the end of the coatings.</summary>
    public double CoatedTurns => InnerTurns + PairedTurns + OuterTurns;

    /// <summary>Turns up to the outer end of the negative collector.</summary>
    public double AllTurns => CoatedTurns + 1;

    /// <summary>Extent along the axis [m].</summary>
    public double Height => Axial[^1] - Axial[0];

    /// <summary>Area of the positive coatings, both sides: twice that of their collector [m²].</summary>
    public double ElectrodeArea => 2 * Height * FoilLength(Polarity.Positive);

    /// <summary>Radius of the roll at its outer end [m].</summary>
    public double OuterRadius => Line.RadiusAfter(AllTurns) + Layers.Layers[0].Thickness;

    /// <summary>The layers of a turn, from those of one pair with its parts of the collectors.</summary>
    /// <param name="pair">Negative collector, negative electrode, separator, positive electrode, positive collector.</param>
    /// <exception cref="MeshException">Other layers than these.</exception>
    public static LayerStack Turn(IReadOnlyList<LayerSpec> pair)
    {
        LayerKind[] kinds = [LayerKind.NegativeCollector, LayerKind.NegativeElectrode, LayerKind.Separator, LayerKind.PositiveElectrode, LayerKind.PositiveCollector];
        if (!pair.Select(layer => layer.Kind).SequenceEqual(kinds))
            throw new MeshException($"roll: needs the layers {string.Join(", ", kinds.Select(kind => kind.Name().ToLowerInvariant()))}, got {string.Join(", ", pair.Select(layer => layer.Kind.Name().ToLowerInvariant()))}");
        return new([
            Double(pair[0]), Numbered(pair[1], 1), Numbered(pair[2], 1), Numbered(pair[3], 1),
            Double(pair[4]), Numbered(pair[3], 2), Numbered(pair[2], 2), Numbered(pair[1], 2)]);

        static LayerSpec Double(LayerSpec part) => part with { Thickness = 2 * part.Thickness };
        static LayerSpec Numbered(LayerSpec layer, int number) => layer with { Name = $"{layer.Name} {number}" };
    }

    /// <summary>The middle of a collector as a line; turns count as on <see cref="Line"/>.</summary>
    public WoundLine Foil(Polarity polarity)
    {
        int foil = Foils(polarity);
        return Line.Shifted(Layers.Layers.Take(foil).Sum(layer => layer.Thickness) + (0.5 * Layers.Layers[foil].Thickness));
    }

    /// <summary>Where a collector begins and ends, in turns.</summary>
    public (double Start, double End) FoilTurns(Polarity polarity) =>
        polarity == Polarity.Negative ? (0, AllTurns) : (InnerTurns, InnerTurns + PairedTurns);

    /// <summary>Length of a collector [m].</summary>
    public double FoilLength(Polarity polarity)
    {
        (double start, double end) = FoilTurns(polarity);
        WoundLine foil = Foil(polarity);
        return foil.Along(end) - foil.Along(start);
    }

    /// <summary>Turns with both electrodes at which the positive coatings have an area.</summary>
    /// <param name="area">Both sides [m²].</param>
    public double PairedTurnsFor(double area)
    {
        WoundLine foil = Foil(Polarity.Positive);
        return foil.Turns(foil.Along(InnerTurns) + (area / (2 * Height))) - InnerTurns;
    }

    /// <summary>Area of an outer surface [m²]; 0 for others. That of a roll without a can is the one its layers show.</summary>
    public double SurfaceArea(CellSurface surface)
    {
        double core = Line.Core;
        if (Can is null)
        {
            double foil = Layers.Layers[0].Thickness;
            return surface switch
            {
                CellSurface.Mandrel => Height * Line.Along(1),
                CellSurface.Side => Height * (Line.Shifted(foil).Along(AllTurns) - Line.Shifted(foil).Along(CoatedTurns)),
                CellSurface.Base or CellSurface.Top => Section(),
                _ => 0,
            };
        }
        double outside = OuterRadius + Can.SideGap + Can.Wall;
        return surface switch
        {
            CellSurface.Mandrel => Height * Line.Along(1),
            CellSurface.Side => ((2 * Math.PI * outside) + (2 * core)) * (Height + Can.Base + Can.BaseGap + Can.Top + Can.TopGap),
            CellSurface.Base or CellSurface.Top => Disc(outside),
            _ => 0,
        };
    }

    /// <summary>Volume of a layer of the turn in the whole roll [m³].</summary>
    public double LayerVolume(int layer)
    {
        LayerSpec own = Layers.Layers[layer];
        WoundLine middle = Line.Shifted(Layers.Layers.Take(layer).Sum(below => below.Thickness) + (0.5 * own.Thickness));
        double length = layer == 0 ? middle.Along(AllTurns)
            : IsThere(layer, WoundKind.Unpaired) ? middle.Along(CoatedTurns)
            : middle.Along(InnerTurns + PairedTurns) - middle.Along(InnerTurns);
        return Height * own.Thickness * length;
    }

    /// <summary>Volume of the metal of the can [m³]; 0 without one.</summary>
    public double CanVolume()
    {
        if (Can is null)
            return 0;
        double inside = OuterRadius + Can.SideGap, outside = inside + Can.Wall;
        return (SurfaceArea(CellSurface.Base) * (Can.Base + Can.Top)) + ((Disc(outside) - Disc(inside)) * (Height + Can.BaseGap + Can.TopGap));
    }

    /// <summary>Which layers there are at a number of turns.</summary>
    internal WoundKind KindAt(double turns) =>
        turns > CoatedTurns ? WoundKind.Closing : turns < InnerTurns || turns > InnerTurns + PairedTurns ? WoundKind.Unpaired : WoundKind.Paired;

    /// <summary>Whether a layer is there in columns of a kind.</summary>
    internal bool IsThere(int layer, WoundKind kind) => kind switch
    {
        WoundKind.Paired => true,
        WoundKind.Unpaired => Layers.Layers[layer].Kind.Polarity() != Polarity.Positive,
        _ => layer == 0,
    };

    /// <summary>Nodes of one turn from 0 to 1, the same in every turn: the ends of arcs and of electrodes, and what divides them.</summary>
    internal double[] TurnNodes()
    {
        double[] ends = Line.Core > 0 ? [0.25, 0.5, 0.75] : [];
        List<double> breaks = [0];
        foreach (double end in ends.Concat([Fraction(InnerTurns), Fraction(InnerTurns + PairedTurns), Fraction(CoatedTurns)]).Order())
            if (end - breaks[^1] > SameNode && end < 1 - SameNode)
                breaks.Add(end);
        breaks.Add(1);
        List<double> nodes = [0];
        for (int i = 0; i + 1 < breaks.Count; i++)
        {
            double size = SizeAt(0.5 * (breaks[i] + breaks[i + 1]));
            int cells = Math.Max(1, (int)Math.Round((breaks[i + 1] - breaks[i]) / size));
            nodes.AddRange(Grading.Uniform(breaks[i], breaks[i + 1], cells).AsSpan(1));
        }
        return [.. nodes];
    }

    /// <summary>Nodes before a number of turns at which there is one.</summary>
    /// <param name="nodes">Those of a turn.</param>
    /// <param name="turns">Turns from the inner end.</param>
    internal static int NodesBefore(double[] nodes, double turns)
    {
        double whole = Math.Floor(turns + SameNode), rest = turns - whole;
        int nearest = 0;
        while (nearest + 1 < nodes.Length && Math.Abs(nodes[nearest + 1] - rest) < Math.Abs(nodes[nearest] - rest))
            nearest++;
        return checked(((int)whole * (nodes.Length - 1)) + nearest);
    }

    /// <summary>An upper estimate of the columns along the winding, before any is made.</summary>
    public double EstimateColumns() => (AllTurns + 1) * (CellsPerTurn + (2.0 * CellsAlongCore) + 8);

    /// <summary>Area of a circle, drawn out by the core [m²].</summary>
    private double Disc(double radius) => radius * ((Math.PI * radius) + (2 * Line.Core));

    private double SizeAt(double turns) => Line.Core == 0 ? 1.0 / CellsPerTurn : 4 * turns % 2 < 1 ? 0.5 / CellsPerTurn : 0.25 / CellsAlongCore;

    private static double Fraction(double turns) => turns - Math.Floor(turns);

    private int Foils(Polarity polarity) => polarity == Polarity.Negative ? 0 : 4;

    /// <summary>Cross-section of the layers seen along the axis [m²].</summary>
    private double Section() => Enumerable.Range(0, Layers.Layers.Count).Sum(layer => LayerVolume(layer) / Height);
}

/// <summary>Which layers there are at a place of the ribbon.</summary>
internal enum WoundKind
{
    /// <summary>All.</summary>
    Paired,

    /// <summary>All but the positive electrode and its collector.</summary>
    Unpaired,

    /// <summary>The negative collector alone.</summary>
    Closing,
}
