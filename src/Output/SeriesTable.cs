using System.Globalization;

namespace Cell3D.Output;

/// <summary>A text split into a header line and rows of cells.</summary>
internal sealed class SeriesTable
{
    private SeriesTable(Row? header, List<Row> rows, bool decimalComma, bool lastLineIsOpen)
    {
        Header = header;
        Rows = rows;
        DecimalComma = decimalComma;
        LastLineIsOpen = lastLineIsOpen;
    }

    /// <summary>The header line, where there is one.</summary>
    public Row? Header { get; }

    /// <summary>The rows below it.</summary>
    public List<Row> Rows { get; }

    /// <summary>Whether numbers are written as 3,7.</summary>
    public bool DecimalComma { get; }

    /// <summary>Whether the last line lacks its line break.</summary>
    public bool LastLineIsOpen { get; }

    /// <summary>Splits a text; the separator is taken from its first row of numbers.</summary>
    public static SeriesTable Split(string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        char separator = Separator(lines);
        Row? header = null, comment = null;
        List<Row> rows = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0)
                continue;

            bool isComment = line[0] == '#';
            Row row = new(i + 1, Cells(isComment ? line[1..].TrimStart('#', ' ') : line, separator));
            if (isComment)
                comment = rows.Count == 0 ? row : comment;
            else if (rows.Count == 0 && header is null && !row.StartsWithNumber)
                header = row;
            else
                rows.Add(row);
        }

        bool commentIsHeader = header is null && comment is not null && rows.Count > 0 && comment.Cells.Length == rows[0].Cells.Length;
        bool decimalComma = separator == ';' && rows.Exists(row => row.Cells.Any(cell => cell.Contains(',', StringComparison.Ordinal)));
        return new SeriesTable(commentIsHeader ? comment : header, rows, decimalComma, lines[^1].Trim().Length > 0);
    }

    private static char Separator(string[] lines)
    {
        foreach (string line in lines)
        {
            string row = line.Trim();
            if (row.Length == 0 || row[0] == '#')
                continue;
            if (row.Contains(';', StringComparison.Ordinal))
                return ';';
            if (row.Contains(',', StringComparison.Ordinal))
                return ',';
            return line.TrimEnd('\r').Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';
        }

        return ',';
    }

    private static string[] Cells(string line, char separator)
        => separator == ' '
            ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : line.Split(separator, StringSplitOptions.TrimEntries);

    /// <summary>One line's cells.</summary>
    /// <param name="Line">Line number in the file, from 1.</param>
    /// <param name="Cells">Trimmed cells.</param>
    public sealed record Row(int Line, string[] Cells)
    {
        /// <summary>Whether the first cell is a number, with either decimal sign.</summary>
        public bool StartsWithNumber => double.TryParse(Cells[0].Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
