using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>A field that is joined in the plane far more strongly than from layer to layer, such as φ_s of foils: planes without what joins them, exact with what is beside the stack.</summary>
internal sealed class SeparatePlanes(CollectorStack stack, StackField field, Communicator world) : StackBlock(stack, field, world)
{
    /// <summary>Largest share of the diagonal that may be left out.</summary>
    private const double MostLeftOut = 0.05;

    internal override bool Renew(in Entries entries)
    {
        int columns = Columns, layers = Field.Layers, beside = Field.AllBeside;
        double[] diagonal = new double[layers * columns], pairs = new double[layers * Field.Pairs.Length];
        double leftOut = 0;
        foreach ((int at, int column, int layer, int other) in Field.Through)
            if (layer == other)
                diagonal[(layer * columns) + column] += entries[at];
            else
                leftOut = Math.Max(leftOut, Math.Abs(entries[at]));
        foreach ((int at, int pair, int layer, int other) in Field.InPlane)
            if (layer == other)
                pairs[(layer * Field.Pairs.Length) + pair] += entries[at];
        double mean = Sum(diagonal.Sum()) / layers / TotalColumns;
        if (!(Sum(leftOut > MostLeftOut * mean ? 1 : 0) == 0))
            return false;
        for (int layer = 0; layer < layers; layer++)
        {
            Planes.TakePairs(layer, Gather(pairs.AsSpan(layer * Field.Pairs.Length, Field.Pairs.Length)));
            Planes.TakeDiagonal(layer, Gather(diagonal.AsSpan(layer * columns, columns)));
        }
        Planes.Factor();
        Span<double> corner = TakeBeside(entries);
        double[] filled = new double[corner.Length];
        for (int column = 0; column < beside; column++)
        {
            Planes.Values.Clear();
            for (int i = 0; i < Border.Length; i++)
                if (Field.Border[i].Beside == column)
                    Planes.Values[Field.Border[i].Place] += Border[i];
            Planes.Solve();
            for (int i = 0; i < Border.Length; i++)
                filled[(Field.Border[i].Beside * beside) + column] -= Border[i] * Planes.Values[Field.Border[i].Place];
        }
        Sum(filled);
        for (int i = 0; i < corner.Length; i++)
            corner[i] += filled[i];
        return FactorCorner();
    }

    /// <summary>Conductances of foils hardly change.</summary>
    internal override void Update(in Entries entries) { }

    internal override void Solve(ReadOnlySpan<double> r, Span<double> x)
    {
        Take(r);
        TakeBeside(r);
        Planes.Solve();
        if (Field.AllBeside > 0)
        {
            SolveBeside(withStack: true);
            Take(r);
            SubtractBeside();
            Planes.Solve();
        }
        Give(x);
    }
}
