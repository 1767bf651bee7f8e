using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>The unknowns of one field in a stack, and where the entries of their block of S are.</summary>
/// <remarks>An entry lies at a place of the diagonal block of S, or at a complement in the other one.</remarks>
internal sealed class StackField
{
    /// <summary>A cell without such an unknown.</summary>
    private const long None = long.MinValue;

    /// <summary>Of the unknown of a local cell: layer · columns + column, or the complement of its number beside the stack.</summary>
    private readonly Dictionary<int, long> _places = [];

    private StackField(Field field) => Field = field;

    internal Field Field { get; }

    /// <summary>Unknowns of a column.</summary>
    internal int Layers { get; private init; }

    /// <summary>Local rows of Γ of the stack, layer by layer.</summary>
    internal int[] Rows { get; private init; } = [];

    /// <summary>Local rows of Γ beside it.</summary>
    internal int[] Beside { get; private init; } = [];

    /// <summary>Number of the first of them among those of all ranks.</summary>
    internal int FirstBeside { get; private init; }

    /// <summary>Unknowns of all ranks beside the stack.</summary>
    internal int AllBeside { get; private init; }

    /// <summary>Entries between layers of an own column.</summary>
    internal (int At, int Column, int Layer, int Other)[] Through { get; private set; } = [];

    /// <summary>Entries between columns: which pair of neighbours, and the layers.</summary>
    internal (int At, int Pair, int Layer, int Other)[] InPlane { get; private set; } = [];

    /// <summary>Entries of rows of the stack that belong to unknowns beside it: the row's place in <see cref="Rows"/>, and the unknown's number.</summary>
    internal (int At, int Place, int Beside)[] Border { get; private set; } = [];

    /// <summary>Entries between unknowns beside the stack.</summary>
    internal (int At, int Row, int Column)[] Corner { get; private set; } = [];

    /// <summary>*Collective.* Numbers the unknowns of a field.</summary>
    internal static StackField Find(Field field, int[][] columns, int first, int total, CollectorRows collectors, (int Cell, Field Field)[] names, FieldHalo halo, Communicator world)
    {
        int[][] cells = [.. columns.Select(column => column.Where(cell => collectors.Set(cell).Contains(field)).ToArray())];
        int layers = (int)world.Allreduce((long)cells.Select(column => column.Length).FirstOrDefault(), Operation.Max);
        HashSet<int> stacked = [.. cells.SelectMany(column => column)];
        int[] beside = [.. Enumerable.Range(0, names.Length).Where(row => names[row].Cell < 0 ? field == Field.ElectronicPotential : names[row].Field == field && !stacked.Contains(names[row].Cell))];
        long all = world.Allreduce((long)beside.Length, Operation.Sum);
        StackField found = new(field)
        {
            Layers = layers,
            Rows = [.. Enumerable.Range(0, layers).SelectMany(layer => cells.Select(column => (int)(collectors.Global(column[layer], field) - collectors.First)))],
            Beside = beside,
            FirstBeside = (int)world.Exscan(beside.Length),
            AllBeside = (int)all,
        };
        Dictionary<int, long> places = found._places;
        for (int column = 0; column < cells.Length; column++)
            for (int layer = 0; layer < layers; layer++)
                places[cells[column][layer]] = ((long)layer * total) + first + column;
        for (int i = 0; i < beside.Length; i++)
            places[names[beside[i]].Cell] = ~(long)(found.FirstBeside + i);
        halo.Share(cell => places.GetValueOrDefault(cell, None), (cell, place) => places[cell] = place);
        // V is the last of all unknowns.
        if (field == Field.ElectronicPotential)
            places[ColumnNames.NoCell] = ~(all - 1);
        return found;
    }

    /// <summary>Finds the entries in the pattern of S.</summary>
    /// <param name="pattern">Of S.</param>
    /// <param name="nameOf">Unknown of a number of Γ.</param>
    /// <param name="firstNumber">Of the own ones.</param>
    /// <param name="columns">Own columns.</param>
    /// <param name="first">Number of the first one.</param>
    /// <param name="total">Columns of all ranks.</param>
    /// <param name="pairs">Numbers of the pairs of columns that are joined; new ones are added.</param>
    internal void FindEntries(CsrPattern pattern, Func<long, (int Cell, Field Field)> nameOf, long firstNumber, int columns, int first, int total, Dictionary<(int Own, int Other), int> pairs)
    {
        List<(int, int, int, int)> through = [], inPlane = [];
        List<(int, int, int)> border = [], corner = [];
        for (int place = 0; place < Rows.Length; place++)
        {
            (int layer, int column) = Math.DivRem(place, columns);
            foreach ((int at, long other) in EntriesOf(Rows[place]))
                if (other < 0)
                    border.Add((at, place, (int)~other));
                else if (other % total == first + column)
                    through.Add((at, column, layer, (int)(other / total)));
                else
                {
                    (int, int) pair = (first + column, (int)(other % total));
                    if (!pairs.TryGetValue(pair, out int number))
                        pairs.Add(pair, number = pairs.Count);
                    inPlane.Add((at, number, layer, (int)(other / total)));
                }
        }
        for (int row = 0; row < Beside.Length; row++)
            foreach ((int at, long other) in EntriesOf(Beside[row]))
                if (other < 0)
                    corner.Add((at, FirstBeside + row, (int)~other));
        (Through, InPlane, Border, Corner) = ([.. through], [.. inPlane], [.. border], [.. corner]);

        IEnumerable<(int At, long Place)> EntriesOf(int row)
        {
            for (int entry = pattern.RowStart[row]; entry < pattern.RowStart[row + 1]; entry++)
                if (PlaceOf(pattern.Columns[entry] + firstNumber) is var place && place != None)
                    yield return (entry, place);
            for (int entry = pattern.OffDiagonalRowStart[row]; entry < pattern.OffDiagonalRowStart[row + 1]; entry++)
                if (PlaceOf(pattern.OffDiagonalColumns[entry]) is var place && place != None)
                    yield return (~entry, place);
        }

        long PlaceOf(long number)
        {
            (int cell, Field field) = nameOf(number);
            return field != Field && cell >= 0 ? None : _places.GetValueOrDefault(Math.Max(cell, ColumnNames.NoCell), None);
        }
    }
}
