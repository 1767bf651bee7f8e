namespace Cell3D.Mesh;

/// <summary>
/// Chains of electrolyte-bearing cells between two collectors, found by following through-thickness faces. What the
/// preconditioner factors as one block and the partition keeps whole.
/// </summary>
public sealed class Segments
{
    /// <summary>Where a segment ends in no cell.</summary>
    public const int NoCell = -1;

    private readonly ThroughChains _chains;

    private readonly int[] _left, _right;

    private readonly double[] _thickness, _spacing;

    private Segments(ThroughChains chains, int[] left, int[] right, double[] thickness, double[] spacing) =>
        (_chains, _left, _right, _thickness, _spacing) = (chains, left, right, thickness, spacing);

    /// <summary>Number of segments.</summary>
    public int Count => _chains.Count;

    /// <summary>Segment of each cell; −1 for cells without electrolyte and for ghosts.</summary>
    public int[] OfCell => _chains.OfCell;

    /// <summary>Start of each segment in <see cref="Cells"/>; length segments + 1.</summary>
    public int[] Offsets => _chains.Offsets;

    /// <summary>Local cell indices segment by segment, each in through-thickness order from left to right.</summary>
    public int[] Cells => _chains.Cells;

    /// <summary>Cells of one segment, from left to right.</summary>
    public ReadOnlySpan<int> this[int segment] => _chains[segment];

    /// <summary>Finds the segments of a mesh's owned cells, numbered by their first cell.</summary>
    /// <exception cref="MeshException">A segment closes on itself.</exception>
    public static Segments Find(CellMesh mesh)
    {
        ThroughChains chains = ThroughChains.Follow(mesh, kind => kind.HasElectrolyte());
        int[] left = new int[chains.Count], right = new int[chains.Count];
        Array.Fill(left, NoCell);
        Array.Fill(right, NoCell);
        double[] thickness = new double[chains.Count], spacing = new double[chains.Count];
        Array.Fill(spacing, double.PositiveInfinity);
        for (int segment = 0; segment < chains.Count; segment++)
            foreach (int cell in chains[segment])
                thickness[segment] += mesh.Thickness[cell];
        foreach (Face face in mesh.Faces)
        {
            if (face.IsInPlane)
            {
                Measure(face, face.Left);
                Measure(face, face.Right);
            }
            if (face.Direction != FaceDirection.Through || mesh.Kind(face.Left).HasElectrolyte() == mesh.Kind(face.Right).HasElectrolyte())
                continue;
            if (chains.OfCell[face.Left] is >= 0 and int ending)
                right[ending] = face.Right;
            if (chains.OfCell[face.Right] is >= 0 and int starting)
                left[starting] = face.Left;
        }
        return new(chains, left, right, thickness, spacing);

        // The first cell of a segment stands for all.
        void Measure(Face face, int cell)
        {
            int segment = chains.OfCell[cell];
            if (segment < 0 || chains[segment][0] != cell)
                return;
            (double left, double right) = mesh.Distances(face);
            spacing[segment] = Math.Min(spacing[segment], left + right);
        }
    }

    /// <summary>Distance to the nearest neighbour in the plane over the thickness; infinite for a segment without neighbours.</summary>
    public double SlendernessOf(int segment) => _spacing[segment] / _thickness[segment];

    /// <summary>The cell without electrolyte at the left end of a segment, which may be a ghost; <see cref="NoCell"/> where there is none.</summary>
    public int LeftOf(int segment) => _left[segment];

    /// <summary>The cell without electrolyte at its right end.</summary>
    public int RightOf(int segment) => _right[segment];
}
