using System.Globalization;

namespace Cell3D.Cli;

/// <summary>Numbers as a reader of tables wants them.</summary>
internal static class Quantity
{
    /// <summary>Four significant digits without an exponent where the value is neither huge nor tiny.</summary>
    public static string Text(double value, int digits = 4)
    {
        if (!double.IsFinite(value)) return "–";
        double size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e7)) return value.ToString($"0.{new string('#', digits - 1)}e0", CultureInfo.InvariantCulture);
        int decimals = size == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 12);
        return Math.Round(value, decimals).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>A value with its unit; null without a value.</summary>
    public static string? Text(double? value, string unit) => value is double given ? $"{Text(given)} {unit}" : null;

    /// <summary>A number of things with blanks between thousands.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A dash where there is no value.</summary>
    public static string OrDash(double? value, double factor = 1) => value is double given ? Text(given * factor) : "–";
}
