using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>What a file holds of a state.</summary>
/// <param name="Name">Its name in the registry.</param>
/// <param name="Unit">Of its values.</param>
/// <param name="Sites">Number of its sites among all; −1 for the cell as a whole.</param>
/// <param name="Components">Entries per site.</param>
/// <param name="Past">Accepted values that are kept, the newest included.</param>
public sealed record KeptState(string Name, string Unit, int Sites, int Components, int Past);

/// <summary>The states of a registry in a file, with their past, by numbers of sites that no partition changes.</summary>
/// <remarks>Datasets hold the rows of one rank after the other; runs of <see cref="SiteNumbers"/> say which sites these are.</remarks>
internal sealed class CheckpointStates
{
    private const int ValuesAtATime = 1 << 17;

    /// <summary>Rows that are read for nothing rather than left out.</summary>
    private const long LargestGap = 1024;
    private readonly StateRegistry _registry;
    private readonly FieldHalo _halo;
    private readonly CellFields _fields;
    private readonly StateSites[] _sites;
    private readonly SiteNumbers[] _numbers;

    /// <summary>*Collective.* Numbers the sites.</summary>
    public CheckpointStates(CellModel model, Communicator world)
    {
        (_registry, _halo, _fields) = (model.System.States, model.Halo, model.Fields);
        _sites = [.. _registry.Variables.Select(state => state.Sites).OfType<StateSites>().Distinct<StateSites>(ReferenceEqualityComparer.Instance)];
        _numbers = [.. _sites.Select(sites => new SiteNumbers(sites, model.Mesh, world))];
    }

    /// <summary>What of the registry is kept.</summary>
    /// <param name="points">Accepted states that the time formula knows.</param>
    public IReadOnlyList<KeptState> Kept(int points) => [.. _registry.Variables.Select(state =>
        new KeptState(state.Name, state.Quantity.Unit, state.Sites is { } sites ? Array.IndexOf(_sites, sites) : -1, state.Components, Math.Min(state.PastCount, points)))];

    /// <summary>*Collective.* Puts sites and accepted values of all states into a file.</summary>
    public void Write(NewFile file, IReadOnlyList<KeptState> kept)
    {
        for (int i = 0; i < _numbers.Length; i++)
            file.Write<long>(RunsPath(i), _numbers[i].Runs(), SiteNumbers.RunLength);
        for (int i = 0; i < kept.Count; i++)
            for (int past = 0; past < kept[i].Past; past++)
            {
                ReadOnlySpan<double> values = _registry.Variables[i].Past(past)[.._registry.Variables[i].Owned];
                if (kept[i].Sites < 0)
                    file.WriteReplicated(ValuesPath(i, past), values);
                else
                    file.Write(ValuesPath(i, past), values, kept[i].Components);
            }
    }

    /// <summary>Whether a file's states are those of the registry.</summary>
    public bool Match(IReadOnlyList<KeptState> kept) => kept.Count > 0 && kept.All(state => state.Past >= 1) && kept.Select(state => state with { Past = 0 }).SequenceEqual(Kept(0))
        && kept.Zip(_registry.Variables).All(pair => pair.First.Past <= pair.Second.PastCount);

    /// <summary>Finds the rows of this rank; talks to no other rank.</summary>
    /// <exception cref="IOException">The file does not number the sites of this mesh.</exception>
    public long[][] FindRows(Parallel.Hdf5.File file) => [.. _numbers.Select((numbers, i) => numbers.RowsIn(file, RunsPath(i)))];

    /// <summary>Reads the values of all states at one point of the past; talks to no other rank.</summary>
    /// <exception cref="IOException">A dataset has not the size of its sites.</exception>
    public void Read(Parallel.Hdf5.File file, IReadOnlyList<KeptState> kept, long[][] rows, int past)
    {
        for (int i = 0; i < kept.Count; i++)
            if (past < kept[i].Past)
                Read(file, ValuesPath(i, past), _registry.Variables[i], kept[i], rows);
    }

    /// <summary>*Collective.* Makes what was read the accepted values at that point of the past, ghosts included.</summary>
    public void Keep(IReadOnlyList<KeptState> kept, int past)
    {
        _halo.Update(_fields);
        for (int i = 0; i < kept.Count; i++)
            if (past < kept[i].Past)
                _registry.Variables[i].KeepAsPast(past);
    }

    private void Read(Parallel.Hdf5.File file, string path, StateVariable state, KeptState kept, long[][] rows)
    {
        long[] expected = kept.Sites < 0 ? [state.Owned] : [_numbers[kept.Sites].Total, kept.Components];
        if (!file.Shape(path).AsSpan().SequenceEqual(expected))
            throw new IOException($"{file.Path}: {path} has not the size of {state.Name}.");
        if (kept.Sites < 0)
            file.Read(path, 0, state.Owned, state.Values.AsSpan(0, state.Owned));
        else
            ReadRows(file, path, rows[kept.Sites], kept.Components, state.Values);
    }

    private static void ReadRows(Parallel.Hdf5.File file, string path, long[] rows, int components, double[] values)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => rows[i])];
        int most = Math.Max(1, ValuesAtATime / components);
        double[] window = new double[Math.Min((long)most, rows.Length == 0 ? 0 : rows.Max() - rows.Min() + 1) * components];
        for (int at = 0, next; at < order.Length; at = next)
        {
            long first = rows[order[at]];
            for (next = at + 1; next < order.Length && rows[order[next]] - rows[order[next - 1]] <= LargestGap && rows[order[next]] - first < most; next++) { }
            int count = (int)(rows[order[next - 1]] - first + 1);
            file.Read(path, first, count, window.AsSpan(0, count * components));
            for (int i = at; i < next; i++)
                window.AsSpan((int)(rows[order[i]] - first) * components, components).CopyTo(values.AsSpan(order[i] * components));
        }
    }

    private static string RunsPath(int sites) => FormattableString.Invariant($"/Sites/{sites}");

    private static string ValuesPath(int state, int past) => FormattableString.Invariant($"/States/{state}/{past}");
}
