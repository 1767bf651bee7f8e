using Cell3D.Discretization;
using Cell3D.Output;
using Cell3D.Physics;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation.Recording;

/// <summary>The identities of equations.md §7, each with its largest deviation over the run.</summary>
public sealed class ConservationAudit(CellModel model, bool directSolver, double nominalCurrent) : IResumable
{
    private readonly double[] _worst = new double[5];

    /// <summary>The same of the stages of the step under way.</summary>
    private readonly double[] _ofStages = new double[5];

    /// <summary>The last one of a split step, whose rates are those of the accepted state; null for a step that is one solve.</summary>
    private PartialSolve? _last;
    private double _lithium = double.NaN, _salt = double.NaN;

    private static readonly string[] Names =
        ["Lithium drift, relative", "Salt drift, relative", "Current mismatch, relative", "Electric energy mismatch, relative", "Heat balance mismatch, relative"];

    /// <summary>Largest mismatch of energies: what is solved in turn may lose some.</summary>
    public double EnergyLimit { get; set; } = 1e-8;

    /// <inheritdoc/>
    public long LongestState => 2 + _worst.Length;

    /// <inheritdoc/>
    public double[] State
    {
        get => [_lithium, _salt, .. _worst];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of audits.", nameof(value));
            (_lithium, _salt) = (value[0], value[1]);
            value.AsSpan(2).CopyTo(_worst);
        }
    }

    /// <summary>Takes the balances of the present state, summed over all ranks.</summary>
    /// <param name="balance">Reduced balances.</param>
    /// <param name="afterStep">False right after a switch, where no rates exist.</param>
    public void Update(Balance balance, bool afterStep)
    {
        for (int audit = 0; audit < _worst.Length; audit++)
            Keep(_worst, audit, _ofStages[audit]);
        Take(_worst, balance, hasRates: afterStep, hasHeat: afterStep && PassesForHeat(_last));
        DropStages();
    }

    /// <summary>Takes the balances behind a stage of a split step, summed over all ranks; they count once the step is accepted.</summary>
    /// <param name="balance">Reduced balances.</param>
    /// <param name="part">What was solved for: heat is balanced where time passes for it.</param>
    public void UpdateStage(Balance balance, PartialSolve part)
    {
        _last = part;
        Take(_ofStages, balance, hasRates: true, PassesForHeat(part));
    }

    /// <summary>Forgets the stages of a step that was not accepted.</summary>
    public void DropStages()
    {
        Array.Clear(_ofStages);
        _last = null;
    }

    /// <summary>Whether time passes for heat: else nothing is stored of what is dissipated.</summary>
    private static bool PassesForHeat(PartialSolve? part) => part is null || part.Moves.HasFlag(Evolution.Heat);

    private void Take(double[] worst, Balance balance, bool hasRates, bool hasHeat)
    {
        double salt = balance["Lithium in electrolyte"] + balance.SumOf(Totals.HeldIons), lithium = balance.SumOf(Totals.Lithium);
        if (double.IsNaN(_lithium))
            (_lithium, _salt) = (lithium, salt);
        double applied = model.System.Terminal.Current, scale = Math.Max(Math.Abs(applied), nominalCurrent);
        double voltage = model.Fields.TerminalVoltage;
        double losses = balance.SumOf(Balance.Losses);
        // A half cell may begin nearly empty: what its foil gives belongs to what it holds.
        Keep(worst, 0, (lithium - _lithium) / Math.Max(_lithium, balance[ReactingParticles.Lithium] + balance["Lithium in electrolyte"]));
        Keep(worst, 1, (salt - _salt) / _salt);
        Keep(worst, 2, CurrentMismatch(balance, applied - balance["Short current"]) / scale);
        if (!hasRates)
            return;
        Keep(worst, 3, ((voltage * applied) - losses - balance.SumOf(Totals.StoredPower)) / (Math.Abs(voltage) * scale));
        if (hasHeat && HasHeat)
            Keep(worst, 4, (balance["Enthalpy, rate"] - losses - balance["Reversible heat"] + balance.SumOf(Totals.HeatLost)) / (Math.Abs(voltage) * scale));
    }

    /// <summary>The audits with their limits: round-off with a direct solver, the iterative solver's tolerance otherwise.</summary>
    public IReadOnlyList<AuditResult> ToResults() =>
        [.. Names.Select((name, i) => new AuditResult { Name = name, Value = _worst[i], Limit = i > 2 ? EnergyLimit : directSolver && i < 2 ? 1e-12 : 1e-8 }).Where((_, i) => i < 4 || HasHeat)];

    private bool HasHeat => model.HasHeat;

    /// <summary>∫Σ a j dV = +(I − I_short) in the positive and −(I − I_short) in the negative electrode.</summary>
    private static double CurrentMismatch(Balance balance, double expected) =>
        Math.Max(Math.Abs(balance.SumOf(Totals.PositiveTransfer) - expected), Math.Abs(balance.SumOf(Totals.NegativeTransfer) + expected));

    private static void Keep(double[] worst, int audit, double deviation) => worst[audit] = double.IsNaN(deviation) ? double.NaN : Math.Max(worst[audit], Math.Abs(deviation));
}
