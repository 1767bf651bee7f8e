using System.Numerics;
using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>The reactions of an interface whose film narrows the pores, with ε as one more unknown: 0 = V (ε − ε₀)/n + a V (L − L₀), n films in the cell
/// (equation 3.10). Summed over the films it is ε = ε₀ − Σ a (L − L₀).</summary>
/// <remarks>ε is promoted: transport depends on that of both cells of a face.</remarks>
/// <typeparam name="TLaw">The reactions.</typeparam>
public readonly struct NarrowedPores<TLaw> : ILocalLaw where TLaw : struct, ILocalLaw
{
    private readonly TLaw _reactions;
    private readonly SeiFilm _film;
    private readonly int _number;
    private readonly PoreSpace _pores;
    private readonly LocalSites _sites;
    private readonly StateVariable _porosity;

    /// <summary>Takes the film into the pores.</summary>
    /// <param name="reactions">The reactions.</param>
    /// <param name="film">The film that one of them feeds.</param>
    /// <param name="number">Number of its current among their unknowns.</param>
    /// <param name="pores">The pores.</param>
    /// <param name="porosity">What ε is.</param>
    /// <param name="sites">The interface.</param>
    public NarrowedPores(TLaw reactions, SeiFilm film, int number, PoreSpace pores, Quantity porosity, LocalSites sites)
    {
        (_reactions, _film, _number, _pores, _sites) = (reactions, film, number, pores, sites);
        _porosity = new(porosity, new double[sites.Count], sites.Count);
        pores.Enter(sites.Electrolyte);
    }

    public static int Unknowns => TLaw.Unknowns + 1;

    public StateVariable Unknown(int number) => number < TLaw.Unknowns ? _reactions.Unknown(number) : _porosity;

    public IEnumerable<Parameter> Parameters => _reactions.Parameters;

    public void BeginStep(TimeCoefficients time) => _reactions.BeginStep(time);

    public void Prepare(int first, int count, bool accepted) => _reactions.Prepare(first, count, accepted);

    public void PrepareByParameters(int first, int count) => _reactions.PrepareByParameters(first, count);

    public void PrepareSmallSignal(int first, int count, Complex alpha) => _reactions.PrepareSmallSignal(first, count, alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<T>(int system, int inBatch, in LocalState<T> state, LocalBlock block) where T : unmanaged, IScalar<T>
    {
        _reactions.Evaluate(system, inBatch, state, block);
        int cell = _sites.Electrolyte[system];
        T opening = OwnUnknown.Of<T>(_porosity.Values[system], TLaw.Unknowns) - _pores.Initial(cell);
        T growth = _film.Thickness<T>(system, _number) - _film.Growth.InitialThickness;
        block.SetEquation(TLaw.Unknowns, (_pores.VolumePerFilm(cell) * opening) + (_sites.Area(system) * growth), 0);
    }

    public void Limit(int system, ReadOnlySpan<double> increments, double heating, ref double fraction, ref StepObstacle? obstacle) =>
        _reactions.Limit(system, increments[..TLaw.Unknowns], heating, ref fraction, ref obstacle);

    public void Follow(int system, ReadOnlySpan<double> increments, double heating, double fraction) =>
        _reactions.Follow(system, increments[..TLaw.Unknowns], heating, fraction);

    public void Conclude(int system, double temperature) => _reactions.Conclude(system, temperature);

    public void RegisterQuantities(Balance balance) => _reactions.RegisterQuantities(balance);

    public void Report(int system, int inBatch, in LocalState<Real> state, double area, Balance balance) =>
        _reactions.Report(system, inBatch, state, area, balance);
}
