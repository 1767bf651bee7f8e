using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Closures;

/// <summary>Concentrated electrolyte of univalent ions in a solvent at rest: c_i ∇μ_i = Σ_j (RT c_i c_j/(c_T D_ij)) (v_j − v_i)
/// (equation 5.1), c_T = 2c + c₀, of which 5.3 to 5.6 are the solution.</summary>
/// <remarks>Newman and Thomas-Alyea, Electrochemical Systems, 3rd ed., chapter 12. Θ belongs to the molar activity coefficient, so D holds what is
/// written 1 − dln c₀/dln c beside molal ones.</remarks>
public sealed record StefanMaxwell : IClosure
{
    /// <summary>D₊₀ [m² s⁻¹] of c and T.</summary>
    public required Function CationSolvent { get; init; }

    /// <summary>D₋₀ [m² s⁻¹] of c and T.</summary>
    public required Function AnionSolvent { get; init; }

    /// <summary>D₊₋ [m² s⁻¹] of c and T.</summary>
    public required Function CationAnion { get; init; }

    /// <summary>c₀ [mol m⁻³] of c and T.</summary>
    public required Function SolventConcentration { get; init; }

    /// <summary>Θ = 1 + dln f/dln c of c and T.</summary>
    public Function ThermodynamicFactor { get; init; } = Curve.Constant(1);

    public Electrolyte In(Electrolyte electrolyte) => electrolyte with
    {
        Conductivity = new ClosedFunction<ConductivityForm>(CationSolvent, AnionSolvent, CationAnion, SolventConcentration),
        ConductivityActivationEnergy = 0,
        Diffusivity = new ClosedFunction<DiffusivityForm>(CationSolvent, AnionSolvent, SolventConcentration, ThermodynamicFactor),
        DiffusivityActivationEnergy = 0,
        TransferenceNumber = new ClosedFunction<IonPair.TransferenceForm>(CationSolvent, AnionSolvent),
        ThermodynamicFactor = ThermodynamicFactor,
    };

    /// <summary>D = 2 D₊₀ D₋₀/(D₊₀ + D₋₀) (c_T/c₀) Θ [m² s⁻¹] (equation 5.5).</summary>
    public static T Diffusivity<T>(in T cationSolvent, in T anionSolvent, in T solvent, in T factor, in T concentration) where T : unmanaged, IScalar<T> =>
        IonPair.Ambipolar(cationSolvent, anionSolvent) * (((2 * concentration) + solvent) / solvent) * factor;

    /// <summary>1/κ = (RT/(F² c_T)) [1/D₊₋ + c₀/(c (D₊₀ + D₋₀))] [Ω m] (equation 5.6), as κ [S m⁻¹].</summary>
    public static T Conductivity<T>(in T cationSolvent, in T anionSolvent, in T cationAnion, in T solvent, in T concentration, in T temperature) where T : unmanaged, IScalar<T>
    {
        T byIons = concentration * (cationSolvent + anionSolvent);
        T total = (2 * concentration) + solvent;
        return PhysicalConstants.Faraday * PhysicalConstants.Faraday / PhysicalConstants.Gas * (total * byIons * cationAnion / (temperature * (byIons + (solvent * cationAnion))));
    }

    private readonly struct ConductivityForm : IClosedForm
    {
        public static bool Reads(int input) => true;

        public static T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T> =>
            Conductivity(given[0], given[1], given[2], given[3], concentration, temperature);
    }

    private readonly struct DiffusivityForm : IClosedForm
    {
        public static bool Reads(int input) => input == 0;

        public static T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T> =>
            Diffusivity(given[0], given[1], given[2], given[3], concentration);
    }
}
