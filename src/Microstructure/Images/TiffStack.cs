using System.Globalization;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Images;

/// <summary>
/// The planes of a TIFF or BigTIFF file with one number of 1, 8 or 16 bits per pixel: a page each, in strips or tiles, uncompressed or by LZW, Deflate or PackBits; or, as ImageJ writes
/// large stacks, one behind the other after a single page. Memory follows from the size of a page, which is limited, and is taken when one is read: of what a file claims, only where its pages lie is kept.
/// </summary>
public sealed class TiffStack : IDisposable
{
    /// <summary>Strips or tiles of all pages together.</summary>
    private const long MostBlocks = 1 << 22;
    private readonly TiffFile _file;
    private readonly List<long> _directories = [];
    private readonly FileSection _section;
    private readonly TiffPage _first;

    /// <summary>Planes behind the only page, itself included; 0 where each plane has a page.</summary>
    private readonly int _following;
    private byte[] _row = [];

    private TiffStack(TiffFile file)
    {
        (_file, _section) = (file, new(file.Stream));
        _first = ReadDirectories();
        if (_directories.Count == 1) _following = PlanesOfImageJ();
    }

    /// <summary>Pixels along x, pixels along y, planes.</summary>
    public (int X, int Y, int Z) Size => (_first.Width, _first.Height, Math.Max(_directories.Count, _following));

    /// <summary>Opens a file and reads its directories.</summary>
    /// <exception cref="ImageException">It is missing, no TIFF file, damaged, or of a kind that is not read.</exception>
    public static TiffStack Open(string path)
    {
        TiffFile file = TiffFile.Open(path);
        try
        {
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a plane.</summary>
    /// <param name="plane">Its number from 0 on.</param>
    /// <param name="values">Receives its numbers as they are stored, x fastest.</param>
    /// <exception cref="ImageException">Its pixels cannot be unpacked, or end too early.</exception>
    public void Read(int plane, Span<ushort> values)
    {
        TiffPage page = _following > 0 ? _first : TiffPage.Read(_file, _directories[plane], plane + 1);
        RequireAlike(page);
        long shift = _following > 0 ? plane * page.PlaneBytes : 0;
        if (_row.Length != page.BlockRowBytes) _row = new byte[page.BlockRowBytes];
        (long Offset, long Count)[] places = page.Places();
        try
        {
            for (int i = 0; i < places.Length; i++)
            {
                using Stream pixels = page.Unpacked(_section.From(places[i].Offset + shift, places[i].Count));
                ReadBlock(page, pixels, i % page.BlocksAcross * page.BlockWidth, i / page.BlocksAcross * page.BlockHeight, values);
            }
        }
        catch (InvalidDataException)
        {
            throw page.Problem("its pixels cannot be unpacked (damaged?)");
        }
        catch (IOException e)
        {
            throw page.Problem($"its pixels cannot be read: {e.Message}");
        }
    }

    public void Dispose()
    {
        _section.Dispose();
        _file.Dispose();
    }

    private TiffPage ReadDirectories()
    {
        HashSet<long> seen = [];
        TiffPage? first = null;
        long blocks = 0;
        for (long next = _file.FirstDirectory; next != 0;)
        {
            if (!seen.Add(next) || _directories.Count == VoxelShape.MostAlong) throw _file.Problem(FormattableString.Invariant($"holds a chain of pages that never ends, or more than {VoxelShape.MostAlong}"));
            _directories.Add(next);
            TiffPage page = TiffPage.Read(_file, next, _directories.Count);
            RequireAlike(page, first ??= page);
            if ((blocks += page.Blocks) > MostBlocks) throw page.Problem(FormattableString.Invariant($"it and those before have {blocks} strips or tiles (allowed: {MostBlocks})"));
            page.Places();
            next = page.NextDirectory;
        }
        return first ?? throw _file.Problem("holds no page");
    }

    private void RequireAlike(TiffPage page) => RequireAlike(page, _first);

    private static void RequireAlike(TiffPage page, TiffPage first)
    {
        if ((page.Width, page.Height, page.Bits) != (first.Width, first.Height, first.Bits)) throw page.Problem("its size or depth differs from that of the first");
    }

    /// <summary>How many planes follow the only page, which ImageJ says in its description; 0 for none.</summary>
    private int PlanesOfImageJ()
    {
        string[] lines = _first.Description().Split('\n');
        if (!lines[0].StartsWith("ImageJ=", StringComparison.Ordinal)) return 0;
        int planes = Number("images");
        if (planes <= 1) return 0;
        if (Number("channels") > 1) throw _first.Problem(FormattableString.Invariant($"it is a stack of {Number("channels")} channels (allowed: 1)"));
        if (planes > VoxelShape.MostAlong) throw _first.Problem(FormattableString.Invariant($"it is followed by {planes} planes (allowed: {VoxelShape.MostAlong})"));
        (long Offset, long Count)[] places = _first.Places();
        long wanted = planes * _first.PlaneBytes;
        bool isWhole = !_first.IsCompressed && !_first.IsTiled && places.Sum(place => place.Count) == _first.PlaneBytes
            && Enumerable.Range(1, places.Length - 1).All(i => places[i].Offset == places[i - 1].Offset + places[i - 1].Count);
        if (!isWhole) throw _first.Problem(FormattableString.Invariant($"of {planes} planes it alone is there"));
        return _file.Has(places[0].Offset, wanted) ? planes : throw _first.Problem(FormattableString.Invariant($"of {planes} planes behind it some lie behind the end of the file (truncated?)"));

        int Number(string key) => lines.FirstOrDefault(line => line.StartsWith(key + "=", StringComparison.Ordinal)) is { } line
            && int.TryParse(line.AsSpan(key.Length + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    /// <summary>Unpacks the rows of a strip or tile as far as they belong to the page.</summary>
    private void ReadBlock(TiffPage page, Stream pixels, int left, int top, Span<ushort> values)
    {
        int columns = Math.Min(page.BlockWidth, page.Width - left), rows = Math.Min(page.BlockHeight, page.Height - top);
        for (int y = 0; y < rows; y++)
        {
            if (pixels.ReadAtLeast(_row, _row.Length, throwOnEndOfStream: false) < _row.Length) throw page.Problem("its pixels end in the middle (damaged?)");
            Span<ushort> target = values.Slice(((top + y) * page.Width) + left, columns);
            ushort before = 0;
            for (int x = 0; x < columns; x++)
            {
                int value = page.Bits switch { 1 => (_row[x >> 3] >> (7 - (x & 7))) & 1, 8 => _row[x], _ => _file.Short(_row.AsSpan(2 * x)) };
                target[x] = before = (ushort)(page.IsPredicted ? (before + value) & ((1 << page.Bits) - 1) : value);
            }
        }
    }
}
