using Cell3D.Numerics;

namespace Cell3D.Physics.Closures;

/// <summary>What a cation and an anion of one charge each do together, from the diffusivity of either.</summary>
public static class IonPair
{
    /// <summary>2D₊D₋/(D₊ + D₋) [m² s⁻¹]: that of the salt, as neither ion leaves the other (equation 5.3).</summary>
    public static T Ambipolar<T>(in T cation, in T anion) where T : unmanaged, IScalar<T> => 2 * (cation * anion / (cation + anion));

    /// <summary>t₊ = D₊/(D₊ + D₋) (equation 5.4).</summary>
    public static T Transference<T>(in T cation, in T anion) where T : unmanaged, IScalar<T> => cation / (cation + anion);

    /// <summary>t₊ of two given diffusivities.</summary>
    public readonly struct TransferenceForm : IClosedForm
    {
        public static bool Reads(int input) => false;

        public static T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T> => Transference(given[0], given[1]);
    }
}
