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

    /// <summary>Tabs without length on the lower (bottom) or upper (top) edge; the centre counts along the collector from its inner end [m].
    /// A weld leads heat from the foils to the base or the cap of the can; those of one polarity are alike.</summary>
    public required IReadOnlyList<TabSpec> Tabs { get; init; }

    /// <summary>The rod in the core; null where that is empty.</summary>
    public MandrelSpec? Mandrel { get; init; }

    /// <summary>The rolls of which this is one; null where it is alone. All are alike, and figures of areas and volumes are those of all.</summary>
    public RollGroup? Group { get; init; }

    /// <summary>How many rolls there are.</summary>
    public int Rolls => Group?.Count ?? 1;

    /// <summary>Stretches in which coatings or separators are missing: left and right are turns, bottom and top heights [m]. Those of one layer do not overlap.
    /// Layers count on from roll to roll.</summary>
    public IReadOnlyList<MissingLayer> Missing { get; init; } = [];

    /// <summary>The can around the roll; null where its own surfaces are the outer ones.</summary>
    public CanSpec? Can { get; init; }

    /// <summary>Turns up to the end of the coatings.</summary>
    public double CoatedTurns => InnerTurns + PairedTurns + OuterTurns;

    /// <summary>Turns up to the outer end of the negative collector.</summary>
    public double AllTurns => CoatedTurns + 1;

    /// <summary>Extent along the axis [m].</summary>
    public double Height => Axial[^1] - Axial[0];

    /// <summary>Area of the positive coatings, both sides: twice that of their collector [m²].</summary>
    public double ElectrodeArea => Rolls * 2 * Height * FoilLength(Polarity.Positive);

    /// <summary>Radius of the roll at its outer end [m].</summary>
    public double OuterRadius => Line.RadiusAfter(AllTurns) + Layers.Layers[0].Thickness;

    /// <summary>Half of the extent along x, with the can [m].</summary>
    public double HalfThickness => CentreOf(Rolls - 1) + OuterRadius + (Can is null ? 0 : Can.SideGap + Can.Wall);

    /// <summary>Half of the extent along y, with the can [m].</summary>
    public double HalfWidth => (0.5 * Line.Core) + OuterRadius + (Can is null ? 0 : Can.SideGap + Can.Wall);

    /// <summary>x of the middle of a roll, counted from 0 [m].</summary>
    public double CentreOf(int roll) => Group is null ? 0 : (roll - (0.5 * (Rolls - 1))) * ((2 * OuterRadius) + Group.Gap);

    /// <summary>One of several rolls at its place.</summary>
    internal RollSpec Member(int roll)
    {
        int layers = Layers.Layers.Count;
        return this with { Line = Line.Around(CentreOf(roll)), Group = null, Missing = [.. Missing.Where(patch => patch.Layer / layers == roll).Select(patch => patch with { Layer = patch.Layer % layers })] };
    }

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

    /// <summary>The middle of a layer as a line; turns count as on <see cref="Line"/>.</summary>
    public WoundLine Middle(int layer) => Line.Shifted(Layers.Layers.Take(layer).Sum(below => below.Thickness) + (0.5 * Layers.Layers[layer].Thickness));

    /// <summary>Where a layer begins and ends, in turns.</summary>
    public (double Start, double End) Turns(int layer) =>
        layer == 0 ? (0, AllTurns)
        : IsThere(layer, WoundKind.Unpaired) ? (0, CoatedTurns)
        : (InnerTurns, InnerTurns + PairedTurns);

    /// <summary>The middle of a collector as a line.</summary>
    public WoundLine Foil(Polarity polarity) => Middle(Foils(polarity));

    /// <summary>Where a collector begins and ends, in turns.</summary>
    public (double Start, double End) FoilTurns(Polarity polarity) => Turns(Foils(polarity));

    /// <summary>Distance along a collector from its inner end, as the centres of tabs count [m].</summary>
    /// <param name="polarity">Which one; what has no polarity counts along the positive one.</param>
    /// <param name="turns">Turns from the inner end of the roll.</param>
    public double AlongFoil(Polarity polarity, double turns) => Foil(polarity).Along(turns) - Foil(polarity).Along(FoilTurns(polarity).Start);

    /// <summary>Turns from the inner end of the roll at a distance along a collector; the inverse of <see cref="AlongFoil"/>.</summary>
    public double TurnsAlongFoil(Polarity polarity, double along) => Foil(polarity).Turns(along + Foil(polarity).Along(FoilTurns(polarity).Start));

    /// <summary>Length of a collector [m].</summary>
    public double FoilLength(Polarity polarity) => AlongFoil(polarity, FoilTurns(polarity).End);

    /// <summary>Turns with both electrodes at which the positive coatings have an area.</summary>
    /// <param name="area">Both sides [m²].</param>
    public double PairedTurnsFor(double area)
    {
        WoundLine foil = Foil(Polarity.Positive);
        return foil.Turns(foil.Along(InnerTurns) + (area / (2 * Height * Rolls))) - InnerTurns;
    }

    /// <summary>Area of an outer surface [m²]; 0 for others. That of a roll without a can is the one its layers show.</summary>
    public double SurfaceArea(CellSurface surface)
    {
        double core = Line.Core;
        double bore = Rolls * Height * (Mandrel?.Bore(Line) ?? Line).Along(1);
        if (surface == CellSurface.Mandrel)
            return bore;
        if (Can is null)
        {
            double foil = Layers.Layers[0].Thickness;
            return Rolls * surface switch
            {
                CellSurface.Side => Height * (Line.Shifted(foil).Along(AllTurns) - Line.Shifted(foil).Along(CoatedTurns)),
                CellSurface.Base or CellSurface.Top => Section(surface) + (Mandrel?.Section(Line) ?? 0),
                _ => 0,
            };
        }
        double outside = OuterRadius + Can.SideGap + Can.Wall;
        if (Group is not null)
            return surface switch
            {
                CellSurface.Side => 4 * (HalfThickness + HalfWidth) * (Height + Can.Base + Can.BaseGap + Can.Top + Can.TopGap),
                CellSurface.Base or CellSurface.Top => 4 * HalfThickness * HalfWidth,
                _ => 0,
            };
        return surface switch
        {
            CellSurface.Side => ((2 * Math.PI * outside) + (2 * core)) * (Height + Can.Base + Can.BaseGap + Can.Top + Can.TopGap),
            CellSurface.Base or CellSurface.Top => Disc(outside),
            _ => 0,
        };
    }

    /// <summary>Volume of a layer of the turn in all rolls, did none of it miss [m³].</summary>
    public double LayerVolume(int layer)
    {
        (double start, double end) = Turns(layer);
        return Rolls * Height * Layers.Layers[layer].Thickness * (Middle(layer).Along(end) - Middle(layer).Along(start));
    }

    /// <summary>Volume of the rods [m³]; 0 without one.</summary>
    public double MandrelVolume() => Rolls * Height * (Mandrel?.Section(Line) ?? 0);

    /// <summary>Volume of the metal of the can [m³]; 0 without one.</summary>
    public double CanVolume()
    {
        if (Can is null)
            return 0;
        double inside = OuterRadius + Can.SideGap, outside = inside + Can.Wall;
        if (Group is not null)
            return (SurfaceArea(CellSurface.Base) * (Can.Base + Can.Top)) + (4 * ((HalfThickness * HalfWidth) - ((HalfThickness - Can.Wall) * (HalfWidth - Can.Wall))) * (Height + Can.BaseGap + Can.TopGap));
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
        foreach (double end in ends.Concat([Fraction(InnerTurns), Fraction(InnerTurns + PairedTurns), Fraction(CoatedTurns), .. Missing.SelectMany(patch => new[] { Fraction(patch.Rectangle.Left), Fraction(patch.Rectangle.Right) })]).Order())
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

    /// <summary>Whether a layer is there in the column around a place: its kind has it, and nothing is missing.</summary>
    internal bool IsThere(int layer, double turns, double height) =>
        IsThere(layer, KindAt(turns)) && !Missing.Any(patch => patch.Layer == layer && patch.Rectangle.Contains(turns, height));

    /// <summary>Columns in which a layer lies.</summary>
    /// <param name="nodes">Those of a turn.</param>
    /// <param name="layer">The layer.</param>
    internal long Columns(double[] nodes, int layer)
    {
        (double start, double end) = Turns(layer);
        return Within(new(start, end, Axial[0], Axial[^1])) - Missing.Where(patch => patch.Layer == layer).Sum(patch => Within(patch.Rectangle.Common(new(start, end, Axial[0], Axial[^1]))));

        long Within(PlaneExtent stretch) => stretch.IsEmpty ? 0 : (NodesBefore(nodes, stretch.Right) - NodesBefore(nodes, stretch.Left))
            * Axial.Zip(Axial.Skip(1), (lower, upper) => 0.5 * (lower + upper)).LongCount(middle => middle > stretch.Bottom && middle < stretch.Top);
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
    public double EstimateColumns() => (AllTurns + 1) * (CellsPerTurn + (2.0 * CellsAlongCore) + 8 + (2 * Missing.Count));

    /// <summary>Area of a circle, drawn out by the core [m²].</summary>
    private double Disc(double radius) => radius * ((Math.PI * radius) + (2 * Line.Core));

    private double SizeAt(double turns) => Line.Core == 0 ? 1.0 / CellsPerTurn : 4 * turns % 2 < 1 ? 0.5 / CellsPerTurn : 0.25 / CellsAlongCore;

    private static double Fraction(double turns) => turns - Math.Floor(turns);

    private static int Foils(Polarity polarity) => polarity == Polarity.Negative ? 0 : 4;

    /// <summary>Cross-section of the layers seen at one end of the axis [m²].</summary>
    private double Section(CellSurface end)
    {
        IEnumerable<MissingLayer> gaps = Missing.Where(patch => end == CellSurface.Base ? patch.Rectangle.Bottom <= Axial[0] : patch.Rectangle.Top >= Axial[^1]);
        return Enumerable.Range(0, Layers.Layers.Count).Sum(layer => LayerVolume(layer) / (Height * Rolls)) - gaps.Sum(Shown);

        double Shown(MissingLayer patch)
        {
            (double start, double end) = Turns(patch.Layer);
            (start, end) = (Math.Max(start, patch.Rectangle.Left), Math.Min(end, patch.Rectangle.Right));
            return Layers.Layers[patch.Layer].Thickness * Math.Max(0, Middle(patch.Layer).Along(end) - Middle(patch.Layer).Along(start));
        }
    }
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
