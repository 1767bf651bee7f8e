using System.Runtime.CompilerServices;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Kinetics;

/// <summary>j = j0 [exp(α_a Fη/RT) − exp(−α_c Fη/RT)], solved for the overpotential η(j) (equations.md §3).</summary>
public readonly struct ButlerVolmer : IKinetics
{
    /// <summary>Stoichiometries are kept this far inside (0, 1) where j0 is evaluated.</summary>
    private const double Margin = 1e-9;

    /// <summary>A Newton step this small, relative to z, leaves an error of its square.</summary>
    private const double Converged = 1e-9;

    public static T Overpotential<T>(in T current, in T salt, in T stoichiometry, in T rateConstant, in T temperature, ActiveMaterial material)
        where T : unmanaged, IScalar<T>
    {
        (double anodic, double cathodic) = (material.AnodicTransferCoefficient, material.CathodicTransferCoefficient);
        T exchangeCurrent = ExchangeCurrent(salt, stoichiometry, rateConstant, anodic, cathodic, material.ExchangeCurrentRegularisation);
        return Overpotential(current, exchangeCurrent, temperature, anodic, cathodic);
    }

    /// <summary>j0 = F k_r (c/c0)^α_a (1 − x)^α_a x^α_c [A m⁻²].</summary>
    /// <param name="salt">c/c0.</param>
    /// <param name="stoichiometry">x at the surface.</param>
    /// <param name="rateConstant">k_r at T [mol m⁻² s⁻¹].</param>
    /// <param name="anodic">α_a.</param>
    /// <param name="cathodic">α_c.</param>
    /// <param name="regularisation">δ of <see cref="ActiveMaterial.ExchangeCurrentRegularisation"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T ExchangeCurrent<T>(in T salt, in T stoichiometry, in T rateConstant, double anodic, double cathodic, double regularisation = 0) where T : unmanaged, IScalar<T>
    {
        T x = Inside(stoichiometry);
        T vacancies = T.Constant(1) - x;
        T concentrations = anodic == 0.5 && cathodic == 0.5
            ? T.Sqrt(salt * vacancies * x)
            : T.Exp((anodic * T.Log(salt * vacancies)) + (cathodic * T.Log(x)));
        if (regularisation > 0)
            concentrations *= Lowered(salt, anodic, regularisation) * Lowered(vacancies, anodic, regularisation) * Lowered(x, cathodic, regularisation);
        return PhysicalConstants.Faraday * rateConstant * concentrations;
    }

    /// <summary>η(j) [V] at temperature T [K].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Overpotential<T>(in T current, in T exchangeCurrent, in T temperature, double anodic, double cathodic) where T : unmanaged, IScalar<T>
    {
        T ratio = current / exchangeCurrent;
        T thermalVoltage = PhysicalConstants.Gas / PhysicalConstants.Faraday * temperature;
        if (anodic == cathodic)
            return 1 / anodic * thermalVoltage * T.Asinh(0.5 * ratio);
        double z = Inverse(ratio.Number, anodic, cathodic);
        return thermalVoltage * T.Chain(ratio, z, 1 / ((anodic * Math.Exp(anodic * z)) + (cathodic * Math.Exp(-cathodic * z))));
    }

    /// <summary>z with exp(α_a z) − exp(−α_c z) = s: Newton on asinh of both sides, which is close to linear, inside a bracket.</summary>
    public static double Inverse(double s, double anodic, double cathodic)
    {
        double target = Math.Asinh(0.5 * s);
        double low = Math.Min(0, 2 * target / Math.Min(anodic, cathodic)), high = Math.Max(0, 2 * target / Math.Min(anodic, cathodic));
        double z = 2 * target / (anodic + cathodic);
        for (int iteration = 0; iteration < 50; iteration++)
        {
            double forward = Math.Exp(anodic * z), backward = Math.Exp(-cathodic * z);
            // As a product where the difference would cancel.
            double half = Math.Abs(z) < 1 ? Math.Exp(0.5 * (anodic - cathodic) * z) * Math.Sinh(0.5 * (anodic + cathodic) * z) : 0.5 * (forward - backward);
            double miss = Math.Asinh(half) - target;
            if (miss > 0)
                high = z;
            else
                low = z;
            double next = z - (miss * Math.Sqrt((half * half) + 1) / (0.5 * ((anodic * forward) + (cathodic * backward))));
            if (!(next >= low && next <= high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - z) <= Converged * Math.Abs(next))
                return next;
            z = next;
        }
        return z;
    }

    /// <summary>(1 + δ²/x²)^((a−1)/2): what turns x^a into x (x² + δ²)^((a−1)/2).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Lowered<T>(in T x, double power, double delta) where T : unmanaged, IScalar<T> =>
        T.Exp(0.5 * (power - 1) * T.Log((T.Constant(delta * delta) / (x * x)) + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Inside<T>(in T stoichiometry) where T : unmanaged, IScalar<T>
    {
        double x = stoichiometry.Number;
        return x < Margin ? T.Constant(Margin) : x > 1 - Margin ? T.Constant(1 - Margin) : stoichiometry;
    }
}
