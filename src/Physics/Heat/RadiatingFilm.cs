using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Convection, radiation and a given flux behind half cell and contact: Q/A = (T − T_s)/r = h (T_s − T_amb) + ε σ_SB (T_s⁴ − T_amb⁴) + q_0
/// with r = d/k + R (equations 6.5, 8.4).</summary>
/// <remarks>The temperature T_s of the surface is eliminated: f(T_s) = T_s − T + r q(T_s) rises and is convex, so Newton's method falls
/// towards its root from the warmer of T and T_amb, and −r q_0 above it where the surface is heated; dT_s/dT = 1/f′ and dT_s/dr = −q/f′.</remarks>
/// <param name="area">A [m²].</param>
/// <param name="coefficient">h [W m⁻² K⁻¹].</param>
/// <param name="emissivity">ε.</param>
/// <param name="ambient">T_amb [K].</param>
/// <param name="given">q_0 [W m⁻²].</param>
public readonly struct RadiatingFilm(double area, double coefficient, double emissivity, double ambient, double given) : IFilm<RadiatingFilm>
{
    private const int MostIterations = 50;

    public static RadiatingFilm Over(in CooledFace face, double time, double? ambient = null)
    {
        Surroundings outside = face.Surroundings;
        return new(face.Area, outside.HeatTransferCoefficient.At(time), outside.Emissivity, ambient ?? outside.AmbientTemperature.At(time), outside.HeatFlux.At(time));
    }

    public T HeatLost<T>(T temperature, T resistance) where T : unmanaged, IScalar<T>
    {
        double surface = SurfaceTemperature(temperature.Number, resistance.Number), slope = BalanceSlope(surface, resistance.Number);
        return area * Flux(T.Chain(temperature, surface, 1 / slope) + T.Chain(resistance, 0, -Flux(new Real(surface)).Number / slope));
    }

    /// <summary>T_s [K] over a cell of temperature T [K] behind r [m² K W⁻¹].</summary>
    private double SurfaceTemperature(double temperature, double resistance)
    {
        double surface = Math.Max(temperature, ambient) + (resistance * Math.Max(-given, 0));
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double balance = surface - temperature + (resistance * Flux(new Real(surface)).Number), next = surface - (balance / BalanceSlope(surface, resistance));
            if (!(next < surface))
                break;
            surface = next;
        }
        return surface;
    }

    /// <summary>q(T_s) [W m⁻²], with T_s⁴ − T_amb⁴ as (T_s² + T_amb²)(T_s + T_amb)(T_s − T_amb), which vanishes exactly.</summary>
    private T Flux<T>(T surface) where T : unmanaged, IScalar<T>
    {
        T radiative = emissivity * PhysicalConstants.StefanBoltzmann * (((surface * surface) + (ambient * ambient)) * (surface + ambient));
        return ((radiative + coefficient) * (surface - ambient)) + given;
    }

    /// <summary>f′ = 1 + r (h + 4 ε σ_SB T_s³).</summary>
    private double BalanceSlope(double surface, double resistance) =>
        1 + (resistance * (coefficient + (4 * emissivity * PhysicalConstants.StefanBoltzmann * surface * surface * surface)));
}
