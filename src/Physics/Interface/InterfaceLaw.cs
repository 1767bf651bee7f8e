using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>The reactions of an interface together: every one is driven by φ_s − φ_e − (Σj) R_f, and the cell receives
/// j/F of salt, ±j of charge and j (φ_s − φ_e − U) + j T dU/dT of heat, summed over them (equations.md §2, §3).</summary>
/// <typeparam name="TReactions">One reaction, or several joined.</typeparam>
public readonly struct InterfaceLaw<TReactions> : ILocalLaw where TReactions : struct, IInterfaceReaction
{
    private readonly TReactions _reactions;
    private readonly InterfaceBalance _balance;

    /// <summary>Takes the reactions.</summary>
    /// <param name="reactions">All of the interface.</param>
    /// <param name="name">Unique name of the interface, e.g. "Negative electrode".</param>
    /// <param name="transfer">Side of the cell: <see cref="Totals.NegativeTransfer"/> or <see cref="Totals.PositiveTransfer"/>.</param>
    public InterfaceLaw(TReactions reactions, string name, string transfer) =>
        (_reactions, _balance) = (reactions, new(name, transfer));

    public static int Unknowns => TReactions.Currents;

    public StateVariable Unknown(int number) => _reactions.Current(number);

    public IEnumerable<Parameter> Parameters => _reactions.Parameters;

    public void BeginStep(TimeCoefficients time) => _reactions.BeginStep(time);

    public void Prepare(int first, int count, bool accepted) => _reactions.Prepare(first, count, accepted);

    public void PrepareByParameters(int first, int count) => _reactions.PrepareByParameters(first, count);

    public void PrepareSmallSignal(int first, int count, Complex alpha) => _reactions.PrepareSmallSignal(first, count, alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<T>(int system, int inBatch, in LocalState<T> state, LocalBlock block) where T : unmanaged, IScalar<T>
    {
        Evaluate(system, inBatch, state, block, out T sum, out ReactionYield<T> yield);
        block.SetSource(Field.Salt, (1 / PhysicalConstants.Faraday * sum) + yield.DisplacedSalt);
        block.SetSource(Field.IonicPotential, sum);
        block.SetSource(Field.ElectronicPotential, -sum);
        block.SetSource(Field.Temperature, yield.Irreversible + yield.Reversible);
    }

    public void Limit(int system, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle) =>
        _reactions.Limit(system, increments, heating, ref fraction, ref obstacle);

    public void Follow(int system, ReadOnlySpan<double> increments, double heating, double fraction) => _reactions.Follow(system, increments, heating, fraction);

    public void Conclude(int system, double temperature) => _reactions.Conclude(system, temperature);

    public void RegisterQuantities(Balance balance)
    {
        _balance.Register(balance);
        _reactions.RegisterQuantities(balance);
    }

    public void Report(int system, int inBatch, in LocalState<Real> state, double area, Balance balance)
    {
        Evaluate(system, inBatch, state, _balance.Block, out Real sum, out ReactionYield<Real> yield);
        Real drop = default;
        _reactions.AddFilmDrop(system, 0, sum, ref drop);
        _balance.Add(balance, area, sum.Number, drop.Number, yield);
        _reactions.Report(system, inBatch, area, balance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Evaluate<T>(int system, int inBatch, in LocalState<T> state, LocalBlock block, out T sum, out ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        sum = CurrentDensity<T>(_reactions.Current(0), system, 0);
        for (int k = 1; k < TReactions.Currents; k++)
            sum += CurrentDensity<T>(_reactions.Current(k), system, k);
        T drop = T.Constant(0);
        _reactions.AddFilmDrop(system, 0, sum, ref drop);
        T potential = state.ElectronicPotential - state.IonicPotential;
        InterfaceState<T> seen = new() { Salt = state.Salt, Temperature = state.Temperature, Potential = potential, Drive = potential - drop };
        yield = default;
        _reactions.Evaluate(system, inBatch, 0, seen, block, ref yield);
    }

    /// <summary>j as the unknown of its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T CurrentDensity<T>(StateVariable current, int place, int number) where T : unmanaged, IScalar<T> =>
        OwnUnknown.Of<T>(current.Values[place], number);
}

/// <summary>Own unknowns of a local system as scalars of a law.</summary>
public static class OwnUnknown
{
    /// <summary>A value whose partial by own unknown <paramref name="number"/> is a slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(double value, int number, double slope = 1) where T : unmanaged, IScalar<T> => T.Right(value, Unit(number, slope));

    /// <summary>A constant where it is inlined with a constant number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Unit(int number, double slope) => number switch
    {
        0 => Vector256.Create(slope, 0, 0, 0),
        1 => Vector256.Create(0, slope, 0, 0),
        2 => Vector256.Create(0, 0, slope, 0),
        _ => Vector256.Create(0, 0, 0, slope),
    };
}
