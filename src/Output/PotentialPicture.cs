using ScottPlot;

namespace Cell3D.Output;

/// <summary>Picture of an open-circuit potential that follows from a free energy.</summary>
public static class PotentialPicture
{
    /// <summary>U with its plateaus over the uniform host, dU/dT where it is known, and the thermodynamic factor.</summary>
    /// <param name="filling">x, rising.</param>
    /// <param name="potential">U [V] at rest.</param>
    /// <param name="uniform">U [V] of the uniform host.</param>
    /// <param name="entropic">dU/dT [V K⁻¹]; NaN where it is unknown.</param>
    /// <param name="factor">Thermodynamic factor of the uniform host.</param>
    /// <param name="phases">Ends of the coexisting phases and their voltage [V].</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(double[] filling, double[] potential, double[] uniform, double[] entropic, double[] factor, IReadOnlyList<(double Lower, double Upper, double Voltage)> phases, string path)
    {
        const string place = "Stoichiometry x";
        using Plot curves = PlotPage.Create(place, "Potential [V]");
        if (phases.Count > 0) PlotPage.AddLine(curves, filling, uniform, "uniform host", PlotPage.Palette[1], 1.2f);
        PlotPage.AddLine(curves, filling, potential, phases.Count > 0 ? "at rest" : "", PlotPage.Palette[0], 2.2f);
        foreach ((double lower, double upper, double voltage) in phases)
        {
            ScottPlot.Plottables.Scatter ends = curves.Add.ScatterPoints(new[] { lower, upper }, new[] { voltage, voltage }, PlotPage.Palette[6]);
            ends.MarkerSize = 7;
        }
        if (phases.Count > 0) curves.ShowLegend(Alignment.UpperRight);
        using Plot slopes = PlotPage.Create(place, "dU/dT [mV/K]");
        PlotPage.AddLine(slopes, filling, [.. entropic.Select(value => 1e3 * value)], "", PlotPage.Palette[2]);
        using Plot factors = PlotPage.Create(place, "Thermodynamic factor");
        PlotPage.AddLine(factors, filling, factor, "", PlotPage.Palette[3]);
        factors.Add.HorizontalLine(0, 1, Colors.Black.WithAlpha(.45)).ExcludeFromLegend = true;
        foreach (Plot plot in new[] { curves, slopes, factors }) plot.Axes.SetLimitsX(0, 1);
        if (entropic.Any(double.IsFinite)) PlotPage.WritePng(path, (curves, 700), (slopes, 420), (factors, 420));
        else PlotPage.WritePng(path, (curves, 700), (factors, 420));
    }
}
