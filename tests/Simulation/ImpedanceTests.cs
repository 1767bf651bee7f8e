using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Z(ω) of a whole cell by its small-signal equations.</summary>
public class ImpedanceTests
{
    private const int StepsPerPeriod = 100, Periods = 4;

    /// <summary>The voltage that time steps give under a small harmonic current. In steps of one length the formula of second order turns exp(iωt) into
    /// α exp(iωt) with an α of its own: against that only the start and non-linearity are left.</summary>
    [TestCase("diffusion", 100, 2e-4)]
    [TestCase("D(x)", 100, 2e-4)]
    [TestCase("double layers", 0.01, 2e-4)]
    [TestCase("heat", 20, 2e-4)]
    public void SmallSignalIsWhatTimeStepsGive(string variant, double period, double tolerance)
    {
        SimulationCase cell = Cell(variant);
        using CellRun run = new(cell with { Solver = cell.Solver with { MaximumOrder = 2 } });
        run.Start(0);
        double omega = 2 * Math.PI / period, step = period / StepsPerPeriod;
        Complex delay = Complex.Exp(new(0, -omega * step)), discrete = (1.5 - (2 * delay) + (0.5 * delay * delay)) / step;
        Complex exact = Impedance(run, new(0, omega)), expected = Impedance(run, discrete), measured = Measured(run, omega, step);
        TestContext.Out.WriteLine($"{variant}: {exact} Ω, by steps {measured} Ω, missed by {Complex.Abs((measured / expected) - 1):e1}");
        Assert.That(Complex.Abs((measured / expected) - 1), Is.LessThan(tolerance));
        Assert.That(Complex.Abs((measured / exact) - 1), Is.LessThan(0.01));
        Assert.That(exact.Real, Is.Positive);
        Assert.That(exact.Imaginary, Is.Negative);
    }

    /// <summary>iω Z → dU/dQ, the slope of the open-circuit voltage.</summary>
    [Test]
    public void SlowChangesFollowTheOpenCircuitVoltage()
    {
        using CellRun run = new(Cell("diffusion"));
        run.Start(0);
        double expected = 0;
        foreach (ReactingParticles particles in run.Model.Particles)
        {
            double volume = 0, x = particles.MeanStoichiometry[0];
            foreach (int cell in particles.Cells)
                volume += run.Model.Mesh.Volume[cell];
            double sites = PhysicalConstants.Faraday * particles.Material.MaximumConcentration * particles.Material.ActiveVolumeFraction * volume;
            expected -= (particles.Material.OpenCircuitPotential.Value(x + 1e-6) - particles.Material.OpenCircuitPotential.Value(x - 1e-6)) / 2e-6 / sites;
        }
        Complex alpha = new(0, 1e-8), slope = alpha * Impedance(run, alpha);
        Assert.That(slope.Real, Is.EqualTo(expected).Within(1e-5 * expected));
        Assert.That(Math.Abs(slope.Imaginary), Is.LessThan(1e-3 * expected));
    }

    [Test]
    public void RealPartIsEvenAndImaginaryPartOdd()
    {
        using CellRun run = new(Cell("double layers"));
        run.Start(0);
        foreach (double omega in new[] { 1e-3, 1, 1e3 })
        {
            Complex above = Impedance(run, new(0, omega)), below = Impedance(run, new(0, -omega));
            Assert.That(Complex.Abs(above - Complex.Conjugate(below)), Is.LessThan(1e-11 * Complex.Abs(above)));
        }
    }

    private static SimulationCase Cell(string variant) => variant switch
    {
        "D(x)" => TestCases.Column("Initial state.SOC=0.6")
            .WithMaterials(m => [m with { Diffusivity = new Physics.FunctionCurve(x => 2e-14 * (1 + x), _ => 2e-14), DiffusivityActivationEnergy = 0 }]),
        "double layers" => TestCases.Column("Initial state.SOC=0.6").WithMaterials(m => [m with { DoubleLayerCapacitance = 0.2, FilmResistance = 1e-3 }]),
        "heat" => TestCases.ThermalColumn(
        [
            "Initial state.SOC=0.6", "Mesh.Cells through.Negative electrode=4", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=4",
            .. ConservationTests.ThermalExpressions,
        ]).WithMaterials(m => [m with { EntropicCoefficient = Curve.Constant(3e-4) }]),
        _ => TestCases.Column("Initial state.SOC=0.6"),
    };

    /// <summary>dV/dI for changes ∝ exp(αt) of the accepted state.</summary>
    private static Complex Impedance(CellRun run, Complex alpha)
    {
        DiscreteSystem system = run.Model.System;
        SparsePattern pattern = system.TakePattern();
        int rows = system.Layout.Rows, terminal = system.Layout.TerminalRow;
        double[] real = new double[pattern.NonZeros], imaginary = new double[pattern.NonZeros], unused = new double[rows];
        RowScale scale = system.Unknowns.Scale;
        system.AssembleSmallSignal(alpha, new(unused, real, [], scale), new(unused, imaginary, [], scale));
        double[] pair = new double[4 * rows * rows], increments = new double[2 * rows];
        DenseFactor.Embed(Dense(pattern, real), Dense(pattern, imaginary), pair);
        // The row of V is I − I₀.
        increments[terminal] = scale[Field.ElectronicPotential];
        int[] pivots = new int[2 * rows];
        Assert.That(DenseFactor.Factor(pair, pivots), Is.True);
        DenseFactor.Solve(pair, pivots, increments);
        return new(increments[terminal], increments[rows + terminal]);
    }

    private static double[] Dense(SparsePattern pattern, double[] values)
    {
        int rows = pattern.Starts.Diagonal.Length - 1;
        double[] dense = new double[rows * rows];
        for (int row = 0; row < rows; row++)
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                dense[(row * rows) + pattern.DiagonalColumns[entry]] = values[entry];
        return dense;
    }

    /// <summary>Ratio of voltage and current in the last two of some periods.</summary>
    private static Complex Measured(CellRun run, double omega, double step)
    {
        double amplitude = 0.01 * run.OneC;
        double[] normal = new double[25], fit = new double[5];
        for (int i = 1; i <= Periods * StepsPerPeriod; i++)
        {
            double phase = omega * i * step, time = (2.0 * i / (Periods * StepsPerPeriod)) - 1;
            run.Model.System.Terminal.Control = new Control.Current(amplitude * Math.Cos(phase));
            run.Step(step);
            if (i <= (Periods - 2) * StepsPerPeriod)
                continue;
            double[] basis = [Math.Cos(phase), Math.Sin(phase), 1, time, time * time];
            for (int row = 0; row < 5; row++)
            {
                fit[row] += basis[row] * run.Voltage;
                for (int column = 0; column < 5; column++)
                    normal[(row * 5) + column] += basis[row] * basis[column];
            }
        }
        int[] pivots = new int[5];
        Assert.That(DenseFactor.Factor(normal, pivots), Is.True);
        DenseFactor.Solve(normal, pivots, fit);
        return new Complex(fit[0], -fit[1]) / amplitude;
    }
}
