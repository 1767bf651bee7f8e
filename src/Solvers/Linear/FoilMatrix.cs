using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>S without what the layers between them join of φ_s: foils fall apart but for tabs and V, so that an LU of φ_s takes a few numbers per row.</summary>
/// <remarks>Electrodes and separator join foils by a hundred thousandth of what a foil conducts in its plane.</remarks>
internal sealed class FoilMatrix : IDisposable
{
    /// <summary>Every rank factors φ_s of all, beyond so many unknowns multigrid serves.</summary>
    private const long MostUnknowns = 20_000;

    /// <summary>Places in S of the entries of both blocks.</summary>
    private readonly int[] _inside, _outside;

    private FoilMatrix(CsrPattern pattern, int[] inside, int[] outside, Communicator world) =>
        (Matrix, _inside, _outside) = (new(world, pattern), inside, outside);

    internal Matrix Matrix { get; }

    /// <summary>*Collective.*</summary>
    /// <param name="pattern">Of S.</param>
    /// <param name="names">Unknowns of own rows; of V the cell is negative.</param>
    /// <param name="first">Number of the first own one among those of all ranks.</param>
    /// <param name="world">The ranks.</param>
    /// <returns>Null where φ_s has too many unknowns to be factored.</returns>
    internal static FoilMatrix? Of(CollectorPattern pattern, (int Cell, Field Field)[] names, long first, Communicator world)
    {
        CsrPattern rows = pattern.Rows;
        bool[] isPotential = [.. names.Select(name => name.Cell < 0 || name.Field == Field.ElectronicPotential)];
        if (world.Allreduce((long)isPotential.Count(potential => potential), Operation.Sum) > MostUnknowns)
            return null;
        // A segment may end at collectors of a rank that is no neighbour.
        HashSet<long> potentials = [.. world.Allgatherv([.. Enumerable.Range(0, names.Length).Where(row => isPotential[row]).Select(row => first + row)])];
        HashSet<int> direct = [.. pattern.Direct.Select(entry => entry.To)];
        List<int> inside = [], outside = [], insideStart = [0], outsideStart = [0];
        for (int row = 0; row < rows.Rows; row++)
        {
            for (int entry = rows.RowStart[row]; entry < rows.RowStart[row + 1]; entry++)
                if (!isPotential[row] || !isPotential[rows.Columns[entry]] || rows.Columns[entry] == row || direct.Contains(entry))
                    inside.Add(entry);
            for (int entry = rows.OffDiagonalRowStart[row]; entry < rows.OffDiagonalRowStart[row + 1]; entry++)
                if (!isPotential[row] || !potentials.Contains(rows.OffDiagonalColumns[entry]) || direct.Contains(~entry))
                    outside.Add(entry);
            insideStart.Add(inside.Count);
            outsideStart.Add(outside.Count);
        }
        return new(new([.. insideStart], [.. inside.Select(entry => rows.Columns[entry])], [.. outsideStart], [.. outside.Select(entry => rows.OffDiagonalColumns[entry])]),
            [.. inside], [.. outside], world);
    }

    /// <summary>*Collective.* Takes over the values of S.</summary>
    internal void Take(Matrix s)
    {
        Copy(s.DiagonalValues, _inside, Matrix.DiagonalValues);
        Copy(s.OffDiagonalValues, _outside, Matrix.OffDiagonalValues);
        Matrix.ValuesChanged();

        static void Copy(ReadOnlySpan<double> from, int[] places, Span<double> to)
        {
            for (int i = 0; i < places.Length; i++)
                to[i] = from[places[i]];
        }
    }

    public void Dispose() => Matrix.Dispose();
}
