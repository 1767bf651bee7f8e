using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Closures;

/// <summary>Dilute electrolyte of univalent ions, electroneutral: N± = −D±(∇c ± (F c/RT) ∇φ) (equations 5.3, 5.4, 5.7), Θ = 1.</summary>
/// <remarks>Newman and Thomas-Alyea, Electrochemical Systems, 3rd ed., chapter 11.</remarks>
/// <param name="Cation">D₊ [m² s⁻¹] of c and T.</param>
/// <param name="Anion">D₋ [m² s⁻¹] of c and T.</param>
public sealed record NernstPlanck(Function Cation, Function Anion) : IClosure
{
    public Electrolyte In(Electrolyte electrolyte) => electrolyte with
    {
        Conductivity = new ClosedFunction<ConductivityForm>(Cation, Anion),
        ConductivityActivationEnergy = 0,
        Diffusivity = new ClosedFunction<DiffusivityForm>(Cation, Anion),
        DiffusivityActivationEnergy = 0,
        TransferenceNumber = new ClosedFunction<IonPair.TransferenceForm>(Cation, Anion),
        ThermodynamicFactor = Curve.Constant(1),
    };

    /// <summary>κ = F² c (D₊ + D₋)/(RT) [S m⁻¹] (equation 5.7).</summary>
    public static T Conductivity<T>(in T cation, in T anion, in T concentration, in T temperature) where T : unmanaged, IScalar<T> =>
        PhysicalConstants.Faraday * PhysicalConstants.Faraday / PhysicalConstants.Gas * (concentration * (cation + anion) / temperature);

    private readonly struct ConductivityForm : IClosedForm
    {
        public static bool Reads(int input) => true;

        public static T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T> =>
            Conductivity(given[0], given[1], concentration, temperature);
    }

    private readonly struct DiffusivityForm : IClosedForm
    {
        public static bool Reads(int input) => false;

        public static T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T> => IonPair.Ambipolar(given[0], given[1]);
    }
}
