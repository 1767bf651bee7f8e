using Cell3D.Input.Bpx;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Reads the section Protocol: everything becomes that of the simulated part.</summary>
/// <param name="protocol">The section.</param>
/// <param name="casePath">Path of the case file; drive cycles lie beside it.</param>
internal sealed class ProtocolReader(SectionReader protocol, string casePath)
{
    private const int MostInWords = 8;

    /// <summary>The samples that its steps run through.</summary>
    public DriveCycles Cycles { get; } = new(protocol, casePath);

    /// <summary>The probes that its conditions name.</summary>
    public AskedProbes Probes { get; } = new();

    /// <summary>The protocol.</summary>
    /// <param name="outline">Of the simulated part.</param>
    /// <param name="described">Of the part that the case describes, to which its own currents refer.</param>
    /// <param name="cell">The cell; null where it could not be read.</param>
    /// <param name="heat">Says whether the surroundings matter.</param>
    /// <param name="startVoltage">Open-circuit voltage at the start [V].</param>
    public Protocol Read(CellGeometry outline, CellGeometry described, BpxCell? cell, ThermalSettings heat, double startVoltage)
    {
        double lower = protocol.Get(ProtocolKeys.LowerCutOff, cell?.LowerCutOff ?? double.NaN);
        double upper = protocol.Get(ProtocolKeys.UpperCutOff, cell?.UpperCutOff ?? double.NaN);
        if (lower >= upper) protocol.Error(ProtocolKeys.LowerCutOff, "is not below the upper cut-off", "< " + Interval.Write(upper));
        double cellArea = cell is null ? double.NaN : cell.ElectrodeArea * cell.ElectrodePairs;
        double share = outline.Area * outline.ElectrodePairs / cellArea;
        ProtocolScale scale = new(protocol.Get(ProtocolKeys.CurrentRefersTo) == CaseShare.WholeCell ? share : outline.Area * outline.ElectrodePairs / (described.Area * described.ElectrodePairs), share * (cell?.NominalCapacity ?? double.NaN));
        IReadOnlyList<EndCondition> limits = Limits(scale);
        bool skips = protocol.Get(ProtocolKeys.WhenInfeasible) == Infeasible.Skip;
        Cycles.Read();
        IReadOnlyList<StepNode> nodes = new StepsReader(protocol, scale, Cycles, Probes, lower, upper).Read();
        double count = nodes.Sum(node => node.Count);
        if (count > ProtocolSteps.Most)
        {
            protocol.Error(ProtocolKeys.Steps, FormattableString.Invariant($"with all rounds of its loops the protocol has {count:g15} steps"), FormattableString.Invariant($"at most {ProtocolSteps.Most}"));
            nodes = [];
        }
        (IReadOnlyList<ProtocolStep> steps, IReadOnlyList<ProtocolLoop> loops) = ProtocolSteps.Of(nodes);
        if (cell is not null && steps.Count > 0) CompareStart(steps, startVoltage, lower, upper);
        if (cell?.CounterElectrode is not null && (steps.Any(step => step.Drive is Drive.LithiumMargin || step.Until.Any(NeedsNegativeElectrode)) || loops.Any(loop => loop.Ends.Any(end => end is LoopEnd.Holds { Condition: var condition } && NeedsNegativeElectrode(condition)))))
            protocol.Error(ProtocolKeys.Steps, "asks for the lithium margin or the stoichiometry of the negative electrode, but the negative electrode of this cell is lithium foil", "voltages, currents, temperatures, charges, stoichiometry of the positive electrode");
        if (cell?.CounterElectrode is not null && limits.Any(NeedsNegativeElectrode))
            protocol.Error(ProtocolKeys.SafetyLimits, "limits the negative electrode, but that of this cell is lithium foil", "other limits");
        if (heat.Model == ThermalModel.Isothermal && steps.Any(step => step.Ambient is not null))
            protocol.Report.Warning(protocol.PathOf(ProtocolKeys.Steps), null, "temperatures in steps are those of the surroundings and change nothing in an isothermal case");
        return new Protocol(steps, share, lower, upper) { SafetyLimits = limits, Loops = loops, SkipsInfeasible = skips, InWords = ProtocolSteps.InWords(nodes, MostInWords) };
    }

    private static bool NeedsNegativeElectrode(EndCondition condition) => condition.Quantity is EndQuantity.LithiumMargin or EndQuantity.NegativeStoichiometry;

    private EndCondition[] Limits(ProtocolScale scale)
    {
        if (!protocol.Has(ProtocolKeys.SafetyLimits)) return [];
        SectionReader section = protocol.Open(ProtocolKeys.SafetyLimits);
        return [.. ProtocolKeys.Limits.Select(limit => section.Find(limit.Key) is double value ? scale.Of(new SentenceEnd(limit.Quantity, value, false, limit.Crossing)) : null).OfType<EndCondition>()];
    }

    /// <summary>A start outside the cut-offs matters where the first current leads further out.</summary>
    private void CompareStart(IReadOnlyList<ProtocolStep> steps, double start, double lower, double upper)
    {
        int first = steps.Select(Sign).FirstOrDefault(sign => sign != 0);
        if (start > upper && first > 0)
            protocol.Report.Warning(protocol.PathOf(ProtocolKeys.UpperCutOff), null, FormattableString.Invariant($"the cell starts at {start:F5} V, above its upper cut-off of {upper:G6} V: the charge ends at once"));
        if (start < lower && first < 0)
            protocol.Report.Warning(protocol.PathOf(ProtocolKeys.LowerCutOff), null, FormattableString.Invariant($"the cell starts at {start:F5} V, below its lower cut-off of {lower:G6} V: the discharge ends at once"));
    }

    private static int Sign(ProtocolStep step) => step.Drive switch
    {
        Drive.Current current => current.Amperes > 0 ? 1 : current.Amperes < 0 ? -1 : 0,
        Drive.Power power => power.Watts > 0 ? 1 : -1,
        Drive.Resistance => -1,
        Drive.LithiumMargin => 1,
        _ => 0,
    };
}
