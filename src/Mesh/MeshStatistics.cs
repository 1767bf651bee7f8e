namespace Cell3D.Mesh;

/// <summary>Size and quality of a mesh.</summary>
/// <param name="Regions">One entry per region, in region order.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Columns">Number of in-plane columns, strips included.</param>
/// <param name="Segments">Number of segments: chains of cells with electrolyte in a column.</param>
/// <param name="Faces">Number of interior faces.</param>
/// <param name="BoundaryFaces">Number of faces to the outside, current-only terminals included.</param>
/// <param name="Volume">Total volume [m³].</param>
/// <param name="OuterArea">Area through which heat can leave [m²].</param>
/// <param name="SmallestThickness">Smallest cell extent through the layers [m].</param>
/// <param name="LargestThickness">Largest cell extent through the layers [m].</param>
/// <param name="SmallestSpacing">Smallest distance of neighbouring centres in the plane [m]; NaN without in-plane faces.</param>
/// <param name="LargestSpacing">Largest distance of neighbouring centres in the plane [m]; NaN without in-plane faces.</param>
/// <param name="LargestAspectRatio">Largest ratio of a cell's in-plane size √area to its thickness, or its inverse.</param>
/// <param name="Unknowns">
/// Unknowns of the global system: c and φ_e where there is electrolyte, φ_s where electrons flow, T everywhere, and V.
/// </param>
public sealed record MeshStatistics(
    IReadOnlyList<RegionStatistics> Regions,
    long Cells,
    int Columns,
    int Segments,
    long Faces,
    long BoundaryFaces,
    double Volume,
    double OuterArea,
    double SmallestThickness,
    double LargestThickness,
    double SmallestSpacing,
    double LargestSpacing,
    double LargestAspectRatio,
    long Unknowns)
{
    /// <summary>Quality of the plane of the layers.</summary>
    public required PlaneQuality Plane { get; init; }

    /// <summary>Measures what <see cref="MeshPart.Build"/> makes of a domain, without building it: memory and time are of in-plane size.</summary>
    public static MeshStatistics Of(CellDomain domain)
    {
        RegionStatistics[] regions = RegionsOf(domain);
        (double smallest, double largest) = Spacing(domain);
        long faces = domain.Junctions.Count, boundaries = 0;
        int segments = -domain.Junctions.Count(junction => junction.Direction == FaceDirection.Through && IsWet(domain, junction.Left) && IsWet(domain, junction.Right));
        double outer = 0, aspect = 1;
        foreach (Body body in domain.Bodies)
        {
            faces += InPlaneFaces(body);
            Column[] columns = [.. body.Profiles.Select(profile => Column.Of(profile, body, domain.Regions))];
            for (int column = 0; column < body.Plane.CellCount; column++)
            {
                Column shape = columns[body.ProfileOf(column)];
                double size = Math.Sqrt(body.Plane.Area[column]);
                (faces, segments) = (faces + shape.Faces, segments + shape.Segments);
                aspect = Math.Max(aspect, Math.Max(size / shape.Thinnest, shape.Thickest / size));
                foreach (BoundaryFace face in body.Outside(column))
                {
                    boundaries++;
                    outer += face.IsOuter ? face.Area : 0;
                }
            }
        }
        return new MeshStatistics(
            regions,
            domain.CellCount,
            domain.ColumnCount,
            segments,
            faces,
            boundaries,
            regions.Sum(region => region.Volume),
            outer,
            regions.Min(region => region.SmallestThickness),
            regions.Max(region => region.LargestThickness),
            smallest,
            largest,
            aspect,
            regions.Sum(region => region.Cells * UnknownsPerCell(region.Region.Kind)) + 1)
        {
            Plane = PlaneQuality.Of(domain.Bodies[0].Plane),
        };
    }

    private static bool IsWet(CellDomain domain, CellPlace place) => domain.Regions[domain.RegionsOf(place.Column)[place.Depth]].Kind.HasElectrolyte();

    private static int UnknownsPerCell(LayerKind kind) =>
        1 + (kind.HasElectrolyte() ? 2 : 0) + (kind.ConductsElectrons() ? 1 : 0);

    private static RegionStatistics[] RegionsOf(CellDomain domain)
    {
        int count = domain.Regions.Count;
        long[] cells = new long[count];
        double[] volume = new double[count], thinnest = new double[count], thickest = new double[count];
        HashSet<int>[] depths = [.. Enumerable.Range(0, count).Select(_ => new HashSet<int>())];
        Array.Fill(thinnest, double.NaN);
        Array.Fill(thickest, double.NaN);
        foreach (Body body in domain.Bodies)
            for (int column = 0; column < body.Plane.CellCount; column++)
            {
                ReadOnlySpan<int> regions = body.Regions(column);
                for (int depth = 0; depth < regions.Length; depth++)
                {
                    if (regions[depth] is not (not Body.Absent and int region))
                        continue;
                    cells[region]++;
                    volume[region] += body.Volume(column, depth);
                    if (depths[region].Add(depth))
                        (thinnest[region], thickest[region]) = (double.MinNumber(thinnest[region], body.Thickness(depth)), double.MaxNumber(thickest[region], body.Thickness(depth)));
                }
            }
        return [.. Enumerable.Range(0, count).Select(region => new RegionStatistics(
            domain.Regions[region], cells[region], depths[region].Count, volume[region], thinnest[region], thickest[region]))];
    }

    /// <summary>Faces between columns that lie side by side.</summary>
    private static long InPlaneFaces(Body body)
    {
        Dictionary<(int Left, int Right), int> common = [];
        long faces = 0;
        foreach (PlaneEdge edge in body.Plane.Edges)
        {
            (int Left, int Right) pair = (body.ProfileOf(edge.Left), body.ProfileOf(edge.Right));
            if (!common.TryGetValue(pair, out int count))
                common.Add(pair, count = body.Profiles[pair.Left].Regions.Zip(body.Profiles[pair.Right].Regions).Count(regions => regions.First != Body.Absent && regions.Second != Body.Absent));
            faces += count;
        }
        return faces;
    }

    private static (double Smallest, double Largest) Spacing(CellDomain domain)
    {
        double smallest = double.NaN, largest = double.NaN;
        foreach (PlaneEdge edge in domain.Bodies.SelectMany(body => body.Plane.Edges))
        {
            double spacing = edge.LeftDistance + edge.RightDistance;
            (smallest, largest) = (double.MinNumber(smallest, spacing), double.MaxNumber(largest, spacing));
        }
        return (smallest, largest);
    }

    /// <summary>What the columns of one kind have in common.</summary>
    private readonly record struct Column(int Faces, int Segments, double Thinnest, double Thickest)
    {
        internal static Column Of(Body.Profile profile, Body body, IReadOnlyList<Region> regions)
        {
            (int faces, int segments, double thinnest, double thickest) = (0, 0, double.PositiveInfinity, 0);
            (bool wasThere, bool wasWet) = (false, false);
            for (int depth = 0; depth < profile.Regions.Length; depth++)
            {
                bool isThere = profile.Regions[depth] != Body.Absent, isWet = isThere && regions[profile.Regions[depth]].Kind.HasElectrolyte();
                faces += isThere && wasThere ? 1 : 0;
                segments += isWet && !wasWet ? 1 : 0;
                if (isThere)
                    (thinnest, thickest) = (Math.Min(thinnest, body.Thickness(depth)), Math.Max(thickest, body.Thickness(depth)));
                (wasThere, wasWet) = (isThere, isWet);
            }
            return new(faces, segments, thinnest, thickest);
        }
    }
}
