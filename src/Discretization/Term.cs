using System.Numerics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>One addend of the discrete equations: a flux between cells, a storage, a set of local systems, a boundary.</summary>
/// <remarks>Order of calls: <see cref="AddCouplings"/> once, <see cref="Bind"/> once, then per time step <see cref="BeginStep"/>
/// and per Newton iteration <see cref="AddTo"/>. None of the last two allocates.</remarks>
public abstract class Term
{
    /// <summary>What of the equations it lets pass in time; nothing for what knows no history.</summary>
    public virtual Evolution Evolves => Evolution.None;

    /// <summary>Declares which unknowns depend on which.</summary>
    public abstract void AddCouplings(PatternBuilder pattern);

    /// <summary>Looks up, once, where its derivatives go.</summary>
    public abstract void Bind(SparsePattern pattern);

    /// <summary>Takes from the fields, once they hold the initial state, what it starts with.</summary>
    public virtual void Start() { }

    /// <summary>Takes the time coefficients of the step and forms its history −Σ w_i M(y_{n+1−i}).</summary>
    public virtual void BeginStep(TimeCoefficients time) { }

    /// <summary>Adds the residual and, when <see cref="Assembly.Diagonal"/> is not empty, its exact derivatives.</summary>
    public abstract void AddTo(in Assembly assembly);

    /// <summary>Adds the derivatives for small changes ∝ exp(αt) of the accepted state: real parts to one Jacobian, imaginary parts to another. Before
    /// anything else a step is to be begun. What knows no time has the same derivatives as ever.</summary>
    /// <param name="alpha">α [s⁻¹], iω for a harmonic change; not 0.</param>
    /// <param name="real">Its residual is of no use.</param>
    /// <param name="imaginary">As <paramref name="real"/>, in the same pattern.</param>
    public virtual void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary) => AddTo(real);

    /// <summary>Parameters of its law that can be differentiated by.</summary>
    public virtual IEnumerable<Parameter> Parameters => [];

    /// <summary>Adds the derivative of the residual along <see cref="Parameter.Seed"/> to the rows of the residual, for the step that has begun: macroscopic
    /// unknowns and known states stand, eliminated own unknowns follow.</summary>
    public virtual void AddByParameters(in Assembly assembly) { }

    /// <summary>Where no time passes: replaces the equations of the states that keep their values by δy = 0. Called after every term has
    /// added its share.</summary>
    public virtual void Freeze(in Assembly assembly, RowStarts starts) { }

    /// <summary>Brings the states that follow from the converged unknowns up to date, before they are accepted.</summary>
    public virtual void EndStep() { }

    /// <summary>Adds the heat it releases in every owned cell [W].</summary>
    public virtual void AddHeat(Span<double> perCell) { }

    /// <summary>Registers, once, the quantities that <see cref="Report"/> adds to.</summary>
    public virtual void RegisterQuantities(Balance balance) { }

    /// <summary>Adds what it stores, dissipates or exchanges to the balances of the accepted state.</summary>
    public virtual void Report(Balance balance) { }
}
