using System.Globalization;

using ScottPlot;

namespace Cell3D.Output;

/// <summary>Pictures of a run's time series as PNG files, 1600 pixels wide, drawn with a font of their own.</summary>
public static class Plots
{
    /// <summary>Temperatures closer than this are one [K].</summary>
    private const double NoChange = 1e-6;

    /// <summary>The temperature axis spans at least this much, so that round-off does not look like a curve [K].</summary>
    private const double SmallestTemperatureRange = 0.01;

    /// <summary>Terminal voltage, and below it the current where the series holds one.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WriteVoltage(TimeSeries run, string path)
    {
        TimeUnit unit = UnitFor(run);
        using Plot voltage = PlotPage.Create(unit, "Voltage [V]");
        PlotPage.AddLine(voltage, unit, run.Time, run.Voltage, "", PlotPage.Palette[0]);
        if (run.Find(SeriesColumn.Current) is not double[] current)
        {
            PlotPage.WritePng(path, (voltage, 1000));
            return;
        }

        using Plot below = PlotPage.Create(unit, "Current [A]");
        PlotPage.AddLine(below, unit, run.Time, current, "", PlotPage.Palette[1]);
        IncludeZero(below);
        ShareTime(voltage, below);
        PlotPage.WritePng(path, (voltage, 760), (below, 420));
    }

    /// <summary>Lowest, mean and highest temperature; returns false, without a picture, where the series holds none of them or all stay what they are.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static bool WriteTemperature(TimeSeries run, string path)
    {
        (SeriesColumn Column, string Legend, int Colour)[] curves =
        [
            (SeriesColumn.MaximumTemperature, "highest", 1),
            (SeriesColumn.MeanTemperature, "mean", 6),
            (SeriesColumn.MinimumTemperature, "lowest", 0),
        ];
        TimeUnit unit = UnitFor(run);
        using Plot plot = PlotPage.Create(unit, "Temperature [K]");
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        foreach ((SeriesColumn column, string legend, int colour) in curves)
        {
            if (run.Find(column) is not double[] values)
                continue;
            PlotPage.AddLine(plot, unit, run.Time, values, legend, PlotPage.Palette[colour]);
            foreach (double value in values)
                (lowest, highest) = (double.IsNaN(value) ? lowest : Math.Min(lowest, value), double.IsNaN(value) ? highest : Math.Max(highest, value));
        }

        if (!(highest - lowest > NoChange))
            return false;
        PlotPage.WidenY(plot, lowest, highest, SmallestTemperatureRange);

        plot.ShowLegend(FreeCorner(run.Find(SeriesColumn.MeanTemperature) ?? run.Time));
        PlotPage.WritePng(path, (plot, 1000));
        return true;
    }

    /// <summary>Heat production by mechanism, without those that give none, and its sum; returns false, without a picture, where the series holds none.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static bool WriteHeat(TimeSeries run, string path) =>
        WriteParts(run, [.. run.Columns.Where(column => column.IsHeat)], 1, "Heat production [W]", column => column.Name[..^" heat".Length], path);

    /// <summary>What lowers or raises the voltage, by mechanism, and its sum: all columns in V besides the voltage; returns false, without a picture, where the series holds none.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static bool WriteLosses(TimeSeries run, string path) =>
        WriteParts(run, [.. run.Columns.Where(column => column.Unit == "V" && column != SeriesColumn.Voltage && Array.Exists(run.Column(column), double.IsFinite))],
            1e3, "Contribution to the voltage [mV]", column => column.Name, path);

    private static bool WriteParts(TimeSeries run, SeriesColumn[] parts, double factor, string axis, Func<SeriesColumn, string> legend, string path)
    {
        if (parts.Length == 0)
            return false;

        TimeUnit unit = UnitFor(run);
        using Plot plot = PlotPage.Create(unit, axis);
        double[] sum = new double[run.Count];
        for (int part = 0; part < parts.Length; part++)
        {
            double[] values = [.. run.Column(parts[part]).Select(value => factor * value)];
            if (Array.TrueForAll(values, value => value == 0))
                continue;
            PlotPage.AddLine(plot, unit, run.Time, values, legend(parts[part]), PlotPage.Palette[part % (PlotPage.Palette.Length - 1)]);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += values[i];
            }
        }

        PlotPage.AddLine(plot, unit, run.Time, sum, "Sum", PlotPage.Palette[^1], 2.6f);
        IncludeZero(plot);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Top);
        PlotPage.WritePng(path, (plot, 1000));
        return true;
    }

    /// <summary>Measured and computed voltage, and below them their difference in mV.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WriteOverlay(Overlay overlay, string path)
    {
        TimeUnit unit = TimeUnit.For(Math.Max(overlay.Run.Time[^1], overlay.Measured.Time[^1]));
        TimeSeries measured = overlay.Measured.ForPicture();
        using Plot curves = PlotPage.Create(unit, "Voltage [V]");
        PlotPage.AddPoints(curves, unit, measured.Time, measured.Voltage, overlay.Measured.Legend, PlotPage.Palette[6]);
        PlotPage.AddLine(curves, unit, overlay.Run.Time, overlay.Run.Voltage, "Cell3D", PlotPage.Palette[0]);
        curves.ShowLegend(FreeCorner(overlay.Voltage.Reference));

        using Plot difference = PlotPage.Create(unit, "Difference [mV]");
        PlotPage.AddLine(difference, unit, overlay.Points.Time, [.. overlay.Points.Column(Overlay.VoltageDifference).Select(d => 1e3 * d)], "", PlotPage.Palette[1]);
        IncludeZero(difference);
        string numbers = string.Create(CultureInfo.InvariantCulture, $"computed − measured: rms {1e3 * overlay.Voltage.Rms:G3} mV, mean {1e3 * overlay.Voltage.Mean:G3} mV, largest {1e3 * overlay.Voltage.Largest:G3} mV");
        difference.Title(numbers, 12);
        difference.Axes.Title.Label.Bold = false;
        if (overlay.Temperature is not { } temperature)
        {
            ShareTime(curves, difference);
            PlotPage.WritePng(path, (curves, 760), (difference, 460));
            return;
        }

        using Plot heat = PlotPage.Create(unit, "Mean temperature [K]");
        PlotPage.AddPoints(heat, unit, temperature.Times, temperature.Reference, "", PlotPage.Palette[6]);
        PlotPage.AddLine(heat, unit, temperature.Times, temperature.Computed, "", PlotPage.Palette[0]);
        heat.Title(string.Create(CultureInfo.InvariantCulture, $"computed − measured: rms {temperature.Rms:G3} K, mean {temperature.Mean:G3} K, largest {temperature.Largest:G3} K"), 12);
        heat.Axes.Title.Label.Bold = false;
        ShareTime(curves, difference, heat);
        PlotPage.WritePng(path, (curves, 760), (difference, 460), (heat, 460));
    }

    /// <summary>Voltage with its error bar, and below it what the error is made of, on a logarithmic axis.</summary>
    /// <param name="curves">Time, voltage, and the columns "Error of voltage …" of each direction and of all.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WriteVerification(TimeSeries curves, string path)
    {
        const string error = "Error of voltage";
        const double least = 1e-4;
        TimeUnit unit = UnitFor(curves);
        using Plot voltage = PlotPage.Create(unit, "Voltage [V]");
        double[] whole = curves.Column(new(error, "V"));
        double[] known = [.. whole.Select(value => double.IsNaN(value) ? 0 : value)];
        PlotPage.AddBand(voltage, unit, curves.Time, [.. curves.Voltage.Zip(known, (v, e) => v - e)], [.. curves.Voltage.Zip(known, (v, e) => v + e)], PlotPage.Palette[4]);
        PlotPage.AddLine(voltage, unit, curves.Time, curves.Voltage, "", PlotPage.Palette[0]);

        using Plot parts = PlotPage.Create(unit, "log₁₀ of error [mV]");
        int colour = 0;
        foreach (SeriesColumn column in curves.Columns.Where(column => column.Name.StartsWith(error, StringComparison.Ordinal)))
        {
            bool isAll = column.Name == error;
            double[] logarithms = [.. curves.Column(column).Select(value => Math.Log10(Math.Max(1e3 * value, least)))];
            PlotPage.AddLine(parts, unit, curves.Time, logarithms, isAll ? "all" : column.Name[(error.Length + 1)..], isAll ? PlotPage.Palette[^1] : PlotPage.Palette[colour++ % (PlotPage.Palette.Length - 1)], isAll ? 2.6f : 1.8f);
        }
        parts.Legend.Orientation = Orientation.Horizontal;
        parts.ShowLegend(Edge.Top);
        ShareTime(voltage, parts);
        PlotPage.WritePng(path, (voltage, 700), (parts, 520));
    }

    /// <summary>Voltages of runs, and below them the differences to the first one in mV.</summary>
    /// <param name="comparisons">With the first run, which is that of all.</param>
    /// <param name="names">Of the first run, then of each other one.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WriteComparison(IReadOnlyList<SeriesComparison> comparisons, IReadOnlyList<string> names, string path)
    {
        TimeSeries[] runs = [comparisons[0].First, .. comparisons.Select(comparison => comparison.Second)];
        TimeUnit unit = TimeUnit.For(runs.Max(run => run.Time[^1] - run.Time[0]));
        using Plot curves = PlotPage.Create(unit, "Voltage [V]");
        for (int i = 0; i < runs.Length; i++)
        {
            TimeSeries shown = runs[i].ForPicture();
            PlotPage.AddLine(curves, unit, [.. shown.Time.Select(time => time - runs[i].Time[0])], shown.Voltage, names[i], Colour(i));
        }
        curves.ShowLegend(FreeCorner(comparisons[0].First.Voltage));

        using Plot differences = PlotPage.Create(unit, "Difference [mV]");
        for (int i = 0; i < comparisons.Count; i++)
        {
            QuantityDifference voltage = comparisons[i].Quantities[0];
            PlotPage.AddLine(differences, unit, voltage.Times, [.. voltage.Values.Select(value => 1e3 * value)], "", Colour(i + 1));
        }
        IncludeZero(differences);
        differences.Title($"minus {names[0]}, over the common time", 12);
        differences.Axes.Title.Label.Bold = false;
        ShareTime(curves, differences);
        PlotPage.WritePng(path, (curves, 760), (differences, 460));

        static Color Colour(int run) => PlotPage.Palette[(run + PlotPage.Palette.Length - 1) % PlotPage.Palette.Length];
    }

    private static TimeUnit UnitFor(TimeSeries run) => TimeUnit.For(run.Time[^1] - run.Time[0]);

    /// <summary>A falling curve leaves the upper right corner free, a rising one the lower right.</summary>
    private static Alignment FreeCorner(double[] values) => values[^1] < values[0] ? Alignment.UpperRight : Alignment.LowerRight;

    private static void IncludeZero(Plot plot)
    {
        ScottPlot.Plottables.HorizontalLine zero = plot.Add.HorizontalLine(0, 1, Colors.Black.WithAlpha(.45));
        zero.ExcludeFromLegend = true;
    }

    private static void ShareTime(Plot upper, params Plot[] below)
    {
        upper.Axes.AutoScale();
        AxisLimits limits = upper.Axes.GetLimits();
        foreach (Plot lower in below)
        {
            lower.Axes.AutoScale();
            lower.Axes.SetLimitsX(limits.Left, limits.Right);
        }
    }
}
