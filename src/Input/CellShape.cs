using Cell3D.Input.Bpx;

namespace Cell3D.Input;

/// <summary>Whether a cell can be flat, and the outline it then has, from what its BPX file says of its outside.</summary>
/// <remarks>
/// A flat cell shows at least its two big faces, each as large as one electrode pair. A wound or folded one has far less outer surface than
/// its electrodes have faces. Without an outer surface the volume decides: the surface that a flat cell of this volume would have, over the
/// surface scale V^(2/3) of a compact body, is 15 to 20 for pouches of devices and cars, 50 for a single pair in a laboratory pouch, and 200
/// to 300 for cylindrical cells.
/// </remarks>
public sealed record CellShape
{
    private const double SmallestShareOfFaces = 0.7, LargestFlatness = 100, LargestAspect = 4, UsualAspect = 1.5, LargestSlenderness = 20;

    /// <summary>Outer surface of a flat cell with these electrodes, its two big faces alone where the volume is not known [m²].</summary>
    public required double FlatSurface { get; init; }

    /// <summary>Outer surface that the file gives [m²]; null when it gives none.</summary>
    public required double? ExternalSurface { get; init; }

    /// <summary>False when the cell cannot be flat; true also when nothing is known.</summary>
    public required bool IsFlat { get; init; }

    /// <summary>Extent along y of the flat cell [m].</summary>
    public required double Width { get; init; }

    /// <summary>Extent along z of the flat cell [m]; width times height is the electrode area.</summary>
    public required double Height { get; init; }

    /// <summary>Whether width and height follow from area, volume and outer surface; otherwise the height is taken as 1.5 widths.</summary>
    public required bool IsOutlineKnown { get; init; }

    /// <summary>Radius and height of the cylinder with the volume and the outer surface of a cell that is not flat [m]; null when there is none or a value is missing.</summary>
    public required (double Radius, double Height)? Cylinder { get; init; }

    /// <summary>Judges a cell.</summary>
    public static CellShape Of(BpxCell cell)
    {
        double area = cell.ElectrodeArea, faces = 2 * area;
        double? thickness = cell.Volume / area;
        double flat = faces + (4 * Math.Sqrt(area) * (thickness ?? 0));
        bool isFlat = cell.ExternalSurfaceArea is double surface
            ? surface >= SmallestShareOfFaces * faces
            : cell.Volume is not double volume || flat <= LargestFlatness * Math.Pow(volume, 2.0 / 3);
        double? known = isFlat ? KnownWidth(area, (cell.ExternalSurfaceArea - faces) / (2 * thickness)) : null;
        double width = known ?? Math.Sqrt(area / UsualAspect);
        return new CellShape
        {
            FlatSurface = flat,
            ExternalSurface = cell.ExternalSurfaceArea,
            IsFlat = isFlat,
            Width = width,
            Height = area / width,
            IsOutlineKnown = known is not null,
            Cylinder = isFlat ? null : CylinderOf(cell.Volume, cell.ExternalSurfaceArea),
        };
    }

    /// <summary>The slender one of the two cylinders with a volume and a surface, 2πr³ − S r + 2V = 0; null when there is none that is higher than wide.</summary>
    private static (double Radius, double Height)? CylinderOf(double? volume, double? surface)
    {
        if (volume is not double v || surface is not double s) return null;
        // Between 0 and the minimum of the cubic lies its smaller positive root.
        double low = 0, high = Math.Sqrt(s / (6 * Math.PI));
        if (Cubic(high) > 0) return null;
        for (int halving = 0; halving < 100; halving++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Cubic(middle) > 0 ? (middle, high) : (low, middle);
        }
        double height = v / (Math.PI * low * low);
        return height >= 2 * low && height <= LargestSlenderness * low ? (low, height) : null;

        double Cubic(double r) => (2 * Math.PI * r * r * r) - (s * r) + (2 * v);
    }

    /// <summary>The smaller side of the rectangle with this area and half circumference; null when there is none of a usual aspect.</summary>
    private static double? KnownWidth(double area, double? halfCircumference)
    {
        if (halfCircumference is not double sum || sum * sum < 4 * area) return null;
        double width = 0.5 * (sum - Math.Sqrt((sum * sum) - (4 * area)));
        return area / (width * width) <= LargestAspect ? width : null;
    }
}
