using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>What the reactions of an interface add to the balances together.</summary>
/// <param name="name">Of the interface.</param>
/// <param name="transfer">Side of the cell.</param>
public sealed class InterfaceBalance(string name, string transfer)
{
    private int _reactionHeat, _reversibleHeat, _chemicalPower, _current;

    /// <summary>Takes what reports evaluate.</summary>
    public LocalBlock Block { get; } = new();

    /// <summary>Name of the current of an interface in the balances.</summary>
    public static string CurrentOf(string name) => $"Reaction current: {name}";

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void Register(Balance balance)
    {
        _reactionHeat = balance.Register("Reaction heat", "W", Balance.Losses);
        _reversibleHeat = balance.Register("Reversible heat", "W");
        _chemicalPower = balance.Register("Chemical power", "W", Totals.StoredPower);
        _current = balance.Register(CurrentOf(name), "A", transfer);
    }

    /// <summary>Adds one place.</summary>
    public void Add(Balance balance, double area, double current, in ReactionYield<Real> yield)
    {
        balance.Add(_reactionHeat, area * yield.Irreversible.Number);
        balance.Add(_reversibleHeat, area * yield.Reversible.Number);
        balance.Add(_chemicalPower, area * yield.Chemical.Number);
        balance.Add(_current, area * current);
    }
}
