using System.Numerics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>The semi-discrete cell on one rank: unknowns, states, properties and the terms whose sum is the residual.</summary>
/// <remarks>Built once; <see cref="SparsePattern"/> and where rows start follow from the terms.</remarks>
public sealed class DiscreteSystem
{
    private readonly Term[] _terms;
    private readonly PropertyPass[] _properties;
    private readonly RowStarts _starts;
    private readonly Sweep _sweep;
    private static readonly Action Nothing = () => { };
    private SparsePattern? _pattern;
    private readonly TimeCoefficients _standing = new();
    private bool _isFrozen;
    private PartialSolve? _part;

    /// <summary>Binds the terms to the pattern they declare.</summary>
    public DiscreteSystem(UnknownTable unknowns, FieldLayout layout, CellFields fields, StateRegistry states, PropertyPass[] properties, TerminalTerm terminal, IEnumerable<Term> terms)
    {
        (Unknowns, Layout, Fields, States, _properties, Terminal) = (unknowns, layout, fields, states, properties, terminal);
        _terms = [.. terms, terminal];
        LocalSystems = [.. _terms.OfType<LocalSystems>()];
        _sweep = new(layout, properties, [.. _terms.OfType<CellTerm>()]);
        _pattern = BuildPattern();
        (_starts, NonZeros) = (_pattern.Starts, _pattern.NonZeros);
        foreach (Term term in _terms)
        {
            term.Bind(_pattern);
            term.RegisterQuantities(Balance);
        }
    }

    public UnknownTable Unknowns { get; }

    public FieldLayout Layout { get; }

    public CellFields Fields { get; }

    public StateRegistry States { get; }

    public IReadOnlyList<PropertyPass> Properties => _properties;

    public TerminalTerm Terminal { get; }

    public IReadOnlyList<Term> Terms => _terms;

    public LocalSystems[] LocalSystems { get; }

    /// <summary>What can be differentiated by, of all terms; terms may share a parameter.</summary>
    public IEnumerable<Parameter> Parameters => _terms.SelectMany(term => term.Parameters).Distinct();

    /// <summary>Entries of the owned rows.</summary>
    public long NonZeros { get; }

    /// <summary>Integrals of the accepted state.</summary>
    public Balance Balance { get; } = new();

    /// <summary>α of the present step [s⁻¹].</summary>
    public double Alpha { get; private set; }

    /// <summary>The pattern of the owned rows, handed over. Asked for again, it is built anew.</summary>
    public SparsePattern TakePattern()
    {
        SparsePattern pattern = _pattern ?? BuildPattern();
        _pattern = null;
        return pattern;
    }

    /// <summary>Hands the time coefficients to every term.</summary>
    /// <param name="time">The formula.</param>
    /// <param name="part">What alone is solved for; null for everything.</param>
    public void BeginStep(TimeCoefficients time, PartialSolve? part = null)
    {
        (Alpha, _isFrozen, _part) = (time.Alpha, time.IsFrozen, part);
        _standing.Freeze(time.Time);
        foreach (Term term in _terms)
            term.BeginStep(Stands(term) ? _standing : time);
        foreach (LocalSystems local in LocalSystems)
            local.IsHeld = part is { HoldsPotentials: true };
    }

    /// <summary>Fills properties, then sums every term into a cleared assembly.</summary>
    /// <param name="assembly">Where to.</param>
    /// <param name="completeGhosts">Waits for the values of ghosts, where their messages are still under way.</param>
    public void Assemble(in Assembly assembly, Action? completeGhosts = null)
    {
        _sweep.AddTo(assembly, _starts, completeGhosts ?? Nothing);
        foreach (Term term in _terms)
            if (term is not CellTerm)
                term.AddTo(assembly);
        Freeze(assembly);
    }

    /// <summary>Sums the derivatives of every term for small changes ∝ exp(αt) of the accepted state into cleared assemblies: with α = iω the equations of
    /// an impedance. Before the next assembly a step is to be begun.</summary>
    /// <inheritdoc cref="Term.AddSmallSignal"/>
    public void AssembleSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        EvaluateProperties();
        foreach (Term term in _terms)
            term.AddSmallSignal(alpha, real, imaginary);
    }

    /// <summary>Sums ∂F/∂θ δθ of every term, δθ the seeds of the parameters, into a cleared residual: with Jᵀ λ = ∂G/∂u a quantity G of the new state
    /// changes by −λᵀ ∂F/∂θ δθ (equation 8.7).</summary>
    public void AssembleByParameters(in Assembly assembly)
    {
        EvaluateProperties();
        foreach (Term term in _terms)
            term.AddByParameters(assembly);
        Freeze(assembly);
    }

    /// <summary>Where no time passes: states keep their values; in a partial solve all that is not solved for.</summary>
    private void Freeze(in Assembly assembly)
    {
        if (!_isFrozen && _part is null)
            return;
        foreach (Term term in _terms)
            if (_isFrozen || Stands(term))
                term.Freeze(assembly, _starts);
        if (_part is { HoldsPotentials: true })
            HoldAllButTemperature(assembly);
    }

    private void HoldAllButTemperature(in Assembly assembly)
    {
        for (int cell = 0; cell < Layout.OwnedCells; cell++)
        {
            FieldSet own = Layout.Fields(cell);
            foreach (Field field in own.Without(Field.Temperature).Members)
                _starts.KeepUnknown(assembly, Layout.Row(cell, field), own.Offset(field));
        }
        if (Layout.OwnsTerminal)
            _starts.KeepUnknown(assembly, Layout.TerminalRow, 0);
    }

    private bool Stands(Term term) => _part is not null && term.Evolves != Evolution.None && (term.Evolves & _part.Moves) == 0;

    /// <summary>Fills the properties at the present state.</summary>
    public void EvaluateProperties()
    {
        foreach (PropertyPass pass in _properties)
            pass.Evaluate();
    }

    /// <summary>Applies fraction·δ to the unknowns; what is stored relative to V follows it.</summary>
    /// <param name="increments">Increments of the owned rows; the last rank's last entry is δV.</param>
    /// <param name="terminalIncrement">δV, known to all ranks.</param>
    /// <param name="fraction">λ of the damping.</param>
    public void Update(ReadOnlySpan<double> increments, double terminalIncrement, double fraction)
    {
        foreach (Unknown unknown in Unknowns.All)
        {
            if (!Layout.HasAnywhere(unknown.Field))
                continue;
            double[] values = Fields[unknown.Field];
            double shift = unknown.IsStoredFromTerminal ? terminalIncrement : 0;
            for (int cell = 0; cell < Layout.OwnedCells; cell++)
                if (Layout.TryRow(cell, unknown.Field, out int row))
                    values[cell] += fraction * (increments[row] - (Fields.PositiveSide[cell] ? shift : 0));
        }
        foreach (LocalSystems local in LocalSystems)
            local.BackSubstitute(increments, fraction);
        Fields.TerminalVoltage += fraction * terminalIncrement;
    }

    /// <summary>Writes what belongs to the owned rows, such as an adjoint, to fields; their ghosts are left to a halo exchange.</summary>
    public void Scatter(ReadOnlySpan<double> rows, CellFields fields)
    {
        foreach (Unknown unknown in Unknowns.All)
            for (int cell = 0; cell < Layout.OwnedCells; cell++)
                if (Layout.Has(cell, unknown.Field))
                    fields[unknown.Field][cell] = rows[Layout.Row(cell, unknown.Field)];
    }

    private SparsePattern BuildPattern()
    {
        PatternBuilder builder = new(Layout);
        foreach (Term term in _terms)
            term.AddCouplings(builder);
        return builder.Build();
    }

    /// <summary>Finishes the states that follow from the converged unknowns; nothing can be assembled then before a step is begun again.</summary>
    public void EndStep()
    {
        foreach (Term term in _terms)
            if (!Stands(term))
                term.EndStep();
    }

    /// <summary>Fills this rank's share of every balance.</summary>
    public void Report()
    {
        EvaluateProperties();
        Balance.Clear();
        foreach (Term term in _terms)
            term.Report(Balance);
    }
}
