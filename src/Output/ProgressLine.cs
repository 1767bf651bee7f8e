using System.Globalization;

namespace Cell3D.Output;

/// <summary>Formats one line of text per time step. Knows nothing of consoles and allocates nothing with a span.</summary>
public static class ProgressLine
{
    /// <summary>Characters that <see cref="Format(in StepReport, Span{char})"/> needs at most.</summary>
    public const int MaximumLength = 256;

    /// <summary>Column titles that stand above the lines.</summary>
    public const string Header = "     t [s]    V [V]     I [A]      T [K]       dt [s] ord Newton Krylov    left";

    /// <summary>The line of one step, columns under <see cref="Header"/>.</summary>
    public static string Format(in StepReport step)
    {
        Span<char> line = stackalloc char[MaximumLength];
        return new string(line[..Format(step, line)]);
    }

    /// <summary>The line of one step into <paramref name="destination"/>; returns its length.</summary>
    public static int Format(in StepReport step, Span<char> destination)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        // Six digits of a small number would take more than its column.
        double current = Math.Abs(step.Current) < 0.1 ? Math.Round(step.Current, 6) : step.Current;
        Span<char> duration = stackalloc char[16];
        ReadOnlySpan<char> left = duration[..Duration(step.SecondsLeft, duration)];
        destination.TryWrite(
            culture,
            $"{step.Time,10:F2} {step.Voltage,8:F5} {current,9:G6} {step.MinimumTemperature,7:F2}–{step.MaximumTemperature,-7:F2}{step.StepSize,8:G4} {step.Order,3} {step.NewtonIterations,6} {step.KrylovIterations,6} {left,7}",
            out int length);
        return length;
    }

    /// <summary>A duration such as <c>&lt; 1 s</c>, <c>42 s</c>, <c>5:03</c> (minutes), <c>2:05 h</c> or <c>3.2 d</c>; <c>–</c> for NaN.</summary>
    public static string Duration(double seconds)
    {
        Span<char> text = stackalloc char[16];
        return new string(text[..Duration(seconds, text)]);
    }

    /// <summary>The time left of work that goes on as it has so far.</summary>
    /// <param name="elapsed">Wall time so far [s].</param>
    /// <param name="share">Of the work that is done.</param>
    public static string Left(double elapsed, double share) => Duration(share > 0 ? elapsed * (1 - share) / share : double.NaN);

    private static int Duration(double seconds, Span<char> text)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        int length;
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            text[0] = '–';
            return 1;
        }

        double whole = Math.Round(seconds);
        if (seconds > 0 && whole < 1)
            text.TryWrite(culture, $"< 1 s", out length);
        else if (whole < 60)
            text.TryWrite(culture, $"{whole:F0} s", out length);
        else if (whole < 3600)
            text.TryWrite(culture, $"{Math.Floor(whole / 60):F0}:{whole % 60:00}", out length);
        else if (whole < 86400 - 30)
            text.TryWrite(culture, $"{Math.Floor((whole + 30) / 3600):F0}:{Math.Floor((whole + 30) % 3600 / 60):00} h", out length);
        else
            text.TryWrite(culture, $"{Math.Min(seconds / 86400, 99999):F1} d", out length);
        return length;
    }
}
