using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>Which reactions take place where one class of particles meets the electrolyte.</summary>
/// <param name="Particles">The particles.</param>
/// <param name="Systems">All reactions at their surface.</param>
/// <param name="FillOverpotential">Sets φ_s − φ_e − U [V] in the cells of the particles.</param>
public sealed record ElectrodeInterface(ReactingParticles Particles, LocalSystems Systems, FillCells FillOverpotential)
{
    /// <summary>Name of the current in the balances.</summary>
    public string CurrentName { get; } = InterfaceBalance.CurrentOf(Particles.Name);

    /// <summary>Chooses the reactions.</summary>
    public static ElectrodeInterface Of(ReactingParticles particles, LocalSites sites, Polarity polarity, CellFields fields, FieldLayout layout) =>
        With(new Intercalation<ButlerVolmer, SinglePath>(particles), particles.FillOverpotential<SinglePath>, particles, sites, polarity, fields, layout);

    private static ElectrodeInterface With<TReactions>(TReactions reactions, FillCells overpotential, ReactingParticles particles, LocalSites sites, Polarity polarity, CellFields fields, FieldLayout layout)
        where TReactions : struct, IInterfaceReaction
    {
        InterfaceLaw<TReactions> law = new(reactions, particles.Name, polarity == Polarity.Negative ? Totals.NegativeTransfer : Totals.PositiveTransfer);
        return new(particles, new CondensedSystems<InterfaceLaw<TReactions>>(law, sites, fields, layout), overpotential);
    }
}

/// <summary>Sets values of owned cells.</summary>
public delegate void FillCells(Span<double> values);
