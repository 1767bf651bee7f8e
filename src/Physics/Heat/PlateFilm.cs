using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>A plate of given temperature behind contact and half cell: Q = A (T − T_plate)/(R + d/k) (equation 8.3 with h → ∞).</summary>
/// <param name="area">A [m²].</param>
/// <param name="plate">T_plate [K].</param>
public readonly struct PlateFilm(double area, double plate) : IFilm<PlateFilm>
{
    public static PlateFilm Over(in CooledFace face, double time, double? ambient = null) => new(face.Area, face.Surroundings.AmbientTemperature.At(time));

    public T HeatLost<T>(T temperature, T resistance) where T : unmanaged, IScalar<T> => T.Constant(area) / resistance * (temperature - plate);
}
