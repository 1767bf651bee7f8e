using Cell3D.Input.Cases;
using Cell3D.Output;

namespace Cell3D.Simulation.Reports;

/// <summary>What of a cell a case simulates, for the summary of a run.</summary>
internal static class PartFigures
{
    /// <summary>The simulated part.</summary>
    public static PartSummary Of(SimulationCase simulation)
    {
        SimulatedPart part = simulation.Part;
        return new() { ElectrodePairs = part.ElectrodePairs, ElectrodeArea = part.Area, Share = part.Share, OneC = part.OneC };
    }

    /// <summary>Figures of the terminals, scaled to the whole cell.</summary>
    public static WholeCellSummary WholeCell(SimulationCase simulation, TerminalSummary terminal)
    {
        double surface = simulation.Thermal.Model == ThermalModel.Resolved ? OuterSurface.Area(simulation) : double.NaN;
        return WholeCellSummary.Of(terminal, Of(simulation), simulation.Part.CellElectrodePairs, surface);
    }
}
