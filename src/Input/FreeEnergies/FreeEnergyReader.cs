using System.Globalization;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.FreeEnergies;

/// <summary>Makes a free energy of a section, closed or as a table.</summary>
internal static class FreeEnergyReader
{
    /// <summary>Most temperatures of a table.</summary>
    private const int MostTemperatures = 1000;

    /// <summary>Reads a section; its problems are reported.</summary>
    /// <param name="section">The keys.</param>
    /// <param name="temperature">T at which U(x) is wanted [K].</param>
    /// <param name="options">What stands in place of noise and reference.</param>
    /// <returns>The free energy, without file and title; null where it cannot be used.</returns>
    public static FreeEnergySource? Read(SectionReader section, double temperature, FreeEnergyOptions options)
    {
        double reference = options.ReferencePotential ?? section.Get(FreeEnergyKeys.Reference), noise = options.Noise ?? section.Get(FreeEnergyKeys.Noise);
        bool isTable = section.Has(FreeEnergyKeys.Table), isGrandPotential = section.Has(FreeEnergyKeys.GrandPotential);
        RedlichKister closed = ClosedForm(section);
        if (!isTable && !isGrandPotential)
        {
            if (Says(section, FreeEnergyKeys.Noise) || options.Noise is not null) section.Error(FreeEnergyKeys.Noise, "belongs to a table, and there is none");
            int terms = closed.Interactions(temperature).Length;
            if (Says(section, FreeEnergyKeys.PairInteraction) || Says(section, FreeEnergyKeys.FillingInteraction))
                return new("", "", "alternating layers", Layered(section, closed, temperature), temperature, reference);
            string kind = terms switch { 0 => "ideal lattice gas", 1 => "regular solution", _ => FormattableString.Invariant($"Redlich–Kister, {terms} terms") };
            return new("", "", kind, closed, temperature, reference);
        }
        if (isTable && isGrandPotential) section.Error(FreeEnergyKeys.GrandPotential, $"stands beside \"{FreeEnergyKeys.Table.Name}\"", "one of both");
        foreach (Key key in FreeEnergyKeys.ClosedForm.Where(key => Says(section, key))) section.Error(key, "belongs to a closed form and stands beside a table", "one of both");
        PropertyKey tableKey = isTable ? FreeEnergyKeys.Table : FreeEnergyKeys.GrandPotential;
        Function read = section.Get(tableKey, tableKey.Placeholder);
        if (section.Report.HasErrors) return null;
        FreeEnergyTable? table = read switch
        {
            TableCurve curve => new([temperature], [curve.X.ToArray()], [curve.Y.ToArray()]),
            TableFunction function => Rows(function),
            _ => null,
        };
        if (table is null) section.Error(tableKey, "is no table", "{\"x\": […], \"y\": […]} or {\"x\": […], \"T\": […], \"y\": [[…], …]}");
        return table is null ? null : Tabulated("", "", table, !isTable, noise, temperature, reference, section, tableKey, section.Report);
    }

    /// <summary>Whether a key holds more than its default, which resolved cases write out.</summary>
    private static bool Says(SectionReader section, Key key) =>
        section.NodeOf(key) is { } node && node is not ({ Kind: SourceKind.Number, Number: 0 } or { Kind: SourceKind.Array, Items.Count: 0 });

    private static FreeEnergyTable Rows(TableFunction function)
    {
        double[][] rows = [.. function.Values.ToArray().Chunk(function.First.Length)];
        double[] places = function.First.ToArray();
        return new(function.Second.ToArray(), [.. rows.Select(_ => places)], rows);
    }

    private static RedlichKister ClosedForm(SectionReader section)
    {
        double[] interactions = section.Get(FreeEnergyKeys.Interactions, []), slopes = section.Get(FreeEnergyKeys.InteractionSlopes, []);
        if (slopes.Length > 0 && slopes.Length != interactions.Length)
            section.Error(FreeEnergyKeys.InteractionSlopes, "is not as long as the list of interactions", FormattableString.Invariant($"{interactions.Length} numbers"));
        return new(section.Get(FreeEnergyKeys.SiteEnergy), section.Get(FreeEnergyKeys.SiteEnergySlope), interactions, slopes);
    }

    private static AlternatingLayers Layered(SectionReader section, RedlichKister layer, double temperature)
    {
        double[] interactions = layer.Interactions(temperature);
        if (interactions.Length > 1 || interactions.Any(value => Math.Abs(value) > FreeEnergyKeys.LargestLayered))
            section.Error(FreeEnergyKeys.Interactions, "is not that of a regular solution, which alternating layers are", FormattableString.Invariant($"one number from {-FreeEnergyKeys.LargestLayered:G} to {FreeEnergyKeys.LargestLayered:G}"));
        return new(layer, section.Get(FreeEnergyKeys.PairInteraction), section.Get(FreeEnergyKeys.FillingInteraction));
    }

    /// <summary>Checks a table and makes the host of it.</summary>
    public static FreeEnergySource? Tabulated(string path, string title, FreeEnergyTable table, bool isGrandPotential, double noise, double temperature, double reference, SectionReader? section, Key? key, InputReport report)
    {
        string name = key is null ? "" : section!.PathOf(key);
        SourceNode? node = key is null ? null : section!.NodeOf(key);
        foreach (string problem in Problems(table, isGrandPotential, noise, temperature)) report.Error(name, node, problem);
        if (report.HasErrors) return null;
        HostFreeEnergy? host;
        if (isGrandPotential)
        {
            host = TabulatedGrandPotential.Of(table, noise, out IReadOnlyList<string> problems);
            foreach (string problem in problems) report.Error(name, node, problem, "a concave table; \"Noise [J.mol-1]\" or --noise smooths one with errors");
        }
        else
        {
            host = new TabulatedFreeEnergy(table, noise);
        }
        string at = table.Temperatures.Length == 1 ? FormattableString.Invariant($"1 temperature") : FormattableString.Invariant($"{table.Temperatures.Length} temperatures");
        return host is null ? null : new(path, title, FormattableString.Invariant($"table of {(isGrandPotential ? "the grand potential" : "the free energy")}, {table.Count} points at {at}"), host, temperature, reference);
    }

    private static IEnumerable<string> Problems(FreeEnergyTable table, bool isGrandPotential, double noise, double temperature)
    {
        if (table.Count > FreeEnergyFile.MostPoints) yield return FormattableString.Invariant($"the table has {table.Count} points; at most {FreeEnergyFile.MostPoints} are read");
        if (table.Temperatures.Length > MostTemperatures) yield return FormattableString.Invariant($"the table has {table.Temperatures.Length} temperatures; at most {MostTemperatures} are read");
        if (!(temperature >= table.Temperatures[0] && temperature <= table.Temperatures[^1]))
            yield return string.Create(CultureInfo.InvariantCulture, $"the temperature {temperature} K lies outside the table, {table.Temperatures[0]} to {table.Temperatures[^1]} K");
        for (int i = 0; i < table.Temperatures.Length; i++)
        {
            (double[] places, double[] values) = (table.Places[i], table.Values[i]);
            string at = string.Create(CultureInfo.InvariantCulture, $"at {table.Temperatures[i]} K");
            if (places.Length < FreeEnergyTable.Fewest) yield return FormattableString.Invariant($"{at} the table has {places.Length} points; at least {FreeEnergyTable.Fewest} are needed");
            if (!isGrandPotential && places.Any(place => place is not (>= 0 and <= 1))) yield return $"{at} a filling x lies outside 0 to 1";
            if (isGrandPotential && noise == 0 && values.Any(value => value >= 0)) yield return $"{at} a grand potential is not below 0: it counts from the empty host";
        }
        if (table.Places.Max(places => places.FirstOrDefault()) >= table.Places.Min(places => places.LastOrDefault())) yield return "the temperatures have no stretch of x in common";
    }
}
