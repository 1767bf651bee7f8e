using Cell3D.Discretization;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Protocols;

/// <summary>Whether a cell can carry what a step asks of it without passing the voltage that ends the step, and the way back from a switch that it cannot carry.</summary>
/// <remarks>At a frozen composition V falls with the current that is taken out. At the voltage that ends the step the cell carries I*; more than that would lead beyond it,
/// so that the step is infeasible whether or not the equations have a solution there. A power V I(V) may be largest between this voltage and the present one, so it is tried there too.</remarks>
/// <param name="model">At its newest accepted state.</param>
/// <param name="integrator">Of the model's system.</param>
public sealed class Feasibility(CellModel model, TimeIntegrator integrator)
{
    /// <summary>Voltages between that which ends the step and the present one at which a power is tried.</summary>
    private const int Trials = 4;

    private readonly List<(StateVariable State, double[] Values)> _kept = [];
    private double _current;

    /// <summary>Keeps what a switch changes: potentials, reactions and V; to be called at a consistent state.</summary>
    public void Remember()
    {
        if (_kept.Count == 0)
            _kept.AddRange(model.System.States.Variables.Where(state => !state.IsDifferential).Select(state => (state, new double[state.Values.Length])));
        foreach ((StateVariable state, double[] values) in _kept)
            state.Values.CopyTo(values, 0);
        _current = model.System.Terminal.Current;
    }

    /// <summary>Goes back to what was remembered.</summary>
    public void GoBack()
    {
        foreach ((StateVariable state, double[] values) in _kept)
            values.CopyTo(state.Values, 0);
        model.System.States.Accept();
        model.System.Terminal.Control = new Control.Current(_current);
    }

    /// <summary>*Collective.* Why the cell cannot carry what it is asked to from the state that was remembered, in words; null where it can, or where that cannot be told. The state is that one afterwards.</summary>
    /// <param name="wanted">What the terminals were to be driven by.</param>
    /// <param name="lower">Voltage that ends a discharge [V].</param>
    /// <param name="upper">Voltage that ends a charge [V].</param>
    public string? Violation(Control wanted, double lower, double upper)
    {
        GoBack();
        double voltage = model.Fields.TerminalVoltage;
        int sign = SignOf(wanted);
        double end = sign < 0 ? lower : upper;
        if (sign == 0)
            return null;
        string? words = null;
        for (int trial = 0; trial < (wanted is Control.Power ? Trials : 1); trial++)
        {
            double at = end + ((double)trial / Trials * (voltage - end));
            bool isSolved = integrator.SwitchTo(new Control.Voltage(at)).Succeeded;
            double carried = model.System.Terminal.Current, asked = Asked(wanted, at);
            if (!isSolved || sign * carried >= sign * asked)
            {
                words = null;
                break;
            }
            string verb = sign < 0 ? "gives" : "takes";
            words ??= wanted is Control.Power
                ? FormattableString.Invariant($"at {end:g6} V, which ends it, the cell {verb} {Math.Abs(carried * at):g3} W instead of {Math.Abs(asked * at):g6} W")
                : FormattableString.Invariant($"at {end:g6} V, which ends it, the cell {verb} {Math.Max(0, sign * carried):g3} A instead of {Math.Abs(asked):g6} A");
        }
        GoBack();
        return words;
    }

    private static int SignOf(Control control) => control switch
    {
        Control.Current current => Math.Sign(current.Amperes),
        Control.Power power => Math.Sign(power.Watts),
        Control.Resistance => -1,
        _ => 0,
    };

    /// <summary>The current that is asked for at a voltage [A].</summary>
    private static double Asked(Control control, double voltage) => control switch
    {
        Control.Current current => current.Amperes,
        Control.Power power => power.Watts / voltage,
        Control.Resistance resistance => -voltage / resistance.Ohms,
        _ => 0,
    };
}
