using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Interface;

/// <summary>The two half cells between which a reaction on a face takes place: c_f = c + (1 − t₊) j d/(F D_eff),
/// φ_e,f − φ_e = j d/κ_eff + (2RT/F)(1 − t₊) Θ ln(c_f/c), and j d/σ on the other side.</summary>
/// <remarks>Without them the reaction would be half a cell away from where it is, an error of first order in the size of the cells.</remarks>
/// <param name="electrolyte">Local cell with electrolyte of each face.</param>
/// <param name="lengths">d in that cell [m].</param>
/// <param name="resistances">d/σ in the conductor [Ω m²].</param>
/// <param name="properties">κ, D, t₊, Θ.</param>
/// <param name="transportResistivity">1/B per local cell.</param>
public sealed class FaceApproach(int[] electrolyte, double[] lengths, double[] resistances, ElectrolyteProperties properties, CellProperty transportResistivity)
{
    /// <summary>Less salt than this share of that in the cell is not reckoned with: a Newton step may ask for it, a solution cannot.</summary>
    private const double LeastShare = 1e-6;

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => [properties.ConductivityFactor, properties.DiffusivityFactor, .. transportResistivity.Parameters];

    /// <summary>Rise of potential from the centre of the electrolyte's half cell to the face and through the conductor's half cell [V].</summary>
    /// <param name="face">Which.</param>
    /// <param name="current">j into the electrolyte [A m⁻²].</param>
    /// <param name="salt">c [mol m⁻³].</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="saltAtFace">c_f [mol m⁻³].</param>
    public T PotentialRise<T>(int face, in T current, in T salt, in T temperature, out T saltAtFace) where T : unmanaged, IScalar<T>
    {
        ref readonly ElectrolyteState state = ref properties[electrolyte[face]];
        double way = lengths[face] * transportResistivity[electrolyte[face]];
        T passed = way * current;
        passed = T.Changing(passed, T.FollowsParameters ? transportResistivity.RelativeChange(electrolyte[face]) * passed.Number : 0);
        ref readonly TransferenceState transference = ref properties.Transference(electrolyte[face]);
        T anions = T.Constant(1) - transference.Number.InCell<T>();
        T share = T.Constant(1) + (1 / PhysicalConstants.Faraday * anions * passed / (T.Containing(properties.DiffusivityFactor, state.Diffusivity.InCell<T>()) * salt));
        if (!(share.Number > LeastShare))
            share = T.Constant(LeastShare);
        saltAtFace = share * salt;
        T diffusionPotential = 2 * PhysicalConstants.Gas / PhysicalConstants.Faraday * temperature * anions * transference.ThermodynamicFactor.InCell<T>() * T.Log(share);
        return (passed / T.Containing(properties.ConductivityFactor, state.Conductivity.InCell<T>())) + (resistances[face] * current) + diffusionPotential;
    }
}
