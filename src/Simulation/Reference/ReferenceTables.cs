using Cell3D.Output;

namespace Cell3D.Simulation.Reference;

/// <summary>The parts of a reference that a spreadsheet can take: curves and shares at all times, sections and maps at the first and the last moment.</summary>
internal sealed class ReferenceTables(SamplePlan plan, ReferenceSamples samples, IReadOnlyDictionary<string, double[]> errors, double[] curveTimes, IReadOnlyList<int> curves)
{
    private const string Error = "error of ";

    /// <summary>Writes all tables.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void Write(OutputFolder folder)
    {
        Curves(folder.ForWriting(OutputFolder.ReferenceCurvesName), samples.Quantities.Where(quantity => quantity.Path.StartsWith("curves/", StringComparison.Ordinal)));
        Curves(folder.ForWriting(OutputFolder.ReferencePairsName), samples.Quantities.Where(quantity => quantity.Path.StartsWith("pairs/", StringComparison.Ordinal)));
        int[] moments = [.. new[] { 0, samples.Moments - 1 }.Where(moment => moment >= 0 && moment < plan.MomentCount).Distinct()];
        Fields(folder.ForWriting(OutputFolder.ReferenceSectionsName), "sections/", moments, samples.LayerNames.Count, ["depth / 1"], [plan.Depth]);
        Fields(folder.ForWriting(OutputFolder.ReferenceCurrentName), "maps/through_cell_current_density", moments, samples.Pairs, ["z / m", "y / m"], [plan.Height, plan.Along]);
        Fields(folder.ForWriting(OutputFolder.ReferenceTemperatureName), "maps/temperature", moments, samples.LayerNames.Count, ["z / m", "y / m"], [plan.Height, plan.Along]);
    }

    /// <summary>A row per time, a column per number.</summary>
    private void Curves(string path, IEnumerable<SampledQuantity> quantities)
    {
        List<string> headers = ["Test Time / s"];
        List<double[]> columns = [[.. curves.Select(curve => curveTimes[curve])]];
        foreach (SampledQuantity quantity in quantities)
            for (int entry = 0; entry < quantity.PerTime; entry++)
            {
                string name = Name(quantity, entry);
                Add(name, quantity, samples.Values[quantity.Path], entry);
                if (errors.TryGetValue(quantity.Path, out double[]? bars))
                    Add(Error + name, quantity, bars, entry);
            }
        CsvText.Write(path, headers, columns);

        void Add(string name, SampledQuantity quantity, double[] values, int entry)
        {
            headers.Add($"{name} / {quantity.Unit}");
            columns.Add([.. curves.Select(curve => values[(curve * quantity.PerTime) + entry])]);
        }
    }

    /// <summary>A row per time, layer or pair, and place.</summary>
    private void Fields(string path, string start, int[] moments, int layers, string[] axes, double[][] places)
    {
        SampledQuantity[] quantities = [.. samples.Quantities.Where(quantity => quantity.Path.StartsWith(start, StringComparison.Ordinal))];
        int points = places.Aggregate(1, (product, axis) => product * axis.Length), rows = moments.Length * layers * points;
        List<string> headers = ["Test Time / s", start.Contains("current", StringComparison.Ordinal) ? "pair / 1" : "layer / 1", .. axes];
        List<double[]> columns = [Column((moment, _, _) => curveTimes[plan.CurveOf(moment)]), Column((_, layer, _) => layer + 1)];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            int own = axis, inner = places.Skip(axis + 1).Aggregate(1, (product, other) => product * other.Length);
            columns.Add(Column((_, _, point) => places[own][point / inner % places[own].Length]));
        }
        foreach (SampledQuantity quantity in quantities)
        {
            Add("", samples.Values[quantity.Path]);
            if (errors.TryGetValue(quantity.Path, out double[]? bars))
                Add(Error, bars);

            void Add(string prefix, double[] values)
            {
                headers.Add($"{prefix}{quantity.Path[(quantity.Path.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ')} / {quantity.Unit}");
                columns.Add(Column((moment, layer, point) => values[(((moment * layers) + layer) * points) + point]));
            }
        }
        CsvText.Write(path, headers, columns);

        double[] Column(Func<int, int, int, double> value)
        {
            double[] column = new double[rows];
            for (int row = 0; row < rows; row++)
                column[row] = value(moments[row / (layers * points)], row / points % layers, row % points);
            return column;
        }
    }

    private string Name(SampledQuantity quantity, int entry)
    {
        string name = quantity.Path[(quantity.Path.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ');
        return quantity.Axes.Count == 1 ? name : quantity.Axes[1] == "loss" ? samples.LossNames[entry] : $"{name} of pair {entry + 1}";
    }
}
