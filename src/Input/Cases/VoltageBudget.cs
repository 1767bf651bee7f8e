using Cell3D.Input.Bpx;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Physics;

namespace Cell3D.Input.Cases;

/// <summary>Mesh, particles and time steps for a largest error of V(t), by error models that were measured (docs/decisions/0029-voltage-budget.md).</summary>
/// <remarks>With the current density i of the protocol's largest current – for layers the largest mean over the time in which salt spreads –, at T of the start or of the coldest surroundings:
/// layers E = A g i (L/κ_eff + L/σ_eff)/n², where g = exp[2.8 max(0, d − 1.4)] and d is the steady difference of salt across the cell over c0;
/// plane E = 1.25 i R_foils/n; time E = 0.09 mV f^0.6 where steps are pairs of formulas, else 0.3 mV f^0.75, f the factor of the default tolerances; particles are followed one by one (<c>ParticleResolution</c>).
/// Errors of these sources are largest at different times and count by the root of the sum of their squares.</remarks>
public sealed record VoltageBudget
{
    private const double OfElectrode = 1.2, OfSeparator = 0.015, OfPlane = 1.25;
    private static readonly (double AtDefault, double Exponent) TimeOfPairs = (9e-5, 0.6), TimeOfFormulas = (3e-4, 0.75);
    private const double OnsetOfDepletion = 1.4, GrowthByDepletion = 2.8;

    /// <summary>d from which the salt may run out, where errors follow no model.</summary>
    private const double Depletion = 1.9;

    /// <summary>Shares of the budget in a column – layers add up, and the squares of layers, particles and time make up one –; with a plane all take three quarters of it. An accuracy in time costs more than the same of cells.</summary>
    private const double PerElectrode = 0.185, ForSeparator = 0.03, ForParticles = 0.16, ForTime = 0.9, ForPlane = 0.25;
    private const int FewestThrough = 4, MostThroughColumn = 640, MostThroughPlane = 80, MostAlong = 160;

    /// <summary>Tolerances are no looser than by default: beyond, errors grow faster than the model.</summary>
    private const double LeastTolerances = 1e-3, MostTolerances = 1;

    /// <summary>(L/π)²/D: the time in which a difference of salt across the length L goes, with pores and their tortuosity in L².</summary>
    private const double Spreading = 1 / (Math.PI * Math.PI);

    private readonly Dictionary<LayerKind, (int Cells, double Error)> _layers = [];

    private VoltageBudget(double volts, string text) => (Volts, Text) = (volts, text);

    /// <summary>Largest error of V(t) from a second after each switch on [V].</summary>
    public double Volts { get; }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Factor of the default tolerances of a step.</summary>
    public double Tolerances { get; private init; }

    /// <summary>Error of U at the surface of particles that is allowed in each electrode [V].</summary>
    public double Particles { get; private init; }

    /// <summary>Cells along the width and the height; null where the plane is not divided by this choice.</summary>
    public int? InPlane { get; private init; }

    /// <summary>Expected error by source [V].</summary>
    public IReadOnlyDictionary<string, double> Expected { get; private init; } = new Dictionary<string, double>();

    /// <summary>All of them together [V].</summary>
    public double ExpectedTogether => Together(Expected.Values);

    /// <summary>What the promise does not cover, in words.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>Cells through an electrode or the separator.</summary>
    public int CellsThrough(LayerKind kind) => _layers.TryGetValue(kind, out var layer) ? layer.Cells : FewestThrough;

    /// <summary>Chooses for a case.</summary>
    /// <param name="volts">Largest error of V(t) [V].</param>
    /// <param name="text">As it was written.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="geometry">What is simulated.</param>
    /// <param name="layers">Layers of one pair.</param>
    /// <param name="protocol">What it is made to do.</param>
    /// <param name="heat">Gives the temperature.</param>
    internal static VoltageBudget Of(double volts, string text, BpxCell cell, CellGeometry geometry, IReadOnlyList<CellLayer> layers, Protocol protocol, ThermalSettings heat)
    {
        bool hasPlane = geometry.Form == CellForm.Pouch && geometry.Imported is null;
        double share = (hasPlane ? 1 - ForPlane : 1) * volts;
        CurrentDemand demand = new(protocol, cell);
        double density = demand.LargestOf(demand.Largest) / (geometry.Area * geometry.ElectrodePairs);
        double temperature = heat.Cooling.Where(_ => heat.Model == ThermalModel.Resolved).SelectMany(cooling => cooling.Surroundings.AmbientTemperature.Values.ToArray()).Append(heat.InitialTemperature).Min();
        double salt = cell.Electrolyte.InitialConcentration;
        double conductivity = cell.Electrolyte.ConductivityOf(cell.ReferenceTemperature).Value(salt, temperature), diffusivity = cell.Electrolyte.DiffusivityOf(cell.ReferenceTemperature).Value(salt, temperature);
        CellLayer[] porous = [.. layers.Where(layer => layer.Kind.HasElectrolyte()).DistinctBy(layer => layer.Kind)];
        double way = porous.Sum(layer => (layer.Kind.IsElectrode() ? 0.5 : 1) * layer.Thickness / layer.Material.Pores!.TransportEfficiency);
        double spreading = Spreading * way * porous.Sum(layer => layer.Thickness * layer.Material.Pores!.Porosity) / diffusivity;
        double sustained = demand.LargestOf(drive => demand.Sustained(drive, spreading)) / (geometry.Area * geometry.ElectrodePairs);
        double depletion = sustained * way * (1 - cell.Electrolyte.TransferenceNumber.Value(salt, temperature)) / (PhysicalConstants.Faraday * diffusivity * salt);
        double growth = Math.Exp(GrowthByDepletion * Math.Max(0, depletion - OnsetOfDepletion));
        List<string> remarks = [];
        if (depletion > Depletion)
            remarks.Add(FormattableString.Invariant($"the protocol's largest current would in the long run make the salt concentration differ by {depletion:g2} times that at rest: the electrolyte may run out of salt, where the error of V(t) may exceed {text}; cell3d verify tells it"));
        if (geometry.Form != CellForm.Column && !hasPlane)
            remarks.Add(FormattableString.Invariant($"{text} holds for layers, particles and time steps; the plane of this form is divided as by default, cell3d verify tells its error"));
        (double atDefault, double exponent) = geometry.Form == CellForm.Column && protocol.Steps.All(step => step.Drive is Drive.Current or Drive.Cycle { Samples.IsPower: false }) ? TimeOfPairs : TimeOfFormulas;
        double factor = Math.Clamp(Math.Pow(ForTime * share / atDefault, 1 / exponent), LeastTolerances, MostTolerances);
        VoltageBudget budget = new(volts, text) { Tolerances = factor, Particles = 0.5 * ForParticles * share, InPlane = null };
        int most = geometry.Form == CellForm.Column ? MostThroughColumn : MostThroughPlane;
        foreach (CellLayer layer in porous)
        {
            bool isElectrode = layer.Kind.IsElectrode();
            double drop = sustained * layer.Thickness * (1 / (layer.Material.Pores!.TransportEfficiency * conductivity) + (isElectrode ? 1 / layer.Material.ElectronicConductivity!.Value : 0));
            double scale = (isElectrode ? OfElectrode : OfSeparator) * growth * drop;
            int cells = (int)Math.Clamp(Math.Ceiling(Math.Sqrt(scale / ((isElectrode ? PerElectrode : ForSeparator) * share))), FewestThrough, most);
            budget._layers[layer.Kind] = (cells, scale / ((double)cells * cells));
        }
        double foils = hasPlane ? density * Foils(geometry, layers) : 0;
        int along = (int)Math.Clamp(Math.Ceiling(OfPlane * foils / (ForPlane * volts)), FewestThrough, MostAlong);
        Dictionary<string, double> expected = new()
        {
            ["Through the layers"] = budget._layers.Values.Sum(layer => layer.Error),
            ["Inside particles"] = ForParticles * share,
            ["In time"] = atDefault * Math.Pow(factor, exponent),
        };
        if (hasPlane) expected["In the plane"] = OfPlane * foils / along;
        if (Together(expected.Values) is var error && error > volts)
            remarks.Add(FormattableString.Invariant($"even the finest division that is chosen leaves an expected error of V(t) of {1e3 * error:g2} mV instead of {text}; single keys of Mesh set more"));
        return budget with { InPlane = hasPlane ? along : null, Expected = expected, Remarks = remarks };
    }

    /// <summary>Σ of both foils' resistance in the plane, times the area [Ω m²].</summary>
    private static double Foils(CellGeometry geometry, IReadOnlyList<CellLayer> layers)
    {
        double sum = 0;
        foreach ((LayerKind kind, Tab? tab) in new[] { (LayerKind.NegativeCollector, geometry.NegativeTab), (LayerKind.PositiveCollector, geometry.PositiveTab) })
            if (tab is not null && layers.FirstOrDefault(layer => layer.Kind == kind) is { Material.ElectronicConductivity: not null } foil)
                sum += FoilResistance.Of(geometry, foil, tab) is var resistance ? resistance.InPlane + resistance.IntoTab : 0;
        return sum;
    }

    /// <summary>Errors that are largest at different times, together [V].</summary>
    private static double Together(IEnumerable<double> errors) => Math.Sqrt(errors.Sum(error => error * error));
}
