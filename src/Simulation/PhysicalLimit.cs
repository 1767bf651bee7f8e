using Cell3D.Mesh;
using Cell3D.Physics.Particles;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The limit of the cell that a state has come to, for the words that explain why it could not go on.</summary>
public static class PhysicalLimit
{
    /// <summary>Below this the electrolyte carries next to nothing [mol m⁻³].</summary>
    private const double Depleted = 10;

    /// <summary>Surfaces that are this close to 0 or 1 are empty or full.</summary>
    private const double Edge = 0.005;

    /// <summary>*Collective.* A depleted electrolyte, else an empty or full particle surface, with layer and place; null where neither is near.</summary>
    public static string? Of(CellModel model, PlaceDescription place) => DepletedElectrolyte(model, place) ?? ExhaustedParticles(model, place);

    private static string? DepletedElectrolyte(CellModel model, PlaceDescription place)
    {
        int least = -1;
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
            if (model.Mesh.Kind(cell).HasElectrolyte() && (least < 0 || model.Fields.Salt[cell] < model.Fields.Salt[least]))
                least = cell;
        double salt = least < 0 ? double.PositiveInfinity : model.Fields.Salt[least];
        string words = least < 0 ? "" : FormattableString.Invariant($"the electrolyte is depleted: salt concentration {salt:g3} mol m-3 in the {place.Place(least)}");
        return place.Strongest(words, Math.Max(0, Depleted - salt));
    }

    private static string? ExhaustedParticles(CellModel model, PlaceDescription place)
    {
        (double Room, string Words) least = (double.PositiveInfinity, "");
        foreach (ReactingParticles particles in model.Particles)
            for (int i = 0; i < particles.Cells.Length; i++)
            {
                double x = particles.SurfaceStoichiometry[i], room = Math.Min(x, 1 - x);
                if (room < least.Room && room < Edge)
                    least = (room, FormattableString.Invariant($"particles are {(x < 0.5 ? "empty" : "full")} at their surface: stoichiometry {x:g4} in the {place.Place(particles.Cells[i])}"));
            }
        return place.Strongest(least.Words, Math.Max(0, Edge - least.Room));
    }
}
