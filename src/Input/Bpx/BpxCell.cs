using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Input.Bpx;

/// <summary>A cell as a BPX file describes it, in SI units; v0.x files are converted to the meaning of v1.x.</summary>
public sealed record BpxCell
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>BPX version written in the file, e.g. "0.4.0".</summary>
    public required string Version { get; init; }

    /// <summary>Title of the header; empty when absent.</summary>
    public string Title { get; init; } = "";

    /// <summary>Lithium metal in place of the negative electrode; null in a full cell. Set by a case, for BPX has none.</summary>
    public LithiumFoil? CounterElectrode { get; init; }

    /// <summary>Negative electrode.</summary>
    public required PorousElectrode NegativeElectrode { get; init; }

    /// <summary>Separator.</summary>
    public required BpxSeparator Separator { get; init; }

    /// <summary>Positive electrode.</summary>
    public required PorousElectrode PositiveElectrode { get; init; }

    /// <summary>Electrolyte of all three layers.</summary>
    public required Electrolyte Electrolyte { get; init; }

    /// <summary>Area of one electrode pair [m²].</summary>
    public required double ElectrodeArea { get; init; }

    /// <summary>Number of electrode pairs connected in parallel.</summary>
    public required int ElectrodePairs { get; init; }

    /// <summary>Nominal capacity [A h]; 1C is this many ampere.</summary>
    public required double NominalCapacity { get; init; }

    /// <summary>Lower voltage cut-off [V].</summary>
    public required double LowerCutOff { get; init; }

    /// <summary>Upper voltage cut-off [V].</summary>
    public required double UpperCutOff { get; init; }

    /// <summary>T_ref of the Arrhenius factors and of dU/dT [K].</summary>
    public required double ReferenceTemperature { get; init; }

    /// <summary>Ambient temperature [K].</summary>
    public required double AmbientTemperature { get; init; }

    /// <summary>Initial temperature [K].</summary>
    public required double InitialTemperature { get; init; }

    /// <summary>State of charge at the start, 0 to 1 (1 in v0.x).</summary>
    public double InitialStateOfCharge { get; init; } = 1;

    /// <summary>Volume of the cell [m³], if given.</summary>
    public double? Volume { get; init; }

    /// <summary>Outer surface of the cell [m²], if given.</summary>
    public double? ExternalSurfaceArea { get; init; }

    /// <summary>Lumped density [kg m⁻³], if given.</summary>
    public double? Density { get; init; }

    /// <summary>Lumped c_p [J kg⁻¹ K⁻¹], if given.</summary>
    public double? SpecificHeatCapacity { get; init; }

    /// <summary>Lumped thermal conductivity [W m⁻¹ K⁻¹], if given (v0.x, or User-defined in v1.x).</summary>
    public double? ThermalConductivity { get; init; }

    /// <summary>Heat transfer coefficient [W m⁻² K⁻¹] of the thermal environment, if given (v1.x).</summary>
    public double? HeatTransferCoefficient { get; init; }

    /// <summary>Measured curves of the Validation section.</summary>
    public IReadOnlyList<BpxMeasurement> Validation { get; init; } = [];

    /// <summary>The cell at rest: capacities, stoichiometries, open-circuit voltage.</summary>
    public CellBalance Balance => new(CounterElectrode is null ? NegativeElectrode : null, PositiveElectrode, ElectrodeArea, ElectrodePairs, ReferenceTemperature);

    /// <summary>Mass of the cell [kg], lumped density times volume; null when the file gives not both.</summary>
    public double? Mass => Density * Volume;

    /// <summary>Heat capacity of the cell [J K⁻¹], ρ c_p volume; null when the file gives not all three.</summary>
    public double? HeatCapacity => Mass * SpecificHeatCapacity;
}

/// <summary>The separator.</summary>
/// <param name="Thickness">δ [m].</param>
/// <param name="Pores">Porosity and transport efficiency.</param>
public sealed record BpxSeparator(double Thickness, PorousMedium Pores);

/// <summary>A measured curve of the Validation section; all lists have one length.</summary>
/// <param name="Name">Name of the experiment, e.g. "1C discharge".</param>
/// <param name="Time">[s].</param>
/// <param name="Current">[A], positive when charging.</param>
/// <param name="Voltage">[V].</param>
/// <param name="Temperature">[K]; null when not measured.</param>
public sealed record BpxMeasurement(
    string Name,
    IReadOnlyList<double> Time,
    IReadOnlyList<double> Current,
    IReadOnlyList<double> Voltage,
    IReadOnlyList<double>? Temperature);
