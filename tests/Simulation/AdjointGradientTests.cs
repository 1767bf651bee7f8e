using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Physics.Materials;
using Cell3D.Solvers;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>dV/dθ after one step of implicit Euler from rest at 1C, by the transposed system: −λᵀ ∂F/∂θ with Jᵀ λ = ∂V/∂u.</summary>
[Category("Mpi")]
public class AdjointGradientTests
{
    private const double Step = 20;

    [Test]
    public void TheGradientIsThatOfDifferences([Values] bool withHeat, [Values(-1, 1)] int direction)
    {
        string[] settings = ["Initial state.SOC=0.7", "Thermal.Initial temperature=310", "Solver.Newton tolerance=1e-11"];
        FilmGrowth film = new()
        {
            InitialThickness = 5e-9,
            Resistivity = 2e5,
            MolarVolume = 9.6e-5,
            LithiumPerMolecule = 2,
            EquilibriumPotential = 0.4,
            ExchangeCurrent = 1e-2,
            SolventSupply = 3e-14,
        };
        ActiveMaterial Filmed(ActiveMaterial material) => material with
        {
            FilmResistance = 1e-3,
            ReactionActivationEnergy = 30000,
            DoubleLayerCapacitance = 10,
            Film = material.OpenCircuitPotential.Value(0.5) < 1 ? film : null,
        };
        string[] few = ["Mesh.Cells along width=2", "Mesh.Cells along height=2", "Mesh.Cells along tab=1"];
        using CellRun run = new((withHeat ? TestCases.Pouch([.. few, .. settings, .. direction > 0 ? ConservationTests.ThermalExpressions : []]) : TestCases.Column(settings)).WithMaterials(m => [Filmed(m)]),
            withHeat ? Communicator.World : Communicator.Self);
        run.Start(0);
        run.Model.System.Terminal.Control = new Control.Current(direction * run.OneC);
        Parameter[] parameters = [.. run.Model.System.Parameters];
        Assert.That(parameters.Select(parameter => parameter.Name).Distinct().Count(), Is.EqualTo(withHeat ? 29 : 20).And.EqualTo(parameters.Length));
        double[] gradient = Gradient(run, parameters);
        // More ranks than two change nothing but the order of sums: every third parameter.
        for (int i = 0; i < parameters.Length; i += Communicator.World.Size > 2 ? 3 : 1)
        {
            // A shift of a potential is measured by 10 mV.
            double value = parameters[i].Value, size = value == 0 ? 0.01 : value, change = 2e-3 * size;
            double wide = (Voltage(run, parameters[i], value + change) - Voltage(run, parameters[i], value - change)) / (2 * change);
            double narrow = (Voltage(run, parameters[i], value + (0.5 * change)) - Voltage(run, parameters[i], value - (0.5 * change))) / change;
            parameters[i].Value = value;
            // Without their error of second order.
            double expected = narrow + ((narrow - wide) / 3);
            TestContext.Out.WriteLine($"{parameters[i].Name}: {size * gradient[i]:e6} V, by differences {size * expected:e6} V");
            Assert.That(size * gradient[i], Is.EqualTo(size * expected).Within((1e-6 * Math.Abs(size * expected)) + 1e-9), parameters[i].Name);
        }
        int rate = Array.FindIndex(parameters, parameter => parameter.Name.Contains("rate constant", StringComparison.Ordinal));
        Assert.That(Math.Abs(gradient[rate] * parameters[rate].Value), Is.GreaterThan(1e-4), "the rate constant matters");
    }

    private static double[] Gradient(CellRun run, Parameter[] parameters)
    {
        run.AssembleAtEndOf(Step);
        LinearSystem linear = run.Linear;
        int rows = linear.Residual.Length;
        linear.Residual.Clear();
        if (run.Model.Layout.OwnsTerminal)
            linear.Residual[run.Model.Layout.TerminalRow] = 1;
        LinearResult result = linear.SolveTransposed();
        Assert.That(result.Converged, Is.True, result.Explanation);
        double[] adjoint = linear.Increments.ToArray(), byParameter = new double[rows], gradient = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            Array.Clear(byParameter);
            parameters[i].Seed = 1;
            run.Model.System.AssembleByParameters(new(byParameter, default, default, run.Model.System.Unknowns.Scale));
            parameters[i].Seed = 0;
            gradient[i] = -run.World.Allreduce(adjoint.Zip(byParameter, (a, b) => a * b).Sum(), Operation.Sum);
        }
        run.Integrator.Discard();
        return gradient;
    }

    /// <summary>V after the step; the state is the one before it again.</summary>
    private static double Voltage(CellRun run, Parameter parameter, double value)
    {
        parameter.Value = value;
        StepOutcome outcome = run.Integrator.Attempt(Step);
        Assert.That(outcome.Succeeded, Is.True, outcome.Detail);
        double voltage = run.Voltage;
        run.Integrator.Discard();
        return voltage;
    }
}
