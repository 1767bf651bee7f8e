using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Input.Bpx;

/// <summary>Open-circuit potentials for either direction of the current, which BPX v0.x files give under User-defined: their mean takes the place of OCP [V].</summary>
internal sealed class BpxHysteresis(SectionReader content)
{
    private static readonly string[] Electrodes = ["Negative electrode", "Positive electrode"];

    /// <summary>Whether a user-defined key is one of the branches.</summary>
    public static bool IsBranch(string key) => Electrodes.Any(electrode => key == Delithiation(electrode) || key == Lithiation(electrode));

    /// <summary>The electrode with the mean of its branches; the electrode as it is where the file has none.</summary>
    /// <param name="name">As the file calls the electrode.</param>
    /// <param name="electrode">The electrode with OCP [V].</param>
    public PorousElectrode Apply(string name, PorousElectrode electrode)
    {
        SourceNode? delithiation = Node(Delithiation(name)), lithiation = Node(Lithiation(name));
        if (delithiation is null && lithiation is null) return electrode;
        (string key, SourceNode? node) = delithiation is null ? (Lithiation(name), lithiation) : (Delithiation(name), delithiation);
        string path = PathOf(key);
        if (electrode.ActiveMaterials is not [{ Name: "" } material])
        {
            content.Report.Error(path, node, "is one potential for an electrode of several materials", "OCP [V] of each material");
            return electrode;
        }
        if (delithiation is null || lithiation is null)
        {
            content.Report.Error(path, node, "stands alone", $"both \"{Delithiation(name)}\" and \"{Lithiation(name)}\"");
            return electrode;
        }
        if (Read(Delithiation(name), delithiation, material) is not Curve upper || Read(Lithiation(name), lithiation, material) is not Curve lower) return electrode;
        if (Mean(upper, lower) is not Curve mean)
        {
            content.Report.Error(path, node, "cannot be averaged with the other branch", "two tables, or two expressions");
            return electrode;
        }
        double half = 1000 * LargestDistance(upper, mean, material);
        content.Report.Warning(path, node, FormattableString.Invariant(
            $"the mean of both branches takes the place of OCP [V]; either branch lies up to {half:G3} mV from it. A case that gives \"{BpxKeys.HysteresisDecay.Name}\" follows both"), withValue: false);
        PotentialHysteresis hysteresis = new(upper, lower);
        return electrode with { ActiveMaterials = [material with { OpenCircuitPotential = DivergingEnds.With(PotentialEnds.Diverging, mean), Hysteresis = hysteresis }] };
    }

    private static string Delithiation(string electrode) => $"{electrode} delithiation {BpxKeys.OpenCircuitPotential.Name}";

    private static string Lithiation(string electrode) => $"{electrode} lithiation {BpxKeys.OpenCircuitPotential.Name}";

    private string PathOf(string key) => $"{content.PathOf(BpxKeys.UserDefined)}.{key}";

    private SourceNode? Node(string key) => content.NodeOf(BpxKeys.UserDefined)?.Member(key);

    private Curve? Read(string key, SourceNode node, ActiveMaterial material)
    {
        CurveKey rule = BpxKeys.OpenCircuitPotential;
        return rule.TryRead(node, PathOf(key), content.Report, out Curve curve)
            && rule.CheckValues(curve, material.MinimumStoichiometry, material.MaximumStoichiometry, node, PathOf(key), content.Report) ? curve : null;
    }

    /// <summary>(a + b)/2 as a curve that a case file can hold; null for a table and an expression.</summary>
    private static Curve? Mean(Curve a, Curve b)
    {
        if (a is TableCurve first && b is TableCurve second)
        {
            double[] x = [.. first.X.ToArray().Union(second.X.ToArray()).Order()];
            return new TableCurve(x, [.. x.Select(at => 0.5 * (a.Value(at) + b.Value(at)))]);
        }
        if (a is TableCurve || b is TableCurve) return null;
        try
        {
            return ExpressionCurve.Parse($"(({a}) + ({b})) / 2");
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    /// <summary>Largest |a − b| at 201 points of the window [V].</summary>
    private static double LargestDistance(Curve a, Curve b, ActiveMaterial material)
    {
        const int intervals = 200;
        double width = material.MaximumStoichiometry - material.MinimumStoichiometry;
        return Enumerable.Range(0, intervals + 1).Max(i =>
        {
            double x = material.MinimumStoichiometry + (width * i / intervals);
            return Math.Abs(a.Value(x) - b.Value(x));
        });
    }
}
