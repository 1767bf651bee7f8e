namespace Cell3D.Simulation.Reports;

/// <summary>One mechanism's part of a cell's resistance.</summary>
/// <param name="Place">Where, e.g. "Negative electrode".</param>
/// <param name="Mechanism">What resists, e.g. "charge transfer".</param>
/// <param name="AreaResistance">Resistance times the electrode area of one pair [Ω m²].</param>
/// <param name="Formula">How it is estimated, in symbols of docs/equations.md.</param>
public sealed record ResistanceItem(string Place, string Mechanism, double AreaResistance, string Formula)
{
    /// <summary>Resistance of an electrode area [Ω].</summary>
    /// <param name="area">Electrode area that shares the current [m²].</param>
    public double Over(double area) => AreaResistance / area;
}
