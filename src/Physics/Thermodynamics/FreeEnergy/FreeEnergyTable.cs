namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>Points of f(θ) or Ω(μ) at one or several temperatures, each with places of its own.</summary>
/// <param name="Temperatures">Strictly rising [K].</param>
/// <param name="Places">θ, or μ [J mol⁻¹], strictly rising, at least 4 for each temperature.</param>
/// <param name="Values">f or Ω at them [J mol⁻¹].</param>
public sealed record FreeEnergyTable(double[] Temperatures, double[][] Places, double[][] Values)
{
    /// <summary>Fewest points of one temperature.</summary>
    public const int Fewest = 4;

    /// <summary>Number of points.</summary>
    public int Count => Places.Sum(places => places.Length);

    /// <summary>Ends that all temperatures have in common.</summary>
    internal (double Lowest, double Highest) Common => (Places.Max(places => places[0]), Places.Min(places => places[^1]));
}
