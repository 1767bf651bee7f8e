using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>One byte per voxel, ghosts included, and what its phase conducts; exchange of ghosts.</summary>
internal sealed unsafe class VoxelSystem : IDisposable
{
    private readonly SlabExchange _planes;

    /// <summary>*Collective.*</summary>
    /// <param name="grid">Memory layout, boundary and direction.</param>
    /// <param name="phases">Phase of each voxel of the slab, 0 … 5, x fastest.</param>
    /// <param name="conductivities">Of each phase, ≥ 0; only their ratios count here.</param>
    /// <param name="conducts">Which voxels take part, laid out as the phases; null for all whose phase conducts.</param>
    public VoxelSystem(VoxelGrid grid, ReadOnlySpan<byte> phases, IReadOnlyList<double> conductivities, Func<long, bool>? conducts = null)
    {
        Grid = grid;
        Scale = conductivities.Max();
        Conductivities = [.. conductivities.Select(k => Scale > 0 ? k / Scale : 0)];
        IsUniform = Conductivities.All(k => k is 0 or 1);
        Phases = new(grid);
        int plane = (int)grid.PlaneStride;
        _planes = new(grid.Communicator, grid.IsPeriodic, plane, plane);
        FillPhases(phases, conducts);
    }

    public VoxelGrid Grid { get; }

    /// <summary>Phase in the low bits; the number of the part within its block above them once there are blocks.</summary>
    public VoxelField<byte> Phases { get; }

    /// <summary>Conductivity of each phase over the largest.</summary>
    public IReadOnlyList<double> Conductivities { get; }

    /// <summary>The largest conductivity.</summary>
    public double Scale { get; }

    /// <summary>Whether all that conduct do so alike.</summary>
    public bool IsUniform { get; }

    /// <summary>The entries of a table of own values.</summary>
    public PhaseTable OwnTable<TFace>() where TFace : IFaceConductance => Table(TFace.Own);

    /// <summary>The entries of a table of neighbours' values.</summary>
    public PhaseTable NeighbourTable<TFace>() where TFace : IFaceConductance => Table(TFace.Neighbour);

    /// <summary>*Collective.* Fills the ghosts of a field: those of the planes above and below, and where the image repeats itself those beside its rows.</summary>
    public void Exchange(VoxelField<float> field)
    {
        if (Grid.IsPeriodic)
            for (int z = 0; z < Grid.Planes; z++) RepeatSides(field.Values, z);
        ExchangePlanes(field);
    }

    /// <summary>*Collective.* Fills the ghost planes above and below; the planes' own side ghosts are up to date.</summary>
    public void ExchangePlanes(VoxelField<float> field)
    {
        int plane = (int)Grid.PlaneStride;
        float* first = field.Values + Grid.PlaneStride, last = field.Values + (Grid.Planes * Grid.PlaneStride);
        for (int i = 0; i < plane; i++) (_planes.ToBelow[i], _planes.ToAbove[i]) = (first[i], last[i]);
        _planes.Exchange();
        float* below = field.Values, above = last + Grid.PlaneStride;
        for (int i = 0; i < _planes.Below; i++) below[i] = (float)_planes.FromBelow[i];
        for (int i = 0; i < _planes.Above; i++) above[i] = (float)_planes.FromAbove[i];
    }

    /// <summary>*Collective.* The same for a field of higher precision, all ghosts.</summary>
    public void Exchange(VoxelField<double> field)
    {
        if (Grid.IsPeriodic)
            for (int z = 0; z < Grid.Planes; z++) RepeatSides(field.Values, z);
        int plane = (int)Grid.PlaneStride;
        double* first = field.Values + Grid.PlaneStride, last = field.Values + (Grid.Planes * Grid.PlaneStride);
        new ReadOnlySpan<double>(first, plane).CopyTo(_planes.ToBelow);
        new ReadOnlySpan<double>(last, plane).CopyTo(_planes.ToAbove);
        _planes.Exchange();
        _planes.FromBelow.CopyTo(new Span<double>(field.Values, plane));
        _planes.FromAbove.CopyTo(new Span<double>(last + Grid.PlaneStride, plane));
    }

    /// <summary>*Collective.* The same for the phases.</summary>
    public void ExchangePhases()
    {
        if (Grid.IsPeriodic)
            for (int z = 0; z < Grid.Planes; z++) RepeatSides(Phases.Values, z);
        int plane = (int)Grid.PlaneStride;
        byte* first = Phases.Values + Grid.PlaneStride, last = Phases.Values + (Grid.Planes * Grid.PlaneStride);
        for (int i = 0; i < plane; i++) (_planes.ToBelow[i], _planes.ToAbove[i]) = (first[i], last[i]);
        _planes.Exchange();
        byte* above = last + Grid.PlaneStride;
        for (int i = 0; i < _planes.Below; i++) Phases.Values[i] = (byte)_planes.FromBelow[i];
        for (int i = 0; i < _planes.Above; i++) above[i] = (byte)_planes.FromAbove[i];
    }

    /// <summary>Copies the sides of a plane of a periodic image into its ghosts.</summary>
    public void RepeatSides<T>(T* values, int z) where T : unmanaged
    {
        (int nx, int ny, int stride) = (Grid.Shape.X, Grid.Shape.Y, (int)Grid.RowStride);
        for (int y = 0; y < ny; y++)
            (values[Grid.Index(-1, y, z)], values[Grid.Index(nx, y, z)]) = (values[Grid.Index(nx - 1, y, z)], values[Grid.Index(0, y, z)]);
        new ReadOnlySpan<T>(values + Grid.Index(0, ny - 1, z), stride).CopyTo(new Span<T>(values + Grid.Index(0, -1, z), stride));
        new ReadOnlySpan<T>(values + Grid.Index(0, 0, z), stride).CopyTo(new Span<T>(values + Grid.Index(0, ny, z), stride));
    }

    /// <summary>Sum of a field over each part, and its number of voxels.</summary>
    public void Sum(VoxelField<float> field, BlockParts parts, float[] sums, float[] counts)
    {
        Array.Clear(sums);
        Array.Clear(counts);
        for (int z = 0; z < Grid.Planes; z++)
            for (int y = 0; y < Grid.Shape.Y; y++)
            {
                int block = parts.Row(y, z);
                for (int x = 0; x < Grid.Shape.X; x++)
                {
                    nint i = Grid.Index(x, y, z);
                    byte phase = Phases.Values[i];
                    if ((phase & PhaseTable.Mask) == PhaseTable.Insulator) continue;
                    int part = parts.First[block + (x >> 1)] + (phase >> PhaseTable.Bits);
                    sums[part] += field.Values[i];
                    counts[part]++;
                }
            }
    }

    /// <summary>Adds to each voxel of the slab the value of its part.</summary>
    /// <param name="field">The field; its ghosts stay.</param>
    /// <param name="parts">The blocks.</param>
    /// <param name="values">Of the parts; one entry longer than there are parts and ghosts.</param>
    public void Correct(VoxelField<float> field, BlockParts parts, ReadOnlySpan<float> values)
    {
        fixed (float* value = values)
        fixed (int* first = parts.First)
            for (int z = 0; z < Grid.Planes; z++)
                for (int y = 0; y < Grid.Shape.Y; y++)
                    for (int parity = 0; parity < 2; parity++)
                    {
                        nint start = Grid.Index(parity, y, z);
                        CorrectHalfRow(field.Values + start, Phases.Values + start, first + parts.Row(y, z), value, Grid.InHalf(parity));
                    }
    }

    /// <summary>*Collective.*</summary>
    public void Dispose()
    {
        Phases.Dispose();
        _planes.Dispose();
    }

    private static void CorrectHalfRow(float* field, byte* phases, int* first, float* values, int count)
    {
        for (int k = 0; k < count; k += VoxelGrid.Lanes)
        {
            Vector256<int> phase = Avx2.ConvertToVector256Int32(phases + k);
            Vector256<int> conducts = ~Vector256.Equals(phase, Vector256.Create((int)PhaseTable.Insulator));
            if (count - k < VoxelGrid.Lanes) conducts &= Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - k));
            if (conducts == Vector256<int>.Zero) continue;
            Vector256<int> part = Vector256.Load(first + k) + Vector256.ShiftRightLogical(phase, PhaseTable.Bits);
            (Vector256.Load(field + k) + (Avx2.GatherVector256(values, part & conducts, sizeof(float)) & conducts.AsSingle())).Store(field + k);
        }
    }

    private void FillPhases(ReadOnlySpan<byte> phases, Func<long, bool>? conducts)
    {
        new Span<byte>(Phases.Values, checked((int)Math.Min(int.MaxValue, Grid.Size))).Fill(PhaseTable.Insulator);
        for (long i = int.MaxValue; i < Grid.Size; i++) Phases.Values[i] = PhaseTable.Insulator;
        VoxelShape shape = Grid.Shape;
        long source = 0;
        for (int z = 0; z < Grid.Planes; z++)
            for (int y = 0; y < shape.Y; y++)
            {
                for (int x = 0; x < shape.X; x++, source++)
                {
                    byte phase = phases[(int)source];
                    Phases.Values[Grid.Index(x, y, z)] = Conductivities[phase] > 0 && (conducts is null || conducts(source)) ? phase : PhaseTable.Insulator;
                }
            }
        ExchangePhases();
        if (!Grid.IsPeriodic) MarkEnds();
    }

    private void MarkEnds()
    {
        (int nx, int ny, int nz) = (Grid.Shape.X, Grid.Shape.Y, Grid.Planes);
        for (int z = 0; z < nz; z++)
        {
            if (Grid.Direction == 0)
                for (int y = 0; y < ny; y++) Phases.Values[Grid.Index(-1, y, z)] = Phases.Values[Grid.Index(nx, y, z)] = PhaseTable.End;
            if (Grid.Direction == 1)
                for (int x = 0; x < nx; x++) Phases.Values[Grid.Index(x, -1, z)] = Phases.Values[Grid.Index(x, ny, z)] = PhaseTable.End;
        }
        if (Grid.Direction != 2) return;
        if (Grid.Slab.First == 0) MarkPlane(-1);
        if (Grid.Slab.End == Grid.Shape.Z) MarkPlane(nz);
    }

    private void MarkPlane(int z)
    {
        for (int y = 0; y < Grid.Shape.Y; y++)
            for (int x = 0; x < Grid.Shape.X; x++) Phases.Values[Grid.Index(x, y, z)] = PhaseTable.End;
    }

    private PhaseTable Table(Func<double, float> entry)
    {
        Span<float> values = stackalloc float[8];
        values.Fill(entry(0));
        for (int phase = 0; phase < Conductivities.Count; phase++) values[phase] = entry(Conductivities[phase]);
        values[PhaseTable.End] = entry(double.PositiveInfinity);
        return new(values);
    }
}
