using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// The Galerkin operator of the parts of blocks, one value per part: conductances between parts are summed. Rows of this rank; columns behind them are
/// ghosts. (A x)ᵢ = dᵢ xᵢ − Σⱼ wᵢⱼ xⱼ with all w ≥ 0 and Σⱼ wᵢⱼ ≤ dᵢ, so that no eigenvalue of D⁻¹A exceeds 2.
/// </summary>
internal sealed unsafe class PartMatrix : IDisposable
{
    private const int MostEntries = 64;
    private readonly SlabExchange _exchange;

    private PartMatrix(int rows, int[] starts, int[] columns, float[] weights, float[] diagonal, float[] ends, SlabExchange exchange) =>
        (Rows, Starts, Columns, Weights, Diagonal, Ends, _exchange) = (rows, starts, columns, weights, diagonal, ends, exchange);

    /// <summary>Unknowns of this rank.</summary>
    public int Rows { get; }

    /// <summary>Unknowns of this rank and ghosts.</summary>
    public int Columns0 => Rows + _exchange.Below + _exchange.Above;

    /// <summary>Where each row begins.</summary>
    public int[] Starts { get; }

    /// <summary>Column of each weight.</summary>
    public int[] Columns { get; }

    /// <summary>wᵢⱼ.</summary>
    public float[] Weights { get; }

    /// <summary>dᵢ; 0 where nothing is connected.</summary>
    public float[] Diagonal { get; }

    /// <summary>Conductance between each part and the ends, dᵢ − Σⱼ wᵢⱼ; kept because the difference would be round-off beside large conductances.</summary>
    public float[] Ends { get; }

    /// <summary>*Collective.* Sums the conductances of voxels between parts.</summary>
    public static PartMatrix Of(VoxelOperator voxels, BlockParts parts)
    {
        VoxelGrid grid = voxels.System.Grid;
        SlabExchange exchange = new(grid.Communicator, grid.IsPeriodic, parts.Low, parts.High);
        int[] starts = new int[parts.Count + 1], columns = new int[(int)Math.Min(Array.MaxLength, 4L + (7L * parts.Count))];
        float[] weights = new float[columns.Length], diagonal = new float[parts.Count], ends = new float[parts.Count];
        int filled = 0;
        BlockSum row = new(voxels, parts);
        int next = 0;
        for (int z = 0; z < grid.Planes; z += 2)
            for (int y = 0; y < grid.Shape.Y; y += 2)
                for (int x = 0; x < grid.Shape.X; x += 2)
                {
                    int most = row.Take(x, y, z);
                    for (int part = 0; part < most; part++)
                    {
                        row.Sum(part);
                        if (filled + MostEntries > columns.Length)
                        {
                            int longer = (int)Math.Min(Array.MaxLength, (columns.Length * 5L / 4) + MostEntries);
                            Array.Resize(ref columns, longer);
                            Array.Resize(ref weights, longer);
                        }
                        (diagonal[next], ends[next]) = ((float)row.Diagonal, (float)row.End);
                        for (int i = 0; i < row.Count; i++) (columns[filled], weights[filled++]) = (row.Columns[i], (float)row.Weights[i]);
                        starts[++next] = filled;
                    }
                }
        return new(parts.Count, starts, columns, weights, diagonal, ends, exchange);
    }

    /// <summary>*Collective.* Fills the ghosts of a vector.</summary>
    public void Exchange(Span<float> x)
    {
        for (int i = 0; i < _exchange.ToBelow.Length; i++) _exchange.ToBelow[i] = x[i];
        int high = Rows - _exchange.ToAbove.Length;
        for (int i = 0; i < _exchange.ToAbove.Length; i++) _exchange.ToAbove[i] = x[high + i];
        _exchange.Exchange();
        for (int i = 0; i < _exchange.Below; i++) x[Rows + i] = (float)_exchange.FromBelow[i];
        for (int i = 0; i < _exchange.Above; i++) x[Rows + _exchange.Below + i] = (float)_exchange.FromAbove[i];
    }

    /// <summary>*Collective.* The same for whole numbers.</summary>
    public void Exchange(Span<long> x)
    {
        for (int i = 0; i < _exchange.ToBelow.Length; i++) _exchange.ToBelow[i] = x[i];
        int high = Rows - _exchange.ToAbove.Length;
        for (int i = 0; i < _exchange.ToAbove.Length; i++) _exchange.ToAbove[i] = x[high + i];
        _exchange.Exchange();
        for (int i = 0; i < _exchange.Below; i++) x[Rows + i] = (long)_exchange.FromBelow[i];
        for (int i = 0; i < _exchange.Above; i++) x[Rows + _exchange.Below + i] = (long)_exchange.FromAbove[i];
    }

    /// <summary>*Collective.* y = A x; gives this rank's xᵀA x.</summary>
    public double Apply(float[] x, float[] y)
    {
        Exchange(x);
        double sum = 0;
        fixed (float* px = x, py = y, w = Weights, diagonal = Diagonal)
        fixed (int* column = Columns, start = Starts)
        {
            int k = 0;
            for (int i = 0; i < Rows; i++)
            {
                // Two sums, so that one addition need not wait for the other.
                float even = diagonal[i] * px[i], odd = 0;
                int end = start[i + 1];
                for (; k < end - 1; k += 2) (even, odd) = (even - (w[k] * px[column[k]]), odd + (w[k + 1] * px[column[k + 1]]));
                if (k < end) even -= w[k] * px[column[k++]];
                float value = even - odd;
                py[i] = value;
                sum += (double)px[i] * value;
            }
        }
        return sum;
    }

    /// <summary>*Collective.*</summary>
    public void Dispose() => _exchange.Dispose();

    /// <summary>The rows of one block at a time.</summary>
    private sealed class BlockSum(VoxelOperator voxels, BlockParts parts)
    {
        private readonly VoxelGrid _grid = voxels.System.Grid;
        private readonly byte* _phases = voxels.System.Phases.Values;
        private readonly double[] _faces = voxels.Faces;
        private readonly byte[] _cells = new byte[8];
        private readonly bool[] _inside = new bool[8];
        private readonly nint[] _places = new nint[8];
        private readonly int[] _beside = new int[6];
        private int _first, _own;

        public int[] Columns { get; } = new int[MostEntries];

        public double[] Weights { get; } = new double[MostEntries];

        public int Count { get; private set; }

        public double Diagonal { get; private set; }

        public double End { get; private set; }

        /// <summary>Takes the block that begins at a voxel; returns how many parts it has.</summary>
        public int Take(int x, int y, int z)
        {
            int most = 0;
            for (int i = 0; i < 8; i++)
            {
                (int cx, int cy, int cz) = (x + (i & 1), y + ((i >> 1) & 1), z + (i >> 2));
                _inside[i] = cx < _grid.Shape.X && cy < _grid.Shape.Y && cz < _grid.Planes;
                _places[i] = _grid.Index(cx, cy, cz);
                _cells[i] = _inside[i] ? _phases[_places[i]] : PhaseTable.Insulator;
                if (_cells[i] != PhaseTable.Insulator) most = Math.Max(most, 1 + (_cells[i] >> PhaseTable.Bits));
            }
            if (most == 0) return 0;
            _first = parts.First[parts.Row(y, z) + (x >> 1)];
            for (int side = 0; side < 6; side++) _beside[side] = parts.Beside(x >> 1, y >> 1, z >> 1, side >> 1, (side & 1) == 0 ? -1 : 1);
            return most;
        }

        /// <summary>Sums the faces of a part.</summary>
        public void Sum(int part)
        {
            (Count, Diagonal, End, _own) = (0, 0, 0, _first + part);
            for (int i = 0; i < 8; i++)
            {
                if (_cells[i] == PhaseTable.Insulator || _cells[i] >> PhaseTable.Bits != part) continue;
                int own = (_cells[i] & PhaseTable.Mask) << PhaseTable.Bits;
                for (int direction = 0; direction < 3; direction++)
                {
                    int other = i ^ (1 << direction);
                    bool isHigh = other < i;
                    Add(own, _cells[other], _first);
                    AddBeside(own, i, direction, isHigh);
                    if (!_inside[other]) AddBeside(own, i, direction, !isHigh);
                }
            }
        }

        private void AddBeside(int own, int cell, int direction, bool isHigh) =>
            Add(own, _phases[_places[cell] + _grid.Step(cell, direction, isHigh ? 1 : -1)], _beside[(2 * direction) + (isHigh ? 1 : 0)]);

        /// <summary>Adds a face towards a voxel of a block whose parts begin at a number.</summary>
        private void Add(int own, byte other, int first)
        {
            double face = _faces[own + (other & PhaseTable.Mask)];
            if (!(face > 0)) return;
            bool isEnd = (other & PhaseTable.Mask) == PhaseTable.End;
            int column = first + (other >> PhaseTable.Bits);
            // A block may lie beside itself where the image repeats itself.
            if (!isEnd && column == _own) return;
            Diagonal += face;
            if (isEnd)
            {
                End += face;
                return;
            }
            for (int i = 0; i < Count; i++)
                if (Columns[i] == column)
                {
                    Weights[i] += face;
                    return;
                }
            (Columns[Count], Weights[Count++]) = (column, face);
        }
    }
}
