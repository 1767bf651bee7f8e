using Cell3D.Input.Cases;

namespace Cell3D.Simulation.Reports;

/// <summary>Key figures of a case: what is simulated of the cell, its state at the start, its mass and heat capacity from the layers.</summary>
public sealed record CaseFigures
{
    /// <summary>Figures of the whole cell.</summary>
    public required CellFigures Cell { get; init; }

    /// <summary>Layers, negative side first.</summary>
    public required IReadOnlyList<LayerFigures> Layers { get; init; }

    /// <summary>Resistance by mechanism at the initial state.</summary>
    public required IReadOnlyList<ResistanceItem> Resistances { get; init; }

    /// <summary>Electrode area that is simulated [m²].</summary>
    public required double SimulatedArea { get; init; }

    /// <summary>Simulated electrode area over that of the whole cell.</summary>
    public required double Share { get; init; }

    /// <summary>Open-circuit voltage at the initial state and temperature [V].</summary>
    public required double OpenCircuitVoltage { get; init; }

    /// <summary>Mass of the simulated layers and tab strips [kg].</summary>
    public required double SimulatedMass { get; init; }

    /// <summary>Heat capacity of the simulated layers [J K⁻¹].</summary>
    public required double LayersHeatCapacity { get; init; }

    /// <summary>Share of the lumped cell's heat capacity that falls to the simulated area [J K⁻¹]; null when BPX lacks it.</summary>
    public required double? LumpedHeatCapacity { get; init; }

    /// <summary>Current of 1C through the simulated area [A].</summary>
    public double SimulatedOneC => Cell.NominalCapacity * Share;

    /// <summary>Mass of a whole cell made of these layers and strips [kg].</summary>
    public double MassFromLayers => SimulatedMass / Share;

    /// <summary>Open-circuit energy per mass of the layers [W h kg⁻¹].</summary>
    public double SpecificEnergyFromLayers => Cell.OpenCircuitEnergy / MassFromLayers;

    /// <summary>Computes the figures of a case.</summary>
    public static CaseFigures Of(SimulationCase simulation)
    {
        CellGeometry outline = simulation.Geometry;
        return new CaseFigures
        {
            Cell = CellFigures.Of(simulation.Cell),
            Layers = LayerFigures.Of(simulation),
            Resistances = ResistanceEstimate.Of(simulation),
            SimulatedArea = outline.Area * outline.ElectrodePairs,
            Share = simulation.Protocol.CurrentShare,
            OpenCircuitVoltage = simulation.Cell.Balance.OpenCircuitVoltage(simulation.InitialStateOfCharge, simulation.Thermal.InitialTemperature),
            SimulatedMass = (outline.Winding is { } roll
                    ? roll.Sum(simulation.Layers, thermal => thermal.Density)
                    : simulation.Layers.Sum(layer => outline.AreaOf(layer.Kind) * outline.CopiesOf(layer) * layer.Thickness * layer.Material.Thermal.Density))
                + outline.Tabs().Sum(Mass)
                + (outline.Can is { } can ? can.Spec.Volume(simulation.StackThickness, outline.OutlineWidth, outline.OutlineHeight) * can.Metal.Density : 0),
            LayersHeatCapacity = HeatCapacityCheck.OfLayers(outline, simulation.Layers, simulation.Thermal.InitialTemperature),
            LumpedHeatCapacity = HeatCapacityCheck.OfCell(simulation.Cell, outline),
        };
    }

    private static double Mass(Tab tab) => tab.Count * ((tab.Length * tab.Width * tab.Thickness * tab.Thermal.Density)
        + (tab.Lead is { } lead ? lead.Length * lead.Width * lead.Thickness * lead.Thermal.Density : 0));
}
