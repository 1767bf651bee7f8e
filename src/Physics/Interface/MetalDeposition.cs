using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Interface;

/// <summary>Lithium metal dissolves and is deposited: 0 = φ_s − φ_e,f − j R_f − η(j), j0 = j0_ref √(c_f/c0), α = ½; U = 0 by definition. c_f and φ_e,f are those
/// at the face, which the half cell before it determines (equations.md §3).</summary>
/// <remarks>The metal is taken as inexhaustible and its surface as plane.</remarks>
public readonly struct MetalDeposition(LithiumSurface surface) : IInterfaceReaction
{
    public static int Currents => 1;

    public StateVariable Current(int number) => surface.Current;

    public IEnumerable<Parameter> Parameters => surface.Parameters;

    public void BeginStep(TimeCoefficients time) => surface.BeginStep(time);

    public void Prepare(int first, int count, bool accepted) { }

    public void PrepareByParameters(int first, int count) { }

    public void PrepareSmallSignal(int first, int count, Complex alpha) { }

    public void AddFilmDrop<T>(int place, int number, in T sum, ref T drop) where T : unmanaged, IScalar<T> => drop += surface.FilmResistance * sum;

    public void Evaluate<T>(int place, int inBatch, int number, in InterfaceState<T> state, LocalBlock block, ref ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        T current = OwnUnknown.Of<T>(surface.Current.Values[place], number);
        T rise = surface.Approach.PotentialRise(place, current, state.Salt, state.Temperature, out T salt);
        T exchangeCurrent = surface.ExchangeCurrent * (T.Sqrt(surface.InverseReferenceConcentration * salt) * surface.Activation.At(state.Temperature));
        T mismatch = state.Drive - rise - ButlerVolmer.Overpotential(current, exchangeCurrent, state.Temperature, 0.5, 0.5);
        block.SetEquation(number, mismatch, Math.Abs(mismatch.Number));
        yield.Irreversible += current * state.Potential;
    }

    public void Limit(int place, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle) { }

    public void Follow(int place, ReadOnlySpan<double> increments, double heating, double fraction) { }

    public void Conclude(int place, double temperature) => surface.Conclude(place);

    public void RegisterQuantities(Balance balance) => surface.RegisterQuantities(balance);

    public void Report(int place, int inBatch, double area, Balance balance) => surface.Report(place, area, balance);
}
