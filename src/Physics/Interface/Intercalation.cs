using System.Numerics;
using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Particles;

namespace Cell3D.Physics.Interface;

/// <summary>Lithium enters and leaves particles.</summary>
/// <typeparam name="TKinetics">η(j).</typeparam>
/// <typeparam name="TEquilibrium">U.</typeparam>
public readonly struct Intercalation<TKinetics, TEquilibrium>(ReactingParticles particles) : IInterfaceReaction
    where TKinetics : struct, IKinetics
    where TEquilibrium : struct, IEquilibrium
{
    public static int Currents => 1;

    public StateVariable Current(int number) => particles.Current;

    public IEnumerable<Parameter> Parameters => particles.Parameters;

    public void BeginStep(TimeCoefficients time) => particles.BeginStep(time);

    public void Prepare(int first, int count, bool accepted) => particles.Prepare(first, count, accepted);

    public void PrepareByParameters(int first, int count) => particles.PrepareByParameters(first, count);

    public void PrepareSmallSignal(int first, int count, Complex alpha) => particles.PrepareSmallSignal(first, count, alpha);

    public void AddFilmDrop<T>(int place, int number, in T sum, ref T drop) where T : unmanaged, IScalar<T> => drop += particles.FilmResistance * sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<T>(int place, int inBatch, int number, in InterfaceState<T> state, LocalBlock block, ref ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        IntercalationState<T> own = default;
        particles.SetMaterial(place, inBatch, number, state, ref own);
        if (TEquilibrium.IsOfParticle)
            particles.SetOwnPotential(inBatch, ref own);
        IntercalationLaw.Evaluate<T, TKinetics>(own, particles.Material, out T mismatch, out ReactionYield<T> released);
        if (TEquilibrium.IsPathDependent)
            mismatch -= TEquilibrium.Shift(particles, place, inBatch, number, own.Stoichiometry, own.Temperature);
        double unmet = Math.Abs(mismatch.Number);
        block.SetEquation(number, mismatch, TEquilibrium.IsOfParticle ? Math.Max(unmet, particles.Phases!.Unsettled(place)) : unmet);
        yield.Irreversible += released.Irreversible;
        yield.Reversible += TEquilibrium.IsOfParticle ? released.Reversible + particles.HeatOfMixing(inBatch, own) : released.Reversible;
        yield.Chemical += released.Chemical;
    }

    public void Limit(int place, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle) =>
        particles.Limit(place, increments[0], heating, ref fraction, ref obstacle);

    public void Follow(int place, ReadOnlySpan<double> increments, double heating, double fraction) => particles.Follow(place, increments[0], heating, fraction);

    public void Conclude(int place, double temperature) => particles.Conclude(place, temperature);

    public void RegisterQuantities(Balance balance) => particles.RegisterQuantities(balance);

    public void Report(int place, int inBatch, double area, Balance balance) => particles.Report(place, inBatch, area, balance);
}
