using Cell3D.Input.FreeEnergies;
using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>How lithium moves inside particles.</summary>
internal enum ParticleLaw
{
    /// <summary>Down its gradient.</summary>
    Fick,

    /// <summary>Down the gradient of its chemical potential, gradients of lithium included.</summary>
    CahnHilliard,
}

/// <summary>Keys of particles that part into phases.</summary>
internal static class PhaseKeys
{
    public static readonly ChoiceKey<ParticleLaw> Transport = new("Particle transport",
        "Fick: down the gradient of lithium; Cahn-Hilliard: down that of the chemical potential of the section Free energy, with interfaces between phases; Diffusivity is then that of single sites, and U that of the whole particle.",
        [("Fick", ParticleLaw.Fick), ("Cahn-Hilliard", ParticleLaw.CahnHilliard)])
    { Default = ParticleLaw.Fick };
    public static readonly NumberKey GradientEnergy = new("Gradient energy [J.m2.mol-1]", "κ_g of ½ κ_g |∇x|² per mole of sites; κ [J m⁻¹] over the maximum concentration.", new(0, 1e-6, AboveMinimum: true));
    public static readonly NumberKey Wetting = new("Surface wetting [J.m-2]", "dγ/dx of the surface energy; below 0 lithium is drawn to the surface. Default: 0.", new(-10, 10));
    public static readonly ChoiceKey<ParticleShape> Shape = new("Particle shape", "sphere, cylinder, or plate whose particle radius is half its thickness. Default: sphere.",
        [("sphere", ParticleShape.Sphere), ("cylinder", ParticleShape.Cylinder), ("plate", ParticleShape.Plate)]);
    public static readonly NumberKey Grading = new("Particle grading", "Innermost over outermost distance between the nodes of a particle. Default: 1.", new(0.05, 20));

    /// <summary>Those that say nothing of Fick's law.</summary>
    public static readonly Key[] OfPhases = [GradientEnergy, Wetting, Shape, Grading];

    /// <summary>All of them.</summary>
    public static readonly Key[] All = [Transport, .. OfPhases];

    /// <summary>Reads them; null for Fick's law.</summary>
    /// <param name="placeOf">The section whose value of a key counts.</param>
    /// <param name="source">The free energy; null without one.</param>
    public static PhaseSeparation? Read(Func<Key, SectionReader> placeOf, FreeEnergySource? source)
    {
        SectionReader place = placeOf(Transport);
        if (place.Get(Transport) == ParticleLaw.Fick)
        {
            foreach (Key key in OfPhases.Where(key => placeOf(key).Has(key)))
                placeOf(key).Error(key, "says nothing of Fick's law", $"only with \"{Transport.Name}\" \"Cahn-Hilliard\"");
            return null;
        }
        if (!placeOf(LayerKeys.FreeEnergy).Has(LayerKeys.FreeEnergy))
            place.Error(Transport, "needs a free energy", $"a section \"{LayerKeys.FreeEnergy.Name}\" beside it");
        if (!placeOf(GradientEnergy).Has(GradientEnergy))
            place.Error(Transport, "needs a gradient energy", $"\"{GradientEnergy.Name}\" {GradientEnergy.Allowed}");
        double gradient = placeOf(GradientEnergy).Find(GradientEnergy) ?? double.NaN;
        PhaseSeparation? separation = source is null ? null : new(source.Host, source.ReferencePotential, gradient)
        {
            SurfaceWetting = placeOf(Wetting).Get(Wetting, 0),
            Shape = placeOf(Shape).Get(Shape, ParticleShape.Sphere),
            Grading = placeOf(Grading).Get(Grading, 1),
        };
        if (source is not null && source.Host.Range(source.Temperature) is var range && (range.Lowest > Fullest || range.Highest < 1 - Fullest))
            placeOf(LayerKeys.FreeEnergy).Error(LayerKeys.FreeEnergy, FormattableString.Invariant($"tells nothing beyond x from {range.Lowest:G4} to {range.Highest:G4}, and nodes become emptier and fuller"), FormattableString.Invariant($"a closed form, or a table from {Fullest} to {1 - Fullest}"));
        if (source is not null && source.Host.Transitions(source.Temperature).Count > 0)
            placeOf(LayerKeys.FreeEnergy).Error(LayerKeys.FreeEnergy, "tells nothing of a uniform host between its phases, whose barrier makes the interface", "a closed form, or a table of f(x) of the uniform host; without \"Cahn-Hilliard\" the plateau is taken as it is");
        return separation;
    }

    /// <summary>Tables that reach this close to empty and full may be continued: beyond, the ideal lattice gas rules.</summary>
    private const double Fullest = 0.005;
}
