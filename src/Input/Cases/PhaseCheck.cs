using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Input.Cases;

/// <summary>Whether the nodes inside particles resolve the interfaces between phases.</summary>
internal static class PhaseCheck
{
    /// <summary>Refuses what is not resolved and warns of what is barely.</summary>
    public static void Report(SectionReader root, IReadOnlyList<CellLayer> layers, MeshSettings mesh, double temperature)
    {
        foreach (CellLayer layer in layers)
            foreach (ActiveMaterial material in layer.Material.ActiveMaterials.Where(material => material.PhaseSeparation is { GradientEnergy: > 0 }))
            {
                if (!(material.ParticleRadius > 0)) continue;
                PhaseResolution resolution = PhaseResolution.For(material, material.ParticleRadius, temperature, mesh.ParticleModes, mesh.ModesShare);
                if (!(resolution.PerInterface < PhaseResolution.Enough)) continue;
                double width = material.PhaseSeparation!.InterfaceWidth(temperature);
                SectionReader section = root.Open(SettingsKeys.Mesh);
                string problem = FormattableString.Invariant($"the interface between phases in the {layer.Name.ToLowerInvariant()} is {1e9 * width:G3} nm wide and spans {resolution.PerInterface:G2} distances between {resolution.Nodes} nodes of a particle of {1e9 * material.ParticleRadius:G4} nm");
                string remedy = FormattableString.Invariant($"at least {PhaseResolution.Least}: up to {PhaseResolution.Most} nodes, smaller particles, or a gradient energy of {material.PhaseSeparation.GradientEnergy * Math.Pow(PhaseResolution.Enough / resolution.PerInterface, 2):G2} J.m2.mol-1 for a wider one");
                if (resolution.PerInterface < PhaseResolution.Least)
                    section.Error(SettingsKeys.Particle, problem, remedy);
                else
                    section.Report.Warning(section.PathOf(SettingsKeys.Particle), section.NodeOf(SettingsKeys.Particle), problem + FormattableString.Invariant($"; {PhaseResolution.Aim} are better"));
            }
    }
}
