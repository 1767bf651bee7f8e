using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

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

    /// <inheritdoc/>
    public override double Apply(VoxelField<float> x, VoxelField<float> y)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        for (int z = 0; z < Grid.Planes; z++)
            for (int j = 0; j < Grid.Shape.Y; j++)
                for (int parity = 0; parity < 2; parity++)
                {
                    HalfRow row = new(this, parity, j, z);
                    for (int k = 0; k < row.Count; k += VoxelGrid.Lanes)
                    {
                        Vector256<float> value = Vector256.Load(x.Values + row.Start + k), applied = -row.Flux(x.Values, k, value, out _);
                        row.Store(y.Values, k, applied);
                        sum += VoxelVectors.Sums(row.Inside(k, value * applied));
                    }
                }
        return Vector256.Sum(sum);
    }

    /// <inheritdoc/>
    public override void Smooth(VoxelField<float> x, VoxelField<float> b, int firstColour, int sweeps, bool fromZero)
    {
        int planes = Grid.Planes, passes = 2 * sweeps;
        // Every pass follows a plane behind the one before, while the planes are still in the cache; those at the ends wait for their ghosts.
        for (int front = 0; front < planes + passes - 1; front++)
            for (int pass = 0; pass < passes; pass++)
                if (front - pass >= pass && front - pass < planes - pass) Pass(pass, front - pass);
        for (int pass = 1; pass < passes; pass++)
        {
            System.ExchangePlanes(x);
            for (int z = 0; z < planes; z++)
                if (z < pass || z >= planes - pass) Pass(pass, z);
        }
        System.ExchangePlanes(x);

        void Pass(int pass, int z)
        {
            int colour = (firstColour + pass) & 1;
            if (fromZero && pass == 0) DividePlane(b.Values, x.Values, z, colour);
            else SmoothPlane(x.Values, b.Values, z, colour, fromZero && pass == 1);
            if (Grid.IsPeriodic) System.RepeatSides(x.Values, z);
        }
    }

    /// <inheritdoc/>
    public override void Restrict(VoxelField<float> x, VoxelField<float> b, BlockParts parts, int colour, Span<float> coarse)
    {
        coarse.Clear();
        int blocks = (Grid.Shape.X + 1) / 2;
        float[] row = new float[blocks + VoxelGrid.Lanes];
        fixed (float* sums = coarse, ofFirst = row)
        fixed (int* numbers = parts.First)
            for (int z = 0; z < Grid.Planes; z += 2)
                for (int y = 0; y < Grid.Shape.Y; y += 2)
                {
                    int* first = numbers + parts.Row(y, z);
                    Array.Clear(row);
                    for (int i = 0; i < 4; i++)
                    {
                        (int j, int k) = (y + (i & 1), z + (i >> 1));
                        if (j >= Grid.Shape.Y || k >= Grid.Planes) continue;
                        RestrictHalfRow(new(this, Parity(j, k, colour), j, k), x.Values, b.Values, first, ofFirst, sums);
                        if (!Grid.HasTwoColours) RestrictHalfRow(new(this, Parity(j, k, 1 - colour), j, k), x.Values, b.Values, first, ofFirst, sums);
                    }
                    for (int i = 0; i < blocks; i++) sums[first[i]] += row[i];
                }
    }

    /// <inheritdoc/>
    public override void Divide(VoxelField<float> b, VoxelField<float> y)
    {
        for (int z = 0; z < Grid.Planes; z++)
            for (int colour = 0; colour < 2; colour++) DividePlane(b.Values, y.Values, z, colour);
    }

    private int Parity(int y, int z, int colour) => (y + z + Grid.Slab.First + colour) & 1;

    private void DividePlane(float* b, float* y, int z, int colour)
    {
        for (int j = 0; j < Grid.Shape.Y; j++)
        {
            HalfRow row = new(this, Parity(j, z, colour), j, z);
            for (int k = 0; k < row.Count; k += VoxelGrid.Lanes)
            {
                Vector256<float> diagonal = row.Diagonal(k);
                row.Store(y, k, Vector256.ConditionalSelect(Vector256.GreaterThan(diagonal, Vector256<float>.Zero), Vector256.Load(b + row.Start + k) / diagonal, Vector256<float>.Zero));
            }
        }
    }

    private void SmoothPlane(float* x, float* b, int z, int colour, bool fromZero)
    {
        for (int j = 0; j < Grid.Shape.Y; j++)
        {
            HalfRow row = new(this, Parity(j, z, colour), j, z);
            for (int k = 0; k < row.Count; k += VoxelGrid.Lanes)
            {
                Vector256<float> old = fromZero ? Vector256<float>.Zero : Vector256.Load(x + row.Start + k);
                Vector256<float> flux = row.Flux(x, k, old, out Vector256<float> diagonal);
                Vector256<float> value = old + ((Vector256.Load(b + row.Start + k) + flux) / diagonal);
                row.Store(x, k, Vector256.ConditionalSelect(Vector256.GreaterThan(diagonal, Vector256<float>.Zero), value, Vector256<float>.Zero));
            }
        }
    }

    /// <summary>A row of blocks: what belongs to the first part of each is summed side by side, the rest one by one.</summary>
    /// <param name="row">The row of voxels, of up to four of a row of blocks.</param>
    /// <param name="x">Values.</param>
    /// <param name="b">Right-hand side.</param>
    /// <param name="first">First part of each block.</param>
    /// <param name="ofFirst">Sums of the first parts.</param>
    /// <param name="sums">Sums of all others.</param>
    private void RestrictHalfRow(in HalfRow row, float* x, float* b, int* first, float* ofFirst, float* sums)
    {
        float* others = stackalloc float[VoxelGrid.Lanes];
        for (int k = 0; k < row.Count; k += VoxelGrid.Lanes)
        {
            nint i = row.Start + k;
            Vector256<float> left = row.Inside(k, Vector256.Load(b + i) + row.Flux(x, k, Vector256.Load(x + i), out _));
            Vector256<int> number = BlockParts.Numbers(System.Phases.Values + i);
            Vector256<float> isFirst = Vector256.Equals(number, Vector256<int>.Zero).AsSingle();
            (Vector256.Load(ofFirst + k) + (left & isFirst)).Store(ofFirst + k);
            if (Vector256.EqualsAll(number, Vector256<int>.Zero)) continue;
            left.Store(others);
            byte* phases = System.Phases.Values + i;
            for (int lane = 0; lane < VoxelGrid.Lanes && k + lane < row.Count; lane++)
                if (phases[lane] >> PhaseTable.Bits is > 0 and int part) sums[first[k + lane] + part] += others[lane];
        }
    }

    /// <summary>The voxels of one parity of x in a row, which follow upon each other in memory; so do their neighbours on each side.</summary>
    private readonly struct HalfRow
    {
        private readonly Vector256<float> _own, _neighbour;
        private readonly byte* _phases;
        private readonly nint _left, _right, _row, _plane;

        public HalfRow(VoxelOperator<TFace> of, int parity, int y, int z)
        {
            VoxelGrid grid = of.Grid;
            (_own, _neighbour, Count, Start) = (of._own.Values, of._neighbour.Values, grid.InHalf(parity), grid.Index(parity, y, z));
            _phases = of.System.Phases.Values + Start;
            (_left, _right, _row, _plane) = (grid.Step(parity, 0, -1), grid.Step(parity, 0, 1), grid.RowStride, grid.PlaneStride);
        }

        /// <summary>Voxels.</summary>
        public int Count { get; }

        /// <summary>Place of the first.</summary>
        public nint Start { get; }

        /// <summary>Σ c (xⱼ − xᵢ) of eight voxels, and Σ c.</summary>
        /// <param name="x">The field.</param>
        /// <param name="k">First of the eight.</param>
        /// <param name="value">Their own values.</param>
        /// <param name="diagonal">Σ c.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Flux(float* x, int k, Vector256<float> value, out Vector256<float> diagonal)
        {
            byte* p = _phases + k;
            float* q = x + Start + k;
            Vector256<float> own = PhaseTable.Of(_own, p);
            Vector256<float> c = TFace.Of(own, PhaseTable.Of(_neighbour, p + _left)), sum = c, flux = c * (Vector256.Load(q + _left) - value);
            c = TFace.Of(own, PhaseTable.Of(_neighbour, p + _right));
            (sum, flux) = (sum + c, Fma.MultiplyAdd(c, Vector256.Load(q + _right) - value, flux));
            c = TFace.Of(own, PhaseTable.Of(_neighbour, p - _row));
            (sum, flux) = (sum + c, Fma.MultiplyAdd(c, Vector256.Load(q - _row) - value, flux));
            c = TFace.Of(own, PhaseTable.Of(_neighbour, p + _row));
            (sum, flux) = (sum + c, Fma.MultiplyAdd(c, Vector256.Load(q + _row) - value, flux));
            c = TFace.Of(own, PhaseTable.Of(_neighbour, p - _plane));
            (sum, flux) = (sum + c, Fma.MultiplyAdd(c, Vector256.Load(q - _plane) - value, flux));
            c = TFace.Of(own, PhaseTable.Of(_neighbour, p + _plane));
            diagonal = TFace.Whole(own, sum + c);
            return TFace.Whole(own, Fma.MultiplyAdd(c, Vector256.Load(q + _plane) - value, flux));
        }

        /// <summary>Σ c of eight voxels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Diagonal(int k)
        {
            byte* p = _phases + k;
            Vector256<float> own = PhaseTable.Of(_own, p);
            return TFace.Whole(own, TFace.Of(own, PhaseTable.Of(_neighbour, p + _left)) + TFace.Of(own, PhaseTable.Of(_neighbour, p + _right)) + TFace.Of(own, PhaseTable.Of(_neighbour, p - _row))
                + TFace.Of(own, PhaseTable.Of(_neighbour, p + _row)) + TFace.Of(own, PhaseTable.Of(_neighbour, p - _plane)) + TFace.Of(own, PhaseTable.Of(_neighbour, p + _plane)));
        }

        /// <summary>Stores what of eight values lies within the row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* field, int k, Vector256<float> values)
        {
            float* place = field + Start + k;
            if (Count - k < VoxelGrid.Lanes) values = Vector256.ConditionalSelect(Mask(k), values, Vector256.Load(place));
            values.Store(place);
        }

        /// <summary>Eight values, zero beyond the row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Inside(int k, Vector256<float> values) => Count - k < VoxelGrid.Lanes ? values & Mask(k) : values;

        private Vector256<float> Mask(int k) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(Count - k)).AsSingle();
    }
}
