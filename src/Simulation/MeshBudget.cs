using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Divisions of a mesh for a number of control volumes: all directions are refined together, as measured errors ask for.</summary>
/// <remarks>An electrode has n cells through its thickness, a separator n/2, the longer side of the plane 1.6 n and the shorter one as many as make the
/// cells square (the table of accuracy in guide.md: 5 / 3 / 5 goes with 6 × 8, 10 / 5 / 10 with 12 × 16). n is the largest that the budget holds, then the plane is
/// refined with what is left. Foils, casings and refinement towards tabs stay those of the case, as does the plane of an outline file.</remarks>
/// <param name="Settings">The divisions.</param>
/// <param name="Cells">Control volumes that come of them.</param>
public sealed record MeshBudget(MeshSettings Settings, long Cells)
{
    private const double PlanePerElectrode = 1.6;
    private const int Coarsest = 2;

    /// <summary>The finest divisions within a budget; the coarsest ones where even these exceed it.</summary>
    public static MeshBudget Of(SimulationCase simulation, long budget)
    {
        int through = Largest(Coarsest, n => Within(Divided(simulation, n, PlanePerElectrode * n)));
        double side = PlanePerElectrode * through;
        if (simulation.Geometry.Form != CellForm.Column && simulation.Geometry.Imported is null)
            side = Largest((int)Math.Ceiling(side), n => Within(Divided(simulation, through, n)));
        MeshSettings settings = Divided(simulation, through, side);
        return new(settings, Size(settings)!.Value);

        bool Within(MeshSettings divided) => Size(divided) is long cells && cells <= budget;

        long? Size(MeshSettings divided)
        {
            try
            {
                return CaseMesh.Size(simulation with { Mesh = divided }).Cells;
            }
            catch (MeshException)
            {
                return null;
            }
        }
    }

    /// <summary>The keys of the case file that were chosen, with their values.</summary>
    public IEnumerable<(string Key, int Value)> Chosen(SimulationCase simulation)
    {
        for (int layer = 0; layer < simulation.Layers.Count; layer++)
            if (simulation.Layers[layer].Kind.HasElectrolyte())
                yield return ($"Mesh.Cells through.{simulation.Layers[layer].Name}", Settings.CellsThrough[layer]);
        if (simulation.Geometry.Form == CellForm.Column || simulation.Geometry.Imported is not null)
            yield break;
        yield return ("Mesh.Cells along width", Settings.CellsAlongWidth);
        if (Settings.InPlane == InPlaneMesh.Rectilinear)
            yield return ("Mesh.Cells along height", Settings.CellsAlongHeight);
    }

    private static MeshSettings Divided(SimulationCase simulation, int electrode, double longerSide)
    {
        (double width, double height) = (simulation.Geometry.Width, simulation.Geometry.Height);
        double perLength = longerSide / Math.Max(width, height);
        bool isColumn = simulation.Geometry.Form == CellForm.Column;
        return simulation.Mesh with
        {
            CellsThrough = [.. simulation.Layers.Zip(simulation.Mesh.CellsThrough, (layer, cells) =>
                layer.Kind.IsElectrode() ? electrode : layer.Kind == LayerKind.Separator ? (electrode + 1) / 2 : cells)],
            CellsAlongWidth = isColumn ? 1 : Math.Max(1, (int)Math.Round(perLength * width)),
            CellsAlongHeight = isColumn ? 1 : Math.Max(1, (int)Math.Round(perLength * height)),
        };
    }

    /// <summary>The largest number for which something holds, or the first; it holds up to some number.</summary>
    private static int Largest(int first, Func<int, bool> holds)
    {
        int low = first, high = first + 1;
        while (high < MeshSettings.MostCellsAlong && holds(high))
            (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(middle) ? (middle, high) : (low, middle);
        }
        return low;
    }
}
