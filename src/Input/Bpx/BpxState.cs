using System.Globalization;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Bpx;

/// <summary>The state at the start: v1.x has a section for it, v0.x spread it over cell and electrolyte.</summary>
internal sealed record BpxState(double StateOfCharge, double Reference, double Ambient, double Initial, double SaltConcentration, double? HeatTransferCoefficient,
    double NegativeHysteresis = 0, double PositiveHysteresis = 0)
{
    /// <summary>Converts as the bpx package does: SOC 1; ambient, else reference, else 298.15 K; initial, else ambient.</summary>
    public static BpxState OfVersion0(SectionReader cell, SectionReader electrolyte, BpxVersion version)
    {
        double? reference = cell.Find(BpxKeys.Reference);
        double ambient = BpxAssembly.FirstOf(cell.Find(BpxKeys.Ambient), reference);
        double initial = BpxAssembly.FirstOf(cell.Find(BpxKeys.Initial), ambient);
        string message = string.Create(CultureInfo.InvariantCulture,
            $"BPX {version.Text} converted to 1.x: state of charge 1, ambient {ambient:G6} K, initial {initial:G6} K");
        cell.Report.Note("Header.BPX", null, message);
        return new BpxState(1, BpxAssembly.FirstOf(reference, ambient), ambient, initial, electrolyte.Get(BpxKeys.Concentration), null);
    }

    /// <summary>Reads the State section; what is missing is assumed with a note.</summary>
    public static BpxState OfVersion1(SectionReader state, SectionReader cell)
    {
        SectionReader conditions = state.Open(BpxKeys.InitialConditions), surroundings = state.Open(BpxKeys.ThermalEnvironment);
        double? reference = cell.Find(BpxKeys.Reference);
        double ambient = BpxAssembly.FirstOf(surroundings.Find(BpxKeys.Ambient), reference);
        double initial = BpxAssembly.FirstOf(conditions.Find(BpxKeys.Initial), ambient);
        foreach (Key key in new Key[] { BpxKeys.InitialSoc, BpxKeys.Initial, BpxKeys.InitialSalt })
            if (!conditions.Has(key)) state.Report.Note(conditions.PathOf(key), state.Node, Assumed(key, initial), withValue: false);
        if (!surroundings.Has(BpxKeys.Ambient))
            state.Report.Note(surroundings.PathOf(BpxKeys.Ambient), state.Node, Assumed(BpxKeys.Ambient, ambient), withValue: false);
        ReportUnused(state);
        double concentration = conditions.Get(BpxKeys.InitialSalt);
        return new BpxState(
            conditions.Get(BpxKeys.InitialSoc), BpxAssembly.FirstOf(reference, ambient), ambient, initial, concentration, surroundings.Find(BpxKeys.HeatTransfer),
            conditions.Get(BpxKeys.HysteresisNegative), conditions.Get(BpxKeys.HysteresisPositive));
    }

    private static string Assumed(Key key, double temperature)
    {
        double value = key is NumberKey { Default: double given } ? given : temperature;
        return string.Create(CultureInfo.InvariantCulture, $"not given, {value:G6} is assumed");
    }

    private static void ReportUnused(SectionReader state)
    {
        if (state.Has(BpxKeys.Degradation))
            state.Report.Warning(state.PathOf(BpxKeys.Degradation), state.NodeOf(BpxKeys.Degradation), "degradation is not modelled; the values are not used", withValue: false);
    }
}
