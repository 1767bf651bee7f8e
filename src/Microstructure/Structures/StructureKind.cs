namespace Cell3D.Microstructure.Structures;

/// <summary>Structures that can be generated; all repeat themselves in every direction.</summary>
public enum StructureKind
{
    /// <summary>Spheres at random places, which may overlap.</summary>
    OverlappingSpheres,

    /// <summary>Spheres at random that do not overlap.</summary>
    PackedSpheres,

    /// <summary>Straight fibres with round ends, places and directions random, which may overlap.</summary>
    Fibres,

    /// <summary>Gyroid sin x cos y + sin y cos z + sin z cos x = level.</summary>
    Gyroid,

    /// <summary>Schwarz P: cos x + cos y + cos z = level.</summary>
    SchwarzP,

    /// <summary>A simple cubic array of spheres.</summary>
    CubicSpheres,

    /// <summary>Plane layers across one direction.</summary>
    Slabs,

    /// <summary>A square array of straight cylinders along one direction.</summary>
    Cylinders,
}
