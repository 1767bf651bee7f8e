using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>Which reactions take place where one class of particles meets the electrolyte.</summary>
public sealed class ElectrodeInterface
{
    /// <summary>Chooses the reactions that the material asks for and registers their states.</summary>
    /// <param name="particles">The particles.</param>
    /// <param name="sites">Where they are.</param>
    /// <param name="transfer">Side of the cell, for the balances.</param>
    /// <param name="unknowns">Says which own unknowns are promoted.</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="states">Receives the states.</param>
    /// <param name="pores">Pores that films narrow; null where none do.</param>
    public ElectrodeInterface(ReactingParticles particles, LocalSites sites, string transfer, UnknownTable unknowns, CellFields fields, FieldLayout layout, StateRegistry states, PoreSpace? pores)
    {
        Particles = particles;
        Polarity = transfer == Totals.NegativeTransfer ? Polarity.Negative : Polarity.Positive;
        Film = particles.Material.Film is { } growth ? new(particles.Sites, growth, sites, fields, states) : null;
        Systems = (particles.Hysteresis is null, Film) switch
        {
            (_, null) when particles.Phases is not null => With(new Intercalation<ButlerVolmer, PhaseSeparating>(particles)),
            (_, { } film) when particles.Phases is not null => WithFilm<Intercalation<ButlerVolmer, PhaseSeparating>>(new(particles), film),
            (true, null) => With(new Intercalation<ButlerVolmer, SinglePath>(particles)),
            (false, null) => With(new Intercalation<ButlerVolmer, Hysteretic>(particles)),
            (true, { } film) => WithFilm<Intercalation<ButlerVolmer, SinglePath>>(new(particles), film),
            (false, { } film) => WithFilm<Intercalation<ButlerVolmer, Hysteretic>>(new(particles), film),
        };
        if (particles.Material.DoubleLayerCapacitance is > 0 and double capacitance)
            DoubleLayer = new(particles.Sites, capacitance, sites, fields, layout, states, unknowns[Field.ElectronicPotential].Tolerance, transfer);

        LocalSystems With<TReactions>(TReactions reactions) where TReactions : struct, IInterfaceReaction =>
            Condensed(new InterfaceLaw<TReactions>(reactions, particles.Name, transfer), sites, unknowns, fields, layout);

        LocalSystems WithFilm<TIntercalation>(TIntercalation intercalation, SeiFilm film) where TIntercalation : struct, IInterfaceReaction
        {
            JoinedReactions<TIntercalation, SeiGrowth> reactions = new(intercalation, new(film));
            if (!film.Narrows || pores is null)
                return With(reactions);
            InterfaceLaw<JoinedReactions<TIntercalation, SeiGrowth>> law = new(reactions, particles.Name, transfer);
            return Condensed(new NarrowedPores<InterfaceLaw<JoinedReactions<TIntercalation, SeiGrowth>>>(law, film, TIntercalation.Currents, pores, CellUnknowns.Porosity, sites), sites, unknowns, fields, layout);
        }
    }

    /// <summary>The particles.</summary>
    public ReactingParticles Particles { get; }

    /// <summary>Side of the cell.</summary>
    public Polarity Polarity { get; }

    /// <summary>The film that grows on them; null for none.</summary>
    public SeiFilm? Film { get; }

    /// <summary>The double layer; null for none.</summary>
    public DoubleLayer? DoubleLayer { get; }

    /// <summary>All reactions.</summary>
    public LocalSystems Systems { get; }

    /// <summary>What is to be added to the equations.</summary>
    public IEnumerable<Term> Terms => DoubleLayer is null ? [Systems] : [Systems, DoubleLayer];

    /// <summary>Name of the current in the balances.</summary>
    public string CurrentName => InterfaceBalance.CurrentOf(Particles.Name);

    /// <summary>Local systems of a law, apart from own unknowns that the table promotes.</summary>
    public static LocalSystems Condensed<TLaw>(TLaw law, LocalSites sites, UnknownTable unknowns, CellFields fields, FieldLayout layout) where TLaw : struct, ILocalLaw
    {
        Field?[] promoted = new Field?[TLaw.Unknowns];
        for (int k = 0; k < promoted.Length; k++)
            foreach (Unknown unknown in unknowns.All)
                if (unknown.Promotes is { } quantity && law.Unknown(k).Quantity == quantity)
                    promoted[k] = unknown.Field;
        return new CondensedSystems<TLaw>(law, sites, fields, layout, promoted);
    }
}
