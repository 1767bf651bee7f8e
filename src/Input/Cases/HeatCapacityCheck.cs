using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Compares the layers with the lumped cell of the BPX file.</summary>
public static class HeatCapacityCheck
{
    private const double Tolerance = 0.05;

    /// <summary>Heat capacity of the simulated layers at a temperature [K] [J K⁻¹].</summary>
    public static double OfLayers(CellGeometry outline, IReadOnlyList<CellLayer> layers, double temperature) =>
        outline.Winding is { } roll ? roll.Sum(layers, thermal => thermal.VolumetricHeatCapacity(temperature))
        : OfCan(outline, layers, temperature) + layers.Sum(layer => outline.AreaOf(layer.Kind) * outline.CopiesOf(layer) * layer.Thickness * layer.Material.Thermal.VolumetricHeatCapacity(temperature));

    private static double OfCan(CellGeometry outline, IReadOnlyList<CellLayer> layers, double temperature) => outline.Can is not { } can ? 0
        : can.Spec.Volume(outline.StackThickness(layers), outline.OutlineWidth, outline.OutlineHeight) * can.Metal.VolumetricHeatCapacity(temperature);

    /// <summary>Share of the lumped heat capacity of the cell that falls to the simulated area [J K⁻¹]; null when BPX lacks it.</summary>
    public static double? OfCell(BpxCell cell, CellGeometry outline) =>
        cell.HeatCapacity * outline.Area * outline.ElectrodePairs / (cell.ElectrodeArea * cell.ElectrodePairs);

    internal static void Report(SectionReader root, BpxCell cell, CellGeometry outline, IReadOnlyList<CellLayer> layers, double temperature)
    {
        if (OfCell(cell, outline) is not double expected) return;
        double found = OfLayers(outline, layers, temperature);
        if (Math.Abs(found / expected - 1) <= Tolerance) return;
        root.Report.Warning(LayerKeys.Layers.Name, null, FormattableString.Invariant(
            $"the layers hold {found:G4} J/K, the lumped cell {expected:G4} J/K for the same area: the temperature rise will differ by the factor {expected / found:G3} while it builds up (foils, casing?)"));
    }
}
