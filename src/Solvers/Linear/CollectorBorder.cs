using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>What cells of different ranks tell each other: interior ones and collectors where a column of cells is cut at a collector, and collectors that touch each other in the plane.</summary>
internal sealed class CollectorBorder : IDisposable
{
    private readonly HaloExchange _inward, _outward;
    private readonly Back _fromInterior, _fromCollectors;

    /// <summary>*Collective.* Both sides of every coupling between a collector row and an interior row see it, so that either knows what the other needs.</summary>
    internal CollectorBorder(FieldLayout layout, SparsePattern pattern, CollectorRows collectors, ColumnNames names, FieldHalo halo, Communicator world)
    {
        HashSet<int> interiorGhosts = [], collectorGhosts = [];
        HashSet<(int Own, int Ghost)> interiorOwn = [], collectorOwn = [];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            foreach (Field field in layout.Fields(cell).Members)
            {
                int row = layout.Row(cell, field);
                for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                {
                    int other = names.Other(pattern.OffDiagonalColumns[entry]).Cell;
                    if (other < 0)
                        continue;
                    if (collectors.Set(cell).Count > 0 && collectors.Set(other).Count > 0)
                    {
                        collectorGhosts.Add(other);
                        collectorOwn.Add((cell, other));
                    }
                    if (collectors.HasElectrolyte(other) == collectors.HasElectrolyte(cell))
                        continue;
                    (collectors.HasElectrolyte(cell) ? collectorGhosts : interiorGhosts).Add(other);
                    (collectors.HasElectrolyte(cell) ? interiorOwn : collectorOwn).Add((cell, other));
                }
            }
        InteriorGhosts = Numbered(interiorGhosts);
        CollectorGhosts = Numbered(collectorGhosts);
        (InteriorSent, _inward, _fromInterior) = Exchange(interiorOwn, InteriorGhosts);
        (CollectorsSent, _outward, _fromCollectors) = Exchange(collectorOwn, CollectorGhosts);
        IsNeeded = world.Allreduce((long)interiorGhosts.Count + collectorGhosts.Count, Operation.Sum) > 0;

        static Dictionary<int, int> Numbered(HashSet<int> cells) => cells.Order().Select((cell, place) => (cell, place)).ToDictionary();

        (int[] Sent, HaloExchange Exchange, Back Back) Exchange(HashSet<(int Own, int Ghost)> pairs, Dictionary<int, int> ghosts)
        {
            Dictionary<int, int> sent = pairs.Select(pair => pair.Own).Distinct().Order().Select((cell, place) => (cell, place: ghosts.Count + place)).ToDictionary();
            List<HaloNeighbour> neighbours = [];
            foreach (HaloNeighbour neighbour in halo.Neighbours)
            {
                HashSet<int> theirs = [.. neighbour.Receive];
                HashSet<int> seen = [.. pairs.Where(pair => theirs.Contains(pair.Ghost)).Select(pair => pair.Own)];
                int[] send = [.. neighbour.Send.Where(seen.Contains).Select(cell => sent[cell])], receive = [.. neighbour.Receive.Where(ghosts.ContainsKey).Select(cell => ghosts[cell])];
                if (send.Length + receive.Length > 0)
                    neighbours.Add(new(neighbour.Rank, send, receive));
            }
            return ([.. sent.Keys], new(world, neighbours), new(world, neighbours, ghosts.Count + sent.Count));
        }
    }

    /// <summary>Whether any rank sends anything.</summary>
    internal bool IsNeeded { get; }

    /// <summary>Ghosts with electrolyte that touch own collector cells, with their places.</summary>
    internal Dictionary<int, int> InteriorGhosts { get; }

    /// <summary>Ghosts without electrolyte, or with unknowns held in Γ, that touch own segments or own cells of their kind, with their places.</summary>
    internal Dictionary<int, int> CollectorGhosts { get; }

    /// <summary>Own cells with electrolyte that others need; they take the places behind the ghosts.</summary>
    internal int[] InteriorSent { get; }

    /// <summary>Own cells of that kind that others need; they take the places behind the ghosts.</summary>
    internal int[] CollectorsSent { get; }

    /// <summary>*Collective.* Brings the values of interior ghosts up to date.</summary>
    internal void ShareInterior(double[] values, int stride) => _inward.Exchange(values, stride);

    /// <inheritdoc cref="ShareInterior(double[], int)"/>
    internal void ShareInterior(long[] values, int stride) => _inward.Exchange(values, stride);

    /// <summary>*Collective.* Brings the values of collector ghosts up to date.</summary>
    internal void ShareCollectors(double[] values, int stride) => _outward.Exchange(values, stride);

    /// <summary>*Collective.* Adds what ranks have at the places of their interior ghosts to what their owners have there.</summary>
    internal void ReturnInterior(double[] values, int stride) => _fromInterior.Add(values, stride);

    /// <summary>*Collective.* The same of collector ghosts.</summary>
    internal void ReturnCollectors(double[] values, int stride) => _fromCollectors.Add(values, stride);

    public void Dispose()
    {
        _fromInterior.Dispose();
        _fromCollectors.Dispose();
        _inward.Dispose();
        _outward.Dispose();
    }

    /// <summary>An exchange the other way round: what several ranks send for one entry is summed.</summary>
    private sealed class Back : IDisposable
    {
        private readonly HaloExchange _exchange;
        private readonly int _places;
        private readonly int[] _to;

        internal Back(Communicator world, List<HaloNeighbour> forward, int places)
        {
            (_places, _to) = (places, [.. forward.SelectMany(neighbour => neighbour.Send)]);
            int next = places;
            _exchange = new(world, [.. forward.Select(neighbour => new HaloNeighbour(neighbour.Rank, neighbour.Receive, [.. neighbour.Send.Select(_ => next++)]))]);
        }

        internal void Add(double[] values, int stride)
        {
            double[] all = new double[(_places + _to.Length) * stride];
            values.AsSpan(0, _places * stride).CopyTo(all);
            _exchange.Exchange(all, stride);
            for (int i = 0; i < _to.Length; i++)
                for (int component = 0; component < stride; component++)
                    values[(_to[i] * stride) + component] += all[((_places + i) * stride) + component];
        }

        public void Dispose() => _exchange.Dispose();
    }
}
