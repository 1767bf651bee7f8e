using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Structures;

/// <summary>Makes the voxels of a structure: a voxel belongs to what contains its centre. Each rank makes its own; nothing depends on their number.</summary>
public static class StructureGenerator
{
    /// <summary>The planes of one rank.</summary>
    /// <exception cref="StructureException">The spheres do not fit.</exception>
    public static VoxelImage Make(StructureSpec spec, Slab slab)
    {
        byte[] phases = new byte[checked((int)((long)spec.Shape.X * spec.Shape.Y * slab.Count))];
        switch (spec.Kind)
        {
            case StructureKind.OverlappingSpheres or StructureKind.PackedSpheres or StructureKind.Fibres:
                Rods.Draw(spec, Places(spec), slab, phases);
                break;
            default:
                DrawFunction(slab, spec.Shape, Function(spec), phases);
                break;
        }
        if (spec.Inverted)
            for (int i = 0; i < phases.Length; i++) phases[i] = phases[i] switch { StructureSpec.Outside => StructureSpec.Inside, StructureSpec.Inside => StructureSpec.Outside, byte other => other };
        return new(spec.Shape, slab, phases);
    }

    private static IReadOnlyList<Rod> Places(StructureSpec spec) => spec.Kind switch
    {
        StructureKind.PackedSpheres => SpherePacking.Of(spec),
        StructureKind.Fibres => Rods.AtRandom(spec, spec.Length),
        _ => Rods.AtRandom(spec, 0),
    };

    /// <summary>Negative inside; of the centre of a voxel.</summary>
    private static Func<double, double, double, double> Function(StructureSpec spec)
    {
        double period = (double)spec.Shape.X / spec.Repeats, wave = 2 * Math.PI / period;
        switch (spec.Kind)
        {
            case StructureKind.Gyroid:
                {
                    double level = MinimalSurface.Level(MinimalSurface.Gyroid, spec.Porosity);
                    return (x, y, z) => level - MinimalSurface.Gyroid(wave * x, wave * y, wave * z);
                }
            case StructureKind.SchwarzP:
                {
                    double level = MinimalSurface.Level(MinimalSurface.SchwarzP, spec.Porosity);
                    return (x, y, z) => level - MinimalSurface.SchwarzP(wave * x, wave * y, wave * z);
                }
            case StructureKind.CubicSpheres:
                return (x, y, z) => Square(Offset(x, period)) + Square(Offset(y, period)) + Square(Offset(z, period)) - Square(spec.Radius);
            case StructureKind.Cylinders:
                return (x, y, z) => (spec.Direction == 0 ? 0 : Square(Offset(x, period))) + (spec.Direction == 1 ? 0 : Square(Offset(y, period))) + (spec.Direction == 2 ? 0 : Square(Offset(z, period))) - Square(spec.Radius);
            default:
                {
                    double along = (double)spec.Shape[spec.Direction] / spec.Repeats;
                    return (x, y, z) => Math.Abs(Offset(spec.Direction switch { 0 => x, 1 => y, _ => z }, along)) - (0.5 * (1 - spec.Porosity) * along);
                }
        }
    }

    /// <summary>Distance from the middle of the period that a place lies in.</summary>
    private static double Offset(double x, double period) => x - (period * (Math.Floor(x / period) + 0.5));

    private static double Square(double x) => x * x;

    private static void DrawFunction(Slab slab, VoxelShape shape, Func<double, double, double, double> function, byte[] phases)
    {
        int i = 0;
        for (int z = slab.First; z < slab.End; z++)
            for (int y = 0; y < shape.Y; y++)
                for (int x = 0; x < shape.X; x++) phases[i++] = function(x + 0.5, y + 0.5, z + 0.5) < 0 ? StructureSpec.Inside : StructureSpec.Outside;
    }
}
