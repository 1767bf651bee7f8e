using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Convection behind a half cell: Q = (T − T_amb)/(1/(h A) + d/(k A)) (equation 8.3).</summary>
/// <param name="area">A [m²].</param>
/// <param name="coefficient">h [W m⁻² K⁻¹].</param>
/// <param name="ambient">T_amb [K].</param>
public readonly struct ConvectiveFilm(double area, double coefficient, double ambient) : IFilm<ConvectiveFilm>
{
    private readonly double _resistance = 1 / coefficient;

    public static ConvectiveFilm Over(in CooledFace face, double time, double? ambient = null) =>
        new(face.Area, face.Surroundings.HeatTransferCoefficient.At(time), ambient ?? face.Surroundings.AmbientTemperature.At(time));

    public T HeatLost<T>(T temperature, T resistance) where T : unmanaged, IScalar<T> => T.Constant(area) / (resistance + _resistance) * (temperature - ambient);
}
