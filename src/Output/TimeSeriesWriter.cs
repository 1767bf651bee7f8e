using System.Diagnostics;
using System.Globalization;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Cell3D.Output;

/// <summary>
/// Writes the time series as a Battery Data Format 1.0 CSV: test time, voltage, current, then further columns,
/// one line per step, every number in the shortest form that reads back to the same value.
/// </summary>
/// <remarks>
/// One process writes. Lines reach the file whole and in one system call, at most <c>flushEvery</c> after they were
/// appended, so a killed run leaves complete lines. Appending allocates nothing.
/// </remarks>
public sealed class TimeSeriesWriter : IDisposable
{
    /// <summary>Longest number, for instance -2.2250738585072014E-308, with its separator.</summary>
    private const int NumberLength = 26;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer;
    private readonly int _lineLength;
    private readonly int _extras;
    private readonly TimeSpan _flushEvery;
    private int _used;
    private long _written;
    private long _lastFlush = Stopwatch.GetTimestamp();

    /// <summary>Goes on with a file: cuts it to its first bytes, which end with a whole line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="extras">Columns after time, voltage and current, as they were.</param>
    /// <param name="length">What of the file stays [bytes].</param>
    /// <param name="flushEvery">Longest wait of a line in memory; one second by default.</param>
    /// <exception cref="IOException">The file is missing, shorter, or has other columns; it is as it was then.</exception>
    public TimeSeriesWriter(string path, IReadOnlyList<SeriesColumn> extras, long length, TimeSpan? flushEvery = null)
        : this(path, extras, flushEvery, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
    {
        try
        {
            byte[] header = Header(extras), start = new byte[header.Length], last = new byte[1];
            if (length < header.Length || RandomAccess.GetLength(_file) < length || RandomAccess.Read(_file, last, length - 1) != 1 || last[0] != '\n')
                throw new IOException(FormattableString.Invariant($"{path}: the first {length} bytes, up to a whole line, are no longer there."));
            if (RandomAccess.Read(_file, start, 0) != start.Length || !start.AsSpan().SequenceEqual(header))
                throw new IOException($"{path}: its columns are not those of this run.");
            RandomAccess.SetLength(_file, length);
            _written = length;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private TimeSeriesWriter(string path, IReadOnlyList<SeriesColumn> extras, TimeSpan? flushEvery, SafeFileHandle file)
    {
        (_path, _file, _extras) = (path, file, extras.Count);
        _flushEvery = flushEvery ?? TimeSpan.FromSeconds(1);
        _lineLength = (3 + _extras) * NumberLength;
        _buffer = new byte[Math.Max(64 * 1024, Math.Max(4 * _lineLength, Header(extras).Length))];
    }

    /// <summary>Creates the file with its header line.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="extras">Columns after time, voltage and current.</param>
    /// <param name="flushEvery">Longest wait of a line in memory; one second by default.</param>
    /// <exception cref="OutputException">The file cannot be created.</exception>
    public TimeSeriesWriter(string path, IReadOnlyList<SeriesColumn> extras, TimeSpan? flushEvery = null)
        : this(path, extras, flushEvery, Create(path))
    {
        byte[] header = Header(extras);
        header.CopyTo(_buffer, 0);
        _used = header.Length;
        Flush();
    }

    /// <summary>Bytes of the file once all lines are flushed.</summary>
    public long Length => _written + _used;

    /// <summary>Lines appended so far by this writer, without the header.</summary>
    public long Rows { get; private set; }

    /// <summary>Appends one line.</summary>
    /// <param name="time">Time since the start [s].</param>
    /// <param name="voltage">Terminal voltage [V].</param>
    /// <param name="current">Terminal current [A], positive while charging.</param>
    /// <param name="extras">One value per further column; NaN where there is none.</param>
    /// <exception cref="OutputException">The disk is full; all lines flushed before are intact.</exception>
    public void Append(double time, double voltage, double current, ReadOnlySpan<double> extras)
    {
        if (extras.Length != _extras)
            throw new ArgumentException($"{extras.Length} values for {_extras} further columns.", nameof(extras));

        if (_buffer.Length - _used < _lineLength)
            Flush();

        Put(time, (byte)',');
        Put(voltage, (byte)',');
        Put(current, _extras == 0 ? (byte)'\n' : (byte)',');
        for (int i = 0; i < extras.Length; i++)
        {
            Put(extras[i], i == extras.Length - 1 ? (byte)'\n' : (byte)',');
        }

        Rows++;
        if (Stopwatch.GetElapsedTime(_lastFlush) >= _flushEvery)
            Flush();
    }

    /// <summary>Hands all complete lines to the operating system.</summary>
    /// <exception cref="OutputException">The disk is full; all lines flushed before are intact.</exception>
    public void Flush()
    {
        _lastFlush = Stopwatch.GetTimestamp();
        if (_used == 0)
            return;

        int bytes = _used;
        _used = 0;
        try
        {
            RandomAccess.Write(_file, _buffer.AsSpan(0, bytes), _written);
            _written += bytes;
        }
        catch (IOException e)
        {
            OutputException failure = OutputException.WriteFailed(_path, bytes, e);
            CutToWholeLines();
            throw failure;
        }
    }

    /// <summary>Brings all lines to the disk itself.</summary>
    /// <exception cref="OutputException">The disk is full or fails.</exception>
    public void FlushToDisk()
    {
        Flush();
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException e)
        {
            throw OutputException.WriteFailed(_path, _written, e);
        }
    }

    private static SafeFileHandle Create(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.CannotCreate(path, e.Message, e);
        }
    }

    private void CutToWholeLines()
    {
        try
        {
            RandomAccess.SetLength(_file, _written);
        }
        catch (IOException)
        {
            // The write has failed already and says so; a line that was cut short ends without a line break.
        }
    }

    /// <summary>Flushes and closes the file.</summary>
    /// <exception cref="OutputException">The disk is full; all lines flushed before are intact.</exception>
    public void Dispose()
    {
        if (_file.IsClosed)
            return;

        try
        {
            Flush();
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void Put(double value, byte separator)
    {
        value.TryFormat(_buffer.AsSpan(_used), out int length, default, CultureInfo.InvariantCulture);
        _used += length;
        _buffer[_used++] = separator;
    }

    private static byte[] Header(IReadOnlyList<SeriesColumn> extras)
    {
        List<string> names = [SeriesColumn.Time.Header, SeriesColumn.Voltage.Header, SeriesColumn.Current.Header, .. extras.Select(column => column.Header)];
        foreach (string name in names)
        {
            if (name.AsSpan().ContainsAny(",\"\n\r"))
                throw new ArgumentException($"Column name '{name}' holds a comma, quote or line break.", nameof(extras));
        }

        IGrouping<string, string>? twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"Column '{twice.Key}' appears twice.", nameof(extras));

        return Encoding.UTF8.GetBytes(string.Join(',', names) + "\n");
    }
}
