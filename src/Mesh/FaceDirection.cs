namespace Cell3D.Mesh;

/// <summary>How a face lies in the cell; selects the component of a conductivity tensor.</summary>
public enum FaceDirection : byte
{
    /// <summary>Normal along the thickness, x; the left cell is the one at smaller x.</summary>
    Through,

    /// <summary>Normal in the plane of the layers.</summary>
    InPlane,

    /// <summary>Where two bodies meet, normal in the plane; the left cell is the collector, the right one the strip.</summary>
    Junction,

    /// <summary>Where two bodies touch with a resistance between them, which <see cref="CellMesh.Contacts"/> gives.</summary>
    Contact,
}
