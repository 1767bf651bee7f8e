using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Input.Bpx;

/// <summary>Reads an electrode with one or several active materials.</summary>
internal static class BpxElectrodeReader
{
    private const int MostClasses = 20;

    /// <param name="electrode">Its section.</param>
    /// <param name="hysteresis">State of a hysteresis at the start.</param>
    /// <param name="report">Collects the problems.</param>
    public static PorousElectrode Read(SectionReader electrode, double hysteresis, InputReport report)
    {
        PorousMedium pores = BpxAssembly.Pores(electrode);
        List<ActiveMaterial> materials = [];
        if (electrode.Has(BpxKeys.Particles))
        {
            IReadOnlyList<SourceMember> classes = electrode.Entries(BpxKeys.Particles);
            if (classes.Count > MostClasses)
            {
                electrode.Error(BpxKeys.Particles, "holds too many particle classes", FormattableString.Invariant($"at most {MostClasses}"));
                classes = [.. classes.Take(MostClasses)];
            }
            ResultNames.Check(classes, electrode.PathOf(BpxKeys.Particles), report);
            foreach (SourceMember member in classes)
                materials.Add(Material(new SectionReader(BpxKeys.Particle, member.Value, $"{electrode.PathOf(BpxKeys.Particles)}.{member.Key}", report), member.Key, hysteresis));
            if (materials.Count == 0) electrode.Error(BpxKeys.Particles, "holds no particle class", "at least one");
        }
        else
        {
            materials.Add(Material(electrode, "", hysteresis));
        }
        double active = materials.Sum(material => material.ActiveVolumeFraction);
        if (active + pores.Porosity > 1)
            report.Warning(electrode.Path, null, FormattableString.Invariant($"porosity {pores.Porosity:G4} and active volume fraction {active:G4} (a R/3) add up to more than 1"));
        return new PorousElectrode(electrode.Get(BpxKeys.Thickness), pores, electrode.Get(BpxKeys.Conductivity), materials);
    }

    private static ActiveMaterial Material(SectionReader particle, string name, double hysteresisState)
    {
        double lowest = particle.Get(BpxKeys.MinimumStoichiometry), highest = particle.Get(BpxKeys.MaximumStoichiometry);
        double radius = particle.Get(BpxKeys.ParticleRadius), area = particle.Get(BpxKeys.SurfaceArea);
        if (lowest >= highest)
            particle.Error(BpxKeys.MinimumStoichiometry, "is not below the maximum stoichiometry", "≥ 0 and < " + Interval.Write(highest));
        double activeFraction = area * radius / 3;
        if (activeFraction > 1)
            particle.Error(BpxKeys.SurfaceArea, "gives an active volume fraction a R/3 above 1", "> 0 and ≤ " + Interval.Write(3 / radius));
        PotentialHysteresis? hysteresis = Hysteresis(particle, hysteresisState, lowest, highest);
        Function given = Potential(particle, BpxKeys.OpenCircuitPotential, lowest, highest), potential = hysteresis is { IsFollowed: true } ? hysteresis.Mean : given;
        Curve entropic = particle.Get(BpxKeys.Entropic, Curve.Constant(0));
        if (lowest < highest && particle.Has(BpxKeys.Entropic))
            BpxKeys.Entropic.CheckValues(entropic, lowest, highest, particle.NodeOf(BpxKeys.Entropic), particle.PathOf(BpxKeys.Entropic), particle.Report);
        Function diffusivity = Property(particle, BpxKeys.Diffusivity);
        if (lowest < highest)
            BpxKeys.Diffusivity.CheckValues(diffusivity, lowest, highest, particle.NodeOf(BpxKeys.Diffusivity), particle.PathOf(BpxKeys.Diffusivity), particle.Report);
        if (PropertyKey.DependsOnTemperature(diffusivity))
            BpxAssembly.RefuseActivation(particle, BpxKeys.DiffusivityActivation, particle.Get(BpxKeys.DiffusivityActivation));
        return new ActiveMaterial
        {
            Name = name,
            OpenCircuitPotential = DivergingEnds.With(PotentialEnds.Diverging, potential),
            Hysteresis = hysteresis,
            EntropicCoefficient = PotentialRules.Entropic(potential, entropic, particle),
            MaximumConcentration = particle.Get(BpxKeys.MaximumConcentration),
            MinimumStoichiometry = lowest,
            MaximumStoichiometry = highest,
            ParticleRadius = radius,
            Diffusivity = diffusivity,
            DiffusivityActivationEnergy = particle.Get(BpxKeys.DiffusivityActivation),
            SurfaceAreaPerVolume = area,
            ActiveVolumeFraction = activeFraction,
            ReactionRateConstant = particle.Get(BpxKeys.RateConstant),
            ReactionActivationEnergy = particle.Get(BpxKeys.RateActivation),
        };
    }

    private static Function Potential(SectionReader particle, PropertyKey key, double lowest, double highest)
    {
        Function potential = Property(particle, key);
        if (lowest < highest) PotentialRules.Check(key, potential, lowest, highest, particle.NodeOf(key), particle.PathOf(key), particle.Report);
        return potential;
    }

    private static Function Property(SectionReader particle, PropertyKey key)
    {
        Function property = particle.Get(key, key.Placeholder);
        BpxAssembly.TellTemperature(particle, key, property);
        return property;
    }

    /// <summary>Both branches and γ; null where the file has no branches.</summary>
    private static PotentialHysteresis? Hysteresis(SectionReader particle, double state, double lowest, double highest)
    {
        Key[] present = [.. BpxKeys.Hysteresis.Where(particle.Has)];
        if (present.Length == 0) return null;
        if (!particle.Has(BpxKeys.DelithiationPotential) || !particle.Has(BpxKeys.LithiationPotential))
        {
            particle.Report.Error(particle.PathOf(present[0]), particle.NodeOf(present[0]), "stands alone", $"both \"{BpxKeys.DelithiationPotential.Name}\" and \"{BpxKeys.LithiationPotential.Name}\"");
            return null;
        }
        if (!particle.Has(BpxKeys.HysteresisDecay))
            particle.Report.Warning(particle.PathOf(BpxKeys.DelithiationPotential), particle.NodeOf(BpxKeys.DelithiationPotential), $"hysteresis is not modelled without \"{BpxKeys.HysteresisDecay.Name}\"; OCP [V] is used", withValue: false);
        return new(Potential(particle, BpxKeys.DelithiationPotential, lowest, highest), Potential(particle, BpxKeys.LithiationPotential, lowest, highest), particle.Find(BpxKeys.HysteresisDecay), state);
    }
}
