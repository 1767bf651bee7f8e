using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The Jacobian of a whole pouch, particles condensed, against differences of its residual with the particles solved.</summary>
public class CondensedJacobianTests
{
    private static readonly string[] Small =
    [
        "Mesh.Cells along width=2", "Mesh.Cells along height=2", "Mesh.Particle=4", "Mesh.Cells through.Negative electrode=2",
        "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=2", "Mesh.Cells along tab=1", "Initial state.SOC=0.7",
    ];

    [Test]
    public void EveryColumnIsTheDerivative([Values("constant D", "D(x)", "unequal α", "radiation", "expressions of T", "U(x, T)", "narrowed pores", "narrowed pores of a blend", "two phases", "columns that exchange heat")] string variant)
    {
        using CellRun run = new(Pouch(variant));
        run.Start(-3 * run.OneC);
        run.Step(5);
        run.Step(5);
        Assert.That(run.Integrator.Attempt(5).Succeeded);
        DiscreteSystem system = run.Model.System;
        // The attempt is concluded; what is assembled below belongs to the same step begun anew.
        TimeCoefficients time = new();
        time.Set(run.Integrator.Time + 5, [run.Integrator.Time, run.Integrator.Time - 5], 2);
        system.BeginStep(time);
        FieldLayout layout = system.Layout;
        SparsePattern pattern = system.TakePattern();
        double[] increments = new double[layout.Rows], values = new double[pattern.NonZeros];
        Assemble(system, increments.Length, values);
        double[] steps = StepSizes(layout);
        for (int column = 0; column < layout.Rows; column++)
        {
            double[] after = Shifted(system, increments, column, steps[column]), before = Shifted(system, increments, column, -2 * steps[column]);
            Shifted(system, increments, column, steps[column]);
            double scale = after.Zip(before, (a, b) => Math.Abs(a - b)).Max() / (2 * steps[column]);
            for (int row = 0; row < layout.Rows; row++)
            {
                double difference = (after[row] - before[row]) / (2 * steps[column]);
                Assert.That(Entry(pattern, values, row, column), Is.EqualTo(difference).Within(1e-5 * scale), $"row {row}, column {column}");
            }
        }
    }

    private static SimulationCase Pouch(string variant)
    {
        SimulationCase pouch = TestCases.Pouch(Small);
        return variant switch
        {
            "columns that exchange heat" => TestCases.Pouch([.. Small, "Model=2+1D"]),
            "radiation" => TestCases.Pouch([.. Small, "Thermal.Cooling.All surfaces.Emissivity=1", "Thermal.Ambient temperature=250"]),
            "expressions of T" => TestCases.Pouch(
            [
                .. Small, .. VariationTests.Varied, .. ConservationTests.ThermalExpressions, "Thermal.Cooling.All surfaces.Emissivity=0.9", "Thermal.Cooling.All surfaces.Heat transfer coefficient=2000",
                "Electrolyte.Conductivity=1e-3*x*exp(3 - 900/T)", "Electrolyte.Diffusivity=1e-4*10**(-4.43 - 54/(T - 229 - 5e-3*x) - 0.22e-3*x)",
                "Electrolyte.Cation transference number=0.4 - 1e-4*x + 2e-3*(T - 298)", "Electrolyte.Thermodynamic factor=1 + 1e-3*x*(1 - 5e-3*(T - 298))",
            ]),
            "D(x)" => pouch.WithMaterials(m => [m with { Diffusivity = new Physics.FunctionCurve(x => 2e-14 * (1 + x), _ => 2e-14), DiffusivityActivationEnergy = 20000 }]),
            "narrowed pores" => pouch.WithMaterials(m => [Filmed(m)]),
            "narrowed pores of a blend" => pouch.WithMaterials(m => [Half(Filmed(m), "Fast", 1.5), Half(Filmed(m), "Slow", 0.5), Half(m, "Bare", 1)]),
            "two phases" => pouch.WithMaterials(m => [PhaseSeparationRunTests.Parted(m)]),
            "U(x, T)" => pouch.WithMaterials(m => [m with { OpenCircuitPotential = PotentialOfTemperatureTests.Nonlinear(m), EntropicCoefficient = Cell3D.Numerics.Curve.Constant(0) }]),
            "unequal α" => pouch.WithMaterials(m => [m with { AnodicTransferCoefficient = 0.35, CathodicTransferCoefficient = 0.65, FilmResistance = 1e-3, DiffusivityActivationEnergy = 20000 }]),
            _ => pouch.WithMaterials(m => [m with { EntropicCoefficient = new Physics.FunctionCurve(x => 1e-4 * Math.Cos(5 * x), x => -5e-4 * Math.Sin(5 * x)), DiffusivityActivationEnergy = 20000 }]),
        };
    }

    /// <summary>With a film that narrows the pores within seconds.</summary>
    internal static ActiveMaterial Filmed(ActiveMaterial material) => material with
    {
        Film = new() { InitialThickness = 5e-9, Resistivity = 2e3, MolarVolume = 9.6e-3, LithiumPerMolecule = 2, EquilibriumPotential = material.OpenCircuitPotential.Value(0.5) < 1 ? 0.15 : 3.7, ExchangeCurrent = 0.05 },
    };

    private static ActiveMaterial Half(ActiveMaterial material, string name, double speed) => material with
    {
        Name = name,
        SurfaceAreaPerVolume = material.SurfaceAreaPerVolume / 3,
        ActiveVolumeFraction = material.ActiveVolumeFraction / 3,
        Film = material.Film is { } film ? film with { ExchangeCurrent = speed * film.ExchangeCurrent } : null,
    };

    private static double[] StepSizes(FieldLayout layout)
    {
        double[] sizes = new double[layout.Rows];
        sizes[layout.TerminalRow] = 1e-5;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            for (Field field = 0; (int)field < FieldSet.Most; field++)
                if (layout.Has(cell, field))
                    sizes[layout.Row(cell, field)] = field switch { Field.Salt => 0.1, Field.Temperature => 1e-3, _ => 1e-5 };
        return sizes;
    }

    /// <summary>Moves one unknown, solves all particles at the macroscopic state and returns the residual.</summary>
    private static double[] Shifted(DiscreteSystem system, double[] increments, int column, double step)
    {
        double[] unused = new double[system.NonZeros];
        Array.Clear(increments);
        increments[column] = step;
        system.Update(increments, column == system.Layout.TerminalRow ? step : 0, 1);
        increments[column] = 0;
        for (int iteration = 0; iteration < 8; iteration++)
        {
            Assemble(system, increments.Length, unused);
            system.Update(increments, 0, 1);
        }
        return Assemble(system, increments.Length, unused);
    }

    private static double[] Assemble(DiscreteSystem system, int rows, double[] values)
    {
        double[] residual = new double[rows];
        system.Terminal.TotalCurrent = system.Terminal.LocalCurrent;
        system.Assemble(new Assembly(residual, values, [], system.Unknowns.Scale));
        return residual;
    }

    private static double Entry(SparsePattern pattern, double[] values, int row, int column)
    {
        int place = Array.BinarySearch(pattern.DiagonalColumns, pattern.Starts.Diagonal[row], pattern.Starts.Diagonal[row + 1] - pattern.Starts.Diagonal[row], column);
        return place < 0 ? 0 : values[place];
    }
}
