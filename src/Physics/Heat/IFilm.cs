using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>A law of the heat that leaves a cell through an outer face: half cell and film in series, at one moment.</summary>
/// <typeparam name="TFilm">The law itself.</typeparam>
public interface IFilm<TFilm> where TFilm : struct, IFilm<TFilm>
{
    /// <summary>The film over a face.</summary>
    /// <param name="face">The face.</param>
    /// <param name="time">[s].</param>
    /// <param name="ambient">Temperature of the surroundings in place of the face's own [K]; null for that.</param>
    static abstract TFilm Over(in CooledFace face, double time, double? ambient = null);

    /// <summary>Q [W], positive when heat leaves.</summary>
    /// <param name="temperature">T at the cell's centre [K].</param>
    /// <param name="resistance">d/k + R between there and what lies outside of the contact [m² K W⁻¹]; above 0.</param>
    T HeatLost<T>(T temperature, T resistance) where T : unmanaged, IScalar<T>;
}
