using Cell3D.Discretization;
using Cell3D.Simulation;

namespace Cell3D.Benchmarks.Laws;

/// <summary>One term bound to a pattern of its own, to be evaluated with and without its Jacobian.</summary>
public sealed class TermUnderTest
{
    private readonly double[] _residual, _jacobian;

    public TermUnderTest(Term term, FieldLayout layout)
    {
        Term = term;
        PatternBuilder builder = new(layout);
        term.AddCouplings(builder);
        Pattern = builder.Build();
        term.Bind(Pattern);
        _residual = new double[layout.Rows];
        _jacobian = new double[Pattern.NonZeros];
    }

    public Term Term { get; }

    public RowScale Scale { get; } = CellUnknowns.Of(298.15, withHeat: true).Scale;

    public SparsePattern Pattern { get; }

    public double[] Residual => _residual;

    public double[] Jacobian => _jacobian;

    /// <summary>Adds the residual.</summary>
    public void AddResidual() => Term.AddTo(new(_residual, default, default, Scale));

    /// <summary>Adds residual and Jacobian.</summary>
    public void AddJacobian() => Term.AddTo(new(_residual, _jacobian, default, Scale));

    public void Clear()
    {
        Array.Clear(_residual);
        Array.Clear(_jacobian);
    }
}
