namespace Cell3D.Mesh;

/// <summary>Describes a wound cell.</summary>
public static class RollBuilder
{
    /// <summary>The layers as one ribbon whose turns lie on each other, and the can around them.</summary>
    /// <remarks>
    /// Cells are numbered by column along the winding, then along the axis, through-thickness fastest. Terminal faces are those of a collector's
    /// lower or upper edge within its tabs. In a can these carry current only, and all heat leaves through the can.
    /// </remarks>
    /// <exception cref="MeshException">Everything that is wrong.</exception>
    public static CellDomain Describe(RollSpec spec)
    {
        Check(spec);
        List<Region> regions = [.. Enumerable.Range(0, spec.Rolls).SelectMany(roll => spec.Layers.Layers.Select(layer => new Region(NameIn(spec, layer, roll), layer.Kind)))];
        Ribbon[] rolls = [.. Enumerable.Range(0, spec.Rolls).Select(roll => new Ribbon(spec.Member(roll), roll * spec.Layers.Layers.Count))];
        Mandrel[] rods = spec.Mandrel is null ? [] : [.. rolls.Select((roll, i) => new Mandrel(spec.Member(i), roll, regions.Count))];
        if (rods.Length > 0)
            regions.Add(new(MandrelSpec.RegionName, LayerKind.Casing));
        Body[] wound = [.. rolls.Select(roll => roll.Body), .. rods.Select(rod => rod.Body)];
        if (spec.Can is null)
            return new(regions, wound, Seams);
        if (spec.Group is not null)
        {
            Box box = new(spec, rolls, regions);
            return new(regions, [.. wound, .. box.Bodies], () => Seams().Concat(box.Junctions()));
        }
        Can can = new(spec, rolls[0], regions);
        return new(regions, [.. wound, .. can.Bodies], () => Seams().Concat(can.Junctions()));

        IEnumerable<Junction> Seams() => rolls.SelectMany(roll => roll.Seams()).Concat(rods.SelectMany(rod => rod.Junctions()));
    }

    /// <summary>Name of a layer in one of several rolls: its number counts on among those of its kind.</summary>
    private static string NameIn(RollSpec spec, LayerSpec layer, int roll)
    {
        if (spec.Rolls == 1)
            return layer.Name;
        LayerSpec[] alike = [.. spec.Layers.Layers.Where(other => other.Kind == layer.Kind)];
        return FormattableString.Invariant($"{layer.Kind.Name()} {(roll * alike.Length) + Array.IndexOf(alike, layer) + 1}");
    }

    /// <summary>Number of cells and unknowns of <see cref="Describe"/>, without building it.</summary>
    /// <exception cref="MeshException">As there.</exception>
    public static MeshSize Size(RollSpec spec)
    {
        Check(spec);
        long rows = spec.Axial.Length - 1, columns = 0, points = 0, levels = spec.Layers.Layers.Sum(layer => layer.Grading.Cells) + 1;
        List<(LayerKind Kind, long Cells)> regions = [];
        double[] nodes = [];
        foreach (RollSpec roll in Enumerable.Range(0, spec.Rolls).Select(spec.Member))
        {
            nodes = roll.TurnNodes();
            long along = RollSpec.NodesBefore(nodes, roll.AllTurns);
            regions.AddRange(roll.Layers.Layers.Select((layer, i) => (layer.Kind, layer.Grading.Cells * roll.Columns(nodes, i))));
            (columns, points) = (columns + (rows * along), points + ((rows + 1) * (along + 1) * levels));
        }
        if (spec.Mandrel is not null)
        {
            long around = spec.Rolls * rows * (nodes.Length - 1);
            regions.Add((LayerKind.Casing, around));
            (columns, points) = (columns + around, points + (2L * spec.Rolls * (rows + 1) * nodes.Length));
        }
        if (spec.Group is not null && spec.Can is not null)
        {
            (long cells, long ofCan, long corners) = Box.Size(spec);
            regions.Add((LayerKind.Casing, cells));
            (columns, points) = (columns + ofCan, points + corners);
        }
        else if (spec.Can is { } can)
        {
            long perTurn = nodes.Length - 1, rings = can.Rings + 3;
            regions.Add((LayerKind.Casing, perTurn * ((2 * rows) + (4 * rings))));
            columns += perTurn * (rows + 4);
            points += (perTurn + 1) * ((3 * (rows + 1)) + (6 * (rings + 1)));
        }
        return new(regions, columns, points, 8 * regions.Sum(region => region.Cells));
    }

    private static void Check(RollSpec spec)
    {
        List<string> problems = [.. Problems(spec)];
        if (problems.Count > 0)
            throw new MeshException(problems);
    }

    private static IEnumerable<string> Problems(RollSpec spec)
    {
        if (!(spec.Line.Radius > 0 && spec.Line.Core >= 0))
            yield return $"roll: the core needs a radius above and a length of at least 0, got {spec.Line.Radius:G6} and {spec.Line.Core:G6} m";
        if (!(Math.Abs(spec.Line.Pitch - spec.Layers.Thickness) <= 1e-9 * spec.Layers.Thickness))
            yield return $"roll: the pitch {spec.Line.Pitch:G6} m is not the thickness {spec.Layers.Thickness:G6} m of a turn";
        if (!(spec.PairedTurns > 0 && spec.InnerTurns >= 0 && spec.OuterTurns >= 0 && double.IsFinite(spec.AllTurns)))
            yield return $"roll: needs paired turns above and unpaired ones of at least 0, got {spec.PairedTurns:G6}, {spec.InnerTurns:G6} and {spec.OuterTurns:G6}";
        if (spec.Mandrel is { } rod && !(rod.InnerRadius >= 0 && rod.InnerRadius < spec.Line.Radius && rod.ContactResistance >= 0))
            yield return $"roll: a mandrel needs a bore from 0 to less than the core's radius and a contact resistance of at least 0, got {rod.InnerRadius:G6} m and {rod.ContactResistance:G6} K m2/W";
        if (spec.CellsPerTurn < 3 || spec.CellsAlongCore < 1)
            yield return $"roll: needs at least 3 columns per turn and 1 along the core, got {spec.CellsPerTurn} and {spec.CellsAlongCore}";
        if (spec.Can is { } can && !(Math.Min(Math.Min(Math.Min(can.Wall, can.SideGap), Math.Min(can.Base, can.BaseGap)), Math.Min(can.Top, can.TopGap)) > 0 && can.Rings > 0))
            yield return "roll: wall, base, cap and gaps of a can must be positive";
        if (spec.Can is null && spec.Tabs.Any(tab => tab.Weld is not null))
            yield return "roll: without a can there is nothing to weld the foils to";
        foreach (TabSpec tab in spec.Tabs)
        {
            double length = spec.FoilLength(tab.Polarity);
            if (tab.Length != 0 || !tab.Edge.RunsAlongY())
                yield return "roll: tabs lie on the lower or upper edge and have no length";
            if (!(tab.Width > 0 && tab.Start >= -1e-9 * length && tab.End <= length * (1 + 1e-9)))
                yield return $"roll: a tab spans {tab.Start:G6} … {tab.End:G6} m of a collector that is {length:G6} m long";
        }
        if (spec.Group is { } group && !(group.Count > 1 && spec.Line.Core > 0 && group.Gap >= 0 && (spec.Can is null || Math.Min(group.SideConductivity, Math.Min(group.BaseConductivity, group.TopConductivity)) > 0)))
            yield return "roll: several rolls need a flat core, a gap of at least 0 and conductivities above it";
        if (spec.Missing.Any(patch => spec.Layers.Layers[patch.Layer % spec.Layers.Layers.Count].Kind.IsCollector()))
            yield return "roll: only coatings and separators can be missing";
        foreach (Polarity polarity in new[] { Polarity.Negative, Polarity.Positive })
            if (!spec.Tabs.Any(tab => tab.Polarity == polarity))
                yield return $"roll: the {polarity.ToString().ToLowerInvariant()} collector has no tab";
    }
}
