using Cell3D.Input.Bpx;
using Cell3D.Input.FreeEnergies;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.Cases;

/// <summary>Puts the case's data of active materials in place of those of the BPX file: for one material by name, else for the whole electrode.</summary>
internal sealed class MaterialReader
{
    private readonly SectionReader own;
    private readonly SectionReader? electrode;

    private readonly double referenceTemperature;

    /// <summary>Of the section Free energy; null without one.</summary>
    private FreeEnergySource? freeEnergy;

    private MaterialReader(SectionReader own, SectionReader? electrode, double referenceTemperature) =>
        (this.own, this.electrode, this.referenceTemperature) = (own, electrode, referenceTemperature);

    /// <summary>The materials of an electrode; none without a cell.</summary>
    /// <param name="layer">The section of the electrode.</param>
    /// <param name="bpx">Those of the BPX file.</param>
    /// <param name="referenceTemperature">T_ref of the cell [K], at which a free energy gives U(x).</param>
    public static IReadOnlyList<ActiveMaterial> Read(SectionReader layer, IReadOnlyList<ActiveMaterial>? bpx, double referenceTemperature)
    {
        IReadOnlyList<SourceMember> named = layer.Entries(LayerKeys.Materials);
        if (bpx is null) return [];
        foreach (SourceMember member in named.Where(member => bpx.All(material => material.Name != member.Key || material.Name.Length == 0)))
        {
            string names = string.Join(", ", bpx.Where(material => material.Name.Length > 0).Select(material => material.Name));
            layer.Report.Error($"{layer.PathOf(LayerKeys.Materials)}.{member.Key}", member.Value, "the BPX file has no such material", names.Length > 0 ? names : "no Materials: the electrode has a single material");
        }
        if (bpx is [{ Name: "" } only]) return [new MaterialReader(layer, null, referenceTemperature).Adapt(only)];
        System.Text.Json.Nodes.JsonObject resolved = [];
        layer.Resolved[LayerKeys.Materials.Name] = resolved;
        List<ActiveMaterial> materials = [];
        foreach (ActiveMaterial material in bpx)
        {
            SourceNode? node = layer.NodeOf(LayerKeys.Materials)?.Member(material.Name);
            SectionReader section = new(LayerKeys.Material, node, $"{layer.PathOf(LayerKeys.Materials)}.{material.Name}", layer.Report);
            materials.Add(new MaterialReader(section, layer, referenceTemperature).Adapt(material));
            resolved[material.Name] = section.Resolved;
        }
        return materials;
    }

    private ActiveMaterial Adapt(ActiveMaterial bpx)
    {
        double lowest = Number(BpxKeys.MinimumStoichiometry, bpx.MinimumStoichiometry);
        double highest = Number(BpxKeys.MaximumStoichiometry, bpx.MaximumStoichiometry);
        if (lowest >= highest) own.Error(BpxKeys.MinimumStoichiometry, "is not below the maximum stoichiometry", "≥ 0 and < " + Interval.Write(highest));
        double radius = Number(BpxKeys.ParticleRadius, bpx.ParticleRadius), area = Number(BpxKeys.SurfaceArea, bpx.SurfaceAreaPerVolume);
        PotentialHysteresis? hysteresis = Hysteresis(bpx.Hysteresis, lowest, highest);
        (Curve Potential, Curve? Entropic)? host = OfFreeEnergy(hysteresis, lowest, highest);
        Function given = host?.Potential ?? Potential(BpxKeys.OpenCircuitPotential, DivergingEnds.Without(bpx.OpenCircuitPotential), lowest, highest);
        Function potential = hysteresis is { IsFollowed: true } ? hysteresis.Mean : given;
        PhaseSeparation? separation = PhaseKeys.Read(PlaceOf, freeEnergy);
        Function diffusivity = Diffusivity(bpx.Diffusivity, lowest, highest);
        return bpx with
        {
            MinimumStoichiometry = lowest,
            MaximumStoichiometry = highest,
            ParticleRadius = radius,
            SurfaceAreaPerVolume = area,
            ActiveVolumeFraction = Number(LayerKeys.ActiveFraction, area * radius / ((int)(separation?.Shape ?? ParticleShape.Sphere) + 1)),
            MaximumConcentration = Number(BpxKeys.MaximumConcentration, bpx.MaximumConcentration),
            Diffusivity = diffusivity,
            DiffusivityActivationEnergy = DiffusivityActivation(diffusivity, bpx.DiffusivityActivationEnergy),
            OpenCircuitPotential = DivergingEnds.With(Ends(), potential),
            Hysteresis = hysteresis,
            PhaseSeparation = separation,
            DoubleLayerCapacitance = Number(LayerKeys.DoubleLayer, bpx.DoubleLayerCapacitance),
            Film = Film() ?? bpx.Film,
            EntropicCoefficient = host?.Entropic ?? Entropic(potential, bpx.EntropicCoefficient, lowest, highest),
            ReactionRateConstant = Number(BpxKeys.RateConstant, bpx.ReactionRateConstant),
            ReactionActivationEnergy = Number(BpxKeys.RateActivation, bpx.ReactionActivationEnergy),
            AnodicTransferCoefficient = Number(LayerKeys.Anodic, bpx.AnodicTransferCoefficient),
            CathodicTransferCoefficient = Number(LayerKeys.Cathodic, bpx.CathodicTransferCoefficient),
            FilmResistance = Number(LayerKeys.Film, bpx.FilmResistance),
            ExchangeCurrentRegularisation = Number(LayerKeys.Regularisation, bpx.ExchangeCurrentRegularisation),
        };
    }

    /// <summary>Both branches and γ; null where neither file nor case has branches.</summary>
    private PotentialHysteresis? Hysteresis(PotentialHysteresis? bpx, double lowest, double highest)
    {
        Key[] given = [.. new Key[] { BpxKeys.DelithiationPotential, BpxKeys.LithiationPotential, BpxKeys.HysteresisDecay, LayerKeys.InitialHysteresis }.Where(key => own.Has(key) || electrode?.Has(key) == true)];
        Function? delithiation = Branch(BpxKeys.DelithiationPotential, bpx?.Delithiation, lowest, highest), lithiation = Branch(BpxKeys.LithiationPotential, bpx?.Lithiation, lowest, highest);
        if (delithiation is not null && lithiation is not null)
        {
            double decay = Number(BpxKeys.HysteresisDecay, bpx?.DecayRate ?? double.NaN), state = Number(LayerKeys.InitialHysteresis, bpx?.InitialState ?? 0);
            return new(delithiation, lithiation, double.IsNaN(decay) ? null : decay, state);
        }
        if (given.Length > 0)
        {
            SectionReader place = PlaceOf(given[0]);
            place.Report.Error(place.PathOf(given[0]), place.NodeOf(given[0]), "stands alone", $"both \"{BpxKeys.DelithiationPotential.Name}\" and \"{BpxKeys.LithiationPotential.Name}\", here or in the BPX file");
        }
        return null;
    }

    /// <summary>U(x) and dU/dT(x), null where a table at one temperature does not tell it, of the section Free energy; null without one.</summary>
    private (Curve Potential, Curve? Entropic)? OfFreeEnergy(PotentialHysteresis? hysteresis, double lowest, double highest)
    {
        SectionReader place = PlaceOf(LayerKeys.FreeEnergy);
        if (!place.Has(LayerKeys.FreeEnergy)) return null;
        if (own.Has(BpxKeys.OpenCircuitPotential) || place.Has(BpxKeys.OpenCircuitPotential)) place.Error(LayerKeys.FreeEnergy, $"stands beside \"{BpxKeys.OpenCircuitPotential.Name}\"", "one of both");
        if (hysteresis is { IsFollowed: true }) place.Error(LayerKeys.FreeEnergy, "stands beside a hysteresis of the potential, which has branches of its own", "one of both");
        FreeEnergySource? source = freeEnergy = FreeEnergyReader.Read(place.Open(LayerKeys.FreeEnergy), referenceTemperature, new());
        if (source is null || place.Report.HasErrors) return (Numerics.Curve.Constant(double.NaN), null);
        HostEquilibrium equilibrium = new(source.Host, source.Temperature, source.ReferencePotential);
        (double from, double to) = source.Host.Range(source.Temperature);
        if (lowest < from || highest > to)
            place.Error(LayerKeys.FreeEnergy, FormattableString.Invariant($"tells nothing beyond x from {from:G4} to {to:G4}"), FormattableString.Invariant($"the stoichiometry window, {lowest:G4} to {highest:G4}"));
        (Curve potential, Curve? entropic) = PotentialFragment.Curves(source, equilibrium);
        if (lowest < highest) PotentialRules.Check(BpxKeys.OpenCircuitPotential, potential, lowest, highest, place.NodeOf(LayerKeys.FreeEnergy), place.PathOf(LayerKeys.FreeEnergy), place.Report);
        if (entropic is not null && PlaceOf(BpxKeys.Entropic).Has(BpxKeys.Entropic)) PlaceOf(BpxKeys.Entropic).Error(BpxKeys.Entropic, $"stands beside \"{LayerKeys.FreeEnergy.Name}\", which has its own", "one of both");
        return (potential, entropic);
    }

    private Function Diffusivity(Function bpx, double lowest, double highest)
    {
        PropertyKey key = BpxKeys.Diffusivity;
        SectionReader place = PlaceOf(key);
        Function diffusivity = Property(key, bpx);
        if (place.Has(key) && lowest < highest)
            key.CheckValues(diffusivity, lowest, highest, place.NodeOf(key), place.PathOf(key), place.Report);
        return diffusivity;
    }

    private Function Potential(PropertyKey key, Function bpx, double lowest, double highest)
    {
        SectionReader place = PlaceOf(key);
        Function potential = Property(key, bpx);
        if (place.Has(key) && lowest < highest)
            PotentialRules.Check(key, potential, lowest, highest, place.NodeOf(key), place.PathOf(key), place.Report);
        return potential;
    }

    /// <summary>dU/dT(x); that of the BPX file does not count beside a potential of the case that holds the temperature.</summary>
    private Curve Entropic(Function potential, Curve bpx, double lowest, double highest)
    {
        Curve entropic = Curve(BpxKeys.Entropic, PropertyKey.DependsOnTemperature(potential) ? Numerics.Curve.Constant(0) : bpx, lowest, highest);
        return PotentialRules.Entropic(potential, entropic, PlaceOf(BpxKeys.Entropic));
    }

    /// <summary>E of D_s; that of the BPX file does not count beside an expression of the case that holds the temperature.</summary>
    private double DiffusivityActivation(Function diffusivity, double bpx)
    {
        bool isComplete = PropertyKey.DependsOnTemperature(diffusivity);
        double energy = Number(BpxKeys.DiffusivityActivation, isComplete ? 0 : bpx);
        if (isComplete) BpxAssembly.RefuseActivation(own, BpxKeys.DiffusivityActivation, energy);
        return energy;
    }

    private Function? Branch(PropertyKey key, Function? bpx, double lowest, double highest) =>
        bpx is null && !PlaceOf(key).Has(key) ? null : Potential(key, bpx ?? key.Placeholder, lowest, highest);

    /// <summary>The film of the material, else that of the electrode.</summary>
    private FilmGrowth? Film()
    {
        SectionReader place = PlaceOf(FilmKeys.Film);
        return place.Has(FilmKeys.Film) ? FilmKeys.Read(place.Open(FilmKeys.Film)) : null;
    }

    private PotentialEnds Ends()
    {
        PotentialEnds common = electrode is not null && electrode.Has(LayerKeys.Ends) ? electrode.Get(LayerKeys.Ends) : PotentialEnds.Diverging;
        return own.Get(LayerKeys.Ends, common);
    }

    private double Number(NumberKey key, double bpx)
    {
        NumberKey optional = LayerKeys.Optional(key);
        return own.Get(optional, own.Has(key) ? bpx : electrode?.Find(optional) ?? bpx);
    }

    private Function Property(PropertyKey key, Function bpx)
    {
        PropertyKey optional = LayerKeys.Optional(key);
        SectionReader place = PlaceOf(key);
        return own.Get(optional, place.Has(key) ? place.Get(optional, bpx) : bpx);
    }

    /// <summary>The section whose value of a key counts: that of the material where it holds the key, else that of the electrode.</summary>
    private SectionReader PlaceOf(Key key) => own.Has(key) || electrode is null ? own : electrode;

    private Curve Curve(CurveKey key, Curve bpx, double lowest, double highest)
    {
        CurveKey optional = LayerKeys.Optional(key);
        Curve curve = own.Get(optional, own.Has(key) ? bpx : electrode?.Find(optional) ?? bpx);
        SectionReader place = PlaceOf(key);
        if (place.Has(key) && lowest < highest)
            key.CheckValues(curve, lowest, highest, place.NodeOf(key), place.PathOf(key), place.Report);
        return curve;
    }
}
