using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// The discrete closure operator, (A χ)ᵢ = Σ_f c_f (χᵢ − χⱼ) over the six faces of a voxel at unit size, without a matrix: conductances come from the
/// phases. Cell-centred finite volumes; Patankar, Numerical Heat Transfer and Fluid Flow (1980), section 4.2-3.
/// </summary>
/// <remarks>Differences are formed before they are weighed: neighbouring values are close, so that they are exact in single precision.</remarks>
internal abstract unsafe class VoxelOperator
{
    protected VoxelOperator(VoxelSystem system) => System = system;

    /// <summary>Conductance between two voxels by the low bits of their bytes, own number times eight plus the neighbour's; 0 from ghosts and insulators.</summary>
    public double[] Faces { get; } = new double[64];

    public VoxelSystem System { get; }

    protected VoxelGrid Grid => System.Grid;

    /// <summary>The operator that suits the phases.</summary>
    public static VoxelOperator Of(VoxelSystem system) => system.IsUniform ? new VoxelOperator<Uniform>(system) : new VoxelOperator<Contrasted>(system);

    /// <summary>y = A x; the ghosts of x are up to date. Gives this rank's xᵀA x.</summary>
    public abstract double Apply(VoxelField<float> x, VoxelField<float> y);

    /// <summary>Gauss–Seidel over the voxels of one colour, then over those of the other. *Collective.*</summary>
    /// <param name="x">Values; all ghosts are up to date before and after. Not read where <paramref name="fromZero"/>.</param>
    /// <param name="b">Right-hand side.</param>
    /// <param name="firstColour">Parity of x + y + z that comes first.</param>
    /// <param name="fromZero">Whether the values before count as zero.</param>
    public abstract void Smooth(VoxelField<float> x, VoxelField<float> b, int firstColour, bool fromZero);

    /// <summary>Sums b − A x into the parts of the blocks; ghosts of x are up to date.</summary>
    public abstract void Restrict(VoxelField<float> x, VoxelField<float> b, BlockParts parts, Span<float> coarse);

    /// <summary>y = b/diagonal; 0 where nothing conducts.</summary>
    public abstract void Divide(VoxelField<float> b, VoxelField<float> y);
}

/// <inheritdoc/>
/// <typeparam name="TFace">How two phases give a conductance.</typeparam>
internal sealed unsafe class VoxelOperator<TFace> : VoxelOperator
    where TFace : struct, IFaceConductance
{
    private readonly PhaseTable _own, _neighbour;

    public VoxelOperator(VoxelSystem system)
        : base(system)
    {
        (_own, _neighbour) = (system.OwnTable<TFace>(), system.NeighbourTable<TFace>());
        for (byte p = 0; p < PhaseTable.End; p++)
            for (byte q = 0; q < PhaseTable.Insulator; q++) Faces[(p << PhaseTable.Bits) + q] = Face(Conductivity(p), Conductivity(q));

        double Conductivity(byte phase) => phase == PhaseTable.End ? double.PositiveInfinity : phase < system.Conductivities.Count ? system.Conductivities[phase] : 0;
        static double Face(double own, double other) => own > 0 && other > 0 ? 2 / ((1 / own) + (1 / other)) : 0;
    }

    private int Chunks => (Grid.Shape.X + VoxelGrid.Lanes - 1) / VoxelGrid.Lanes;

    private Vector256<float> LastMask => Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(Grid.Shape.X - ((Chunks - 1) * VoxelGrid.Lanes))).AsSingle();

    /// <inheritdoc/>
    public override double Apply(VoxelField<float> x, VoxelField<float> y)
    {
        double sum = 0;
        for (int z = 0; z < Grid.Planes; z++) sum += ApplyPlane(x.Values, y.Values, z);
        return sum;
    }

    /// <inheritdoc/>
    public override void Smooth(VoxelField<float> x, VoxelField<float> b, int firstColour, bool fromZero)
    {
        int planes = Grid.Planes;
        // The second colour follows a plane behind, while the planes are still in the cache; those at the ends wait for their ghosts.
        for (int z = 0; z < planes; z++)
        {
            SmoothPlane(x.Values, b.Values, z, firstColour, fromZero);
            if (Grid.IsPeriodic) System.RepeatSides(x.Values, z);
            if (z >= 2) Second(z - 1);
        }
        System.ExchangePlanes(x);
        Second(0);
        if (planes > 1) Second(planes - 1);
        System.ExchangePlanes(x);

        void Second(int z)
        {
            SmoothPlane(x.Values, b.Values, z, 1 - firstColour, false);
            if (Grid.IsPeriodic) System.RepeatSides(x.Values, z);
        }
    }

    /// <inheritdoc/>
    public override void Restrict(VoxelField<float> x, VoxelField<float> b, BlockParts parts, Span<float> coarse)
    {
        coarse.Clear();
        int width = Chunks * VoxelGrid.Lanes;
        float[] row = new float[width];
        fixed (float* residual = row, sums = coarse)
        fixed (int* first = parts.First)
            for (int z = 0; z < Grid.Planes; z++)
                for (int y = 0; y < Grid.Shape.Y; y++)
                {
                    nint start = Grid.Index(0, y, z);
                    ResidualRow(x.Values, b.Values, start, residual);
                    int* block = first + parts.Row(y, z);
                    byte* phase = System.Phases.Values + start;
                    for (int i = 0; i < Grid.Shape.X; i++)
                        if ((phase[i] & PhaseTable.Mask) != PhaseTable.Insulator) sums[block[i >> 1] + (phase[i] >> PhaseTable.Bits)] += residual[i];
                }
    }

    /// <inheritdoc/>
    public override void Divide(VoxelField<float> b, VoxelField<float> y)
    {
        Vector256<float> own = _own.Values, neighbour = _neighbour.Values;
        for (int z = 0; z < Grid.Planes; z++)
            for (int j = 0; j < Grid.Shape.Y; j++)
            {
                nint i = Grid.Index(0, j, z);
                for (int c = 0; c < Chunks; c++, i += VoxelGrid.Lanes)
                {
                    Vector256<float> diagonal = Diagonal(i, own, neighbour);
                    Vector256<float> value = Vector256.ConditionalSelect(Vector256.GreaterThan(diagonal, Vector256<float>.Zero), Vector256.Load(b.Values + i) / diagonal, Vector256<float>.Zero);
                    Store(y.Values + i, value, c);
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* place, Vector256<float> value, int chunk)
    {
        if (chunk == Chunks - 1) value = Vector256.ConditionalSelect(LastMask, value, Vector256.Load(place));
        value.Store(place);
    }

    private double ApplyPlane(float* x, float* y, int z)
    {
        Vector256<float> own = _own.Values, neighbour = _neighbour.Values, last = LastMask;
        Vector256<double> sum = Vector256<double>.Zero;
        int chunks = Chunks;
        for (int j = 0; j < Grid.Shape.Y; j++)
        {
            nint i = Grid.Index(0, j, z);
            for (int c = 0; c < chunks; c++, i += VoxelGrid.Lanes)
            {
                Vector256<float> flux = Flux(x, i, own, neighbour, out Vector256<float> value);
                Vector256<float> applied = -flux;
                if (c == chunks - 1)
                {
                    applied = Vector256.ConditionalSelect(last, applied, Vector256.Load(y + i));
                    value = Vector256.BitwiseAnd(value, last);
                }
                applied.Store(y + i);
                Vector256<float> product = value * applied;
                sum += Avx.ConvertToVector256Double(product.GetLower()) + Avx.ConvertToVector256Double(product.GetUpper());
            }
        }
        return Vector256.Sum(sum);
    }

    private void ResidualRow(float* x, float* b, nint i, float* residual)
    {
        Vector256<float> own = _own.Values, neighbour = _neighbour.Values;
        int chunks = Chunks;
        for (int c = 0; c < chunks; c++, i += VoxelGrid.Lanes)
            (Vector256.Load(b + i) + Flux(x, i, own, neighbour, out _)).Store(residual + (c * VoxelGrid.Lanes));
    }

    private void SmoothPlane(float* x, float* b, int z, int colour, bool fromZero)
    {
        Vector256<float> own = _own.Values, neighbour = _neighbour.Values, last = LastMask;
        int chunks = Chunks;
        for (int j = 0; j < Grid.Shape.Y; j++)
        {
            nint i = Grid.Index(0, j, z);
            bool startsEven = ((j + z + Grid.Slab.First + colour) & 1) == 0;
            Vector256<float> lanes = (startsEven ? Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0) : Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1)).AsSingle();
            for (int c = 0; c < chunks; c++, i += VoxelGrid.Lanes)
            {
                if (c == chunks - 1) lanes = Vector256.BitwiseAnd(lanes, last);
                Vector256<float> old = fromZero ? Vector256<float>.Zero : Vector256.Load(x + i);
                Vector256<float> flux, diagonal;
                if (fromZero) (flux, diagonal) = (Vector256<float>.Zero, Diagonal(i, own, neighbour));
                else (flux, diagonal) = FluxAndDiagonal(x, i, own, neighbour, old);
                Vector256<float> value = old + ((Vector256.Load(b + i) + flux) / diagonal);
                value = Vector256.ConditionalSelect(Vector256.GreaterThan(diagonal, Vector256<float>.Zero), value, Vector256<float>.Zero);
                if (fromZero && c == chunks - 1) old = Vector256.ConditionalSelect(last, old, Vector256.Load(x + i));
                Vector256.ConditionalSelect(lanes, value, old).Store(x + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Diagonal(nint i, Vector256<float> ownTable, Vector256<float> table)
    {
        byte* p = System.Phases.Values + i;
        (nint row, nint plane) = (Grid.RowStride, Grid.PlaneStride);
        Vector256<float> own = PhaseTable.Of(ownTable, p);
        return TFace.Of(own, PhaseTable.Of(table, p - 1)) + TFace.Of(own, PhaseTable.Of(table, p + 1)) + TFace.Of(own, PhaseTable.Of(table, p - row))
            + TFace.Of(own, PhaseTable.Of(table, p + row)) + TFace.Of(own, PhaseTable.Of(table, p - plane)) + TFace.Of(own, PhaseTable.Of(table, p + plane));
    }

    /// <summary>Σ c (xⱼ − xᵢ) of eight voxels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Flux(float* x, nint i, Vector256<float> ownTable, Vector256<float> table, out Vector256<float> value)
    {
        value = Vector256.Load(x + i);
        return FluxAndDiagonal(x, i, ownTable, table, value).Flux;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<float> Flux, Vector256<float> Diagonal) FluxAndDiagonal(float* x, nint i, Vector256<float> ownTable, Vector256<float> table, Vector256<float> value)
    {
        byte* p = System.Phases.Values + i;
        float* q = x + i;
        (nint row, nint plane) = (Grid.RowStride, Grid.PlaneStride);
        Vector256<float> own = PhaseTable.Of(ownTable, p);
        Vector256<float> c = TFace.Of(own, PhaseTable.Of(table, p - 1)), diagonal = c, flux = c * (Vector256.Load(q - 1) - value);
        c = TFace.Of(own, PhaseTable.Of(table, p + 1));
        (diagonal, flux) = (diagonal + c, Fma.MultiplyAdd(c, Vector256.Load(q + 1) - value, flux));
        c = TFace.Of(own, PhaseTable.Of(table, p - row));
        (diagonal, flux) = (diagonal + c, Fma.MultiplyAdd(c, Vector256.Load(q - row) - value, flux));
        c = TFace.Of(own, PhaseTable.Of(table, p + row));
        (diagonal, flux) = (diagonal + c, Fma.MultiplyAdd(c, Vector256.Load(q + row) - value, flux));
        c = TFace.Of(own, PhaseTable.Of(table, p - plane));
        (diagonal, flux) = (diagonal + c, Fma.MultiplyAdd(c, Vector256.Load(q - plane) - value, flux));
        c = TFace.Of(own, PhaseTable.Of(table, p + plane));
        return (Fma.MultiplyAdd(c, Vector256.Load(q + plane) - value, flux), diagonal + c);
    }
}
