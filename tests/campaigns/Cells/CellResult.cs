using System.Globalization;
using Cell3D.Output;

namespace Cell3D.Campaigns.Cells;

/// <summary>What a run came to. The first three are as they should be.</summary>
internal enum CellClass
{
    /// <summary>The protocol was carried out to its end and every audit passed.</summary>
    Done,

    /// <summary>A step could not be carried out or not to its end because of a cut-off or target, which is named; every audit passed.</summary>
    Voltage,

    /// <summary>The state is at the physical limit that the end reason names.</summary>
    Limit,

    /// <summary>Ended without a physical limit, or without naming it.</summary>
    GaveUp,

    /// <summary>An audit failed.</summary>
    Audit,

    /// <summary>A voltage or temperature that no cell has.</summary>
    Absurd,

    /// <summary>Stopped for want of time.</summary>
    Slow,

    /// <summary>The input was refused.</summary>
    Refused,

    /// <summary>An exception.</summary>
    Internal,
}

/// <summary>One run of the campaign.</summary>
internal sealed record CellResult
{
    private const double Depleted = 0.02, Empty = 0.01, Full = 0.99;

    public required int Number { get; init; }

    public required string Label { get; init; }

    public CellClass Class { get; init; } = CellClass.Done;

    public RunStatus Status { get; init; }

    public int ExitCode { get; init; }

    /// <summary>In the program's words.</summary>
    public string Reason { get; init; } = "";

    public double EndTime { get; init; }

    /// <summary>Processor time.</summary>
    public double Seconds { get; init; }

    public long Unknowns { get; init; }

    public long Steps { get; init; }

    public long RejectedByError { get; init; }

    public long RejectedBySolver { get; init; }

    /// <summary>Accepted steps below 0.1 ms.</summary>
    public int SmallSteps { get; init; }

    /// <summary>At the end [V].</summary>
    public double Voltage { get; init; }

    /// <summary>Over all accepted states [V].</summary>
    public (double Low, double High) VoltageRange { get; init; }

    /// <summary>Over all accepted states [K].</summary>
    public (double Low, double High) TemperatureRange { get; init; }

    /// <summary>c / c0 at the end.</summary>
    public (double Low, double High) SaltRange { get; init; }

    /// <summary>Surface stoichiometries at the end.</summary>
    public (double Low, double High) SurfaceRange { get; init; }

    public IReadOnlyList<string> FailedAudits { get; init; } = [];

    public static string Header => "number,class,exit code,steps,rejected by error,rejected by solver,small steps,processor s,unknowns,end s,V,V min,V max,T min,T max,c/c0 min,c/c0 max,x min,x max,reason,audits,case";

    /// <summary>With its class, unless it has one already.</summary>
    public CellResult Judged() => Class is CellClass.Refused or CellClass.Internal ? this : this with { Class = Judge() };

    public string Row() => string.Join(',', new[]
    {
        Text(Number), Class.ToString(), Text(ExitCode), Text(Steps), Text(RejectedByError), Text(RejectedBySolver), Text(SmallSteps), Text(Seconds), Text(Unknowns), Text(EndTime),
        Text(Voltage), Text(VoltageRange.Low), Text(VoltageRange.High), Text(TemperatureRange.Low), Text(TemperatureRange.High), Text(SaltRange.Low), Text(SaltRange.High),
        Text(SurfaceRange.Low), Text(SurfaceRange.High), Quoted(Reason), Quoted(string.Join("; ", FailedAudits)), Quoted(Label),
    });

    private CellClass Judge()
    {
        if (Status == RunStatus.Stopped) return CellClass.Slow;
        bool absurd = VoltageRange.Low < -5 || VoltageRange.High > 12 || !double.IsFinite(Voltage) || TemperatureRange.Low < 200 || TemperatureRange.High > 700;
        if (absurd) return CellClass.Absurd;
        if (FailedAudits.Count > 0 || Status == RunStatus.AuditFailed) return CellClass.Audit;
        if (Status == RunStatus.Done && ExitCode == 0) return CellClass.Done;
        if (Status == RunStatus.SafetyLimit && ExitCode == 3 && Mentions("cut-off", "target")) return CellClass.Voltage;
        return IsAtNamedLimit() ? CellClass.Limit : CellClass.GaveUp;
    }

    /// <summary>Whether the reason names a limit with a layer and a place, and the state is there.</summary>
    private bool IsAtNamedLimit()
    {
        if (!Mentions(" electrode", "separator", "collector", "tab", "casing") || !Mentions("x = ")) return false;
        return (Mentions("deplet", "salt concentration") && SaltRange.Low < Depleted)
            || (Mentions("stoichiometry", "particle") && (SurfaceRange.Low < Empty || SurfaceRange.High > Full))
            || (Mentions("temperature") && (TemperatureRange.Low < 230 || TemperatureRange.High > 400));
    }

    private bool Mentions(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (Reason.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{text.Replace('"', '\'').ReplaceLineEndings(" ")}\"";
}
