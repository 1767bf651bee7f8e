namespace Cell3D.Mesh;

/// <summary>Size and quality of a mesh's owned cells.</summary>
/// <param name="Regions">One entry per region, in region order.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Columns">Number of in-plane columns, strips included.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Faces">Number of interior faces.</param>
/// <param name="BoundaryFaces">Number of faces to the outside, current-only terminals included.</param>
/// <param name="Volume">Total volume [m³].</param>
/// <param name="OuterArea">Area through which heat can leave [m²].</param>
/// <param name="SmallestThickness">Smallest cell extent along x [m].</param>
/// <param name="LargestThickness">Largest cell extent along x [m].</param>
/// <param name="SmallestSpacing">Smallest distance of neighbouring centres in the plane [m]; NaN without in-plane faces.</param>
/// <param name="LargestSpacing">Largest distance of neighbouring centres in the plane [m]; NaN without in-plane faces.</param>
/// <param name="LargestAspectRatio">Largest ratio of a cell's in-plane size √area to its thickness, or its inverse.</param>
/// <param name="Unknowns">
/// Unknowns of the global system: c and φ_e where there is electrolyte, φ_s where electrons flow, T everywhere, and V.
/// </param>
public sealed record MeshStatistics(
    IReadOnlyList<RegionStatistics> Regions,
    int Cells,
    int Columns,
    int Segments,
    int Faces,
    int BoundaryFaces,
    double Volume,
    double OuterArea,
    double SmallestThickness,
    double LargestThickness,
    double SmallestSpacing,
    double LargestSpacing,
    double LargestAspectRatio,
    long Unknowns)
{
    /// <summary>Measures a mesh.</summary>
    public static MeshStatistics Of(CellMesh mesh)
    {
        RegionStatistics[] regions = RegionsOf(mesh);
        (double smallest, double largest) = Spacing(mesh);
        double aspect = 1;
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
        {
            double ratio = Math.Sqrt(mesh.PlaneArea[cell]) / mesh.Thickness[cell];
            aspect = Math.Max(aspect, Math.Max(ratio, 1 / ratio));
        }
        return new MeshStatistics(
            regions,
            mesh.OwnedCellCount,
            mesh.Column.Take(mesh.OwnedCellCount).Distinct().Count(),
            Mesh.Segments.Find(mesh).Count,
            mesh.Faces.Length,
            mesh.Boundaries.Length,
            regions.Sum(region => region.Volume),
            mesh.Boundaries.Where(face => face.IsOuter).Sum(face => face.Area),
            mesh.Thickness.Take(mesh.OwnedCellCount).DefaultIfEmpty(double.NaN).Min(),
            mesh.Thickness.Take(mesh.OwnedCellCount).DefaultIfEmpty(double.NaN).Max(),
            smallest,
            largest,
            aspect,
            regions.Sum(region => (long)region.Cells * UnknownsPerCell(region.Region.Kind)) + 1);
    }

    private static int UnknownsPerCell(LayerKind kind) =>
        1 + (kind.HasElectrolyte() ? 2 : 0) + (kind.ConductsElectrons() ? 1 : 0);

    private static RegionStatistics[] RegionsOf(CellMesh mesh)
    {
        int count = mesh.Regions.Count;
        int[] cells = new int[count];
        double[] volume = new double[count], thinnest = new double[count], thickest = new double[count];
        Array.Fill(thinnest, double.NaN);
        Array.Fill(thickest, double.NaN);
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
        {
            int region = mesh.Region[cell];
            cells[region]++;
            volume[region] += mesh.Volume[cell];
            thinnest[region] = double.MinNumber(thinnest[region], mesh.Thickness[cell]);
            thickest[region] = double.MaxNumber(thickest[region], mesh.Thickness[cell]);
        }
        return [.. Enumerable.Range(0, count).Select(region => new RegionStatistics(
            mesh.Regions[region], cells[region], volume[region], thinnest[region], thickest[region]))];
    }

    private static (double Smallest, double Largest) Spacing(CellMesh mesh)
    {
        double smallest = double.NaN, largest = double.NaN;
        foreach (Face face in mesh.Faces)
        {
            if (face.Direction != FaceDirection.InPlane)
                continue;
            (double left, double right) = mesh.Distances(face);
            smallest = double.MinNumber(smallest, left + right);
            largest = double.MaxNumber(largest, left + right);
        }
        return (smallest, largest);
    }
}
