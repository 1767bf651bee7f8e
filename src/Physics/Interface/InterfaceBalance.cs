using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>What the reactions of an interface add to the balances together.</summary>
/// <param name="name">Of the interface.</param>
/// <param name="transfer">Side of the cell.</param>
public sealed class InterfaceBalance(string name, string transfer)
{
    /// <summary>Heat of all reactions, films included: of the whole, and of every interface.</summary>
    public const string ReactionHeat = "Reaction heat";

    /// <summary>Power that is stored chemically: of the whole, and of every interface.</summary>
    public const string ChemicalPower = "Chemical power";

    /// <summary>What is lost in the films of an interface, a part of the heat of its reactions.</summary>
    public const string FilmHeat = "Film heat";

    /// <summary>Current of all reactions of an interface.</summary>
    public const string ReactionCurrent = "Reaction current";

    private int _reactionHeat, _reversibleHeat, _chemicalPower, _current, _ownReactionHeat, _ownChemicalPower, _filmHeat;

    /// <summary>Takes what reports evaluate.</summary>
    public LocalBlock Block { get; } = new();

    /// <summary>Name of the current of an interface in the balances.</summary>
    public static string CurrentOf(string name) => CellGroups.PartOf(ReactionCurrent, name);

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void Register(Balance balance)
    {
        _reactionHeat = balance.Register(ReactionHeat, "W", Balance.Losses);
        _reversibleHeat = balance.Register("Reversible heat", "W");
        _chemicalPower = balance.Register(ChemicalPower, "W", Totals.StoredPower);
        _current = balance.Register(CurrentOf(name), "A", transfer);
        _ownReactionHeat = balance.Register(CellGroups.PartOf(ReactionHeat, name), "W");
        _ownChemicalPower = balance.Register(CellGroups.PartOf(ChemicalPower, name), "W");
        _filmHeat = balance.Register(CellGroups.PartOf(FilmHeat, name), "W");
    }

    /// <summary>Adds one place.</summary>
    /// <param name="balance">Where to.</param>
    /// <param name="area">Of the interface [m²].</param>
    /// <param name="current">Σj [A m⁻²].</param>
    /// <param name="filmDrop">(Σj) R_f [V].</param>
    /// <param name="yield">What the reactions give.</param>
    public void Add(Balance balance, double area, double current, double filmDrop, in ReactionYield<Real> yield)
    {
        balance.Add(_reactionHeat, area * yield.Irreversible.Number);
        balance.Add(_reversibleHeat, area * yield.Reversible.Number);
        balance.Add(_chemicalPower, area * yield.Chemical.Number);
        balance.Add(_current, area * current);
        balance.Add(_ownReactionHeat, area * yield.Irreversible.Number);
        balance.Add(_ownChemicalPower, area * yield.Chemical.Number);
        balance.Add(_filmHeat, area * current * filmDrop);
    }
}
