using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Γ as a stack: columns with the same layers, whose unknowns of one field lie in planes, and what is beside them, such as tabs and V.</summary>
/// <param name="Columns">Of this rank.</param>
/// <param name="First">Number of the first one among those of all ranks.</param>
/// <param name="Total">Columns of all ranks.</param>
/// <param name="Fields">What lies in planes.</param>
/// <param name="Pairs">Columns that are joined in the plane by their numbers among those of all ranks, the first of this rank.</param>
internal sealed record CollectorStack(int Columns, int First, int Total, StackField[] Fields, (int Own, int Other)[] Pairs)
{
    /// <summary>Every rank knows the order of the columns, and factors whole planes.</summary>
    private const int MostColumns = 20_000;

    /// <summary>Unknowns of a field beside the stack that are solved for as a dense block.</summary>
    private const int MostBeside = 128;

    private static readonly Field[] s_wanted = [Field.Temperature, Field.ElectronicPotential];

    /// <summary>*Collective.* Finds the stack.</summary>
    /// <param name="collectors">Γ.</param>
    /// <param name="names">Unknowns of own rows; of V the cell is negative.</param>
    /// <param name="pattern">Of S.</param>
    /// <param name="chains">Columns, levels and neighbours of cells.</param>
    /// <param name="world">The ranks.</param>
    /// <returns>Null where there is none, or where too much is beside it.</returns>
    internal static CollectorStack? Find(CollectorRows collectors, (int Cell, Field Field)[] names, CsrPattern pattern, CellChains chains, Communicator world)
    {
        if (world.Any(names.Any(name => name.Cell >= 0 && !s_wanted.Contains(name.Field))))
            return null;
        // Cells of each column from the lowest level up.
        int[][] columns = [.. names.Where(name => name.Cell >= 0).Select(name => name.Cell).Distinct().GroupBy(cell => chains.Column[cell])
            .OrderBy(column => column.Key).Select(column => column.OrderBy(cell => chains.Level[cell]).ToArray())];
        long[] kinds = [.. columns.Select(KindOf)];
        long[] most = [.. kinds.GroupBy(kind => kind).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key).Select(kind => kind.Key).Take(1)];
        long[] common = [.. world.Allgatherv(most).GroupBy(kind => kind).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key).Select(kind => kind.Key).Take(1)];
        int[][] stacked = [.. columns.Where((_, column) => kinds[column] == common[0])];
        long total = world.Allreduce((long)stacked.Length, Operation.Sum);
        if (total is < 2 or > MostColumns)
            return null;
        int first = (int)world.Exscan(stacked.Length);
        StackField[] fields = [.. s_wanted.Select(field => StackField.Find(field, stacked, first, (int)total, collectors, names, chains.Halo, world)).Where(field => field.Layers > 0)];
        if (fields.Length == 0 || fields.Any(field => field.AllBeside > MostBeside))
            return null;
        Dictionary<(int Own, int Other), int> pairs = [];
        foreach (StackField field in fields)
            field.FindEntries(pattern, NameOf, collectors.First, stacked.Length, first, (int)total, pairs);
        return new(stacked.Length, first, (int)total, fields, [.. pairs.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);

        // Levels and fields of a column in one number.
        long KindOf(int[] cells)
        {
            long kind = cells.Length;
            foreach (int cell in cells)
                kind = unchecked((kind * 6364136223846793005) + (chains.Level[cell] * 256) + collectors.Set(cell).Bits + 1442695040888963407);
            return kind;
        }

        // A column that is cut between ranks reaches beyond what this one sees.
        (int Cell, Field Field) NameOf(long number) => collectors.IsOwn(number) ? names[(int)(number - collectors.First)]
            : number == collectors.Terminal ? (ColumnNames.NoCell, Field.ElectronicPotential) : collectors.Ghosts.GetValueOrDefault(number, (int.MaxValue, default));
    }
}
