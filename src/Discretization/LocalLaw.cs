using System.Numerics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>The macroscopic unknowns p as a local system sees them.</summary>
public struct LocalState<T> where T : unmanaged, IScalar<T>
{
    /// <summary>c [mol m⁻³].</summary>
    public T Salt;

    /// <summary>φ_e [V].</summary>
    public T IonicPotential;

    /// <summary>φ_s [V], measured from the negative terminal.</summary>
    public T ElectronicPotential;

    /// <summary>T [K].</summary>
    public T Temperature;
}

/// <summary>The equations g(y, p) = 0 of local systems that are alike, and what they give to their cells, S(y, p).</summary>
/// <remarks>p = (c, φ_e, φ_s, T) are macroscopic unknowns, y at most four own ones; what is larger, such as the modes of a particle, is condensed
/// inside the law. A struct, so that its loop is compiled for it alone.</remarks>
public interface ILocalLaw
{
    /// <summary>Number of own unknowns y.</summary>
    static abstract int Unknowns { get; }

    /// <summary>An own unknown in every system.</summary>
    StateVariable Unknown(int number);

    /// <inheritdoc cref="Term.Parameters"/>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>Takes the time coefficients of the step.</summary>
    void BeginStep(TimeCoefficients time);

    /// <summary>Evaluates for some systems in a row what is cheaper in batches.</summary>
    /// <param name="first">First system.</param>
    /// <param name="count">At most <see cref="LocalBlock.Batch"/>.</param>
    /// <param name="accepted">Whether the accepted state is meant, as in reports, instead of the one that is solved for.</param>
    void Prepare(int first, int count, bool accepted);

    /// <summary>As <see cref="Prepare"/> for the accepted state, with derivatives for small changes ∝ exp(αt) of it: those of states that follow from
    /// (p, y) are complex. Before anything else a step is to be begun.</summary>
    /// <param name="first">First system.</param>
    /// <param name="count">At most <see cref="LocalBlock.Batch"/>.</param>
    /// <param name="alpha">α [s⁻¹], iω for a harmonic change; not 0.</param>
    void PrepareSmallSignal(int first, int count, Complex alpha);

    /// <summary>After <see cref="Prepare"/>: evaluates how states condensed inside the law change along <see cref="Parameter.Seed"/> while (p, y) stand.</summary>
    /// <param name="first">First system.</param>
    /// <param name="count">At most <see cref="LocalBlock.Batch"/>.</param>
    void PrepareByParameters(int first, int count);

    /// <summary>Evaluates a prepared system into a block.</summary>
    /// <param name="system">Which.</param>
    /// <param name="inBatch">Its place among the prepared ones.</param>
    /// <param name="state">p with unit partials in the left group; partials by y belong into the right group.</param>
    /// <param name="block">Receives g per system and S per area of interface.</param>
    void Evaluate<T>(int system, int inBatch, in LocalState<T> state, LocalBlock block) where T : unmanaged, IScalar<T>;

    /// <summary>Shortens a Newton step so that the own states stay admissible.</summary>
    /// <param name="system">Which.</param>
    /// <param name="increments">δy.</param>
    /// <param name="heating">δT.</param>
    /// <param name="fraction">λ so far.</param>
    /// <param name="obstacle">What limits it.</param>
    void Limit(int system, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle);

    /// <summary>Lets the own states follow λδy and λδT; y itself has been updated.</summary>
    void Follow(int system, ReadOnlySpan<double> increments, double heating, double fraction);

    /// <summary>Brings the states that follow from the converged unknowns up to date.</summary>
    /// <param name="system">Which.</param>
    /// <param name="temperature">T [K].</param>
    void Conclude(int system, double temperature);

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    void RegisterQuantities(Balance balance);

    /// <summary>Adds a prepared system in its accepted state to the balances.</summary>
    /// <param name="system">Which.</param>
    /// <param name="inBatch">Its place among the prepared ones.</param>
    /// <param name="state">p.</param>
    /// <param name="area">Of its interface [m²].</param>
    /// <param name="balance">Where to.</param>
    void Report(int system, int inBatch, in LocalState<Real> state, double area, Balance balance);
}
