using System.Globalization;
using System.Text.RegularExpressions;

namespace Cell3D.Microstructure.Images;

/// <summary>A folder of pictures, one for each plane of z, in the order of the numbers in their names: PNG files or TIFF files of one page.</summary>
internal sealed partial class SliceFolder
{
    private readonly string[] _files;
    private readonly bool _isPng;

    private SliceFolder(string[] files, bool isPng) => (_files, _isPng) = (files, isPng);

    /// <summary>Pixels along x, pixels along y, pictures.</summary>
    public (int X, int Y, int Z) Size { get; private set; }

    /// <summary>Looks for the pictures and reads the header of each.</summary>
    /// <exception cref="ImageException">The folder is missing, holds none, two kinds, pictures that differ or a gap in their numbers; or one is of a kind that is not read.</exception>
    public static SliceFolder Open(string path)
    {
        if (!Directory.Exists(path)) throw new ImageException(path, "the folder does not exist", missing: true);
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(path).Where(IsPicture).Take(Voxels.VoxelShape.MostAlong + 1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(path, $"cannot be read: {e.Message}");
        }
        if (files.Length is 0 or > Voxels.VoxelShape.MostAlong)
            throw new ImageException(path, FormattableString.Invariant($"holds {(files.Length == 0 ? "no" : "too many")} files .png, .tif or .tiff (allowed: 1 to {Voxels.VoxelShape.MostAlong})"));
        int png = files.Count(IsPng);
        if (png != 0 && png != files.Length) throw new ImageException(path, FormattableString.Invariant($"holds {png} files .png among {files.Length} pictures: which of them are the planes?"));
        SliceFolder folder = new(InOrder(path, files), png > 0);
        folder.Size = (folder.SizeOf(0).X, folder.SizeOf(0).Y, files.Length);
        for (int z = 1; z < files.Length; z++)
            if (folder.SizeOf(z) is var other && other != folder.SizeOf(0))
                throw new ImageException(folder._files[z], FormattableString.Invariant($"has {other.X} × {other.Y} pixels, {Path.GetFileName(folder._files[0])} has {folder.Size.X} × {folder.Size.Y}"));
        return folder;
    }

    /// <summary>Reads a plane into values, which it fills.</summary>
    /// <exception cref="ImageException">Its file is damaged, or is no longer what it was.</exception>
    public void Read(int z, Span<ushort> values)
    {
        if (_isPng)
        {
            PngPlane.Read(_files[z], (Size.X, Size.Y), values);
            return;
        }
        using TiffStack page = TiffStack.Open(_files[z]);
        if (page.Size != (Size.X, Size.Y, 1)) throw new ImageException(_files[z], "has another size than when it was first looked at");
        page.Read(0, values);
    }

    private (int X, int Y) SizeOf(int z)
    {
        if (_isPng)
        {
            PngPlane plane = PngPlane.Open(_files[z]);
            return (plane.Width, plane.Height);
        }
        using TiffStack page = TiffStack.Open(_files[z]);
        (int x, int y, int pages) = page.Size;
        return pages == 1 ? (x, y) : throw new ImageException(_files[z], FormattableString.Invariant($"holds {pages} pages (allowed in a folder of planes: 1)"));
    }

    private static bool IsPng(string file) => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    private static bool IsPicture(string file) => !Path.GetFileName(file).StartsWith('.') && (IsPng(file) || file.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".tiff", StringComparison.OrdinalIgnoreCase));

    /// <summary>By the last number in a name, which must rise by the same from each to the next.</summary>
    private static string[] InOrder(string path, string[] files)
    {
        if (files.Length == 1) return files;
        (string File, long Number)[] numbered = [.. files.Select(file => (file, Number(file))).OrderBy(entry => entry.Item2).ThenBy(entry => entry.file, StringComparer.Ordinal)];
        if (numbered.FirstOrDefault(entry => entry.Number < 0).File is string odd) throw new ImageException(odd, "has no number in its name that tells its place among the planes");
        long step = numbered[1].Number - numbered[0].Number;
        for (int z = 1; z < numbered.Length; z++)
        {
            if (numbered[z].Number == numbered[z - 1].Number)
                throw new ImageException(path, $"{Path.GetFileName(numbered[z - 1].File)} and {Path.GetFileName(numbered[z].File)} have the same number");
            if (numbered[z].Number - numbered[z - 1].Number != step)
                throw new ImageException(path, FormattableString.Invariant($"{Path.GetFileName(numbered[z].File)} follows {Path.GetFileName(numbered[z - 1].File)}, but before the numbers rise by {step}: is a plane missing?"));
        }
        return [.. numbered.Select(entry => entry.File)];
    }

    private static long Number(string file)
    {
        Match last = LastNumber().Match(Path.GetFileNameWithoutExtension(file));
        return last.Success && long.TryParse(last.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
    }

    [GeneratedRegex("[0-9]+(?=[^0-9]*\\z)", RegexOptions.CultureInvariant)]
    private static partial Regex LastNumber();
}
