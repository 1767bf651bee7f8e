using System.Numerics;
using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>Two reactions, or lists of them, at the same places: the unknowns of the second follow those of the one.</summary>
public readonly struct JoinedReactions<TFirst, TSecond>(TFirst one, TSecond other) : IInterfaceReaction
    where TFirst : struct, IInterfaceReaction
    where TSecond : struct, IInterfaceReaction
{
    public static int Currents => TFirst.Currents + TSecond.Currents;

    public StateVariable Current(int number) => number < TFirst.Currents ? one.Current(number) : other.Current(number - TFirst.Currents);

    public IEnumerable<Parameter> Parameters => one.Parameters.Concat(other.Parameters);

    public void BeginStep(TimeCoefficients time)
    {
        one.BeginStep(time);
        other.BeginStep(time);
    }

    public void Prepare(int first, int count, bool accepted)
    {
        one.Prepare(first, count, accepted);
        other.Prepare(first, count, accepted);
    }

    public void PrepareByParameters(int first, int count)
    {
        one.PrepareByParameters(first, count);
        other.PrepareByParameters(first, count);
    }

    public void PrepareSmallSignal(int first, int count, Complex alpha)
    {
        one.PrepareSmallSignal(first, count, alpha);
        other.PrepareSmallSignal(first, count, alpha);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFilmDrop<T>(int place, int number, in T sum, ref T drop) where T : unmanaged, IScalar<T>
    {
        one.AddFilmDrop(place, number, sum, ref drop);
        other.AddFilmDrop(place, number + TFirst.Currents, sum, ref drop);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<T>(int place, int inBatch, int number, in InterfaceState<T> state, LocalBlock block, ref ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        one.Evaluate(place, inBatch, number, state, block, ref yield);
        other.Evaluate(place, inBatch, number + TFirst.Currents, state, block, ref yield);
    }

    public void Limit(int place, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle)
    {
        one.Limit(place, increments[..TFirst.Currents], heating, ref fraction, ref obstacle);
        other.Limit(place, increments[TFirst.Currents..], heating, ref fraction, ref obstacle);
    }

    public void Follow(int place, ReadOnlySpan<double> increments, double heating, double fraction)
    {
        one.Follow(place, increments[..TFirst.Currents], heating, fraction);
        other.Follow(place, increments[TFirst.Currents..], heating, fraction);
    }

    public void Conclude(int place, double temperature)
    {
        one.Conclude(place, temperature);
        other.Conclude(place, temperature);
    }

    public void RegisterQuantities(Balance balance)
    {
        one.RegisterQuantities(balance);
        other.RegisterQuantities(balance);
    }

    public void Report(int place, int inBatch, double area, Balance balance)
    {
        one.Report(place, inBatch, area, balance);
        other.Report(place, inBatch, area, balance);
    }
}
