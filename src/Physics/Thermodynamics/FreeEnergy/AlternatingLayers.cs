namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>A host of two kinds of layers that alternate, each a regular solution, which repel one another: f(θ) = min ½[f₁(θ₁) + f₁(θ₂) + Bθ₁θ₂ + Cθ₁(1 − θ₁)θ₂(1 − θ₂)]
/// over θ₁ + θ₂ = 2θ (equation 9.2a).</summary>
/// <remarks>
/// Stages of graphite: both layers empty, one full, both full; after Ferguson and Bazant (arXiv:1401.7072). How lithium divides between the layers
/// follows θ at once. With v = ln[θ₁(1 − θ₂)/((1 − θ₁)θ₂)] it does where RT v = 4δ(A₀ + ½B + C(θ(1 − θ) + ½(1 − 2θ)²) − Cδ²), δ = ½(θ₁ − θ₂): v is convex over δ and, for C ≥ 0, the right-hand
/// side concave, so there is at most one order beside δ = 0, and it is the minimum.
/// </remarks>
/// <param name="layer">f₁ of one layer, with one interaction A₀ at most.</param>
/// <param name="pairs">B [J mol⁻¹] of lithium that faces lithium.</param>
/// <param name="crowding">C ≥ 0 [J mol⁻¹] of layers that fill side by side.</param>
public sealed class AlternatingLayers(RedlichKister layer, double pairs, double crowding) : HostFreeEnergy
{
    private const int Iterations = 200;
    private const double Enough = 1e-15;

    public override (double Lowest, double Highest) Range(double temperature) => (0, 1);

    /// <summary>θ of the fuller and of the emptier layer; the same where there is no order.</summary>
    public (double Fuller, double Emptier) Layers(double filling, double temperature)
    {
        (double fuller, double emptier) = Odds(filling, Order(filling, temperature));
        return (Share(fuller), Share(emptier));
    }

    public override FreeEnergyPoint At(double filling, double temperature)
    {
        double order = Order(filling, temperature);
        (double fuller, double emptier) = Odds(filling, order);
        (FreeEnergyPoint one, FreeEnergyPoint other) = (Layer(fuller, Share(emptier), temperature), Layer(emptier, Share(fuller), temperature));
        double both = Both(Share(fuller)) * Both(Share(emptier)), coupling = pairs + (crowding * Slope(Share(fuller)) * Slope(Share(emptier)));
        double energy = 0.5 * (one.Energy + other.Energy + (pairs * Share(fuller) * Share(emptier)) + (crowding * both));
        double potential = 0.5 * (one.Potential + other.Potential), byTemperature = 0.5 * (one.EnergyByTemperature + other.EnergyByTemperature);
        // Derivatives at constant θ: the layers exchange lithium until their μ are the same again.
        double sum = one.Stiffness + other.Stiffness, asymmetry = order == 0 ? 0 : (one.Stiffness - other.Stiffness) / (sum - (2 * coupling));
        double stiffness = 0.5 * (sum + (2 * coupling) - (asymmetry * (one.Stiffness - other.Stiffness)));
        double potentialByTemperature = 0.5 * (one.PotentialByTemperature + other.PotentialByTemperature - (asymmetry * (one.PotentialByTemperature - other.PotentialByTemperature)));
        return new(energy, potential, stiffness, byTemperature, potentialByTemperature);
    }

    /// <summary>One layer beside the other: f₁, μ₁ = ∂/∂θ₁ of everything, and its derivative by θ₁.</summary>
    private FreeEnergyPoint Layer(double odds, double beside, double temperature)
    {
        FreeEnergyPoint own = layer.At(Share(odds), temperature);
        return own with
        {
            Potential = own.Potential + (pairs * beside) + (crowding * Both(beside) * Slope(Share(odds))),
            Stiffness = own.Stiffness - (2 * crowding * Both(beside)),
        };
    }

    /// <summary>v; 0 without order.</summary>
    private double Order(double filling, double temperature)
    {
        double heat = PhysicalConstants.Gas * temperature, interaction = layer.Interactions(temperature) is [double only] ? only : 0;
        double linear = 4 * (interaction + (0.5 * pairs) + (crowding * (Both(filling) + (0.5 * Slope(filling) * Slope(filling))))) / heat, cubic = 4 * crowding / heat;
        double most = Math.Min(filling, 1 - filling);
        if (linear * Both(filling) <= 2)
            return 0;
        (double low, double high) = (0, linear * most);
        double order = high;
        for (int i = 0; i < Iterations; i++)
        {
            (double fuller, double emptier) = Odds(filling, order);
            double difference = 0.5 * (Share(fuller) - Share(emptier)), excess = order - (difference * (linear - (cubic * difference * difference)));
            if (excess > 0) high = order;
            else low = order;
            double byOrder = 1 - ((linear - (3 * cubic * difference * difference)) / ((1 / Both(Share(fuller))) + (1 / Both(Share(emptier)))));
            double next = order - (excess / byOrder);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - order) <= Enough * order) return next;
            order = next;
        }
        return order;
    }

    /// <summary>θᵢ/(1 − θᵢ) = z e^(±v/2) with (1 − θ)z² + (1 − 2θ) cosh(v/2) z = θ.</summary>
    private static (double Fuller, double Emptier) Odds(double filling, double order)
    {
        double factor = Math.Exp(0.5 * order), middle = 0.5 * (1 - (2 * filling)) * (factor + (1 / factor)), root = Math.Sqrt((middle * middle) + (4 * filling * (1 - filling)));
        double z = middle > 0 ? 2 * filling / (middle + root) : (root - middle) / (2 * (1 - filling));
        return (z * factor, z / factor);
    }

    private static double Share(double odds) => odds / (1 + odds);

    private static double Both(double share) => share * (1 - share);

    private static double Slope(double share) => 1 - (2 * share);
}
