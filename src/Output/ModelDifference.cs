using System.Globalization;
using System.Text;

namespace Cell3D.Output;

/// <summary>What one model of a case misses of another.</summary>
/// <param name="Name">The model.</param>
/// <param name="Comparison">With the reference.</param>
/// <param name="Cells">Control volumes.</param>
/// <param name="Seconds">Wall time [s].</param>
public sealed record ModelDifference(string Name, SeriesComparison Comparison, long Cells, double Seconds)
{
    /// <summary>Of a table of models: title with unit, and value.</summary>
    public static IReadOnlyList<(string Title, string Unit, Func<ModelDifference, double> Value)> Columns { get; } =
    [
        ("V(t), rms", "mV", model => 1e3 * (Of(model, SeriesColumn.Voltage)?.Rms ?? double.NaN)),
        ("V(t), largest", "mV", model => 1e3 * (Of(model, SeriesColumn.Voltage)?.Largest ?? double.NaN)),
        ("at", "s", model => Of(model, SeriesColumn.Voltage)?.TimeOfLargest ?? double.NaN),
        ("mean temperature, largest", "K", model => Of(model, SeriesColumn.MeanTemperature)?.Largest ?? double.NaN),
        ("highest temperature", "K", model => Highest(model.Comparison.Second) - Highest(model.Comparison.First)),
        ("end", "s", model => model.Comparison.SecondTotals.EndTime - model.Comparison.FirstTotals.EndTime),
        ("control volumes", "1", model => model.Cells),
        ("wall time", "s", model => model.Seconds),
    ];

    /// <summary>The table for people.</summary>
    /// <param name="models">Its rows.</param>
    /// <param name="text">Of a number.</param>
    public static string Markdown(IReadOnlyList<ModelDifference> models, Func<double, string> text)
    {
        StringBuilder table = new($"| Model | {string.Join(" | ", Columns.Select(column => column.Unit == "1" ? column.Title : $"{column.Title} [{column.Unit}]"))} |\n|---|{string.Concat(Columns.Select(_ => "---:|"))}\n");
        foreach (ModelDifference model in models)
            table.Append($"| {model.Name} | {string.Join(" | ", Columns.Select(column => text(column.Value(model))))} |\n");
        return table.ToString();
    }

    /// <summary>The same as CSV.</summary>
    public static string Csv(IReadOnlyList<ModelDifference> models)
    {
        StringBuilder table = new($"Model,{string.Join(',', Columns.Select(column => $"\"{column.Title} / {column.Unit}\""))}\n");
        foreach (ModelDifference model in models)
            table.Append($"{model.Name},{string.Join(',', Columns.Select(column => column.Value(model).ToString(CultureInfo.InvariantCulture)))}\n");
        return table.ToString();
    }

    private static QuantityDifference? Of(ModelDifference model, SeriesColumn column) => model.Comparison.Quantities.FirstOrDefault(quantity => quantity.Column == column);

    private static double Highest(TimeSeries series) => series.Find(SeriesColumn.MaximumTemperature) is { } values ? values.Max() : double.NaN;
}
