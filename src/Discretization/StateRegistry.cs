namespace Cell3D.Discretization;

/// <summary>Every state that evolves, registered once by its owner; the time integrator, checkpoints and audits walk it.</summary>
/// <param name="order">Largest order of the time formula in this run: as many past values are kept.</param>
public sealed class StateRegistry(int order = TimeCoefficients.DefaultOrder)
{
    private readonly List<StateVariable> _variables = [];

    public IReadOnlyList<StateVariable> Variables => _variables;

    /// <summary>Adds a state; its name must be new.</summary>
    public StateVariable Register(StateVariable variable)
    {
        if (_variables.Exists(v => v.Name == variable.Name))
            throw new ArgumentException($"A state named '{variable.Name}' is registered already.", nameof(variable));
        _variables.Add(variable.Reserve(order));
        return variable;
    }

    /// <summary>Adds a state with one value per site.</summary>
    /// <param name="quantity">What it is.</param>
    /// <param name="sites">Where it is.</param>
    /// <param name="tolerance">Error weights, or null when the state is not in the error test.</param>
    /// <param name="isDifferential">Whether it keeps its value through a sudden change of current.</param>
    public StateVariable Register(Quantity quantity, StateSites sites, ErrorTolerance? tolerance = null, bool isDifferential = true) =>
        Register(new(quantity, new double[sites.Cells.Length], sites.Cells.Length, tolerance) { Sites = sites, IsDifferential = isDifferential });

    /// <summary>The states of a quantity that have one value in each of some control volumes.</summary>
    public IEnumerable<StateVariable> Of(string quantity) =>
        _variables.Where(state => state.Quantity.Name == quantity && state is { Components: 1, Sites: { Opposite: null, Owner.Length: > 0 } });

    public void Accept()
    {
        foreach (StateVariable variable in _variables)
            variable.Accept();
    }

    public void Restore()
    {
        foreach (StateVariable variable in _variables)
            variable.Restore();
    }

    /// <inheritdoc cref="StateVariable.KeepStage"/>
    public void KeepStage()
    {
        foreach (StateVariable variable in _variables)
            variable.KeepStage();
    }

    /// <inheritdoc cref="StateVariable.DropStage"/>
    public void DropStage()
    {
        foreach (StateVariable variable in _variables)
            variable.DropStage();
    }

    /// <inheritdoc cref="StateVariable.Branch"/>
    public void Branch()
    {
        foreach (StateVariable variable in _variables)
            variable.Branch();
    }

    /// <inheritdoc cref="StateVariable.Join"/>
    public void Join()
    {
        foreach (StateVariable variable in _variables)
            variable.Join();
    }

    public void Predict(TimeCoefficients time)
    {
        foreach (StateVariable variable in _variables)
            variable.Predict(time);
    }

    /// <summary>Takes the values at a time between accepted ones.</summary>
    /// <param name="weights">Of the accepted values, newest first, in states that keep their value through a sudden change of current.</param>
    /// <param name="ofAlgebraic">The same in states that follow at once.</param>
    public void Interpolate(ReadOnlySpan<double> weights, ReadOnlySpan<double> ofAlgebraic)
    {
        foreach (StateVariable variable in _variables)
            variable.Interpolate(variable.IsDifferential ? weights : ofAlgebraic);
    }

    /// <inheritdoc cref="StateVariable.KeepScout"/>
    public void KeepScout()
    {
        foreach (StateVariable variable in _variables)
            variable.KeepScout();
    }

    /// <summary>Worst error ratio of this rank, the state and its entry that have it.</summary>
    /// <param name="time">The formula.</param>
    /// <param name="withAlgebraic">Whether states are tested that follow at once what drives them.</param>
    /// <param name="ofPair">Whether a pair of formulas is judged.</param>
    public (double Ratio, StateVariable? Variable, int Entry) ErrorRatio(TimeCoefficients time, bool withAlgebraic = true, bool ofPair = false)
    {
        (double Ratio, StateVariable? Variable, int Entry) worst = (0, null, 0);
        foreach (StateVariable variable in _variables)
        {
            if (!withAlgebraic && !variable.IsDifferential)
                continue;
            (double ratio, int entry) = variable.ErrorRatio(time);
            ratio /= ofPair ? variable.Tolerance?.InPairs ?? 1 : 1;
            if (ratio > worst.Ratio)
                worst = (ratio, variable, entry);
        }
        return worst;
    }
}
