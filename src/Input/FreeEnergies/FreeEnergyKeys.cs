using Cell3D.Input.Keys;

namespace Cell3D.Input.FreeEnergies;

/// <summary>Keys of a file that describes a free energy; energies are per mole of sites.</summary>
internal static class FreeEnergyKeys
{
    public const double RoomTemperature = 298.15;

    /// <summary>Largest interaction within and between alternating layers [J mol⁻¹].</summary>
    public const double LargestLayered = 1e5;
    private static readonly Interval Energies = new(-1e7, 1e7), Slopes = new(-1e4, 1e4);

    public static readonly TextKey Title = new("Title", "Shown above the results.");
    public static readonly NumberKey Temperature = new("Temperature [K]", "T at which U(x) is wanted.", new(1, 10000)) { Default = RoomTemperature };
    public static readonly NumberKey Reference = new("Reference potential [V]", "U_ref, added to −μ/F.", new(-100, 100)) { Default = 0 };
    public static readonly NumberKey SiteEnergy = new("Site energy [J.mol-1]", "ε0 at 0 K.", Energies) { Default = 0 };
    public static readonly NumberKey SiteEnergySlope = new("Site energy slope [J.mol-1.K-1]", "dε0/dT.", Slopes) { Default = 0 };
    public static readonly NumberListKey Interactions = new("Interaction [J.mol-1]", "A_k of x (1 − x) Σ A_k (2x − 1)^k at 0 K; one for a regular solution.", Energies) { Most = 20 };
    public static readonly NumberListKey InteractionSlopes = new("Interaction slope [J.mol-1.K-1]", "dA_k/dT, one for each.", Slopes) { Most = 20 };
    public static readonly NumberKey PairInteraction = new("Interlayer interaction [J.mol-1]", "B of B x1 x2, where lithium of one kind of layers faces that of the other; the two kinds alternate, and x is their mean.", new(-LargestLayered, LargestLayered)) { Default = 0 };
    public static readonly NumberKey FillingInteraction = new("Interlayer filling interaction [J.mol-1]", "C of C x1 (1 − x1) x2 (1 − x2), which keeps both kinds of layers from filling side by side.", new(0, LargestLayered)) { Default = 0 };
    public static readonly PropertyKey Table = new("Free energy [J.mol-1]", "f as a table over x and, if wanted, the temperature T.", Energies);
    public static readonly PropertyKey GrandPotential = new("Grand potential [J.mol-1]", "Ω as a table over the chemical potential x [J mol⁻¹] and, if wanted, the temperature T.", Energies);
    public static readonly NumberKey Noise = new("Noise [J.mol-1]", "Rms error of a table, which is smoothed away.", new(0, 1e6)) { Default = 0 };

    private static readonly Key[] HostKeys = [Reference, SiteEnergy, SiteEnergySlope, Interactions, InteractionSlopes, PairInteraction, FillingInteraction, Table, GrandPotential, Noise];

    /// <summary>A file by itself.</summary>
    public static readonly Section Root = new([Title, Temperature, .. HostKeys]);

    /// <summary>A section of a case, whose temperature is the reference temperature of the cell.</summary>
    public static readonly Section Host = new(HostKeys);

    /// <summary>Keys of the closed form, which exclude a table.</summary>
    public static readonly Key[] ClosedForm = [SiteEnergy, SiteEnergySlope, Interactions, InteractionSlopes, PairInteraction, FillingInteraction];
}
