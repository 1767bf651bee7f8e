using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Keys of closures of the electrolyte.</summary>
internal static class ClosureKeys
{
    private static readonly Interval Diffusivity = BpxKeys.SaltDiffusivity.Allowed;

    public static readonly ChoiceKey<ElectrolyteClosure> Closure = new("Closure",
        "Where conductivity, diffusivity and transference number come from. given functions: they are given themselves; Stefan-Maxwell: from friction between cation, anion and solvent; Nernst-Planck: from the diffusivities of both ions in a dilute solution.",
        [("given functions", ElectrolyteClosure.GivenFunctions), ("Stefan-Maxwell", ElectrolyteClosure.StefanMaxwell), ("Nernst-Planck", ElectrolyteClosure.NernstPlanck)])
    { Default = ElectrolyteClosure.GivenFunctions };

    public static readonly ActivatedKey CationSolvent = Activated("Cation-solvent", "Stefan–Maxwell diffusivity D₊₀ of cation and solvent", Diffusivity);
    public static readonly ActivatedKey AnionSolvent = Activated("Anion-solvent", "Stefan–Maxwell diffusivity D₋₀ of anion and solvent", Diffusivity);
    public static readonly ActivatedKey CationAnion = Activated("Cation-anion", "Stefan–Maxwell diffusivity D₊₋ of cation and anion; a large one leaves their friction out", Diffusivity with { Maximum = 1 });
    public static readonly PropertyKey Solvent = new("Solvent concentration [mol.m-3]", "c₀ of the closure Stefan-Maxwell over concentration x and, if wanted, temperature T, as (1 − V_e x)/V_0 or (ρ − M_e x)/M_0.", new(1, 1e5));

    public static readonly ActivatedKey Cation = Activated("Cation", "Diffusivity D₊ of the cation in a dilute solution", Diffusivity);
    public static readonly ActivatedKey Anion = Activated("Anion", "Diffusivity D₋ of the anion in a dilute solution", Diffusivity);

    /// <summary>Those that only the closure Stefan–Maxwell knows.</summary>
    public static readonly Key[] OfStefanMaxwell = [.. CationSolvent.Keys, .. AnionSolvent.Keys, .. CationAnion.Keys, Solvent];

    /// <summary>Those that only the closure Nernst–Planck knows.</summary>
    public static readonly Key[] OfNernstPlanck = [.. Cation.Keys, .. Anion.Keys];

    public static readonly Key[] All = [Closure, .. OfStefanMaxwell, .. OfNernstPlanck];

    private static ActivatedKey Activated(string name, string meaning, Interval allowed) => new(
        new($"{name} diffusivity [m2.s-1]", $"{meaning}, over concentration x; an expression or table may hold the temperature T, then without activation energy.", allowed),
        new($"{name} diffusivity activation energy [J.mol-1]", $"Activation energy of the {char.ToLowerInvariant(name[0])}{name[1..]} diffusivity.", BpxKeys.DiffusivityActivation.Allowed) { Default = 0 });
}

/// <summary>A property and its activation energy.</summary>
/// <param name="Property">The property over x and T.</param>
/// <param name="Energy">E [J mol⁻¹].</param>
internal sealed record ActivatedKey(PropertyKey Property, NumberKey Energy)
{
    public Key[] Keys => [Property, Energy];
}
