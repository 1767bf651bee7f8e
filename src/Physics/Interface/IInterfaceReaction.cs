using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>What a reaction sees at one place of an interface.</summary>
public struct InterfaceState<T> where T : unmanaged, IScalar<T>
{
    /// <summary>c [mol m⁻³].</summary>
    public T Salt;

    /// <summary>T [K].</summary>
    public T Temperature;

    /// <summary>φ_s − φ_e [V].</summary>
    public T Potential;

    /// <summary>φ_s − φ_e less the drop (Σj) R_f in the films [V]: what drives every reaction.</summary>
    public T Drive;
}

/// <summary>What a reaction gives per area of interface.</summary>
public struct ReactionYield<T> where T : unmanaged, IScalar<T>
{
    /// <summary>j (φ_s − φ_e − U) [W m⁻²], loss in films included.</summary>
    public T Irreversible;

    /// <summary>j T dU/dT [W m⁻²], and of particles that part into phases the heat of mixing inside them.</summary>
    public T Reversible;

    /// <summary>j U [W m⁻²], the power that is stored chemically.</summary>
    public T Chemical;

    /// <summary>∂/∂t of the salt that pores no longer hold because the interface grows into them [mol m⁻² s⁻¹].</summary>
    public T DisplacedSalt;
}

/// <summary>A reaction at the interface of conductor and electrolyte, with its current density j [A m⁻²] as unknown; j &gt; 0 is oxidation: Li⁺ enters the
/// electrolyte.</summary>
/// <remarks>All reactions of one interface share its potential difference and its films. A struct around its states, joined to the others as a type.</remarks>
public interface IInterfaceReaction
{
    /// <summary>Current densities that are unknowns: 1, or several for joined reactions.</summary>
    static abstract int Currents { get; }

    /// <summary>j of every place; the number is 0 for a single reaction.</summary>
    StateVariable Current(int number);

    /// <inheritdoc cref="Term.Parameters"/>
    IEnumerable<Parameter> Parameters { get; }

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    void BeginStep(TimeCoefficients time);

    /// <inheritdoc cref="ILocalLaw.Prepare"/>
    void Prepare(int first, int count, bool accepted);

    /// <inheritdoc cref="ILocalLaw.PrepareSmallSignal"/>
    void PrepareSmallSignal(int first, int count, Complex alpha);

    /// <inheritdoc cref="ILocalLaw.PrepareByParameters"/>
    void PrepareByParameters(int first, int count);

    /// <summary>Adds the drop of potential in its film.</summary>
    /// <param name="place">Which.</param>
    /// <param name="number">Number of its current among all unknowns.</param>
    /// <param name="sum">Σj through the films.</param>
    /// <param name="drop">(Σj) R_f [V].</param>
    void AddFilmDrop<T>(int place, int number, in T sum, ref T drop) where T : unmanaged, IScalar<T>;

    /// <summary>Sets its equation in the block and adds what it gives.</summary>
    void Evaluate<T>(int place, int inBatch, int number, in InterfaceState<T> state, LocalBlock block, ref ReactionYield<T> yield) where T : unmanaged, IScalar<T>;

    /// <inheritdoc cref="ILocalLaw.Limit"/>
    void Limit(int place, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle);

    /// <inheritdoc cref="ILocalLaw.Follow"/>
    void Follow(int place, ReadOnlySpan<double> increments, double heating, double fraction);

    /// <inheritdoc cref="ILocalLaw.Conclude"/>
    void Conclude(int place, double temperature);

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    void RegisterQuantities(Balance balance);

    /// <summary>Adds what it stores in an accepted state.</summary>
    void Report(int place, int inBatch, double area, Balance balance);
}
