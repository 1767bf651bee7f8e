using System.Globalization;
using System.Text;

namespace Cell3D.Output;

/// <summary>Tables of numbers as comma-separated values; numbers have as many digits as are needed to read back the same double.</summary>
public static class CsvText
{
    /// <summary>Words as one value.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Writes a table whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headers">One per column.</param>
    /// <param name="columns">Equally long.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(string path, IEnumerable<string> headers, IReadOnlyList<double[]> columns)
    {
        StringBuilder text = new(string.Join(',', headers));
        text.Append('\n');
        for (int row = 0; row < columns[0].Length; row++)
            text.AppendJoin(',', columns.Select(column => column[row].ToString(CultureInfo.InvariantCulture))).Append('\n');
        AtomicFile.Write(path, text.ToString());
    }
}
