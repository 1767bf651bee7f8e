using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Interface;

/// <summary>Growth of the solid-electrolyte interphase: 0 = j + 1/(1/j_r + 1/j_d), j_r = j0 exp(−αFη/RT), j_d = F D c/L,
/// η = φ_s − φ_e − (Σj) R_f − U, ∂L/∂t = −V̄ j/(zF), R_f = ρL (equations.md §3).</summary>
/// <remarks>Either limit may be absent. j &lt; 0: lithium is taken from the electrolyte and stays in the film.</remarks>
public readonly struct SeiGrowth(SeiFilm film) : IInterfaceReaction
{
    public static int Currents => 1;

    public StateVariable Current(int number) => film.Current;

    public IEnumerable<Parameter> Parameters => film.Parameters;

    public void BeginStep(TimeCoefficients time) => film.BeginStep(time);

    public void Prepare(int first, int count, bool accepted) => film.Prepare(accepted);

    public void PrepareByParameters(int first, int count) { }

    public void PrepareSmallSignal(int first, int count, Complex alpha) => film.PrepareSmallSignal(alpha);

    public void AddFilmDrop<T>(int place, int number, in T sum, ref T drop) where T : unmanaged, IScalar<T> =>
        drop += film.Resistivity * (film.Thickness<T>(place, number) * sum);

    public void Evaluate<T>(int place, int inBatch, int number, in InterfaceState<T> state, LocalBlock block, ref ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        FilmGrowth growth = film.Growth;
        T current = OwnUnknown.Of<T>(film.Current.Values[place], number), thickness = film.Thickness<T>(place, number);
        T polarisation = state.Drive - growth.EquilibriumPotential;
        T hindrance = T.Constant(0);
        double factor = growth.TransferCoefficient * PhysicalConstants.Faraday / PhysicalConstants.Gas;
        if (film.ExchangeCurrent is { } exchangeCurrent)
            hindrance += T.Exp(factor * polarisation / state.Temperature) / (exchangeCurrent * film.Activation.At(state.Temperature));
        if (film.SolventSupply is { } supply)
            hindrance += 1 / PhysicalConstants.Faraday * thickness / T.Of(supply);
        T reduction = T.Constant(1) / hindrance;
        T residual = current + reduction;
        block.SetEquation(number, residual, Math.Abs(residual.Number) * hindrance.Number * state.Temperature.Number / factor);
        yield.Irreversible += current * (state.Potential - growth.EquilibriumPotential);
        yield.Chemical += growth.EquilibriumPotential * current;
        if (film.Narrows)
            yield.DisplacedSalt += film.DisplacedSalt(place, number, state.Salt);
    }

    public void Limit(int place, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle) { }

    public void Follow(int place, ReadOnlySpan<double> increments, double heating, double fraction) { }

    public void Conclude(int place, double temperature) => film.Conclude(place);

    public void RegisterQuantities(Balance balance) => film.RegisterQuantities(balance);

    public void Report(int place, int inBatch, double area, Balance balance) => film.Report(place, area, balance);
}
