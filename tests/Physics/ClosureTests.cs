using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Closures;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>Closures of the electrolyte against the balance of forces that they solve.</summary>
public class ClosureTests
{
    private const double F = PhysicalConstants.Faraday, R = PhysicalConstants.Gas;

    /// <summary>c from dilute to concentrated [mol m⁻³] and T [K].</summary>
    private static readonly double[] Concentrations = [1, 30, 400, 1000, 2200, 4000], Temperatures = [258, 298.15, 331];

    private static readonly StefanMaxwell Friction = new()
    {
        CationSolvent = ThermallyActivated.Of(Of("1.8e-10*exp(-0.4e-3*x)"), 16000, 298.15),
        AnionSolvent = Of("4e-10*exp(-0.3e-3*x)*exp(1900/298.15 - 1900/T)"),
        CationAnion = Of("2.5e-11*(x/1000)**0.5*(T/298.15)**3"),
        SolventConcentration = Of("(1 - 6e-5*x)/8.5e-5*(1 - 1e-3*(T - 298.15))"),
        ThermodynamicFactor = Of("1 - 0.3*sqrt(x*1e-3) + 0.9*(x*1e-3)**1.5*(1 - 2e-3*(T - 298.15))"),
    };

    private static readonly NernstPlanck Dilute = new(Of("1.8e-10*exp(-0.4e-3*x)*exp(1900/298.15 - 1900/T)"), ThermallyActivated.Of(Of("4e-10*(1 - 1e-5*x)"), 12000, 298.15));

    private static readonly Electrolyte Concentrated = Friction.In(Electrolytes.Constant), Diluted = Dilute.In(Electrolytes.Constant);

    /// <summary>Gradients of salt [mol m⁻⁴] and of potential [V m⁻¹] of either sign, and none.</summary>
    private static readonly (double Salt, double Potential)[] Gradients = [(2e7, 0), (-2e7, 0), (0, 900), (0, -900), (1e7, 500), (-1e7, 700), (3e6, -1200)];

    /// <summary>Fluxes of the cation and current are those for which the forces balance, solved directly with a solvent at rest; the solvent's own balance follows.</summary>
    [Test]
    public void FluxesBalanceTheForces()
    {
        foreach ((double c, double kelvin) in States())
            foreach ((double salt, double potential) in Gradients)
            {
                double[] forces = Forces(c, kelvin, salt * c / 1000, potential);
                (double[] velocity, double solventBalance) = Solve(c, kelvin, forces);
                (double cation, double current) = Fluxes(Concentrated, c, kelvin, salt * c / 1000, potential);
                double scale = c * (Math.Abs(velocity[0]) + Math.Abs(velocity[1]));
                Assert.That(cation, Is.EqualTo(c * velocity[0]).Within(1e-12 * scale), $"N₊ at {c}, {kelvin}");
                Assert.That(current, Is.EqualTo(F * c * (velocity[0] - velocity[1])).Within(1e-12 * F * scale), $"i at {c}, {kelvin}");
                Assert.That(solventBalance, Is.Zero.Within(1e-12 * c * (Math.Abs(forces[0]) + Math.Abs(forces[1]))), "Gibbs and Duhem");
            }
    }

    /// <summary>What the fluxes of the closure dissipate is what friction does, and never negative.</summary>
    [Test]
    public void DissipationIsThatOfFriction()
    {
        foreach ((double c, double kelvin) in States())
            foreach ((double salt, double potential) in Gradients)
            {
                double[] forces = Forces(c, kelvin, salt, potential);
                (double cation, double current) = Fluxes(Concentrated, c, kelvin, salt, potential);
                double anion = cation - (current / F), dissipation = -(cation * forces[0]) - (anion * forces[1]);
                (double plusSolvent, double minusSolvent, double pair) = Frictions(c, kelvin);
                double plus = cation / c, minus = anion / c;
                double expected = (plusSolvent * plus * plus) + (minusSolvent * minus * minus) + (pair * (plus - minus) * (plus - minus));
                Assert.That(dissipation, Is.Positive.And.EqualTo(expected).Within(1e-11 * expected), $"at {c}, {kelvin}");
            }
    }

    /// <summary>The cation answers to the anion's force as the anion to the cation's.</summary>
    [Test]
    public void CrossCoefficientsAreEqual([Values] bool isDilute)
    {
        Electrolyte electrolyte = isDilute ? Diluted : Concentrated;
        foreach ((double c, double kelvin) in States())
        {
            double factor = electrolyte.ThermodynamicFactor.Widened(2).Value(c, kelvin);
            // ∇μ₊ alone: no ∇μ₋, so 2RTΘ∇ln c = ∇μ₊ = F∇φ_e; ∇μ₋ alone: φ_e is uniform.
            double salt = c / (2 * R * kelvin * factor);
            (double plusByPlus, double currentByPlus) = Fluxes(electrolyte, c, kelvin, salt, 1 / F);
            (double plusByMinus, double currentByMinus) = Fluxes(electrolyte, c, kelvin, salt, 0);
            double minusByPlus = plusByPlus - (currentByPlus / F), minusByMinus = plusByMinus - (currentByMinus / F);
            Assert.That(minusByPlus, Is.EqualTo(plusByMinus).Within(1e-12 * Math.Abs(plusByPlus)));
            Assert.That(plusByPlus, Is.Negative);
            Assert.That((plusByPlus * minusByMinus) - (plusByMinus * minusByPlus), Is.Positive);
        }
    }

    /// <summary>N± = −D±(∇c ± (Fc/RT)∇φ) with the potential of dilute theory, φ = φ_e − (RT/F) ln c.</summary>
    [Test]
    public void DiluteFluxesAreThoseOfNernstAndPlanck()
    {
        foreach ((double c, double kelvin) in States())
            foreach ((double salt, double potential) in Gradients)
            {
                double electrostatic = potential - (R * kelvin / F * salt / c), drift = F * c / (R * kelvin) * electrostatic;
                double cation = -Dilute.Cation.Value(c, kelvin) * (salt + drift), anion = -Dilute.Anion.Value(c, kelvin) * (salt - drift);
                (double found, double current) = Fluxes(Diluted, c, kelvin, salt, potential);
                double scale = Math.Abs(cation) + Math.Abs(anion);
                Assert.That(found, Is.EqualTo(cation).Within(1e-12 * scale));
                Assert.That(current, Is.EqualTo(F * (cation - anion)).Within(1e-12 * F * scale));
            }
    }

    /// <summary>Without friction between ions, Stefan–Maxwell tends to Nernst–Planck as 2c/c₀.</summary>
    [Test]
    public void DilutionLeadsToNernstAndPlanck()
    {
        Function cation = Of("1.8e-10*exp(1900/298.15 - 1900/T)"), anion = Curve.Constant(4e-10);
        Electrolyte concentrated = new StefanMaxwell { CationSolvent = cation, AnionSolvent = anion, CationAnion = Curve.Constant(1e6), SolventConcentration = Curve.Constant(12000) }.In(Electrolytes.Constant);
        Electrolyte dilute = new NernstPlanck(cation, anion).In(Electrolytes.Constant);
        foreach (double kelvin in Temperatures)
            foreach (double c in new[] { 600, 6, 0.06 })
            {
                Assert.That(concentrated.Conductivity.Value(c, kelvin) / dilute.Conductivity.Value(c, kelvin), Is.EqualTo(1 + (2 * c / 12000)).Within(1e-13), "κ");
                Assert.That(concentrated.Diffusivity.Value(c, kelvin) / dilute.Diffusivity.Value(c, kelvin), Is.EqualTo(1 + (2 * c / 12000)).Within(1e-13), "D");
                Assert.That(concentrated.TransferenceNumber.Value(c, kelvin), Is.EqualTo(dilute.TransferenceNumber.Value(c, kelvin)), "t₊");
            }
    }

    /// <summary>Potassium chloride in water at 25 °C and infinite dilution: Λ = 149.8 S cm² mol⁻¹, D = 1.993e-9 m² s⁻¹, t₊ = 0.490
    /// (Robinson and Stokes, Electrolyte Solutions, from λ₊ = 73.50 and λ₋ = 76.35 S cm² mol⁻¹).</summary>
    [Test]
    public void PotassiumChlorideHasItsLimitingValues()
    {
        Electrolyte electrolyte = new NernstPlanck(Curve.Constant(1.957e-9), Curve.Constant(2.033e-9)).In(Electrolytes.Constant);
        Assert.That(electrolyte.Conductivity.Value(1, 298.15), Is.EqualTo(149.85e-4).Within(0.05e-4));
        Assert.That(electrolyte.Diffusivity.Value(1, 298.15), Is.EqualTo(1.994e-9).Within(0.002e-9));
        Assert.That(electrolyte.TransferenceNumber.Value(1, 298.15), Is.EqualTo(0.4905).Within(5e-4));
    }

    [Test]
    public void PartialsAreExact([Values] bool isDilute)
    {
        Electrolyte electrolyte = isDilute ? Diluted : Concentrated;
        foreach (Function property in new[] { electrolyte.Conductivity, electrolyte.Diffusivity, electrolyte.TransferenceNumber })
            FunctionContract.Check(property, (100, 3000), (260, 330));
    }

    /// <summary>Diffusivities without c and T leave t₊ constant, so that laws take the cheaper path.</summary>
    [Test]
    public void WhatDoesNotVaryIsConstant()
    {
        Electrolyte electrolyte = new NernstPlanck(Curve.Constant(1e-10), Curve.Constant(3e-10)).In(Electrolytes.Constant);
        Assert.That(electrolyte.TransferenceNumber.IsConstant && electrolyte.Diffusivity.IsConstant, Is.True);
        Assert.That(electrolyte.Conductivity.DependsOn(0) && electrolyte.Conductivity.DependsOn(1), Is.True);
        Assert.That(electrolyte.TransferenceNumber.Value(1000, 300), Is.EqualTo(0.25).Within(1e-16));
    }

    private static Function Of(string text) => ExpressionFunction.Parse(text, "x", "T");

    private static IEnumerable<(double C, double Kelvin)> States() => Concentrations.SelectMany(_ => Temperatures, (c, kelvin) => (c, kelvin));

    /// <summary>∇μ₊ = F∇φ_e against lithium and ∇μ₋ = 2RTΘ∇ln c − ∇μ₊ [J mol⁻¹ m⁻¹].</summary>
    private static double[] Forces(double c, double kelvin, double salt, double potential) =>
        [F * potential, (2 * R * kelvin * Friction.ThermodynamicFactor.Value(c, kelvin) * salt / c) - (F * potential)];

    /// <summary>RT c_i c_j/(c_T D_ij) of cation and solvent, anion and solvent, cation and anion.</summary>
    private static (double PlusSolvent, double MinusSolvent, double Pair) Frictions(double c, double kelvin)
    {
        double solvent = Friction.SolventConcentration.Value(c, kelvin), scale = R * kelvin / ((2 * c) + solvent);
        return (scale * c * solvent / Friction.CationSolvent.Value(c, kelvin), scale * c * solvent / Friction.AnionSolvent.Value(c, kelvin), scale * c * c / Friction.CationAnion.Value(c, kelvin));
    }

    /// <summary>Velocities [m s⁻¹] of cation, anion and solvent at rest, and what is left of the solvent's balance of forces.</summary>
    private static (double[] Velocity, double SolventBalance) Solve(double c, double kelvin, double[] forces)
    {
        (double plus, double minus, double pair) = Frictions(c, kelvin);
        double[] matrix = [-(plus + pair), pair, plus, pair, -(minus + pair), minus, 0, 0, plus + minus], velocity = [c * forces[0], c * forces[1], 0];
        int[] pivots = new int[3];
        Assert.That(DenseFactor.Factor(matrix, pivots));
        DenseFactor.Solve(matrix, pivots, velocity);
        double solventForce = -(c * forces[0]) - (c * forces[1]);
        return (velocity, solventForce - (plus * (velocity[0] - velocity[2])) - (minus * (velocity[1] - velocity[2])));
    }

    /// <summary>N₊ = −D∇c + t₊ i/F and i = −κ[∇φ_e − (2RT/F)(1 − t₊)Θ∇ln c].</summary>
    private static (double Cation, double Current) Fluxes(Electrolyte electrolyte, double c, double kelvin, double salt, double potential)
    {
        double transference = electrolyte.TransferenceNumber.Widened(2).Value(c, kelvin), factor = electrolyte.ThermodynamicFactor.Widened(2).Value(c, kelvin);
        double current = -electrolyte.ConductivityOf(310).Value(c, kelvin) * (potential - (2 * R * kelvin / F * (1 - transference) * factor * salt / c));
        return ((-electrolyte.DiffusivityOf(310).Value(c, kelvin) * salt) + (transference * current / F), current);
    }
}
