using System.Reflection;

using ScottPlot;

using SkiaSharp;

namespace Cell3D.Output;

/// <summary>The font of all pictures, carried inside the assembly: a bare server has none installed.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Name under which plots ask for it.</summary>
    public const string Name = "Cell3D plot font";

    private static readonly Lock Registration = new();
    private static bool _registered;

    private readonly SKTypeface _typeface;

    private PlotFont()
    {
        using Stream font = Assembly.GetExecutingAssembly().GetManifestResourceStream("plot-font.ttf")!;
        _typeface = SKTypeface.FromStream(font);
    }

    /// <summary>Makes it the font of every plot of this process; further calls do nothing.</summary>
    public static void Register()
    {
        lock (Registration)
        {
            if (_registered)
                return;

            ScottPlot.Fonts.FontResolvers.Insert(0, new PlotFont());
            ScottPlot.Fonts.Default = ScottPlot.Fonts.Sans = Name;
            _registered = true;
        }
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => _typeface;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => _typeface;
}
