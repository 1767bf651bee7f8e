using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cell3D.Input.Json;

/// <summary>Reads JSON text into nodes that know their lines.</summary>
public static class SourceReader
{
    /// <summary>Values that a file may hold: each takes some hundred bytes of memory.</summary>
    private const int MostValues = 2_000_000;

    /// <summary>Reads a file; a problem of the whole file (missing, unreadable, too large, not JSON) is reported and gives null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Collects the problem.</param>
    /// <param name="mostBytes">Size of the largest file of its kind.</param>
    public static SourceNode? ReadFile(string path, InputReport report, long mostBytes) => ReadBytes(path, report, mostBytes) is { } bytes ? Read(bytes, report) : null;

    /// <summary>The bytes of a file; a problem of the whole file (missing, unreadable, too large) is reported and gives null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Collects the problem.</param>
    /// <param name="mostBytes">Size of the largest file of its kind.</param>
    public static byte[]? ReadBytes(string path, InputReport report, long mostBytes)
    {
        if (Directory.Exists(path))
        {
            report.FileError("is a folder, not a file");
            return null;
        }
        try
        {
            // Looked at before it is opened: a pipe would wait for a writer, and a device has no end. Both say they are empty.
            FileInfo file = new(path);
            long size = (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
            if (size > 0 && size <= mostBytes) return File.ReadAllBytes(path);
            report.FileError(size == 0
                ? "the file is empty, or a pipe or device instead of a file"
                : string.Create(CultureInfo.InvariantCulture, $"the file has {size} bytes, at most {mostBytes} are read"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            report.FileMissing = true;
            report.FileError("the file does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            report.FileError("cannot be read: " + e.Message);
        }
        return null;
    }

    /// <summary>Reads UTF-8 text; text that is not JSON is reported with its line and gives null.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <param name="report">Collects the problem.</param>
    public static SourceNode? Read(byte[] utf8, InputReport report)
    {
        ReadOnlySpan<byte> bytes = utf8;
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            report.FileError("the file is empty");
            return null;
        }
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            report.FileError("the file is not UTF-8 text (binary data, or another encoding)");
            return null;
        }
        byte[] text = bytes.ToArray();
        HashSet<long> notFinite = NotFiniteLiterals.Replace(text);
        try
        {
            Utf8JsonReader reader = new(text);
            reader.Read();
            SourceNode root = new NodeBuilder(text, notFinite).Node(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            report.SyntaxError((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, SyntaxMistake.InWords(text, e) ?? Reason(e));
        }
        catch (TooManyValuesException)
        {
            report.FileError(string.Create(CultureInfo.InvariantCulture, $"the file holds more than {MostValues} values"));
        }
        catch (InvalidOperationException)
        {
            report.FileError("a text holds an escaped half of a surrogate pair");
        }
        return null;
    }

    private static string Reason(JsonException e)
    {
        const int longest = 120;
        int tail = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = tail < 0 ? e.Message : e.Message[..tail];
        return reason.Contains("end of data", StringComparison.Ordinal) || reason.Contains("isFinalBlock", StringComparison.Ordinal)
            ? "the file ends in the middle (truncated?)"
            : SourceNode.Printable(reason, longest);
    }

    private sealed class TooManyValuesException : Exception;

    private sealed class NodeBuilder(byte[] text, HashSet<long> notFinite)
    {
        private long seen;
        private int line = 1, values;

        public SourceNode Node(ref Utf8JsonReader reader)
        {
            if (++values > MostValues) throw new TooManyValuesException();
            int start = LineOf(reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    return new SourceNode { Kind = SourceKind.Object, Line = start, Members = Members(ref reader) };
                case JsonTokenType.StartArray:
                    return new SourceNode { Kind = SourceKind.Array, Line = start, Items = Items(ref reader) };
                case JsonTokenType.String:
                    return new SourceNode { Kind = SourceKind.Text, Line = start, Text = reader.GetString()! };
                case JsonTokenType.Number:
                    return Number(ref reader, start);
                case JsonTokenType.True or JsonTokenType.False:
                    return new SourceNode { Kind = SourceKind.Truth, Line = start, Truth = reader.TokenType == JsonTokenType.True };
                default:
                    return new SourceNode { Kind = SourceKind.Null, Line = start };
            }
        }

        private List<SourceMember> Members(ref Utf8JsonReader reader)
        {
            List<SourceMember> members = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string key = reader.GetString()!;
                reader.Read();
                members.Add(new SourceMember(key, Node(ref reader)));
            }
            return members;
        }

        private List<SourceNode> Items(ref Utf8JsonReader reader)
        {
            List<SourceNode> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Node(ref reader));
            return items;
        }

        private SourceNode Number(ref Utf8JsonReader reader, int start)
        {
            string written = Encoding.ASCII.GetString(reader.ValueSpan);
            double value = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (notFinite.Contains(reader.TokenStartIndex)) (written, value) = ("NaN or Infinity", double.NaN);
            return new SourceNode { Kind = SourceKind.Number, Line = start, Text = written, Number = value };
        }

        private int LineOf(long index)
        {
            line += text.AsSpan((int)seen, (int)(index - seen)).Count((byte)'\n');
            seen = index;
            return line;
        }
    }
}
