using Cell3D.Input.Bpx;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads initial state, probes and output.</summary>
internal static class RunReader
{
    /// <summary>State of charge at the start; a voltage is that of the cell at rest at its initial temperature [K].</summary>
    public static double InitialState(SectionReader state, BpxCell? cell, double temperature)
    {
        if (state.Has(RunKeys.Soc) && state.Has(RunKeys.Voltage)) state.Error(RunKeys.Voltage, "SOC is given as well", "one of SOC, Voltage [V]");
        if (state.Find(RunKeys.Voltage) is not double voltage) return state.Get(RunKeys.Soc, cell?.InitialStateOfCharge ?? double.NaN);
        if (cell is null || double.IsNaN(voltage) || double.IsNaN(temperature)) return double.NaN;
        double? charge = cell.Balance.StateOfCharge(voltage, temperature);
        if (charge is null)
        {
            double empty = cell.Balance.OpenCircuitVoltage(0, temperature), full = cell.Balance.OpenCircuitVoltage(1, temperature);
            state.Error(RunKeys.Voltage, "the cell has no such open-circuit voltage", FormattableString.Invariant($"{empty:F5} to {full:F5} V at its initial {temperature:G6} K"));
        }
        return charge ?? double.NaN;
    }

    /// <summary>Points inside the cell or its tabs.</summary>
    public static ProbeSettings Probes(SectionReader probes, CellGeometry outline, IReadOnlyList<CellLayer> layers)
    {
        List<ProbePoint> points = [];
        System.Text.Json.Nodes.JsonObject resolved = [];
        probes.Resolved[RunKeys.Points.Name] = resolved;
        NumberListKey rule = (NumberListKey)RunKeys.Points.Item;
        ((double From, double To) X, (double From, double To) Y, (double From, double To) Z) extents = outline.Extents(layers);
        IReadOnlyList<SourceMember> members = probes.Entries(RunKeys.Points);
        if (members.Count > RunKeys.MostPoints)
        {
            probes.Error(RunKeys.Points, "holds too many points", FormattableString.Invariant($"at most {RunKeys.MostPoints}"));
            members = [];
        }
        ResultNames.Check(members, probes.PathOf(RunKeys.Points), probes.Report);
        foreach (SourceMember member in members)
        {
            string path = $"{probes.PathOf(RunKeys.Points)}.{member.Key}";
            if (!rule.TryRead(member.Value, path, probes.Report, out double[] place)) continue;
            (string Axis, double Value, Interval Range)[] axes =
            [
                ("x", place[0], new Interval(extents.X.From, extents.X.To)),
                ("y", place[1], new Interval(extents.Y.From, extents.Y.To)),
                ("z", place[2], new Interval(extents.Z.From, extents.Z.To)),
            ];
            foreach ((string axis, double value, Interval range) in axes)
                if (value < range.Minimum || value > range.Maximum) probes.Report.Error(path, member.Value, $"{axis} = {Interval.Write(value)} m lies outside the cell", $"{axis} from {range} m");
            points.Add(new ProbePoint(member.Key, place[0], place[1], place[2]));
            resolved[member.Key] = rule.Write(place);
        }
        return new ProbeSettings(points, probes.Get(RunKeys.LayerMeans), probes.Get(RunKeys.LayerCurrents)) { RadialPoints = Radii(probes) };
    }

    private static int Radii(SectionReader probes)
    {
        int radii = probes.Get(RunKeys.RadialPoints);
        if (radii == 1) probes.Error(RunKeys.RadialPoints, "a profile has two ends", "0, or 2 to 100");
        return radii;
    }

    /// <summary>Where and what is written.</summary>
    public static OutputSettings Output(SectionReader output, string name, CellGeometry outline, IReadOnlyList<CellLayer> stack)
    {
        string folder = ResultsFolder.Read(output, $"results/{name}");
        Key[] given = [.. new Key[] { RunKeys.FieldTimes, RunKeys.FieldInterval, RunKeys.FieldCount }.Where(output.Has)];
        if (given.Length > 1) output.Error(given[1], $"{given[0].Name} is given as well", "one of Field times [s], Field interval [s], Field count");
        if (output.Has(RunKeys.RowPeriod) && output.Has(RunKeys.RowTimes)) output.Error(RunKeys.RowTimes, $"{RunKeys.RowPeriod.Name} is given as well", $"one of {RunKeys.RowPeriod.Name}, {RunKeys.RowTimes.Name}");
        return new OutputSettings
        {
            Folder = folder,
            FieldTimes = output.Has(RunKeys.FieldTimes) ? output.Get(RunKeys.FieldTimes, []) : null,
            FieldInterval = output.Find(RunKeys.FieldInterval),
            FieldCount = given.Length == 0 || output.Has(RunKeys.FieldCount) ? output.Get(RunKeys.FieldCount, CaseDefaults.FieldCount) : null,
            RowPeriod = output.Find(RunKeys.RowPeriod),
            RowTimes = output.Has(RunKeys.RowTimes) ? output.Get(RunKeys.RowTimes, []) : null,
            Fields = Fields(output, stack),
            Layers = LayerReader.Read(output, outline, stack),
            DoublePrecision = output.Get(RunKeys.Precision) == FieldPrecision.Double,
        };
    }

    private static string[] Fields(SectionReader output, IReadOnlyList<CellLayer> stack)
    {
        ActiveMaterial[] materials = [.. stack.SelectMany(layer => layer.Material.ActiveMaterials)];
        string[] there = [.. CaseDefaults.Fields, .. CaseDefaults.FieldsOfInterfaces.Where(field => materials.Any(field.IsThere)).Select(field => field.Name)];
        string[] fields = output.Get(RunKeys.Fields, there);
        foreach (string name in fields.Intersect(CaseDefaults.FieldsOfInterfaces.Select(field => field.Name)).Except(there))
            output.Error(RunKeys.Fields, $"no layer of this cell has a {char.ToLowerInvariant(name[0])}{name[1..]} that changes", string.Join(", ", there));
        return fields;
    }
}
