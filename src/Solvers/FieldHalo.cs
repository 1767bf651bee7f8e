using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers;

/// <summary>Brings the ghosts of all unknowns up to date with one message per neighbour, and numbers their rows.</summary>
public sealed class FieldHalo : IDisposable
{
    private readonly int _unknowns;
    private readonly HaloExchange _exchange;

    /// <summary>Cells that others see, and ghosts, each with its place in the buffers.</summary>
    private readonly (int Cell, int Place)[] _sent, _ghosts;
    private readonly double[] _values;
    private readonly long[] _numbers;

    /// <summary>*Collective.*</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="unknowns">Number of unknowns.</param>
    /// <param name="neighbours">Which cells are exchanged with whom.</param>
    public FieldHalo(Communicator world, int unknowns, IReadOnlyList<HaloNeighbour> neighbours)
    {
        (_unknowns, Neighbours) = (unknowns, neighbours);
        Dictionary<int, int> places = [];
        foreach (int cell in neighbours.SelectMany(n => n.Send.Concat(n.Receive)))
            places.TryAdd(cell, places.Count);
        int[] Places(int[] cells) => [.. cells.Select(cell => places[cell])];
        _exchange = new(world, [.. neighbours.Select(n => n with { Send = Places(n.Send), Receive = Places(n.Receive) })]);
        _sent = [.. neighbours.SelectMany(n => n.Send).Distinct().Select(cell => (cell, places[cell]))];
        _ghosts = [.. neighbours.SelectMany(n => n.Receive).Select(cell => (cell, places[cell]))];
        (_values, _numbers) = (new double[places.Count * unknowns], new long[places.Count]);
    }

    /// <summary>Which cells are exchanged with whom.</summary>
    public IReadOnlyList<HaloNeighbour> Neighbours { get; }

    /// <summary>Sends the owned values of every unknown to where they are ghosts.</summary>
    public void Update(CellFields fields)
    {
        Begin(fields);
        End(fields);
    }

    /// <summary>Starts the messages; values may change afterwards.</summary>
    public void Begin(CellFields fields)
    {
        for (int unknown = 0; unknown < _unknowns; unknown++)
        {
            double[] values = fields[(Field)unknown];
            foreach ((int cell, int place) in _sent)
                _values[(place * _unknowns) + unknown] = values[cell];
        }
        _exchange.Begin(_values, _unknowns);
    }

    /// <summary>Waits for the messages and writes the ghosts.</summary>
    public void End(CellFields fields)
    {
        _exchange.End(_values);
        for (int unknown = 0; unknown < _unknowns; unknown++)
        {
            double[] values = fields[(Field)unknown];
            foreach ((int cell, int place) in _ghosts)
                values[cell] = _values[(place * _unknowns) + unknown];
        }
    }

    /// <summary>*Collective.* Numbers the rows of all ranks one after the other and takes the numbers of ghosts from their owners.</summary>
    public void Number(FieldLayout layout, Communicator world)
    {
        long first = world.Exscan(layout.Rows);
        layout.Number(first, world.Allreduce((long)layout.Rows, Operation.Sum));
        Share(layout.FirstGlobal, layout.NumberGhost);
    }

    /// <summary>*Collective.* Tells a number of owned cells to the ranks where they are ghosts.</summary>
    /// <param name="own">Number of an owned cell.</param>
    /// <param name="take">Receives each ghost with its number.</param>
    public void Share(Func<int, long> own, Action<int, long> take)
    {
        foreach ((int cell, int place) in _sent)
            _numbers[place] = own(cell);
        _exchange.Exchange(_numbers);
        foreach ((int cell, int place) in _ghosts)
            take(cell, _numbers[place]);
    }

    public void Dispose() => _exchange.Dispose();
}
