using System.Globalization;

namespace Cell3D.Output;

/// <summary>A text seen as a header line and rows of cells; the text itself is the only copy of its contents.</summary>
internal sealed class SeriesTable
{
    private readonly string _text;
    private readonly char _separator;

    private SeriesTable(string text, char separator)
    {
        (_text, _separator) = (text, separator);
        LastLineIsOpen = !text.AsSpan(text.LastIndexOf('\n') + 1).Trim().IsEmpty;
    }

    /// <summary>Where a line lies in the text.</summary>
    /// <param name="Number">Line number in the file, from 1.</param>
    /// <param name="Start">Its first character.</param>
    /// <param name="Length">Its length.</param>
    public readonly record struct Line(int Number, int Start, int Length);

    /// <summary>The header line, where there is one.</summary>
    public Line? Header { get; private set; }

    /// <summary>The rows below it.</summary>
    public List<Line> Rows { get; } = [];

    /// <summary>Whether the last line lacks its line break.</summary>
    public bool LastLineIsOpen { get; }

    /// <summary>Splits a text into lines; the separator is taken from its first row of numbers.</summary>
    public static SeriesTable Split(string text)
    {
        text = text.TrimStart('\uFEFF');
        SeriesTable table = new(text, Separator(text));
        Line? comment = null;
        int number = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            number++;
            (int start, int length) = range.GetOffsetAndLength(text.Length);
            ReadOnlySpan<char> line = text.AsSpan(start, length), content = line.TrimStart();
            if (content.IsEmpty)
                continue;
            bool isComment = content[0] == '#';
            if (isComment)
                content = content.TrimStart("# ");
            Line row = new(number, start + length - content.Length, content.TrimEnd().Length);
            if (isComment)
                comment = table.Rows.Count == 0 ? row : comment;
            else if (table.Rows.Count == 0 && table.Header is null && !table.StartsWithNumber(row))
                table.Header = row;
            else
                table.Rows.Add(row);
        }

        if (table.Header is null && comment is Line last && table.Rows.Count > 0 && table.Cells(last).Length == table.Cells(table.Rows[0]).Length)
            table.Header = last;
        return table;
    }

    /// <summary>A line's trimmed cells.</summary>
    public string[] Cells(Line line) =>
        _separator == ' '
            ? Content(line).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : Content(line).ToString().Split(_separator, StringSplitOptions.TrimEntries);

    /// <summary>Finds the cells of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cells">One entry for each cell that is expected, and one more for whatever follows.</param>
    /// <param name="content">The text that the entries are ranges of.</param>
    /// <returns>The number of cells found; the length of <paramref name="cells"/> stands for more as well.</returns>
    public int Cells(Line line, Span<Range> cells, out ReadOnlySpan<char> content)
    {
        content = Content(line);
        return _separator == ' '
            ? content.SplitAny(cells, ReadOnlySpan<char>.Empty, StringSplitOptions.RemoveEmptyEntries)
            : content.Split(cells, _separator, StringSplitOptions.TrimEntries);
    }

    /// <summary>Reads a number; between semicolons the decimal sign may be a comma.</summary>
    public bool TryParse(ReadOnlySpan<char> cell, out double value)
    {
        if (_separator != ';' || !cell.Contains(','))
            return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        return double.TryParse(cell.ToString().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private ReadOnlySpan<char> Content(Line line) => _text.AsSpan(line.Start, line.Length);

    private bool StartsWithNumber(Line line) =>
        double.TryParse(Cells(line)[0].Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static char Separator(string text)
    {
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan(range), row = line.Trim();
            if (row.IsEmpty || row[0] == '#')
                continue;
            if (row.Contains(';'))
                return ';';
            if (row.Contains(','))
                return ',';
            return line.Contains('\t') ? '\t' : ' ';
        }

        return ',';
    }
}
