using System.Globalization;
using Cell3D.Input.Json;

namespace Cell3D.Input.Bpx;

/// <summary>The version in a BPX header.</summary>
/// <param name="Text">As written; empty when missing.</param>
/// <param name="Major">First number; 1 when it cannot be read; later majors are reported.</param>
/// <param name="Known">Whether it can be read and is 0 or 1.</param>
internal sealed record BpxVersion(string Text, int Major, bool Known)
{
    /// <summary>Reads "0.4.0", "1.0" or the number 0.4 of the oldest files.</summary>
    public static BpxVersion Of(SourceNode? node)
    {
        string text = node?.Text ?? "";
        bool read = int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major);
        bool known = read && major is 0 or 1;
        return new BpxVersion(text, known ? major : 1, known);
    }
}
