using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Values of keys that a case leaves out. Tuned ones are here and nowhere else.</summary>
internal static class CaseDefaults
{
    public const int CollectorCells = 1;
    public const int CasingCells = 1;
    public const int ColumnElectrodeCells = 160;
    public const int ColumnSeparatorCells = 80;
    public const int PouchElectrodeCells = 20;
    public const int PouchSeparatorCells = 10;
    public const double Grading = 1;
    public const int PouchCellsAlongWidth = 20;
    public const int PouchCellsAlongHeight = 20;
    public const double TabRefinement = 3;
    public const int CellsAlongTab = 4;
    public const int CellsAcrossSeam = 4;

    public const double RelativeTolerance = 5e-4;
    public const double ConcentrationTolerance = 0.5;
    public const double StoichiometryTolerance = 5e-5;
    public const double TemperatureTolerance = 2e-3;
    public const double VoltageTolerance = 1e-4;
    public const int MaximumOrder = 3;
    public const double InitialStep = 0.01;
    public const double MinimumStep = 1e-6;
    public const double MaximumStep = 1e9;
    public const double NewtonTolerance = 1e-7;
    public const int MaximumNewtonIterations = 12;
    public const double LinearTolerance = 1e-6;

    public const int FieldCount = 20;

    /// <summary>σ of copper, aluminium and lithium near room temperature [S m⁻¹].</summary>
    public const double CopperConductivity = 5.96e7;

    /// <inheritdoc cref="CopperConductivity"/>
    public const double AluminiumConductivity = 3.77e7;

    /// <inheritdoc cref="CopperConductivity"/>
    public const double LithiumConductivity = 1.08e7;

    /// <summary>ρ, c_p, k of isothermal runs, where BPX gives none and none is used.</summary>
    public const double UnusedDensity = 2000;

    /// <inheritdoc cref="UnusedDensity"/>
    public const double UnusedHeatCapacity = 1000;

    /// <inheritdoc cref="UnusedDensity"/>
    public const double UnusedThermalConductivity = 1;

    /// <summary>Fields of what a case may ask for beyond intercalation, each with the materials that have it.</summary>
    public static readonly (string Name, Func<ActiveMaterial, bool> IsThere)[] FieldsOfInterfaces =
    [
        ("Film thickness", material => material.Film is not null),
        ("Porosity", material => material.Film is { NarrowsPores: true }),
        ("Hysteresis state", material => material.Hysteresis is { IsFollowed: true }),
    ];

    /// <summary>Those of the fields that are vectors of three components.</summary>
    public static readonly string[] VectorFields = ["Ionic current density", "Electronic current density"];

    /// <summary>Fields that every case has and none writes unless it says so.</summary>
    public static readonly string[] FieldsOnRequest = ["Quasi-electrostatic potential"];

    /// <summary>The fields of every case, which are written when it does not say.</summary>
    public static readonly string[] Fields =
    [
        "Salt concentration", "Electrolyte potential", "Solid potential", "Temperature", "Surface stoichiometry", "Mean stoichiometry",
        "Transfer current density", "Overpotential", "Ionic current density", "Electronic current density", "Heat source",
    ];
}
