using Cell3D.Discretization;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Protocols;

/// <summary>Finds the current at which the smallest potential against lithium has a wanted value, by the secant method on solved states.</summary>
/// <param name="integrator">Solves.</param>
/// <param name="margin">*Collective.* The margin of the present state [V].</param>
/// <param name="wanted">[V].</param>
/// <param name="scale">Current of 1C [A].</param>
public sealed class MarginHold(TimeIntegrator integrator, Func<double> margin, double wanted, double scale)
{
    private const double Accuracy = 1e-6, Probe = 0.01;
    private const int MostTrials = 12, MostHalvings = 6;
    private double _slope = double.NaN;

    /// <summary>All that decides what follows.</summary>
    public MarginState State
    {
        get => new(Current, _slope);
        set => (Current, _slope) = (value.Current, value.Slope);
    }

    /// <summary>The current found last [A].</summary>
    public double Current { get; private set; }

    /// <summary>*Collective.* Switches to the current that gives the margin at frozen composition.</summary>
    /// <param name="guess">To begin with [A].</param>
    public StepOutcome Switch(double guess)
    {
        Current = guess > Probe * scale ? guess : scale;
        StepOutcome first = integrator.SwitchTo(new Control.Current(Current));
        for (int halving = 0; halving < MostHalvings && !first.Succeeded; halving++)
        {
            Current /= 2;
            first = integrator.SwitchTo(new Control.Current(Current));
        }
        if (!first.Succeeded)
            return first;
        double before = margin();
        StepOutcome second = first.And(integrator.SwitchTo(new Control.Current(Current * (1 + Probe))));
        if (!second.Succeeded)
            return second;
        _slope = (margin() - before) / (Probe * Current);
        return second.And(Find(() => integrator.SwitchTo(new Control.Current(Current)), () => { }));
    }

    /// <summary>*Collective.* Attempts a step at whose end the margin is the wanted one.</summary>
    public StepOutcome Attempt(double step)
    {
        integrator.Drive = _ => new Control.Current(Current);
        return Find(() => integrator.Attempt(step), integrator.Discard);
    }

    private StepOutcome Find(Func<StepOutcome> solve, Action discard)
    {
        StepOutcome outcome = default;
        (double Current, double Margin) last = (double.NaN, double.NaN);
        for (int trial = 0; trial < MostTrials; trial++)
        {
            outcome = outcome.And(solve());
            if (outcome.Failure is not (StepFailure.None or StepFailure.LocalError))
                return outcome;
            double reached = margin(), slope = (reached - last.Margin) / (Current - last.Current);
            if (Math.Abs(reached - wanted) <= Accuracy)
                return outcome;
            // More current always lowers the margin; between two close ones round-off may say otherwise.
            if (slope < 0 && double.IsFinite(slope))
                _slope = slope;
            if (Current == 0 && reached < wanted)
                return outcome with { Failure = StepFailure.NewtonIterations, Detail = FormattableString.Invariant($"even without current the lithium margin is {1e3 * reached:g4} mV: no charge holds it at {1e3 * wanted:g4} mV") };
            last = (Current, reached);
            // A margin is held by charging, never by discharging.
            Current = Math.Max(0, Current + ((wanted - reached) / _slope));
            discard();
        }
        return outcome with { Failure = StepFailure.NewtonIterations, Detail = FormattableString.Invariant($"no current was found at which the lithium margin is {1e3 * wanted:g4} mV") };
    }
}

/// <summary>What is known of a margin that is held.</summary>
/// <param name="Current">The current found last [A].</param>
/// <param name="Slope">Change of the margin with the current [V A⁻¹].</param>
public sealed record MarginState(double Current, double Slope);
