using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Convection behind a half cell: Q = (T − T_amb)/(1/(h A) + d/(k A)) (equation 8.3).</summary>
/// <param name="conductance">1/(1/(h A) + d/(k A)) [W K⁻¹].</param>
/// <param name="ambient">T_amb [K].</param>
public readonly struct ConvectiveFilm(double conductance, double ambient) : IFilm<ConvectiveFilm>
{
    public static ConvectiveFilm Over(in CooledFace face, double time) => new(
        face.Area / ((1 / face.Surroundings.HeatTransferCoefficient.At(time)) + face.Resistance), face.Surroundings.AmbientTemperature.At(time));

    public T HeatLost<T>(T temperature) where T : unmanaged, IScalar<T> => conductance * (temperature - ambient);
}
