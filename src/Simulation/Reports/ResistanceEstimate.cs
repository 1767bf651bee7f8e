using System.Runtime.Intrinsics;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;

namespace Cell3D.Simulation.Reports;

/// <summary>
/// Resistance of a cell at rest by mechanism, for a small current and before concentrations move: what the voltage drops by at
/// once when a current is switched on. Closed formulas, no simulation.
/// </summary>
/// <remarks>
/// In porous electrodes the reaction is taken as uniform over the thickness, so the ionic current falls linearly from I to 0 and
/// dissipates a third of what the whole current would: L/(3κ_eff), likewise L/(3σ_eff). In collectors the transfer current is taken
/// as uniform over the plane, which gives H/(3σδW), H away from the tab's edge and W along it; the current's way into a tab
/// narrower than its edge adds ln[1/(sin(πw/2W) sin(πc/W))]/(πσδ), exact for a long sheet with the tab in the middle of its edge or at
/// its end. Both together stay within 4 % of the solved sheet of a usual pouch.
/// </remarks>
public static class ResistanceEstimate
{
    /// <summary>Mechanism of what foils resist in their plane.</summary>
    internal const string AlongFoil = "electronic, in plane";

    private const double UniformSource = 1.0 / 3;

    /// <summary>The mechanisms that a BPX file alone determines: reaction, film, ionic and electronic conduction.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="stateOfCharge">0 to 1.</param>
    /// <param name="temperature">T [K].</param>
    public static IReadOnlyList<ResistanceItem> Of(BpxCell cell, double stateOfCharge, double temperature) =>
    [
        .. cell.CounterElectrode is { } foil
            ? CounterElectrode(cell, foil, temperature)
            : Electrode(cell, cell.NegativeElectrode, LayerKind.NegativeElectrode, cell.Balance.NegativeStoichiometries(stateOfCharge, temperature), temperature),
        new(LayerKind.Separator.Name(), "ionic", cell.Separator.Thickness / IonicConductivity(cell, cell.Separator.Pores, temperature), "L/κ_eff"),
        .. Electrode(cell, cell.PositiveElectrode, LayerKind.PositiveElectrode, cell.Balance.PositiveStoichiometries(stateOfCharge, temperature), temperature),
    ];

    /// <summary>All mechanisms of a case at its initial state: those of its cell, collectors, tabs and contacts.</summary>
    public static IReadOnlyList<ResistanceItem> Of(SimulationCase simulation) =>
    [
        .. Of(simulation.Cell, simulation.InitialStateOfCharge, simulation.Thermal.InitialTemperature),
        .. simulation.Geometry.Winding is { } roll
            ? Enumerable.Concat(Foil(simulation, roll, LayerKind.NegativeCollector, roll.NegativeContact, "Negative tab"), Foil(simulation, roll, LayerKind.PositiveCollector, roll.PositiveContact, "Positive tab"))
            : Flat(simulation),
    ];

    private static IEnumerable<ResistanceItem> Flat(SimulationCase simulation) =>
    [
        .. Collector(simulation, LayerKind.NegativeCollector, simulation.Geometry.NegativeTab, "Negative tab"),
        .. Collector(simulation, LayerKind.PositiveCollector, simulation.Geometry.PositiveTab, "Positive tab"),
    ];

    private static IEnumerable<ResistanceItem> Electrode(BpxCell cell, PorousElectrode electrode, LayerKind layer, double[] stoichiometries, double temperature)
    {
        string place = layer.Name();
        double bare = 0, filmed = 0;
        foreach ((ActiveMaterial material, double stoichiometry) in electrode.ActiveMaterials.Zip(stoichiometries))
        {
            double interfaces = electrode.Thickness * material.SurfaceAreaPerVolume, reaction = Reaction(cell, material, stoichiometry, temperature);
            bare += interfaces / reaction;
            filmed += interfaces / (reaction + material.FilmResistance);
        }
        yield return new(place, "charge transfer", 1 / bare, "1/Σ[L a F j0 (α_a+α_c)/RT]");
        if (filmed < bare)
            yield return new(place, "film", 1 / filmed - 1 / bare, "R_f/(L a)");
        yield return new(place, "ionic", UniformSource * electrode.Thickness / IonicConductivity(cell, electrode.Pores, temperature), "L/(3κ_eff)");
        yield return new(place, "electronic", UniformSource * electrode.Thickness / electrode.Conductivity, "L/(3σ_eff)");
    }

    private static IEnumerable<ResistanceItem> CounterElectrode(BpxCell cell, LithiumFoil foil, double temperature)
    {
        const string place = "Lithium counter electrode";
        yield return new(place, "charge transfer", Overpotential(cell, foil, temperature, 0).Slope, "RT/(F j0)");
        if (foil.FilmResistance > 0)
            yield return new(place, "film", foil.FilmResistance, "R_f");
    }

    /// <summary>∂η/∂j at j = 0 [Ω m² of interface].</summary>
    private static double Reaction(BpxCell cell, ActiveMaterial material, double stoichiometry, double temperature) =>
        Overpotential(cell, material, stoichiometry, temperature, 0).Slope;

    /// <summary>η [V] and ∂η/∂j [Ω m² of interface] at the salt concentration of the start.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="material">What reacts.</param>
    /// <param name="stoichiometry">x at its surface.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="current">j [A m⁻²].</param>
    internal static (double Value, double Slope) Overpotential(BpxCell cell, ActiveMaterial material, double stoichiometry, double temperature, double current)
    {
        (double rateFactor, _) = new Arrhenius(material.ReactionActivationEnergy, cell.ReferenceTemperature).At(temperature);
        Dual salt = Dual.Constant(cell.Electrolyte.InitialConcentration / cell.Electrolyte.ReferenceConcentration);
        Dual overpotential = ButlerVolmer.Overpotential(OwnUnknown.Of<Dual>(current, 0), salt, Dual.Constant(stoichiometry), Dual.Constant(material.ReactionRateConstant * rateFactor), Dual.Constant(temperature), material);
        return (overpotential.Number, overpotential.RightPartials.GetElement(0));
    }

    /// <summary>η [V] of lithium foil without its film, and ∂η/∂j [Ω m²], at the salt concentration of the start (equation 3.12).</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="foil">The foil.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="current">j [A m⁻²].</param>
    internal static (double Value, double Slope) Overpotential(BpxCell cell, LithiumFoil foil, double temperature, double current)
    {
        double exchangeCurrent = foil.ExchangeCurrent * Math.Sqrt(cell.Electrolyte.InitialConcentration / cell.Electrolyte.ReferenceConcentration)
            * new Arrhenius(foil.ActivationEnergy, cell.ReferenceTemperature).At(temperature).Factor;
        double thermal = PhysicalConstants.Gas * temperature / PhysicalConstants.Faraday, ratio = current / (2 * exchangeCurrent);
        return (2 * thermal * Math.Asinh(ratio), thermal / (exchangeCurrent * Math.Sqrt(1 + (ratio * ratio))));
    }

    /// <summary>κ_eff = B κ(c, T) [S m⁻¹].</summary>
    internal static double IonicConductivity(BpxCell cell, PorousMedium pores, double temperature) =>
        pores.TransportEfficiency * cell.Electrolyte.ConductivityOf(cell.ReferenceTemperature).Value(cell.Electrolyte.InitialConcentration, temperature);

    /// <summary>Along the height of a wound foil where all of its edge is the terminal; else along the foil, in pieces of length l to the nearest tab.</summary>
    private static IEnumerable<ResistanceItem> Foil(SimulationCase simulation, Winding roll, LayerKind kind, double contact, string tabName)
    {
        RollSpec shape = roll.Shape;
        // Several rolls are in parallel.
        double area = shape.ElectrodeArea / shape.Rolls;
        TabSpec[] tabs = [.. shape.Tabs.Where(tab => tab.Polarity == kind.Polarity())];
        double thickness = 2 * simulation.Layer(kind)!.Thickness, length = shape.FoilLength(kind.Polarity()), width = tabs.Sum(tab => tab.Width);
        double sheet = 1 / (simulation.Layer(kind)!.Material.ElectronicConductivity!.Value * thickness);
        bool isWhole = width > length * (1 - 1e-9);
        yield return isWhole
            ? new(kind.Name(), AlongFoil, area * UniformSource * sheet * shape.Height / length, "H/(3σδL)")
            : new(kind.Name(), AlongFoil, area * UniformSource * sheet * Pieces(tabs, length).Sum(piece => Math.Pow(piece / length, 3)) * length / shape.Height, "L Σ(l/L)³/(3σδH)");
        if (contact > 0)
            yield return new(tabName, "contact", area * contact / (width * thickness), "R_c/(wδ)");
    }

    /// <summary>Lengths of foil on either side of each tab that are nearest to it.</summary>
    private static IEnumerable<double> Pieces(IEnumerable<TabSpec> tabs, double length)
    {
        double[] centres = [.. tabs.Select(tab => tab.Centre).Order()];
        yield return centres[0];
        for (int i = 0; i + 1 < centres.Length; i++)
        {
            yield return 0.5 * (centres[i + 1] - centres[i]);
            yield return 0.5 * (centres[i + 1] - centres[i]);
        }
        yield return length - centres[^1];
    }

    private static IEnumerable<ResistanceItem> Collector(SimulationCase simulation, LayerKind kind, Tab? tab, string tabName)
    {
        if (simulation.Layer(kind) is not { Material.ElectronicConductivity: double conductivity } foil)
            yield break;
        (string place, double area, double thickness) = (kind.Name(), simulation.Geometry.Area, foil.Thickness);
        if (tab is null)
        {
            yield return new(place, "electronic, through", thickness / conductivity, "δ/σ");
            yield break;
        }
        FoilResistance resistance = FoilResistance.Of(simulation.Geometry, foil, tab);
        yield return new(place, AlongFoil, resistance.InPlane, "H/(3σδW)");
        if (resistance.IntoTab > 0)
            yield return new(place, "way into the tab", resistance.IntoTab, "−ln[sin(πw/2W) sin(πc/W)]/(πσδ)");
        // All pairs of the part share tabs and foils.
        double pairs = simulation.Geometry.ElectrodePairs, foils = simulation.Geometry.CopiesOf(foil) * thickness;
        if (tab.Weld is { Resistance: > 0 } weld)
            yield return new(tabName, "weld", area * pairs * weld.Resistance * weld.FoilThickness / (foils * tab.Count), "R_w/n");
        if (tab.Length > 0)
            yield return new(tabName, "electronic", area * pairs * tab.Length / (tab.Conductivity * tab.Count * tab.Width * tab.Thickness), "l/(σwδ)");
        double section = tab.Count * tab.Width * (tab.Length > 0 ? tab.Thickness : foils) / pairs;
        if (tab.Lead is { } lead)
        {
            string leadName = tabName.Replace("tab", "lead", StringComparison.Ordinal);
            section = tab.Count * lead.Width * lead.Thickness / pairs;
            if (lead.Weld is { Resistance: > 0 } joint)
                yield return new(leadName, "weld", area * pairs * joint.Resistance / tab.Count, "R_w/n");
            yield return new(leadName, "electronic", area * pairs * lead.Length / (lead.Conductivity * tab.Count * lead.Width * lead.Thickness), "l/(σwδ)");
        }
        if (tab.ContactResistance > 0)
            yield return new(tabName, "contact", area * tab.ContactResistance / section, "R_c/(wδ)");
    }
}
