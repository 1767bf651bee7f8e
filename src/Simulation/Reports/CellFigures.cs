using Cell3D.Input.Bpx;

namespace Cell3D.Simulation.Reports;

/// <summary>Key figures of a whole cell as its BPX file describes it.</summary>
public sealed record CellFigures
{
    private const double SecondsPerHour = 3600, LitresPerCubicMetre = 1000;

    /// <summary>Nominal capacity [A h]; 1C is this many ampere.</summary>
    public required double NominalCapacity { get; init; }

    /// <summary>Capacity between state of charge 1 and 0 [A h]: the smaller of the electrodes'.</summary>
    public required double WindowCapacity { get; init; }

    /// <summary>Capacity of the negative electrode over its stoichiometry window [A h].</summary>
    public required double NegativeWindowCapacity { get; init; }

    /// <summary>Capacity of the positive electrode over its stoichiometry window [A h].</summary>
    public required double PositiveWindowCapacity { get; init; }

    /// <summary>What the empty negative electrode can take over what the charged positive electrode can take.</summary>
    public required double NegativeToPositiveRatio { get; init; }

    /// <summary>Electrode area of all pairs [m²].</summary>
    public required double ElectrodeArea { get; init; }

    /// <summary>1C per electrode area [A m⁻²].</summary>
    public required double OneCCurrentDensity { get; init; }

    /// <summary>∫ V_oc dQ from state of charge 1 to 0 [W h].</summary>
    public required double OpenCircuitEnergy { get; init; }

    /// <summary>Lumped density times volume [kg]; null when BPX lacks one of them.</summary>
    public required double? Mass { get; init; }

    /// <summary>Volume [m³]; null when BPX lacks it.</summary>
    public required double? Volume { get; init; }

    /// <summary>ρ c_p times volume [J K⁻¹]; null when BPX lacks one of them.</summary>
    public required double? HeatCapacity { get; init; }

    /// <summary>Open-circuit energy per mass [W h kg⁻¹]; null without a mass.</summary>
    public double? SpecificEnergy => OpenCircuitEnergy / Mass;

    /// <summary>Open-circuit energy per volume [W h L⁻¹]; null without a volume.</summary>
    public double? EnergyDensity => OpenCircuitEnergy / (Volume * LitresPerCubicMetre);

    /// <summary>Computes the figures of a cell.</summary>
    public static CellFigures Of(BpxCell cell)
    {
        double area = cell.ElectrodeArea * cell.ElectrodePairs;
        return new CellFigures
        {
            NominalCapacity = cell.NominalCapacity,
            WindowCapacity = cell.Balance.WindowCapacity,
            NegativeWindowCapacity = cell.CounterElectrode is null ? cell.Balance.WindowCapacityOf(cell.NegativeElectrode) : double.PositiveInfinity,
            PositiveWindowCapacity = cell.Balance.WindowCapacityOf(cell.PositiveElectrode),
            NegativeToPositiveRatio = cell.Balance.NegativeToPositiveRatio,
            ElectrodeArea = area,
            OneCCurrentDensity = cell.NominalCapacity / area,
            OpenCircuitEnergy = cell.Balance.OpenCircuitEnergy,
            Mass = cell.Mass,
            Volume = cell.Volume,
            HeatCapacity = cell.HeatCapacity,
        };
    }

    /// <summary>Capacity per area [A h m⁻²] of a layer that stores <paramref name="sites"/> mol m⁻³ of lithium over its thickness [m].</summary>
    internal static double ArealCapacity(double sites, double thickness) =>
        Physics.PhysicalConstants.Faraday * sites * thickness / SecondsPerHour;
}
