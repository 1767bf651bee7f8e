using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Solvers;

/// <summary>How time is advanced.</summary>
public sealed record TimeOptions
{
    /// <summary>Highest order of the backward differentiation formulas.</summary>
    public int MaximumOrder { get; init; } = TimeCoefficients.DefaultOrder;

    /// <summary>First step after a restart [s].</summary>
    public double InitialStep { get; init; } = 1e-3;

    /// <summary>A run that needs smaller steps has failed [s].</summary>
    public double MinimumStep { get; init; } = 1e-9;

    public double MaximumStep { get; init; } = double.PositiveInfinity;

    /// <summary>How much looser tolerances are than where they mean the error of one step: L. The error of a run of order k falls as the power k/(k + 1) of the error of a step, so that
    /// a step is allowed L^(1/k) of its tolerances, k the highest order: then the error of the run follows L in proportion.</summary>
    public double Looseness { get; init; } = 1;

    /// <summary>Whether steps are pairs of formulas also where nothing bends: they take two solves with the same factors, and are longer.</summary>
    public bool PrefersPairs { get; init; }

    /// <summary>Whether the local error decides over steps; off for prescribed steps.</summary>
    public bool ErrorControl { get; init; } = true;
}

/// <summary>What an integrator knows of accepted states besides the states themselves.</summary>
/// <param name="Times">Their times, newest first [s].</param>
/// <param name="NextStep">Length of the step that the controller would take next [s].</param>
/// <param name="LastStep">Length of the newest accepted step [s]; 0 right after a start or switch.</param>
/// <param name="Order">Of the next step.</param>
/// <param name="StepsAtOrder">Steps taken at this order.</param>
/// <param name="IsStarting">Whether steps still grow after a start.</param>
/// <param name="Origin">Time of the newest start or switch [s].</param>
/// <param name="RateOrder">Order of the formula that led to the newest state; 0 right after a start or switch.</param>
/// <param name="Reason">What set the length of the next step.</param>
public sealed record TimeHistory(double[] Times, double NextStep, double LastStep, int Order, int StepsAtOrder, bool IsStarting, double Origin, int RateOrder, StepReason Reason);

/// <summary>Variable-step backward differentiation (order 1–5) with a local error test on c, T, particle stoichiometries and V.</summary>
/// <remarks>The local error is estimated from the difference to the extrapolated state (Milne's device); a first step, with nothing to
/// extrapolate, is compared with a trial of twice its length. Every attempt starts from the last accepted state, so a failed one leaves no trace.</remarks>
public sealed class TimeIntegrator(DiscreteSystem system, NewtonSolver newton, Communicator world, TimeOptions options, CoupledSolver? coupling = null)
{
    private const double SmallestShrinkage = 0.2, LargestAfterError = 0.7, ShrinkageAfterFailure = 0.25;
    private const double SmallestSwitch = 1.0 / 256, ScoutLength = 2;

    /// <summary>Errors aimed at, over the tolerance: of the present order or a lower one, and of a higher one, which has to be clearly better.</summary>
    private const double Aim = 0.4, AimOfHigherOrder = 0.3;

    /// <summary>Failures of one step after which the order falls.</summary>
    private const int PatientFailures = 2;

    /// <summary>Order of a pair of formulas, and the least order of a run that keeps as many past values as they need.</summary>
    private const int OrderOfPairs = 2, LeastOrderForPairs = 3;

    /// <summary>Share of the time since the newest switch from which on a pair is taken in the root of time; where it is shorter both are nearly the same, and in t its two formulas have one α.</summary>
    private const double ShareOfRoot = 0.15;

    /// <summary>Largest ratio of the second step behind a switch to the first, which is a trial: its error chooses the second.</summary>
    private const double GrowthOfFirst = 1000;

    /// <summary>Largest ratio of neighbouring steps, by order, first of pairs while a drive bends: formulas of high order become unstable where steps grow fast.</summary>
    private static readonly double[] LargestGrowth = [4, 2, 2, 1.7, 1.5, 1.3];

    /// <summary>Share of the time since a switch, as their clock sees it, that pairs may take at the default tolerances where nothing bends, and at any: their estimate sees too little there of what a step twice as long
    /// would meet, so that this share decides over the error.</summary>
    private const double ShareOfPairs = 0.3 / 1.3, MostShareOfPairs = 0.4;

    private readonly double[] _times = new double[TimeCoefficients.MostOrder + 1], _weights = new double[TimeCoefficients.MostOrder + 1], _algebraicWeights = new double[TimeCoefficients.MostOrder + 1];

    /// <summary>The share of its tolerances that a step may use.</summary>
    private readonly double _allowance = Math.Pow(options.Looseness, 1.0 / Math.Max(1, options.MaximumOrder)), _allowanceOfPairs = Math.Pow(options.Looseness, 1.0 / OrderOfPairs);

    /// <summary>Largest ratio of neighbouring pairs where nothing bends. The error of a pair of second order goes as the square of its share of the time since the switch: then it follows the tolerances there, too.</summary>
    private readonly double _growthOfPairs = 1 / (1 - Math.Min(MostShareOfPairs, ShareOfPairs * Math.Sqrt(options.Looseness)));
    private readonly TimeCoefficients _coefficients = new(), _otherOrder = new(), _standing = new();

    /// <summary>Control and current of the newest accepted state while that of a time within the step stands in its place; null else.</summary>
    private (Control Control, double Current)? _left;
    private int _points, _order = 1, _stepsAtOrder, _failures;
    private bool _isStarting, _isWithinPair;

    /// <summary>Whether the newest accepted step was a pair, so that the newest three values lie within it.</summary>
    private bool _tookPair;

    /// <summary>Order of the formula that led to the newest state, which gives its rate; 0 where nothing does.</summary>
    private int _rateOrder;

    /// <summary>End of the first formula of the pair under way [s].</summary>
    private double _middle;

    /// <summary>Time of the newest start or switch [s].</summary>
    private double _origin;
    private double _scout = double.NaN;

    /// <summary>The state whose local error is the largest of the last attempt on this rank; null where none was told.</summary>
    public StateVariable? Limiting { get; private set; }

    /// <summary>Says where something happened.</summary>
    public PlaceDescription Place => newton.Place;

    /// <summary>The control at the end of a step, where it changes in time; null where it stays as it was switched to. While it changes, the voltage
    /// is not tested: it follows every bend of the drive, which says nothing of the error of the formula.</summary>
    public Func<double, Control>? Drive { get; set; }

    /// <summary>Whether the drive bends where steps begin, as a line through samples does: steps are then pairs of formulas.</summary>
    public bool IsBent { get; set; }

    /// <summary>Whether a current is held, so that V is known no better than it is tested: pairs are preferred there alone. A held voltage hands errors of states on to the current, which is not tested.</summary>
    public bool HoldsCurrent { get; set; }

    /// <summary>Whether the control within a step is known: that of its end, or what the drive tells.</summary>
    public bool KnowsControl { get; set; } = true;

    /// <summary>How much looser tolerances are than by default.</summary>
    public double Looseness => options.Looseness;

    /// <summary>Time of the newest accepted state [s].</summary>
    public double Time => _times[0];

    /// <summary>Length of the step that the controller would take next [s].</summary>
    public double NextStep { get; private set; } = options.InitialStep;

    /// <summary>What set it.</summary>
    public StepReason Reason { get; private set; }

    /// <summary>Order of the newest accepted step; 0 right after a start or switch.</summary>
    public int LastOrder => _rateOrder;

    /// <summary>Length of the newest accepted step [s]; 0 right after a start or switch.</summary>
    public double LastStep { get; private set; }

    /// <summary>Order of the last attempted step.</summary>
    public int Order => _coefficients.Order;

    /// <summary>How what is recorded is read within that step: as the states are; while a drive bends, by the line between its ends.</summary>
    public Interpolant Interpolant => IsSmooth ? Smooth : new(Math.Min(Order, 1));

    /// <summary>Time of the middle of the newest accepted step, whose state is known too and read between as its end is; no number where there is none [s].</summary>
    public double Middle => _tookPair && IsSmooth ? _times[1] : double.NaN;

    /// <summary>How states are read within the newest accepted step.</summary>
    private Interpolant Smooth => new(_tookPair && IsSmooth ? options.MaximumOrder : Order, _coefficients.Clock);

    /// <summary>What the integrator knows of the accepted states besides the states themselves.</summary>
    public TimeHistory History
    {
        get => new(_times[.._points], NextStep, LastStep, _order, _stepsAtOrder, _isStarting, _origin, _rateOrder, Reason);
        set
        {
            if (value.Times.Length is 0 or > TimeCoefficients.MostOrder + 1 || value.Order < 1 || value.Order > Math.Max(1, options.MaximumOrder))
                throw new ArgumentException($"{value.Times.Length} times and order {value.Order} are not those of an integrator.", nameof(value));
            ForgetHistory();
            value.Times.CopyTo(_times, 0);
            _origin = value.Origin;
            (_points, NextStep, LastStep) = (value.Times.Length, value.NextStep, value.LastStep);
            (_order, _stepsAtOrder, _isStarting, _rateOrder, Reason) = (value.Order, value.StepsAtOrder, value.IsStarting, value.RateOrder, value.Reason);
        }
    }

    /// <summary>Accepts the present state as the initial one.</summary>
    public void Start(double time)
    {
        system.States.Accept();
        _times[0] = time;
        Restart();
    }

    /// <summary>Forgets the history: what follows a switch of current starts with small steps of first order.</summary>
    public void Restart()
    {
        ForgetHistory();
        NextStep = options.InitialStep;
    }

    /// <summary>Switches the control and solves the algebraic equations at a frozen composition: potentials, j and V right after the switch. *Collective.*</summary>
    /// <remarks>Where Newton does not reach the new control at once, it is approached in smaller and smaller changes.</remarks>
    /// <param name="control">What drives the terminals from now on.</param>
    /// <returns>The outcome, with the iterations of all attempts; on success potentials, j and V are consistent and c, T and particles unchanged.</returns>
    public StepOutcome SwitchTo(Control control)
    {
        double voltage = system.Fields.TerminalVoltage, current = system.Terminal.Current, done = 0, share = 1;
        int newtonIterations = 0, linearIterations = 0;
        while (true)
        {
            system.Terminal.Control = done + share >= 1 ? control : control.Towards(voltage, current, done + share);
            StepOutcome outcome = MakeConsistent();
            newtonIterations += outcome.NewtonIterations;
            linearIterations += outcome.LinearIterations;
            done += outcome.Succeeded ? share : 0;
            share = outcome.Succeeded ? Math.Min(2 * share, 1 - done) : 0.5 * share;
            if (done >= 1 || share < SmallestSwitch)
                return outcome with { NewtonIterations = newtonIterations, LinearIterations = linearIterations };
        }
    }

    /// <summary>Attempts a step; the state is the attempted one afterwards, to be accepted or rejected. *Collective.*</summary>
    public StepOutcome Attempt(double step)
    {
        if (TakesPairs)
            return Judge(AttemptPair(step));
        bool isFirst = _points == 1 && options.ErrorControl;
        StepOutcome scouted = isFirst && !(_scout > Time + step) ? Scout(ScoutLength * step) : default;
        if (!scouted.Succeeded)
            return scouted;
        int order = options.ErrorControl ? _order : OrderFor(step);
        if (isFirst)
            _coefficients.SetFirst(Time + step, [Time, _scout]);
        else
            _coefficients.Set(Time + step, _times.AsSpan(0, Math.Min(_points, order + 1)), order, Clock);
        StepOutcome outcome = scouted.And(Solve());
        if (coupling is not null)
            outcome = coupling.Watch.Judge(outcome, step, LastStep, Drive is not null);
        return Judge(outcome);
    }

    /// <summary>An attempt that was solved, judged by its local error.</summary>
    private StepOutcome Judge(StepOutcome outcome)
    {
        if (!outcome.Succeeded || !options.ErrorControl)
            return outcome;
        (double ratio, StateVariable? variable, int entry) = system.States.ErrorRatio(_coefficients, IsSmooth, _isWithinPair && IsSmooth);
        ratio /= Allowance;
        Limiting = variable;
        (double worst, int rank) = world.MaxLocation(ratio);
        if (worst <= 1)
            return outcome with { ErrorRatio = worst };
        string state = world.Broadcast(rank == world.Rank && variable is not null ? newton.Place.Of(variable, entry) : "", rank);
        if (double.IsPositiveInfinity(worst))
            return outcome with { Failure = StepFailure.Inadmissible, ErrorRatio = worst, Detail = $"{state} would be beyond what is physically possible" };
        return outcome with { Failure = StepFailure.LocalError, ErrorRatio = worst, Detail = FormattableString.Invariant($"local error of {state} is {worst:g3} times its tolerance") };
    }

    /// <summary>Brings the state to a time within the newest accepted step, by the polynomial through the accepted ones that the formula used; <see cref="Discard"/> ends that. *Collective.* No polynomial holds V where the
    /// open-circuit potential bends or a current passes through zero. So what follows at once is solved for at the interpolated composition where linear systems are solved directly and remember nothing; else it is read
    /// by the polynomial too, or where a drive bends by the parabola of a pair or the line of a step. Properties are those of the interpolated state only after they are evaluated again.</summary>
    public void Interpolate(double time)
    {
        Interpolant smooth = Smooth;
        Read();
        if (coupling is null && newton.IsDirect && KnowsControl && time != Middle && !Follow(Drive?.Invoke(time) ?? system.Terminal.Control, time))
            Read();

        void Read() => system.States.Interpolate(Weights(smooth, _weights), Weights(_tookPair ? smooth : Interpolant, _algebraicWeights));

        ReadOnlySpan<double> Weights(Interpolant by, Span<double> weights)
        {
            int points = Math.Min(_points, by.Order + 1);
            TimeCoefficients.Interpolate(time, _times.AsSpan(0, points), weights, by.Clock);
            return weights[..points];
        }
    }

    /// <summary>Makes the attempted state the newest one and proposes the next step.</summary>
    /// <param name="outcome">Of the attempt.</param>
    /// <param name="steer">Whether its length should influence the next one; off for a step cut short to hit a time.</param>
    public void Accept(StepOutcome outcome, bool steer)
    {
        double growth = ChooseOrder(outcome.ErrorRatio);
        StepReason reason = growth >= MostGrowth(_order) ? StepReason.Growth : StepReason.Error;
        double proposal = (_isWithinPair ? _coefficients.Clock : Clock.For(_order)).Scale(Time, _coefficients.Time, _coefficients.Time, growth);
        _failures = 0;
        coupling?.Watch.Accept(_coefficients.Step);
        system.States.Accept();
        if (_isWithinPair)
            AddTime(_middle);
        AddTime(_coefficients.Time);
        (LastStep, _rateOrder) = (_coefficients.Step, Order);
        _scout = double.NaN;
        (_tookPair, _isWithinPair) = (_isWithinPair, false);
        if (steer || proposal >= NextStep)
            (NextStep, Reason) = proposal < options.MaximumStep ? (proposal, reason) : (options.MaximumStep, StepReason.Maximum);
    }

    /// <summary>Goes back to the newest accepted state and proposes a smaller step; false when that would be below the minimum.</summary>
    public bool Reject(StepOutcome outcome)
    {
        Discard();
        double factor = outcome.Failure == StepFailure.LocalError ? Math.Min(LargestAfterError, Growth(outcome.ErrorRatio, Order, Aim)) : ShrinkageAfterFailure;
        NextStep = _coefficients.Clock.Scale(Time, _coefficients.Time, Time, factor);
        (_isStarting, Reason) = (false, StepReason.Repeat);
        if (++_failures >= PatientFailures)
            SetOrder(1);
        // Of prescribed steps the next one would be as unstable.
        return NextStep >= options.MinimumStep && (outcome.Failure != StepFailure.Coupling || options.ErrorControl);
    }

    /// <summary>Goes back to the newest accepted state and keeps the proposed step.</summary>
    public void Discard()
    {
        if (_left is { } left)
        {
            (system.Terminal.Control, system.Terminal.TotalCurrent, _left) = (left.Control, left.Current, null);
            system.BeginStep(_coefficients);
        }
        if (_isWithinPair)
            system.States.DropStage();
        _isWithinPair = false;
        system.States.Restore();
    }

    /// <summary>Solves the algebraic equations under a control at the composition as it is; whether that succeeded. What later steps could notice is as before.</summary>
    private bool Follow(Control control, double time)
    {
        _left ??= (system.Terminal.Control, system.Terminal.TotalCurrent);
        NewtonHistory known = newton.History;
        _standing.Freeze(time);
        system.Terminal.Control = control;
        system.BeginStep(_standing);
        bool succeeded = newton.Solve().Succeeded;
        newton.History = known;
        return succeeded;
    }

    /// <summary>Solves the algebraic equations at frozen differential states; where that fails, the state is as before.</summary>
    private StepOutcome MakeConsistent()
    {
        ForgetHistory();
        _coefficients.Freeze(Time);
        StepOutcome outcome = Solve();
        if (!outcome.Succeeded)
            system.States.Restore();
        system.States.Accept();
        LastStep = 0;
        return outcome;
    }

    /// <summary>The order of a prescribed step: what the history allows, less where steps grow too fast for it.</summary>
    private int OrderFor(double step)
    {
        int order = Math.Clamp(_points - 1, 1, options.MaximumOrder);
        while (order > TimeCoefficients.StableOrder && step > LargestGrowth[order] * LastStep)
            order--;
        return order;
    }

    private void ForgetHistory()
    {
        (_points, _scout, _failures, _isStarting, _rateOrder, Reason) = (1, double.NaN, 0, true, 0, StepReason.First);
        _origin = Time;
        coupling?.Watch.Forget();
        SetOrder(1);
    }

    /// <summary>What polynomials are taken in. Prescribed steps stay with t, nothing says that they begin small; so does a drive, which bends again and again.</summary>
    private StepClock Clock => options.ErrorControl && Drive is null ? StepClock.Since(_origin) : default;

    /// <summary>Whether steps are pairs of formulas: while a drive varies, whose bends a polynomial over several steps cannot hold, or where they are preferred, once a rate is known.</summary>
    private bool TakesPairs => (IsBent || (options.PrefersPairs && HoldsCurrent)) && options.ErrorControl && coupling is null && options.MaximumOrder >= LeastOrderForPairs && _rateOrder is > 0 and <= OrderOfPairs && _points > _rateOrder;

    /// <summary>The share of its tolerances that the attempted step may use.</summary>
    private double Allowance => _isWithinPair ? _allowanceOfPairs : _allowance;

    private StepOutcome AttemptPair(double step)
    {
        ReadOnlySpan<double> times = _times.AsSpan(0, _rateOrder + 1);
        StepClock clock = ClockOfPair(Time, Time + step), rateClock = _rateOrder < OrderOfPairs ? default : ClockOfPair(times[^1], Time);
        _middle = Time + clock.Scale(Time, Time + step, Time, TimeCoefficients.TrapezoidalShare);
        _coefficients.SetTrapezoidal(_middle, times, _rateOrder, clock, rateClock);
        if (IsSmooth)
            _coefficients.StartFromPolynomial(_times.AsSpan(0, _points));
        StepOutcome outcome = Solve();
        if (!outcome.Succeeded)
            return outcome;
        system.States.KeepStage();
        _isWithinPair = true;
        _coefficients.SetSecondOfPair(Time + step, _middle, times, _rateOrder, clock, rateClock);
        if (IsSmooth)
        {
            Span<double> known = stackalloc double[Math.Min(_points, options.MaximumOrder) + 1];
            known[0] = _middle;
            _times.AsSpan(0, known.Length - 1).CopyTo(known[1..]);
            _coefficients.StartFromPolynomial(known);
        }
        return outcome.And(Solve(takesFactors: true));
    }

    /// <summary>Whether what drives the cell does not bend from step to step.</summary>
    private bool IsSmooth => Drive is null;

    /// <summary>What the pair between two times is taken in.</summary>
    private StepClock ClockOfPair(double start, double end) => end - start > ShareOfRoot * (start - _origin) ? Clock : default;

    private void AddTime(double time)
    {
        for (int i = _times.Length - 1; i > 0; i--)
            _times[i] = _times[i - 1];
        _times[0] = time;
        _points = Math.Min(_points + 1, options.MaximumOrder + 1);
    }

    private void SetOrder(int order) => (_order, _stepsAtOrder) = (order, order == _order ? _stepsAtOrder : 0);

    /// <summary>Takes the order for the next step, the one that allows the longest, from the attempted state and those before it; the growth it allows.</summary>
    /// <remarks>The error of another order q is that of the polynomial through q + 1 accepted values, times 1/(α_q (t_{n+1} − t_{n−q})). A higher one is
    /// tried once the errors of as many steps of the same order have settled, or while steps still grow after a start.</remarks>
    private double ChooseOrder(double errorRatio)
    {
        if (!options.ErrorControl)
            return 1;
        if (_isWithinPair)
        {
            SetOrder(OrderOfPairs);
            return Growth(errorRatio, OrderOfPairs, Aim);
        }
        int order = Order;
        _stepsAtOrder++;
        double growth = Growth(errorRatio, order, Aim);
        bool mayRise = order < options.MaximumOrder && _points >= order + 2 && (_isStarting || _stepsAtOrder > order), mayFall = order > 1;
        Span<double> errors = [mayFall ? ErrorAt(order - 1) : 0, mayRise ? ErrorAt(order + 1) : 0];
        if (mayRise || mayFall)
            world.Allreduce(errors, Operation.Max);
        double lower = mayFall ? Growth(errors[0], order - 1, Aim) : 0, higher = mayRise ? Growth(errors[1], order + 1, AimOfHigherOrder) : 0;
        if (higher > growth && higher > lower)
            SetOrder(order + 1);
        else if (lower > growth)
            SetOrder(order - 1);
        return Math.Max(growth, Math.Max(lower, higher));
    }

    /// <summary>Local error over tolerance that a formula of another order would have had, on this rank.</summary>
    private double ErrorAt(int order)
    {
        _otherOrder.SetComparison(_coefficients.Time, _times.AsSpan(0, order + 1), order, Clock);
        return system.States.ErrorRatio(_otherOrder, IsSmooth).Ratio / Allowance;
    }

    /// <summary>Tries a step from the last accepted state and keeps its result for the error test of a shorter one.</summary>
    private StepOutcome Scout(double step)
    {
        _coefficients.Set(Time + step, _times.AsSpan(0, 1), 1);
        StepOutcome outcome = Solve();
        if (!outcome.Succeeded)
            return outcome;
        system.States.KeepScout();
        _scout = Time + step;
        return outcome;
    }

    private StepOutcome Solve(bool takesFactors = false)
    {
        if (Drive is not null && !_coefficients.IsFrozen)
            system.Terminal.Control = Drive(_coefficients.Time);
        system.States.Predict(_coefficients);
        if (coupling is not null && !_coefficients.IsFrozen)
            return coupling.Solve(_coefficients, Drive);
        system.BeginStep(_coefficients);
        StepOutcome outcome = newton.Solve(takesFactors);
        if (outcome.Succeeded)
            system.EndStep();
        return outcome;
    }

    private double MostGrowth(int order) => _isWithinPair ? IsSmooth ? _growthOfPairs : LargestGrowth[0] : _points == 1 ? GrowthOfFirst : LargestGrowth[order];

    /// <summary>The ratio to the present step at which a formula of an order has the error that is aimed at.</summary>
    private double Growth(double errorRatio, int order, double aim)
    {
        double largest = MostGrowth(order);
        return double.IsNaN(errorRatio) ? largest : Math.Clamp(Math.Pow(aim / Math.Max(errorRatio, 1e-12), 1.0 / (order + 1)), SmallestShrinkage, largest);
    }
}
