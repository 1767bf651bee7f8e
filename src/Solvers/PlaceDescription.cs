using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers;

/// <summary>Says in words where something happened: field, layer and coordinates, agreed by all ranks.</summary>
public sealed class PlaceDescription(CellMesh mesh, UnknownTable unknowns, FieldLayout layout, Communicator world)
{
    /// <summary>*Collective.* Words for the obstacle of whichever rank has one (the lowest such rank); null when none has.</summary>
    public string? Agree(StepObstacle? obstacle)
    {
        string? own = obstacle is { } o ? $"{o.Field} would reach {o.Value:g4} {o.Unit} in the {Place(o.Cell)}" : null;
        return Strongest(own, own is null ? 0 : 1);
    }

    /// <summary>*Collective.* Words for the row with the largest value over all ranks.</summary>
    public string? AgreeOnRow(int row, double size, string verdict) => Strongest($"{Row(row)} {verdict}", size);

    /// <summary>Layer and coordinates of a local cell.</summary>
    public string Place(int cell) =>
        FormattableString.Invariant($"{mesh.Regions[mesh.Region[cell]].Name.ToLowerInvariant()} at x = {mesh.CentreX[cell] * 1e6:g4} µm, y = {mesh.CentreY[cell] * 1e3:g4} mm, z = {mesh.CentreZ[cell] * 1e3:g4} mm");

    /// <summary>Name of a state and, where it has one, the place of an entry.</summary>
    public string Of(StateVariable state, int entry) =>
        state.Sites is { } sites ? $"{state.Name.ToLowerInvariant()} in the {Place(sites.Cells[entry / state.Components])}" : state.Name.ToLowerInvariant();

    private string Row(int row)
    {
        if (layout.OwnsTerminal && row == layout.TerminalRow)
            return "the control equation of the terminals";
        int low = 0, high = layout.OwnedCells - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (layout.FirstRow(middle) <= row)
                low = middle;
            else
                high = middle - 1;
        }
        foreach (Unknown unknown in unknowns.All)
            if (layout.Has(low, unknown.Field) && layout.Row(low, unknown.Field) == row)
                return $"the {unknown.Equation} in the {Place(low)}";
        return $"row {row}";
    }

    /// <summary>*Collective.* The words of the rank with the largest size; null where no size is above 0.</summary>
    public string? Strongest(string? own, double size)
    {
        (double largest, int rank) = world.MaxLocation(size);
        return largest > 0 ? world.Broadcast(own ?? "", rank) : null;
    }
}
