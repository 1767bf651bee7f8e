namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Orders the nodes of a graph so that neighbours lie close to each other: reverse Cuthill–McKee.</summary>
internal static class PlaneOrder
{
    /// <summary>Node of each place.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="pairs">Nodes that are joined.</param>
    internal static int[] Of(int nodes, (int A, int B)[] pairs)
    {
        List<int>[] joined = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
        foreach ((int a, int b) in pairs)
        {
            joined[a].Add(b);
            joined[b].Add(a);
        }
        foreach (List<int> others in joined)
            others.Sort((a, b) => (joined[a].Count, a).CompareTo((joined[b].Count, b)));
        List<int> order = [];
        bool[] seen = new bool[nodes];
        foreach (int start in Enumerable.Range(0, nodes).OrderBy(node => joined[node].Count).ThenBy(node => node))
            if (!seen[start])
            {
                int end = Levels(start, [])[^1];
                order.AddRange(Levels(Levels(end, [])[^1], seen));
            }
        order.Reverse();
        return [.. order];

        // The nodes that can be reached, by their distance.
        List<int> Levels(int from, bool[] reached)
        {
            if (reached.Length == 0)
                reached = new bool[nodes];
            List<int> found = [from];
            reached[from] = true;
            for (int i = 0; i < found.Count; i++)
                foreach (int other in joined[found[i]])
                    if (!reached[other])
                    {
                        reached[other] = true;
                        found.Add(other);
                    }
            return found;
        }
    }
}
