using Cell3D.Input.Bpx;

namespace Cell3D.Input.Cases;

/// <summary>What of a cell a case simulates. Currents, capacities, energies and heat of a run are those of this part; those of the cell are larger by 1/share.</summary>
/// <param name="ElectrodePairs">Simulated electrode pairs.</param>
/// <param name="CellElectrodePairs">Electrode pairs of the cell.</param>
/// <param name="Area">Simulated electrode area, all simulated pairs [m²].</param>
/// <param name="CellArea">Electrode area of the cell, all pairs [m²].</param>
/// <param name="CellOneC">1C of the cell [A].</param>
public sealed record SimulatedPart(int ElectrodePairs, int CellElectrodePairs, double Area, double CellArea, double CellOneC)
{
    private const double WholeWithin = 1e-6;

    /// <summary>Simulated electrode area over that of the cell.</summary>
    public double Share => Area / CellArea;

    /// <summary>1C through the simulated part [A].</summary>
    public double OneC => CellOneC * Share;

    /// <summary>Whether the whole cell is simulated.</summary>
    public bool IsWhole => Math.Abs(Share - 1) <= WholeWithin;

    /// <summary>The part of a cell that an outline covers.</summary>
    public static SimulatedPart Of(CellGeometry outline, BpxCell cell) =>
        new(outline.ElectrodePairs, cell.ElectrodePairs, outline.Area * outline.ElectrodePairs, cell.ElectrodeArea * cell.ElectrodePairs, cell.NominalCapacity);
}
