using Cell3D.Input.Keys;

namespace Cell3D.Input.Bpx;

/// <summary>Keys of BPX files with the magnitudes that are plausible for a lithium-ion cell.</summary>
internal static class BpxKeys
{
    private static readonly Interval Kelvin = new(200, 400);
    private static readonly Interval Activation = new(-2e5, 5e5);
    private static readonly Interval Porosities = new(0, 1, AboveMinimum: true);

    public static readonly TextKey Version = new("BPX", "Version of the BPX format.") { Required = true, AcceptsNumber = true };
    public static readonly TextKey Title = new("Title", "Title of the parameter set.");
    public static readonly TextKey Description = new("Description", "Description of the cell.");
    public static readonly TextKey References = new("References", "References.");
    public static readonly TextKey Model = new("Model", "Model the set is made for.") { Required = true };
    public static readonly Section Header = new(Version, Title, Description, References, Model);

    public static readonly NumberKey ElectrodeArea = new("Electrode area [m2]", "Area of one electrode pair.", new(1e-8, 100)) { Required = true };
    public static readonly NumberKey ExternalArea = new("External surface area [m2]", "Outer surface of the cell.", new(1e-8, 1000));
    public static readonly NumberKey Volume = new("Volume [m3]", "Volume of the cell.", new(1e-12, 10));
    public static readonly IntegerKey ElectrodePairs = new("Number of electrode pairs connected in parallel to make a cell", "Electrode pairs in parallel.", 1, 100000) { Required = true };
    public static readonly NumberKey LowerCutOff = new("Lower voltage cut-off [V]", "Smallest voltage.", new(0, 10)) { Required = true };
    public static readonly NumberKey UpperCutOff = new("Upper voltage cut-off [V]", "Largest voltage.", new(0, 10)) { Required = true };
    public static readonly NumberKey Capacity = new("Nominal cell capacity [A.h]", "Capacity that defines 1C.", new(1e-9, 1e5)) { Required = true };
    public static readonly NumberKey Ambient = new("Ambient temperature [K]", "Ambient temperature.", Kelvin);
    public static readonly NumberKey Initial = new("Initial temperature [K]", "Initial temperature.", Kelvin);
    public static readonly NumberKey Reference = new("Reference temperature [K]", "Reference of the Arrhenius factors.", Kelvin);
    public static readonly NumberKey Density = new("Density [kg.m-3]", "Lumped density.", new(10, 30000));
    public static readonly NumberKey HeatCapacity = new("Specific heat capacity [J.K-1.kg-1]", "Lumped specific heat capacity.", new(10, 10000));
    public static readonly NumberKey ThermalConductivity = new("Thermal conductivity [W.m-1.K-1]", "Lumped thermal conductivity.", new(1e-3, 1000));

    public static readonly Section CellV1 = new(
        ElectrodeArea, ExternalArea, Volume, ElectrodePairs, LowerCutOff, UpperCutOff, Capacity, Reference, Density, HeatCapacity)
    {
        Moved = new Dictionary<string, string>
        {
            [Ambient.Name] = "State.Thermal environment",
            [Initial.Name] = "State.Initial conditions",
            [ThermalConductivity.Name] = "Parameterisation.User-defined",
        },
    };

    public static readonly Section CellV0 = new([.. CellV1.Keys, Ambient, Initial, ThermalConductivity]);

    public static readonly NumberKey Concentration = new("Initial concentration [mol.m-3]", "Salt concentration at rest.", new(1, 20000)) { Required = true };
    public static readonly NumberKey Transference = new("Cation transference number", "Transference number of the cation.", new(-1, 1, BelowMaximum: true)) { Required = true };
    public static readonly PropertyKey SaltDiffusivity = new("Diffusivity [m2.s-1]", "Salt diffusivity over concentration x; an expression or table may hold the temperature T, then without activation energy.", new(1e-16, 1e-5)) { Required = true };
    public static readonly NumberKey DiffusivityActivation = new("Diffusivity activation energy [J.mol-1]", "Activation energy of the diffusivity.", Activation) { Default = 0 };
    public static readonly PropertyKey IonicConductivity = new("Conductivity [S.m-1]", "Ionic conductivity over concentration x; an expression or table may hold the temperature T, then without activation energy.", new(1e-6, 1000)) { Required = true };
    public static readonly NumberKey ConductivityActivation = new("Conductivity activation energy [J.mol-1]", "Activation energy of the conductivity.", Activation) { Default = 0 };

    public static readonly Section ElectrolyteV1 = new(
        Transference, SaltDiffusivity, DiffusivityActivation, IonicConductivity, ConductivityActivation)
    {
        Moved = new Dictionary<string, string> { [Concentration.Name] = "State.Initial conditions, as Initial electrolyte concentration [mol.m-3]" },
    };

    public static readonly Section ElectrolyteV0 = new([Concentration, .. ElectrolyteV1.Keys]);

    public static readonly NumberKey Thickness = new("Thickness [m]", "Thickness of the layer.", new(1e-8, 0.05)) { Required = true };
    public static readonly NumberKey Porosity = new("Porosity", "Electrolyte volume fraction.", Porosities) { Required = true };
    public static readonly NumberKey TransportEfficiency = new("Transport efficiency", "Effective over bulk transport.", Porosities) { Required = true };
    public static readonly Section Separator = new(Thickness, Porosity, TransportEfficiency);

    public static readonly NumberKey Conductivity = new("Conductivity [S.m-1]", "Effective electronic conductivity.", new(1e-8, 1e9)) { Required = true };
    public static readonly NumberKey MinimumStoichiometry = new("Minimum stoichiometry", "Lower end of the window.", Interval.Fraction) { Required = true };
    public static readonly NumberKey MaximumStoichiometry = new("Maximum stoichiometry", "Upper end of the window.", Interval.Fraction) { Required = true };
    public static readonly NumberKey MaximumConcentration = new("Maximum concentration [mol.m-3]", "Lithium in a full particle.", new(10, 1e6)) { Required = true };
    public static readonly NumberKey ParticleRadius = new("Particle radius [m]", "Radius of the particles.", new(1e-10, 1e-2)) { Required = true };
    public static readonly NumberKey SurfaceArea = new("Surface area per unit volume [m-1]", "Particle surface per electrode volume.", new(1, 1e10)) { Required = true };
    public static readonly PropertyKey Diffusivity = new("Diffusivity [m2.s-1]", "Solid diffusivity over stoichiometry x; an expression or table may hold the temperature T, then without activation energy.", new(1e-25, 1e-4)) { Required = true };
    public static readonly PropertyKey OpenCircuitPotential = new("OCP [V]", "Open-circuit potential over stoichiometry x; an expression or table may hold the temperature T, then without entropic change coefficient.", new(-10, 10)) { Required = true };
    public static readonly CurveKey Entropic = new("Entropic change coefficient [V.K-1]", "dU/dT over stoichiometry; a potential that holds the temperature T has its own.", new(-0.1, 0.1));
    public static readonly NumberKey RateConstant = new("Reaction rate constant [mol.m-2.s-1]", "Normalised reaction rate.", new(0, 1e6, AboveMinimum: true)) { Required = true };
    public static readonly NumberKey RateActivation = new("Reaction rate constant activation energy [J.mol-1]", "Activation energy of the reaction.", Activation) { Default = 0 };

    public static readonly PropertyKey DelithiationPotential = new("OCP (delithiation) [V]", "Open-circuit potential reached by delithiation, over stoichiometry x and, if wanted, temperature T.", new(-10, 10));
    public static readonly PropertyKey LithiationPotential = new("OCP (lithiation) [V]", "Open-circuit potential reached by lithiation, over stoichiometry x and, if wanted, temperature T.", new(-10, 10));
    public static readonly NumberKey HysteresisDecay = new("OCP hysteresis decay constant", "γ: over a change 1/γ of the stoichiometry the potential goes over from one branch to the other.", new(0, 1e6));
    public static readonly Key[] Hysteresis = [DelithiationPotential, LithiationPotential, HysteresisDecay];

    public static readonly Section Particle = new(
        [MinimumStoichiometry, MaximumStoichiometry, MaximumConcentration, ParticleRadius, SurfaceArea, Diffusivity, DiffusivityActivation,
        OpenCircuitPotential, Entropic, RateConstant, RateActivation, .. Hysteresis]);

    public static readonly MapKey Particles = new("Particle", "Particle classes by name.", new SectionKey("Particle", "One class.", Particle)) { Required = true };
    public static readonly Section SingleElectrode = new([Thickness, Porosity, TransportEfficiency, Conductivity, .. Particle.Keys]);
    public static readonly Section BlendedElectrode = new(Thickness, Porosity, TransportEfficiency, Conductivity, Particles);

    public static readonly NumberKey InitialSoc = new("Initial state-of-charge", "State of charge at the start.", Interval.Fraction) { Default = 1 };
    public static readonly NumberKey InitialSalt = new("Initial electrolyte concentration [mol.m-3]", "Salt concentration at the start.", new(1, 20000)) { Default = 1000 };
    public static readonly NumberKey HysteresisPositive = new("Initial hysteresis state: Positive electrode", "−1 on the lithiation branch, 1 on the delithiation branch.", new(-1, 1)) { Default = 0 };
    public static readonly NumberKey HysteresisNegative = new("Initial hysteresis state: Negative electrode", "−1 on the lithiation branch, 1 on the delithiation branch.", new(-1, 1)) { Default = 0 };
    public static readonly SectionKey InitialConditions = new("Initial conditions", "State at the start.", new(InitialSoc, Initial, InitialSalt, HysteresisPositive, HysteresisNegative));
    public static readonly NumberKey HeatTransfer = new("Heat transfer coefficient [W.m-2.K-1]", "Cooling.", new(0, 1e6));
    public static readonly SectionKey ThermalEnvironment = new("Thermal environment", "Surroundings.", new(Ambient, HeatTransfer));
    public static readonly FreeKey Degradation = new("Degradation", "Degradation state.");
    public static readonly Section State = new(InitialConditions, ThermalEnvironment, Degradation);

    public static readonly NumberListKey Times = new("Time [s]", "Times.", Interval.Finite) { Required = true };
    public static readonly NumberListKey Currents = new("Current [A]", "Current, positive when charging.", Interval.Finite) { Required = true };
    public static readonly NumberListKey Voltages = new("Voltage [V]", "Voltage.", Interval.Finite) { Required = true };
    public static readonly NumberListKey Temperatures = new("Temperature [K]", "Temperature.", Interval.Finite);
    public static readonly Section Experiment = new(Times, Currents, Voltages, Temperatures);

    public static readonly FreeKey UserDefined = new("User-defined", "Anything.");
    public static readonly SectionKey HeaderSection = new("Header", "About the file.", Header) { Required = true };
    public static readonly MapKey Validation = new("Validation", "Measured curves by name.", new SectionKey("Experiment", "One curve.", Experiment));

    /// <summary>Sections that depend on the version and on whether an electrode is blended.</summary>
    public static SectionKey Electrode(string name, bool blended) =>
        new(name, "Electrode.", blended ? BlendedElectrode : SingleElectrode) { Required = true };
}
