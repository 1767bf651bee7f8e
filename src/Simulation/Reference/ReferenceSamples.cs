using Cell3D.Output;

namespace Cell3D.Simulation.Reference;

/// <summary>What a run has left of a plan; the same on all ranks but for the cells.</summary>
public sealed record ReferenceSamples
{
    /// <summary>What was taken, in the order of the file.</summary>
    public required IReadOnlyList<SampledQuantity> Quantities { get; init; }

    /// <summary>The numbers by path, row-major; NaN where the run did not come to, or nothing lives.</summary>
    public required IReadOnlyDictionary<string, double[]> Values { get; init; }

    /// <summary>Time right after the first current was switched on [s]; NaN where none was.</summary>
    public required double FirstCurrent { get; init; }

    /// <summary>Moments of the fields that the run has come to.</summary>
    public required int Moments { get; init; }

    /// <summary>Names of the mapped layers.</summary>
    public required IReadOnlyList<string> LayerNames { get; init; }

    /// <summary>Names of all regions.</summary>
    public required IReadOnlyList<string> RegionNames { get; init; }

    /// <summary>Names of the parts of the voltage.</summary>
    public required IReadOnlyList<string> LossNames { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>Audits of the run.</summary>
    public required IReadOnlyList<AuditResult> Audits { get; init; }

    /// <summary>Control volumes of this rank; null where they were not kept.</summary>
    public required ReferenceCells? Cells { get; init; }

    /// <summary>Values of one quantity.</summary>
    public ReadOnlySpan<double> this[string path] => Values[path];
}
