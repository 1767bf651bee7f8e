using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Order of work in a time step of a case file.</summary>
internal static class CouplingKeys
{
    public static readonly ChoiceKey<CouplingKind> Strategy = new("Strategy",
        "monolithic: all equations at once; staggered: one part after the other, once; iterated: until nothing changes, which gives the monolithic solution; Lie, Strang: each part over the step, or half of it, while the other stands, with fixed time steps.",
        [("monolithic", CouplingKind.Monolithic), ("staggered", CouplingKind.Staggered), ("iterated", CouplingKind.Iterated), ("Lie", CouplingKind.Lie), ("Strang", CouplingKind.Strang)])
    { Default = CouplingKind.Monolithic };
    public static readonly ChoiceKey<CouplingParts> Between = new("Between", "Parts that are solved in turn, the first one first.",
        [("electrochemistry and heat", CouplingParts.ElectrochemistryAndHeat), ("electrode and particles", CouplingParts.ElectrodeAndParticles)])
    { Default = CouplingParts.ElectrochemistryAndHeat };
    public static readonly ChoiceKey<HeldValues> Held = new("Held values", "What the first part of a staggered step sees of the other: its last values, or those extrapolated from the last steps.",
        [("last", HeldValues.Last), ("extrapolated", HeldValues.Extrapolated)])
    { Default = HeldValues.Last };
    public static readonly ChoiceKey<PotentialsInHeat> Potentials = new("Potentials", "While heat is solved for, potentials and currents are held, or follow the temperature at once; default: held in staggered and iterated steps, follow in Lie and Strang.",
        [("held", PotentialsInHeat.Held), ("follow", PotentialsInHeat.Follow)]);
    public static readonly NumberKey Tolerance = new("Inner tolerance", "Largest change in the last inner iteration: of the temperature [K], default 1e-6, or of the stoichiometry at the surface of particles, default 1e-8.", new(1e-12, 1));
    public static readonly SectionKey Coupling = new("Coupling", "Order of work within a time step: the same laws, solved all at once or in turn.", new(Strategy, Between, Held, Potentials, Tolerance));
}
