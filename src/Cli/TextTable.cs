using System.Text;

namespace Cell3D.Cli;

/// <summary>Columns of text as lines of a given width: titles over several lines, numbers right, text left and wrapped where it must be. What no-break spaces join stays on one line, with plain ones.</summary>
internal static class TextTable
{
    private const string Margin = "  ", Gap = "  ";
    private const char NoBreak = '\u00A0';
    private const int LeastText = 8;

    /// <summary>Titles, a rule and the rows.</summary>
    /// <param name="columns">Titles; a line break in a title starts its next line.</param>
    /// <param name="rows">One text per column.</param>
    /// <param name="width">Characters in a line; kept unless the numbers alone need more.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        string[][] titles = [.. columns.Select(column => column.Title.Split('\n'))];
        int[] widths = [.. columns.Select((_, i) => Math.Max(titles[i].Max(line => line.Length), rows.Select(row => row[i].Length).DefaultIfEmpty().Max()))];
        int[] words = [.. columns.Select((_, i) => rows.SelectMany(row => row[i].Split(' ')).Select(word => word.Length).DefaultIfEmpty().Max())];
        Narrow(columns, titles, words, widths, width);
        int height = titles.Max(title => title.Length);
        for (int line = 0; line < height; line++)
            yield return Join(columns, widths, i => titles[i].ElementAtOrDefault(line - height + titles[i].Length) ?? "");
        yield return Margin + new string('─', widths.Sum() + ((widths.Length - 1) * Gap.Length));
        foreach (IReadOnlyList<string> row in rows)
        {
            string[][] cells = [.. row.Select((text, i) => columns[i].IsText ? Wrapped(text, widths[i]) : [text])];
            for (int line = 0; line < cells.Max(cell => cell.Length); line++)
                yield return Join(columns, widths, i => cells[i].ElementAtOrDefault(line) ?? "");
        }
    }

    /// <summary>A text in lines of at most a width, broken at blanks; a longer word keeps its line.</summary>
    public static string[] Wrapped(string text, int width)
    {
        if (text.Length <= width) return [text];
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        lines.Add(line.ToString());
        return [.. lines];
    }

    /// <summary>Takes what is too much from the widest columns of text, as long as it can from those whose longest word still fits.</summary>
    private static void Narrow(IReadOnlyList<Column> columns, string[][] titles, int[] words, int[] widths, int width)
    {
        for (int excess = Margin.Length + widths.Sum() + ((widths.Length - 1) * Gap.Length) - width; excess > 0; excess--)
        {
            int widest = Widest(i => Math.Max(Least(i), words[i]));
            if (widest < 0) widest = Widest(Least);
            if (widest < 0) return;
            widths[widest]--;
        }

        int Least(int i) => Math.Max(LeastText, titles[i].Max(line => line.Length));
        int Widest(Func<int, int> least) => Enumerable.Range(0, widths.Length).Where(i => columns[i].IsText && widths[i] > least(i)).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : widths[i]);
    }

    private static string Join(IReadOnlyList<Column> columns, int[] widths, Func<int, string> cell) =>
        (Margin + string.Join(Gap, widths.Select((width, i) => columns[i].IsText ? cell(i).PadRight(width) : cell(i).PadLeft(width)))).Replace(NoBreak, ' ').TrimEnd();
}

/// <summary>A column of a table.</summary>
/// <param name="Title">Title with its unit; line breaks where it may take several lines.</param>
/// <param name="IsText">Text, not numbers.</param>
internal sealed record Column(string Title, bool IsText = false);
