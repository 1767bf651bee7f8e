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

    private const int MostColumns = 1000;

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
        Complaints errors = new();
        (SeriesColumn Column, double Factor)[] columns = Columns(table, errors);
        double[][] values = errors.Count == 0 ? Values(table, columns, errors) : [];
        if (errors.Count == 0 && values[0].Length < 2)
            errors.Add($"holds {values[0].Length} rows of numbers; at least 2 are needed");

        if (errors.Count > 0)
            throw new TimeSeriesException(source, errors.Shown, 65);

        return new TimeSeries(source, [.. columns.Select(column => column.Column)], values);
    }

    private static (SeriesColumn Column, double Factor)[] Columns(SeriesTable table, Complaints errors)
    {
        if (table.Header is not SeriesTable.Line header)
        {
            int count = table.Rows.Count == 0 ? 0 : table.Cells(table.Rows[0]).Length;
            if (count < 2)
                errors.Add(table.Rows.Count == 0 ? "holds no rows of numbers" : $"line {table.Rows[0].Number}: at least two columns, time [s] and voltage [V], are needed");
            else if (count > MostColumns)
                errors.Add($"line {table.Rows[0].Number}: {count} columns; at most {MostColumns} are read");
            return [.. Enumerable.Range(0, count).Select(i => (i == 0 ? SeriesColumn.Time : i == 1 ? SeriesColumn.Voltage : new SeriesColumn($"Column {i + 1}", ""), 1.0))];
        }

        string[] names = table.Cells(header);
        if (names.Length > MostColumns)
        {
            errors.Add($"line {header.Number}: {names.Length} columns; at most {MostColumns} are read");
            return [];
        }

        (SeriesColumn Column, double Factor)[] columns = [.. names.Select(SeriesHeader.Parse)];
        string found = string.Join(", ", names.Select(cell => $"'{cell}'"));
        foreach (SeriesColumn needed in (SeriesColumn[])[SeriesColumn.Time, SeriesColumn.Voltage])
        {
            int count = columns.Count(column => column.Column == needed);
            if (count != 1)
                errors.Add($"line {header.Number}: {(count == 0 ? "no" : "more than one")} column is understood as '{needed.Header}' among {found}");
        }

        return columns;
    }

    private static double[][] Values(SeriesTable table, (SeriesColumn Column, double Factor)[] columns, Complaints errors)
    {
        List<SeriesTable.Line> rows = table.Rows;
        Range[] cells = new Range[columns.Length + 1];
        int count = table.LastLineIsOpen && rows.Count > 0 && table.Cells(rows[^1], cells, out _) < columns.Length ? rows.Count - 1 : rows.Count;
        double[][] values = [.. columns.Select(_ => new double[count])];
        int time = Array.FindIndex(columns, column => column.Column == SeriesColumn.Time);
        double latest = double.NegativeInfinity;
        int latestLine = 0;
        for (int row = 0; row < count; row++)
        {
            SeriesTable.Line line = rows[row];
            if (table.Cells(line, cells, out ReadOnlySpan<char> content) != columns.Length)
            {
                errors.Add($"line {line.Number}: {table.Cells(line).Length} values where {columns.Length} columns are expected");
                continue;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                ReadOnlySpan<char> cell = content[cells[i]];
                double number = double.NaN;
                if ((!cell.IsEmpty || i == time) && (!table.TryParse(cell, out number) || (i == time && !double.IsFinite(number))))
                {
                    errors.Add($"line {line.Number}, column '{columns[i].Column.Header}': '{cell}' is not a number");
                    number = double.NaN;
                }

                values[i][row] = number * columns[i].Factor;
            }

            double now = values[time][row];
            if (now < latest)
                errors.Add(FormattableString.Invariant($"line {line.Number}: time {now} s lies before {latest} s of line {latestLine}"));
            else if (now >= latest)
                (latest, latestLine) = (now, line.Number);
        }

        return values;
    }

    /// <summary>What is wrong with a file: the first errors in words, the others counted.</summary>
    private sealed class Complaints
    {
        private const int Most = 20;
        private readonly List<string> _first = [];

        public int Count { get; private set; }

        public IReadOnlyList<string> Shown => Count <= Most ? _first : [.. _first, $"and {Count - Most} more errors"];

        public void Add(string error)
        {
            if (Count++ < Most) _first.Add(error);
        }
    }
}
