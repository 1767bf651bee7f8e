using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Cell3D.Input.Json;

namespace Cell3D.Input.Protocols;

/// <summary>The columns of a file of samples.</summary>
/// <param name="Times">[s], rising.</param>
/// <param name="Currents">[A]; null where there is no such column.</param>
/// <param name="Powers">[W]; null where there is no such column.</param>
/// <param name="Unnamed">Values of a file that does not say what they are; null where it does.</param>
internal sealed record DriveColumns(double[] Times, double[]? Currents, double[]? Powers, double[]? Unnamed);

/// <summary>
/// Reads drive cycles: CSV of time and current or power, by the names of the columns or in this order. Lines that begin with # are comments, of which the
/// last before the numbers may name the columns.
/// </summary>
internal static class DriveCycleFile
{
    /// <summary>Size of the largest file [byte].</summary>
    public const long MostBytes = 16L << 20;

    /// <summary>Samples that the cycles of a protocol may hold together.</summary>
    public const int MostSamples = 200_000;

    private const int MostColumns = 100, LongestShown = 60;
    private const double Latest = 1e9, Largest = 1e9;

    /// <summary>Reads a file; all its faults are reported with their lines.</summary>
    /// <returns>Null where there is a fault.</returns>
    public static DriveColumns? Load(string path, InputReport report) => SourceReader.ReadBytes(path, report, MostBytes) is { } bytes ? Read(bytes, report) : null;

    /// <summary>Reads the bytes of a file.</summary>
    public static DriveColumns? Read(byte[] bytes, InputReport report)
    {
        ReadOnlySpan<byte> utf8 = bytes;
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8) || utf8.Contains((byte)0))
        {
            report.FileError("the file is not UTF-8 text (binary data, or another encoding)");
            return null;
        }
        return new Reading(report).Of(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>What a column holds.</summary>
    private enum Content
    {
        Other,
        Time,
        Current,
        Power,
    }

    private sealed class Reading(InputReport report)
    {
        private readonly List<double> times = [], first = [], second = [];
        private char separator;
        private (int Column, double Factor, string Name) time, one, two;
        private Content ofOne;
        private int line, needed;

        public DriveColumns? Of(string text)
        {
            string? comment = null;
            bool begun = false;
            foreach (ReadOnlySpan<char> row in text.AsSpan().EnumerateLines())
            {
                line++;
                ReadOnlySpan<char> trimmed = row.Trim();
                if (trimmed.IsEmpty) continue;
                if (trimmed[0] == '#')
                {
                    if (!begun && trimmed.Length < 1000) comment = trimmed.TrimStart("# ").ToString();
                    continue;
                }
                if (!begun)
                {
                    begun = true;
                    separator = Separator(trimmed);
                    string[] cells = Cells(trimmed.ToString());
                    bool isHeader = !IsNumber(cells[0]);
                    if (!Columns(isHeader ? cells : Header(comment, cells.Length), cells.Length, isHeader)) return null;
                    if (isHeader) continue;
                }
                if (times.Count >= MostSamples)
                {
                    report.FileError(FormattableString.Invariant($"the file holds more than {MostSamples} samples"));
                    return null;
                }
                Row(trimmed);
            }
            if (times.Count < 2 && !report.HasErrors) report.FileError(FormattableString.Invariant($"the file holds {times.Count} samples, at least 2 are needed"));
            if (report.HasErrors) return null;
            double[] values = [.. first];
            return new([.. times], ofOne == Content.Current ? values : null, ofOne == Content.Power ? values : two.Name.Length > 0 ? [.. second] : null, ofOne == Content.Other ? values : null);
        }

        private static char Separator(ReadOnlySpan<char> row) => row.Contains(';') ? ';' : row.Contains(',') ? ',' : row.Contains('\t') ? '\t' : ' ';

        private string[] Cells(string row) => row.Split(separator, StringSplitOptions.TrimEntries | (separator == ' ' ? StringSplitOptions.RemoveEmptyEntries : 0));

        /// <summary>The columns' names in the last comment, where it has as many.</summary>
        private static string[]? Header(string? comment, int count)
        {
            if (comment is null) return null;
            string[] names = comment.Split(Separator(comment), StringSplitOptions.TrimEntries);
            return names.Length == count && ContentOf(names[0]).Content == Content.Time ? names : null;
        }

        /// <summary>Says which column holds what.</summary>
        private bool Columns(string[]? names, int count, bool isHeader)
        {
            const string allowed = "Time [s] and Current [A] or Power [W], or two columns in this order";
            needed = count;
            (time, one, two, ofOne) = ((0, 1, "Time"), (1, 1, "Value"), (-1, 1, ""), Content.Other);
            if (count is < 2 or > MostColumns)
            {
                report.Error("Columns", line, count.ToString(CultureInfo.InvariantCulture), "are not those of a drive cycle", allowed);
                return false;
            }
            List<(int Column, Content Content, double Factor)> known = [];
            for (int i = 0; i < (names?.Length ?? 0); i++)
                if (ContentOf(names![i]) is var (content, factor) && content != Content.Other) known.Add((i, content, factor));
            bool found = true;
            foreach (Content content in new[] { Content.Time, Content.Current, Content.Power })
            {
                (int Column, Content Content, double Factor)[] all = [.. known.Where(column => column.Content == content)];
                if (all.Length > 1)
                {
                    report.Error("Columns", line, Shown(names![all[1].Column]), $"is a second column of {content.ToString().ToLowerInvariant()}", "one of each");
                    found = false;
                }
                if (all.Length == 0) continue;
                if (content == Content.Time) time = (all[0].Column, all[0].Factor, "Time");
                else if (content == Content.Current) (one, ofOne) = ((all[0].Column, all[0].Factor, "Current"), content);
                else if (ofOne == Content.Current) two = (all[0].Column, all[0].Factor, "Power");
                else (one, ofOne) = ((all[0].Column, all[0].Factor, "Power"), content);
            }
            if (known.Count > 0 && !known.Exists(column => column.Content == Content.Time))
            {
                report.Error("Columns", line, Shown(string.Join(", ", names!)), "none of them is a time", allowed);
                found = false;
            }
            else if (ofOne == Content.Other && (count > 2 || (isHeader && time.Column != 0)))
            {
                report.Error("Columns", line, names is null ? count.ToString(CultureInfo.InvariantCulture) : Shown(string.Join(", ", names)), "none of them says current or power", allowed);
                found = false;
            }
            return found;
        }

        private void Row(ReadOnlySpan<char> row)
        {
            Span<Range> ranges = stackalloc Range[MostColumns + 2];
            int count = separator == ' ' ? row.SplitAny(ranges, " \t", StringSplitOptions.RemoveEmptyEntries) : row.Split(ranges, separator, StringSplitOptions.TrimEntries);
            if (count != needed)
            {
                report.Error("Columns", line, count.ToString(CultureInfo.InvariantCulture), "are not as many as in the first row", needed.ToString(CultureInfo.InvariantCulture));
                return;
            }
            double at = Value(row[ranges[time.Column]], time, 0, Latest, " s");
            double value = Value(row[ranges[one.Column]], one, -Largest, Largest, "");
            if (two.Name.Length > 0) second.Add(Value(row[ranges[two.Column]], two, -Largest, Largest, ""));
            if (!double.IsNaN(at) && times.Count > 0 && !double.IsNaN(times[^1]) && at <= times[^1])
                report.Error("Time", line, Shown(row[ranges[time.Column]]), "does not lie after the time before it", FormattableString.Invariant($"> {times[^1] / time.Factor:R}"));
            times.Add(double.IsNaN(at) && times.Count > 0 ? times[^1] : at);
            first.Add(value);
        }

        private double Value(ReadOnlySpan<char> cell, (int Column, double Factor, string Name) column, double lowest, double highest, string unit)
        {
            string allowed = FormattableString.Invariant($"{lowest:R} to {highest:R}{unit}");
            if (!TryNumber(cell, out double value) || !double.IsFinite(value))
            {
                report.Error(column.Name, line, Shown(cell), "is not a number", "a number with a decimal point");
                return double.NaN;
            }
            value *= column.Factor;
            if (value >= lowest && value <= highest) return value;
            report.Error(column.Name, line, Shown(cell), "outside the allowed range", allowed);
            return double.NaN;
        }

        private bool IsNumber(string cell) => TryNumber(cell, out _);

        /// <summary>With semicolons between the columns a decimal comma is understood.</summary>
        private bool TryNumber(ReadOnlySpan<char> cell, out double value)
        {
            const int longest = 40;
            cell = Unquoted(cell);
            if (separator == ';' && cell.Contains(',') && cell.Length < longest) cell = cell.ToString().Replace(',', '.');
            return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        /// <summary>Without the quotes in which some programs write every cell.</summary>
        private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> cell) => cell.Trim() is ['"', .. var inside, '"'] ? inside.Trim() : cell.Trim();

        private static string Shown(ReadOnlySpan<char> text) => $"\"{SourceNode.Printable(text[..Math.Min(text.Length, LongestShown + 1)].ToString())}\"";

        /// <summary>What a heading such as "Time [s]", "Test Time / s", "current_mA", "P (W)" says.</summary>
        private static (Content Content, double Factor) ContentOf(string heading)
        {
            string plain = heading.Trim().Trim('"').ToLowerInvariant();
            int cut = plain.IndexOfAny(['[', '(', '/', '_']);
            string name = (cut < 0 ? plain : plain[..cut]).Trim(), unit = cut < 0 ? "" : heading.Trim().Trim('"')[(cut + 1)..].Trim(' ', ']', ')');
            if (plain.StartsWith("test_time", StringComparison.Ordinal)) (name, unit) = ("time", plain[9..].TrimStart('_'));
            if (plain.StartsWith("current_ampere", StringComparison.Ordinal)) (name, unit) = ("current", "A");
            if (unit == "second") unit = "s";
            Content content = name switch { "time" or "t" or "test time" => Content.Time, "current" or "i" => Content.Current, "power" or "p" => Content.Power, _ => Content.Other };
            if (content == Content.Other) return (content, 1);
            UnitKind wanted = content switch { Content.Time => UnitKind.Time, Content.Current => UnitKind.Current, _ => UnitKind.Power };
            if (unit.Length == 0) return (content, 1);
            return SentenceUnits.Find(unit) is var (kind, factor) && kind == wanted ? (content, factor) : (Content.Other, 1);
        }
    }
}
