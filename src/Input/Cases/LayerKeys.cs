using Cell3D.Input.Bpx;
using Cell3D.Input.FreeEnergies;
using Cell3D.Input.Keys;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Input.Cases;

/// <summary>Layers and materials of a case file.</summary>
internal static class LayerKeys
{
    private const string Temperature = "T";

    public static readonly NumberKey CollectorThickness = new("Thickness [m]", "Thickness of the foil that belongs to one pair.", new(1e-7, 0.01)) { Required = true };
    public static readonly NumberKey CasingThickness = new("Thickness [m]", "Thickness of the casing on this face.", new(1e-7, 0.1)) { Required = true };
    public static readonly NumberKey Conductivity = new("Conductivity [S.m-1]", "Electronic conductivity of the metal; default: copper on the negative, aluminium on the positive side.", new(1, 1e12));
    public static readonly NumberKey Density = new("Density [kg.m-3]", "Density; default: lumped value of the BPX file.", new(1, 30000));
    public static readonly CurveKey HeatCapacity = new("Specific heat capacity [J.K-1.kg-1]", "Specific heat capacity, a number, an expression of the temperature T or a table over it; default: lumped value of the BPX file.", new(1, 100000)) { Variable = Temperature };
    public static readonly CurveKey Through = new("Thermal conductivity [W.m-1.K-1]", "Thermal conductivity through the thickness, a number, an expression of the temperature T or a table over it; default: lumped value of the BPX file.", new(1e-3, 10000)) { Variable = Temperature };
    public static readonly CurveKey InPlane = new("In-plane thermal conductivity [W.m-1.K-1]", "Thermal conductivity in the plane, a number, an expression of the temperature T or a table over it; default: that through the thickness.", new(1e-3, 10000)) { Variable = Temperature };
    public static readonly Key[] Thermal = [Density, HeatCapacity, Through, InPlane];
    public static readonly TextKey Source = new("Source", "Where the values of this layer come from.");

    public static readonly NumberKey Anodic = new("Anodic transfer coefficient", "Multiplies +η (oxidation); BPX: 0.5.", new(0.01, 1));
    public static readonly NumberKey Cathodic = new("Cathodic transfer coefficient", "Multiplies −η; BPX: 0.5.", new(0.01, 1));
    public static readonly NumberKey Regularisation = new("Exchange current regularisation", "δ of x (x² + δ²)^((a−1)/2) that replaces each power x^a of the exchange current density; 0 keeps the power, PyBaMM takes 0.001.", new(0, 0.1));
    public static readonly NumberKey Film = new("Film resistance [Ohm.m2]", "Resistance of the surface film times area.", new(0, 100));
    public static readonly ChoiceKey<PotentialEnds> Ends = new("OCP ends",
        "diverging: U + B(x) − B(1 − x), whose barrier B is 1 V at x = 0, 1 mV at x = 0.001 and nothing from x = 0.005 on, so no host is emptied or filled beyond its sites; as given: U of the file alone, also where a fit is extrapolated.",
        [("diverging", PotentialEnds.Diverging), ("as given", PotentialEnds.AsGiven)])
    { Default = PotentialEnds.Diverging };
    public static readonly NumberKey ActiveFraction = new("Active volume fraction", "Default: a R/3, as BPX; a R/2 for cylinders and a R for plates.", new(0, 1, AboveMinimum: true));

    public static readonly NumberKey InitialHysteresis = new("Initial hysteresis state", "h at the start: −1 on the lithiation branch, 1 on the delithiation branch; default: that of the BPX file, else 0.", new(-1, 1));
    public static readonly NumberKey DoubleLayer = new("Double layer capacitance [F.m-2]", "C of the interface of particles and electrolyte per area; 0 for none.", new(0, 1000));

    public static readonly SectionKey FreeEnergy = new("Free energy", "Free energy per mole of sites in place of OCP and entropic change coefficient: U = U_ref − μ/F with plateaus where two phases coexist, at the reference temperature of the cell.", FreeEnergyKeys.Host);

    /// <summary>Data of an active material: what BPX lacks, and everything BPX has, to be replaced.</summary>
    public static readonly Key[] MaterialData =
    [
        Anodic, Cathodic, Film, Regularisation, ActiveFraction,
        Optional(BpxKeys.MinimumStoichiometry), Optional(BpxKeys.MaximumStoichiometry), Optional(BpxKeys.MaximumConcentration),
        Optional(BpxKeys.ParticleRadius), Optional(BpxKeys.SurfaceArea), Optional(BpxKeys.Diffusivity), Optional(BpxKeys.DiffusivityActivation),
        Optional(BpxKeys.OpenCircuitPotential), FreeEnergy, .. PhaseKeys.All, Ends, BpxKeys.DelithiationPotential, BpxKeys.LithiationPotential, BpxKeys.HysteresisDecay, InitialHysteresis,
        Optional(BpxKeys.Entropic), Optional(BpxKeys.RateConstant), Optional(BpxKeys.RateActivation), DoubleLayer, FilmKeys.Film,
    ];

    public static readonly Section Material = new(MaterialData);
    public static readonly MapKey Materials = new("Materials", "Data of single materials of a blended electrode, by their BPX names.", new SectionKey("Material", "One material.", Material));

    private static readonly Key[] Pores = [Optional(BpxKeys.Thickness), Optional(BpxKeys.Porosity), Optional(BpxKeys.TransportEfficiency)];
    private static readonly Section Casing = new([CasingThickness, .. Thermal, Source]);
    private static readonly Section Collector = new([CollectorThickness, Conductivity, .. Thermal, Source]);
    public static readonly NumberKey FoilThickness = new("Thickness [m]", "Thickness of the lithium.", new(1e-7, 0.01)) { Required = true };
    public static readonly NumberKey FoilExchangeCurrent = new("Exchange current density [A.m-2]", "j0 of the dissolution at the reference concentration and temperature; it goes with the root of the concentration.", new(0, 1e6, AboveMinimum: true)) { Required = true };
    public static readonly NumberKey FoilActivation = new("Activation energy [J.mol-1]", "Of the exchange current density.", new(-2e5, 5e5)) { Default = 0 };
    public static readonly NumberKey FoilConductivity = Conductivity with { Description = "Electronic conductivity; default: lithium." };
    private static readonly Section Foil = new([FoilThickness, FoilExchangeCurrent, FoilActivation, Film, FoilConductivity, .. Thermal, Source]);
    private static readonly Section Electrode = new([.. Pores, Optional(BpxKeys.Conductivity), .. Thermal, Source, .. MaterialData, Materials]);
    private static readonly Section SeparatorLayer = new([.. Pores, .. Thermal, Source]);

    public static readonly SectionKey NegativeCasing = new("Negative casing", "Casing on the negative face: heat only.", Casing);
    public static readonly SectionKey NegativeCollector = new("Negative collector", "Foil of the negative electrode.", Collector);
    public static readonly SectionKey CounterElectrode = new("Lithium counter electrode", "Lithium metal in place of negative electrode and collector: a half cell, whose voltage is that of the positive electrode against lithium.", Foil);
    public static readonly SectionKey NegativeElectrode = new("Negative electrode", "Negative electrode; what is left out comes from the BPX file.", Electrode);
    public static readonly SectionKey Separator = new("Separator", "Separator; what is left out comes from the BPX file.", SeparatorLayer);
    public static readonly SectionKey PositiveElectrode = new("Positive electrode", "Positive electrode; what is left out comes from the BPX file.", Electrode);
    public static readonly SectionKey PositiveCollector = new("Positive collector", "Foil of the positive electrode.", Collector);
    public static readonly SectionKey PositiveCasing = new("Positive casing", "Casing on the positive face: heat only.", Casing);

    public static readonly SectionKey Layers = new("Layers", "The layers of a pair and their materials.", new(
        NegativeCasing, NegativeCollector, CounterElectrode, NegativeElectrode, Separator, PositiveElectrode, PositiveCollector, PositiveCasing));

    public static readonly NumberKey ReferenceConcentration = new("Reference concentration [mol.m-3]", "c0 of the exchange current density; default: the initial concentration of the BPX file, whatever the case starts at.", new(1, 20000));
    public static readonly PropertyKey Transference = new("Cation transference number", "t₊ over concentration x and, if wanted, temperature T.", new(-1, 1, BelowMaximum: true));
    public static readonly PropertyKey ThermodynamicFactor = new("Thermodynamic factor", "Θ = 1 + dln f/dln c over concentration x and, if wanted, temperature T; BPX: 1.", new(0, 100, AboveMinimum: true));

    public static readonly SectionKey Electrolyte = new("Electrolyte", "Replaces data of the BPX file.", new([
        Optional(BpxKeys.Concentration), ReferenceConcentration, Optional(BpxKeys.SaltDiffusivity), Optional(BpxKeys.DiffusivityActivation),
        Optional(BpxKeys.IonicConductivity), Optional(BpxKeys.ConductivityActivation), Transference, ThermodynamicFactor, .. ClosureKeys.All]));

    /// <summary>A BPX key that a case may leave out.</summary>
    public static NumberKey Optional(NumberKey key) => key with { Required = false, Default = null };

    /// <summary>A BPX key that a case may leave out.</summary>
    public static CurveKey Optional(CurveKey key) => key with { Required = false };

    /// <summary>A BPX key that a case may leave out.</summary>
    public static PropertyKey Optional(PropertyKey key) => key with { Required = false };
}
