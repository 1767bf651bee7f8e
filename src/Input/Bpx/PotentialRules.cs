using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;

namespace Cell3D.Input.Bpx;

/// <summary>What is demanded of open-circuit potentials, wherever they are given.</summary>
internal static class PotentialRules
{
    /// <summary>Reports where a potential, or its ∂U/∂T, leaves its allowed range in the stoichiometry window.</summary>
    /// <returns>Whether both stay inside.</returns>
    public static bool Check(PropertyKey key, Function potential, double lowest, double highest, SourceNode? node, string path, InputReport report)
    {
        if (!key.CheckValues(potential, lowest, highest, node, path, report)) return false;
        if (!PropertyKey.DependsOnTemperature(potential)) return true;
        PropertyKey slope = new(key.Name, key.Description, BpxKeys.Entropic.Allowed);
        return slope.CheckValues(potential.Partial(1), lowest, highest, node, path, report, "∂U/∂T ");
    }

    /// <summary>The entropic coefficient beside a potential; one beside a potential that holds the temperature is a mistake.</summary>
    /// <param name="potential">U(x), or U(x, T).</param>
    /// <param name="entropic">dU/dT(x) as it was read.</param>
    /// <param name="section">Where it stands.</param>
    public static Curve Entropic(Function potential, Curve entropic, SectionReader section)
    {
        if (!PropertyKey.DependsOnTemperature(potential)) return entropic;
        if (section.Has(BpxKeys.Entropic) && !(entropic.IsConstant && entropic.Value(0) == 0))
            section.Error(BpxKeys.Entropic, $"stands beside \"{BpxKeys.OpenCircuitPotential.Name}\" that holds the temperature T", "0, or a potential without T");
        return Curve.Constant(0);
    }
}
