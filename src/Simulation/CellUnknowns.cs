using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics;

namespace Cell3D.Simulation;

/// <summary>The macroscopic unknowns of a cell.</summary>
public static class CellUnknowns
{
    /// <summary>A tenth of a volt: heat [W] over it is a current. Heat is solved ten times as strictly as a balance that is measured by 1 V.</summary>
    private const double HeatWeight = 10;

    /// <summary>Below this the electrolyte carries next to nothing [mol m⁻³].</summary>
    private const double Depleted = 10;

    /// <summary>A pore volume in rows of 5 µm that is missing changes currents of 50 A m⁻² by its share [A m⁻³].</summary>
    private const double CurrentPerPore = 1e7;

    /// <summary>Name of T.</summary>
    public const string TemperatureName = "Temperature";

    /// <summary>Those of a case.</summary>
    public static UnknownTable Of(SimulationCase simulation)
    {
        UnknownTable table = Of(simulation.Thermal.ReferenceTemperature, simulation.Thermal.Model == ThermalModel.Resolved, simulation.Solver);
        CellLayer[] narrowing = [.. simulation.Layers.Where(layer => layer.Material.ActiveMaterials.Any(material => material.Film is { NarrowsPores: true }))];
        return narrowing.Length == 0 ? table : table.With(PorosityIn(kind => narrowing.Any(layer => layer.Kind == kind)));
    }

    /// <summary>ε.</summary>
    public static Quantity Porosity { get; } = new("Porosity", "1", "Volume fraction of the electrolyte");

    /// <summary>ε where films narrow the pores; everywhere else it stands.</summary>
    /// <param name="narrow">Layers with such films.</param>
    public static Unknown PorosityIn(Func<LayerKind, bool> narrow) => new()
    {
        Field = default,
        Quantity = Porosity,
        Equation = "pore volume",
        LivesIn = narrow,
        IsKnownIn = kind => kind.HasElectrolyte(),
        ToAmperes = CurrentPerPore,
        IsBalance = false,
        Split = "salt",
        Minimum = 0,
        IsDifferential = false,
        Promotes = Porosity,
    };

    /// <summary>c, φ_e, φ_s and T.</summary>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="withHeat">Whether the energy equation is solved.</param>
    /// <param name="solver">Tolerances of the error test; null for none.</param>
    public static UnknownTable Of(double referenceTemperature, bool withHeat, SolverSettings? solver = null) => new(
        new()
        {
            Field = Field.Salt,
            Quantity = new("Salt concentration", "mol m-3", "Salt concentration in the electrolyte")
            {
                Range = new(0, double.PositiveInfinity, Depleted, "the electrolyte is depleted"),
            },
            Equation = "salt balance",
            LivesIn = kind => kind.HasElectrolyte(),
            ToAmperes = PhysicalConstants.Faraday,
            Split = "salt",
            Minimum = 0,
            Tolerance = solver is null ? null : new(solver.ConcentrationTolerance, solver.RelativeTolerance),
        },
        new()
        {
            Field = Field.IonicPotential,
            Quantity = new("Electrolyte potential", "V", "Potential of the electrolyte against lithium"),
            Equation = "charge balance of the electrolyte",
            LivesIn = kind => kind.HasElectrolyte(),
            ToAmperes = 1,
            Split = "potential",
            IsPotential = true,
            IsDifferential = false,
        },
        new()
        {
            Field = Field.ElectronicPotential,
            Quantity = new("Solid potential", "V", "Potential of electrode, collector or tab"),
            Equation = "charge balance of the solid",
            LivesIn = kind => kind.ConductsElectrons(),
            ToAmperes = 1,
            Split = "potential",
            IsStoredFromTerminal = true,
            IsPotential = true,
            IsDifferential = false,
        },
        new()
        {
            Field = Field.Temperature,
            Quantity = new(TemperatureName, "K", "Temperature"),
            Equation = "heat balance",
            LivesIn = _ => withHeat,
            IsKnownIn = _ => true,
            ToAmperes = 1,
            Weight = HeatWeight,
            Split = "temperature",
            LargestChange = 30,
            StoredFrom = referenceTemperature,
            Tolerance = solver is null ? null : new(solver.TemperatureTolerance, 0),
        });
}
