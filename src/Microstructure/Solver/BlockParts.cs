using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// Unknowns of the first coarse level: blocks of 2 × 2 × 2 voxels, each split into the parts that conduct well within it. Two pores on either side of a
/// thin wall are then two unknowns, so that no structure ties together what is not connected. The number of its part stands in the byte of a voxel.
/// </summary>
internal sealed unsafe class BlockParts
{
    /// <summary>A face of less than this share of the better conductivity separates parts.</summary>
    private const double Strong = 0.1;

    private readonly VoxelSystem _system;
    private readonly int _blocksX, _blocksY, _blocksZ;
    private readonly bool[] _joined = new bool[64];

    /// <summary>*Collective.* Splits the blocks, numbers the parts and tells the neighbours.</summary>
    public BlockParts(VoxelSystem system)
    {
        _system = system;
        VoxelShape shape = system.Grid.Shape;
        (_blocksX, _blocksY, _blocksZ) = ((shape.X + 1) / 2, (shape.Y + 1) / 2, (system.Grid.Planes + 1) / 2);
        First = new int[checked(_blocksX * _blocksY * (_blocksZ + 2))];
        TellJoined();
        Split();
        system.ExchangePhases();
        ShareNumbers();
    }

    /// <summary>First unknown of each block; one plane of ghost blocks before and behind those of this rank.</summary>
    public int[] First { get; }

    /// <summary>Unknowns of this rank.</summary>
    public int Count { get; private set; }

    /// <summary>Unknowns of the lowest plane of blocks; they come first.</summary>
    public int Low { get; private set; }

    /// <summary>Unknowns of the highest plane of blocks; they come last.</summary>
    public int High { get; private set; }

    /// <summary>Where the blocks of a row of voxels begin in <see cref="First"/>.</summary>
    public int Row(int y, int z) => ((((z + 2) >> 1) * _blocksY) + (y >> 1)) * _blocksX;

    /// <summary>First unknown of the block beside another; beyond the sides of a periodic image lies its other side.</summary>
    public int Beside(int x, int y, int z, int direction, int side)
    {
        if (direction == 0) x = (x + side + _blocksX) % _blocksX;
        if (direction == 1) y = (y + side + _blocksY) % _blocksY;
        if (direction == 2) z += side;
        return First[((((z + 1) * _blocksY) + y) * _blocksX) + x];
    }

    /// <summary>Numbers of the parts of eight voxels within their blocks; 0 where nothing conducts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Numbers(byte* phases) => Vector256.ShiftRightLogical(Avx2.ConvertToVector256Int32(phases), PhaseTable.Bits);

    private void TellJoined()
    {
        IReadOnlyList<double> k = _system.Conductivities;
        for (int p = 0; p < k.Count; p++)
            for (int q = 0; q < k.Count; q++)
                _joined[(p * 8) + q] = k[p] > 0 && k[q] > 0 && 2 * k[p] * k[q] / (k[p] + k[q]) >= Strong * Math.Max(k[p], k[q]);
    }

    private void Split()
    {
        VoxelGrid grid = _system.Grid;
        byte** cells = stackalloc byte*[8];
        int count = 0;
        for (int bz = 0; bz < _blocksZ; bz++)
        {
            int before = count;
            for (int by = 0; by < _blocksY; by++)
                for (int bx = 0; bx < _blocksX; bx++)
                {
                    for (int i = 0; i < 8; i++)
                    {
                        (int x, int y, int z) = ((2 * bx) + (i & 1), (2 * by) + ((i >> 1) & 1), (2 * bz) + (i >> 2));
                        cells[i] = x < grid.Shape.X && y < grid.Shape.Y && z < grid.Planes ? _system.Phases.Values + grid.Index(x, y, z) : null;
                    }
                    First[((((bz + 1) * _blocksY) + by) * _blocksX) + bx] = count;
                    count += SplitBlock(cells);
                }
            if (bz == 0) Low = count;
            High = count - before;
        }
        Count = count;
    }

    /// <summary>Writes the parts of eight voxels into their bytes; returns how many there are.</summary>
    private int SplitBlock(byte** cells)
    {
        int parts = 0, done = 0;
        for (int i = 0; i < 8; i++)
        {
            if (cells[i] == null || (done >> i & 1) != 0 || *cells[i] == PhaseTable.Insulator) continue;
            int open = 1 << i;
            done |= open;
            while (open != 0)
            {
                int cell = BitOperations.TrailingZeroCount(open), phase = *cells[cell] & PhaseTable.Mask;
                open &= open - 1;
                for (int step = 1; step < 8; step <<= 1)
                {
                    int next = cell ^ step;
                    if (cells[next] == null || (done >> next & 1) != 0 || !_joined[(phase * 8) + (*cells[next] & PhaseTable.Mask)]) continue;
                    done |= 1 << next;
                    open |= 1 << next;
                }
                *cells[cell] = (byte)(phase | parts << PhaseTable.Bits);
            }
            parts++;
        }
        return parts;
    }

    /// <summary>Ghost blocks get the numbers of their parts among the ghosts, which follow this rank's unknowns: those below, then those above.</summary>
    private void ShareNumbers()
    {
        int plane = _blocksX * _blocksY;
        using SlabExchange exchange = new(_system.Grid.Communicator, _system.Grid.IsPeriodic, plane + 1, plane + 1);
        for (int i = 0; i < plane; i++)
        {
            exchange.ToBelow[i] = First[plane + i];
            exchange.ToAbove[i] = First[(_blocksZ * plane) + i] - (Count - High);
        }
        (exchange.ToBelow[plane], exchange.ToAbove[plane]) = (Low, High);
        exchange.Exchange();
        int below = exchange.Below > 0 ? (int)exchange.FromBelow[plane] : 0;
        for (int i = 0; i < plane && exchange.Below > 0; i++) First[i] = Count + (int)exchange.FromBelow[i];
        for (int i = 0; i < plane && exchange.Above > 0; i++) First[((_blocksZ + 1) * plane) + i] = Count + below + (int)exchange.FromAbove[i];
    }
}
