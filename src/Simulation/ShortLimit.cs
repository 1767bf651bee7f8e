using Cell3D.Discretization;
using Cell3D.Physics.Boundaries;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>An internal short that asks for more current than the column around it can carry, in words.</summary>
public static class ShortLimit
{
    /// <summary>A short that passes less than this share of V/R is limited by its column.</summary>
    private const double Share = 0.8;

    /// <summary>*Collective.* The short that is limited most at the newest state; null where none is.</summary>
    public static string? Of(CellModel model, PlaceDescription place)
    {
        (double Missing, string? Words) most = (0, null);
        double voltage = Math.Abs(model.Fields.TerminalVoltage);
        foreach ((ShortedPair pair, double current) in model.System.Terms.OfType<InternalShort>().SelectMany(term => term.Currents))
        {
            double asked = voltage * pair.Conductance, missing = 1 - (Math.Abs(current) / asked);
            if (missing > Math.Max(most.Missing, 1 - Share))
                most = (missing, FormattableString.Invariant(
                    $"the internal short \"{pair.Name}\" of {1 / pair.Conductance:g4} Ohm passes {current:g4} A where the {voltage:g4} V of the terminals ask for {asked:g4} A: the column around it, in the {place.Place(pair.Positive)}, cannot carry more, and its electrolyte and particles run out while the cell is still charged. Take a larger Defects.Internal shorts.{pair.Name}.Resistance [Ohm], or wider columns there, which have more electrode to feed it"));
        }
        return place.Strongest(most.Words, most.Missing);
    }
}
