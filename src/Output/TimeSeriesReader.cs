using System.Globalization;

namespace Cell3D.Output;

/// <summary>
/// Reads time series: Battery Data Format CSV, files of two or more columns whose headers name time and voltage in
/// one of the usual spellings, and headerless files of time [s] and voltage [V].
/// </summary>
/// <remarks>
/// Separators are comma, semicolon, tab or blanks; with semicolons a decimal comma is understood. Lines that are
/// empty or start with # are skipped, except that a comment just before the numbers may hold the header. Empty
/// cells are NaN. A torn last line, as a killed writer may leave it, is dropped.
/// </remarks>
public static class TimeSeriesReader
{
    /// <summary>Size of the largest file [byte].</summary>
    public const long MostBytes = 256L << 20;

    private const int MostErrors = 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TimeSeriesException">The file cannot be opened (66) or understood (65).</exception>
    public static TimeSeries Read(string path)
    {
        string text;
        try
        {
            // Looked at before it is opened: a pipe would wait for a writer, and a device has no end. Both say they are empty.
            FileInfo file = new(path);
            long size = (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
            if (size == 0)
                throw new TimeSeriesException(path, ["is empty, or a pipe or device instead of a file"], 65);
            if (size > MostBytes)
                throw new TimeSeriesException(path, [$"has {ByteText.Format(size)}; at most {ByteText.Format(MostBytes)} are read"], 65);
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TimeSeriesException(path, [$"cannot be opened: {e.Message}"], 66);
        }

        return Parse(text, path);
    }

    /// <summary>Reads a text; <paramref name="source"/> names it in messages.</summary>
    /// <exception cref="TimeSeriesException">The text cannot be understood (65).</exception>
    public static TimeSeries Parse(string text, string source)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new TimeSeriesException(source, ["is not a text file"], 65);

        SeriesTable table = SeriesTable.Split(text);
        List<string> errors = [];
        (SeriesColumn Column, double Factor)[] columns = Columns(table, errors);
        double[][] values = errors.Count == 0 ? Values(table, columns, errors) : [];
        if (errors.Count == 0 && values[0].Length < 2)
            errors.Add($"holds {values[0].Length} rows of numbers; at least 2 are needed");

        if (errors.Count > 0)
            throw new TimeSeriesException(source, Shorten(errors), 65);

        return new TimeSeries(source, [.. columns.Select(column => column.Column)], values);
    }

    private static (SeriesColumn Column, double Factor)[] Columns(SeriesTable table, List<string> errors)
    {
        if (table.Header is null)
        {
            int count = table.Rows.Count == 0 ? 0 : table.Rows[0].Cells.Length;
            if (count < 2)
                errors.Add(table.Rows.Count == 0 ? "holds no rows of numbers" : $"line {table.Rows[0].Line}: at least two columns, time [s] and voltage [V], are needed");
            return [.. Enumerable.Range(0, count).Select(i => (i == 0 ? SeriesColumn.Time : i == 1 ? SeriesColumn.Voltage : new SeriesColumn($"Column {i + 1}", ""), 1.0))];
        }

        (SeriesColumn Column, double Factor)[] columns = [.. table.Header.Cells.Select(SeriesHeader.Parse)];
        string found = string.Join(", ", table.Header.Cells.Select(cell => $"'{cell}'"));
        foreach (SeriesColumn needed in (SeriesColumn[])[SeriesColumn.Time, SeriesColumn.Voltage])
        {
            int count = columns.Count(column => column.Column == needed);
            if (count != 1)
                errors.Add($"line {table.Header.Line}: {(count == 0 ? "no" : "more than one")} column is understood as '{needed.Header}' among {found}");
        }

        return columns;
    }

    private static double[][] Values(SeriesTable table, (SeriesColumn Column, double Factor)[] columns, List<string> errors)
    {
        List<SeriesTable.Row> rows = table.Rows;
        if (table.LastLineIsOpen && rows.Count > 0 && rows[^1].Cells.Length < columns.Length)
            rows = rows[..^1];

        double[][] values = [.. columns.Select(_ => new double[rows.Count])];
        int time = Array.FindIndex(columns, column => column.Column == SeriesColumn.Time);
        double latest = double.NegativeInfinity;
        int latestLine = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            SeriesTable.Row line = rows[row];
            if (line.Cells.Length != columns.Length)
            {
                errors.Add($"line {line.Line}: {line.Cells.Length} values where {columns.Length} columns are expected");
                continue;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                values[i][row] = Number(line, i, table.DecimalComma, i == time, columns[i], errors);
            }

            double now = values[time][row];
            if (now < latest)
                errors.Add(FormattableString.Invariant($"line {line.Line}: time {now} s lies before {latest} s of line {latestLine}"));
            else if (now >= latest)
                (latest, latestLine) = (now, line.Line);
        }

        return values;
    }

    private static double Number(SeriesTable.Row line, int column, bool decimalComma, bool isTime, (SeriesColumn Column, double Factor) header, List<string> errors)
    {
        string cell = line.Cells[column];
        if (cell.Length == 0 && !isTime)
            return double.NaN;

        string text = decimalComma ? cell.Replace(',', '.') : cell;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || (isTime && !double.IsFinite(value)))
        {
            errors.Add($"line {line.Line}, column '{header.Column.Header}': '{cell}' is not a number");
            return double.NaN;
        }

        return value * header.Factor;
    }

    private static List<string> Shorten(List<string> errors)
        => errors.Count <= MostErrors ? errors : [.. errors[..MostErrors], $"and {errors.Count - MostErrors} more errors"];
}
