using System.Numerics.Tensors;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>A field that is joined in the plane far more strongly than from layer to layer, such as φ_s of foils: planes without what joins them, exact with what is beside the stack.</summary>
internal sealed class SeparatePlanes(CollectorStack stack, int group, PlaneSolver planes, Communicator world) : StackBlock(stack, group, planes, world)
{
    /// <summary>Largest share of the diagonal that may be left out.</summary>
    private const double MostLeftOut = 0.05;

    /// <summary>Z: what an unknown beside the stack does to the planes that it joins, in own columns.</summary>
    private readonly List<(int Beside, int Layer, double[] Response)> _responses = [];
    private readonly double[] _taken = new double[stack.Fields[group].AllBeside];

    internal override bool Renew(in Entries entries)
    {
        int columns = Columns, layers = Field.Layers, beside = Field.AllBeside, joined = Pairs;
        double[] diagonal = new double[layers * columns], pairs = new double[layers * joined];
        double leftOut = 0;
        foreach ((int at, int column, int layer, int other) in Field.Through)
            if (layer == other)
                diagonal[(layer * columns) + column] += entries[at];
            else
                leftOut = Math.Max(leftOut, Math.Abs(entries[at]));
        foreach ((int at, int pair, int layer, int other) in Field.InPlane)
            if (layer == other)
                pairs[(layer * joined) + pair] += entries[at];
        double mean = Sum(diagonal.Sum()) / layers / TotalColumns;
        if (!(Sum(leftOut > MostLeftOut * mean ? 1 : 0) == 0))
            return false;
        for (int layer = 0; layer < layers; layer++)
        {
            Planes.TakePairs(Group, layer, Gather(pairs.AsSpan(layer * joined, joined)));
            Planes.TakeDiagonal(Group, layer, Gather(diagonal.AsSpan(layer * columns, columns)));
        }
        Planes.Factor(Group);
        Span<double> corner = TakeBeside(entries);
        double[] filled = new double[corner.Length];
        _responses.Clear();
        for (int column = 0; column < beside; column++)
        {
            Values.Clear();
            for (int i = 0; i < Border.Length; i++)
                if (Field.Border[i].Beside == column)
                    Values[Field.Border[i].Place] += Border[i];
            Planes.Solve(Group);
            ReadOnlySpan<double> taken = TakenByStack();
            for (int row = 0; row < beside; row++)
                filled[(row * beside) + column] -= taken[row];
            for (int layer = 0; layer < layers; layer++)
                if (Values.Slice(layer * columns, columns) is var response && response.ContainsAnyExcept(0))
                    _responses.Add((column, layer, response.ToArray()));
        }
        Sum(filled);
        for (int i = 0; i < corner.Length; i++)
            corner[i] += filled[i];
        return FactorCorner();
    }

    /// <summary>Conductances of foils hardly change.</summary>
    internal override void Update(in Entries entries) { }

    internal override void Prepare(ReadOnlySpan<double> r)
    {
        Take(r);
        if (Field.AllBeside > 0)
        {
            TakeBeside(r, TakenByPlanes());
            SolveBeside();
            SubtractBeside();
        }
    }

    internal override void Conclude(ReadOnlySpan<double> r, Span<double> x) => Give(x);

    /// <summary>Zᵀ r, what the planes' values take from the right-hand sides beside the stack.</summary>
    private double[] TakenByPlanes()
    {
        int columns = Columns;
        Array.Clear(_taken);
        foreach ((int beside, int layer, double[] response) in _responses)
            _taken[beside] += TensorPrimitives.Dot<double>(response, Values.Slice(layer * columns, columns));
        return _taken;
    }
}
