using Cell3D.Discretization;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The limit of the cell that a state has come to, for the words that explain why it could not go on.</summary>
public static class PhysicalLimit
{
    /// <summary>*Collective.* A depleted electrolyte, an empty or full particle surface, …: the state nearest to an end of its range, with layer and place, in
    /// the order in which states are registered; null where none is near.</summary>
    public static string? Of(CellModel model, PlaceDescription place)
    {
        foreach (IGrouping<Quantity, StateVariable> states in model.System.States.Variables.GroupBy(state => state.Quantity))
            if (states.Key.Range is { } range && Nearest(states, range, place) is { } words)
                return words;
        return null;
    }

    private static string? Nearest(IEnumerable<StateVariable> states, PhysicalRange range, PlaceDescription place)
    {
        (double Room, string Words) least = (1, "");
        foreach (StateVariable state in states)
        {
            string unit = state.Quantity.Unit == "1" ? "" : $" {state.Quantity.Unit}";
            for (int at = 0; at < (state.Determined?.Length ?? state.Owned); at++)
            {
                int entry = state.Determined?[at] ?? at;
                double value = state.Values[entry], room = range.Room(value);
                if (room < least.Room)
                    least = (room, FormattableString.Invariant($"{range.Words(value)}: {state.Quantity.InWords} {value:g4}{unit} in the {place.Place(state.Sites!.Cells[entry])}"));
            }
        }
        return place.Strongest(least.Words, 1 - least.Room);
    }
}
