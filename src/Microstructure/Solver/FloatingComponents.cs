namespace Cell3D.Microstructure.Solver;

/// <summary>
/// Parts of a matrix that nothing holds: their rows sum to zero, a constant may be added to the solution, and only right-hand sides that sum to zero have
/// one. Round-off in single precision violates that, and the coarsest levels would amplify it without bound; here it is taken out.
/// </summary>
internal sealed class FloatingComponents
{
    /// <summary>Row sums below this share of the diagonals are round-off.</summary>
    private const double Vanishing = 1e-12;

    private readonly int[] _component;
    private readonly int[] _sizes;
    private readonly double[] _means;

    public FloatingComponents(SparseMatrix a)
    {
        _component = new int[a.Rows];
        Array.Fill(_component, -1);
        List<int> sizes = [];
        Stack<int> open = new();
        List<int> members = [];
        for (int i = 0; i < a.Rows; i++)
        {
            if (_component[i] >= 0) continue;
            members.Clear();
            double sum = 0, diagonal = 0;
            _component[i] = sizes.Count;
            open.Push(i);
            while (open.TryPop(out int row))
            {
                members.Add(row);
                for (int k = a.Starts[row]; k < a.Starts[row + 1]; k++)
                {
                    sum += a.Values[k];
                    if (a.Columns[k] == row) diagonal += a.Values[k];
                    if (a.Values[k] == 0 || _component[a.Columns[k]] >= 0) continue;
                    _component[a.Columns[k]] = sizes.Count;
                    open.Push(a.Columns[k]);
                }
            }
            bool floats = !(sum > Vanishing * diagonal);
            sizes.Add(floats ? members.Count : 0);
        }
        _sizes = [.. sizes];
        _means = new double[_sizes.Length];
    }

    /// <summary>Number of components.</summary>
    public int Count => _sizes.Length;

    /// <summary>Component of an unknown.</summary>
    public int Of(long unknown) => _component[unknown];

    /// <summary>Whether nothing holds a component.</summary>
    public bool Floats(int component) => _sizes[component] > 0;

    /// <summary>Takes the mean out of the values of each component that nothing holds.</summary>
    public void RemoveMeans(double[] values)
    {
        Array.Clear(_means);
        for (int i = 0; i < values.Length; i++) _means[_component[i]] += values[i];
        for (int c = 0; c < _means.Length; c++) _means[c] = _sizes[c] > 0 ? _means[c] / _sizes[c] : 0;
        for (int i = 0; i < values.Length; i++) values[i] -= _means[_component[i]];
    }
}
