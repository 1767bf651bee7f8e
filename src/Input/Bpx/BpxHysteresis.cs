using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Input.Bpx;

/// <summary>Open-circuit potentials for either direction of the current, which BPX v0.x files give under User-defined: their mean takes the place of OCP [V].</summary>
/// <param name="content">Holds User-defined.</param>
/// <param name="temperature">T_ref [K].</param>
internal sealed class BpxHysteresis(SectionReader content, double temperature)
{
    private static readonly string[] Electrodes = ["Negative electrode", "Positive electrode"];

    /// <summary>Whether a user-defined key is one of the branches.</summary>
    public static bool IsBranch(string key) => Electrodes.Any(electrode => key == Delithiation(electrode) || key == Lithiation(electrode));

    /// <summary>The electrode with the mean of its branches; the electrode as it is where the file has none.</summary>
    /// <param name="name">As the file calls the electrode.</param>
    /// <param name="section">Its section.</param>
    /// <param name="electrode">The electrode with OCP [V].</param>
    public PorousElectrode Apply(string name, SectionReader section, PorousElectrode electrode)
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
        if (Read(Delithiation(name), delithiation, material) is not { } upper || Read(Lithiation(name), lithiation, material) is not { } lower) return electrode;
        PotentialHysteresis hysteresis = new(upper, lower);
        double half = 1000 * LargestSize(hysteresis.HalfGap.Widened(2), material);
        content.Report.Warning(path, node, FormattableString.Invariant(
            $"the mean of both branches takes the place of OCP [V]; either branch lies up to {half:G3} mV from it. A case that gives \"{BpxKeys.HysteresisDecay.Name}\" follows both"), withValue: false);
        return electrode with
        {
            ActiveMaterials =
            [
                material with
                {
                    OpenCircuitPotential = DivergingEnds.With(PotentialEnds.Diverging, hysteresis.Mean),
                    EntropicCoefficient = PotentialRules.Entropic(hysteresis.Mean, material.EntropicCoefficient, section),
                    Hysteresis = hysteresis,
                },
            ],
        };
    }

    private static string Delithiation(string electrode) => $"{electrode} delithiation {BpxKeys.OpenCircuitPotential.Name}";

    private static string Lithiation(string electrode) => $"{electrode} lithiation {BpxKeys.OpenCircuitPotential.Name}";

    private string PathOf(string key) => $"{content.PathOf(BpxKeys.UserDefined)}.{key}";

    private SourceNode? Node(string key) => content.NodeOf(BpxKeys.UserDefined)?.Member(key);

    private Function? Read(string key, SourceNode node, ActiveMaterial material)
    {
        PropertyKey rule = BpxKeys.OpenCircuitPotential;
        return rule.TryRead(node, PathOf(key), content.Report, out Function potential)
            && PotentialRules.Check(rule, potential, material.MinimumStoichiometry, material.MaximumStoichiometry, node, PathOf(key), content.Report) ? potential : null;
    }

    /// <summary>Largest |U| of a function of x and T at 201 points of the window [V].</summary>
    private double LargestSize(Function potential, ActiveMaterial material)
    {
        const int intervals = 200;
        double width = material.MaximumStoichiometry - material.MinimumStoichiometry;
        return Enumerable.Range(0, intervals + 1).Max(i => Math.Abs(potential.Value(material.MinimumStoichiometry + (width * i / intervals), temperature)));
    }
}
