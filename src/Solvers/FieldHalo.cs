using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers;

/// <summary>Brings the ghosts of all fields up to date, and numbers their unknowns.</summary>
public sealed class FieldHalo : IDisposable
{
    private readonly HaloExchange[] _exchanges;

    /// <summary>*Collective.* One exchange per field, so that all can be under way at once.</summary>
    public FieldHalo(Communicator world, IReadOnlyList<HaloNeighbour> neighbours) =>
        _exchanges = [.. Enum.GetValues<Field>().Select(_ => new HaloExchange(world, neighbours))];

    /// <summary>Sends the owned values of every field to where they are ghosts.</summary>
    public void Update(CellFields fields)
    {
        for (int i = 0; i < _exchanges.Length; i++)
            _exchanges[i].Begin(fields[(Field)i], 1);
        for (int i = 0; i < _exchanges.Length; i++)
            _exchanges[i].End(fields[(Field)i]);
    }

    /// <summary>*Collective.* Numbers the rows of all ranks one after the other and takes the numbers of ghosts from their owners.</summary>
    public void Number(FieldLayout layout, Communicator world)
    {
        long first = world.Exscan(layout.Rows);
        layout.Number(first, world.Allreduce((long)layout.Rows, Operation.Sum));
        double[] numbers = new double[layout.Cells];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            numbers[cell] = layout.FirstGlobal(cell);
        _exchanges[0].Begin(numbers, 1);
        _exchanges[0].End(numbers);
        for (int cell = layout.OwnedCells; cell < layout.Cells; cell++)
            layout.NumberGhost(cell, (long)numbers[cell]);
    }

    public void Dispose()
    {
        foreach (HaloExchange exchange in _exchanges)
            exchange.Dispose();
    }
}
