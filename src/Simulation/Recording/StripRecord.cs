using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>Heat that is released in every tab and lead, its half of welds and the contact at its terminal included: columns of the time series.</summary>
public sealed class StripRecord
{
    private readonly CellModel _model;
    private readonly Communicator _world;

    /// <summary>Number of a region among the strips; −1 for others.</summary>
    private readonly int[] _stripOf;
    private readonly (FaceTerm Term, int Face, bool IsLeft, int Strip)[] _halves;
    private readonly int[] _cells;
    private readonly double[] _perCell;

    /// <summary>Finds the strips, and the halves of faces in which their current dissipates.</summary>
    public StripRecord(CellModel model, Communicator world)
    {
        (_model, _world) = (model, world);
        CellMesh mesh = model.Mesh;
        int[] strips = [.. Enumerable.Range(0, mesh.Regions.Count).Where(region => mesh.Regions[region].Kind.IsTab())];
        _stripOf = [.. Enumerable.Range(0, mesh.Regions.Count).Select(region => Array.IndexOf(strips, region))];
        Columns = [.. strips.Select(region => new SeriesColumn($"{mesh.Regions[region].Name}: heat released", "W"))];
        _cells = [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => StripOf(cell) >= 0)];
        _perCell = new double[mesh.CellCount];
        _halves = [.. model.System.Terms.OfType<FaceTerm>().SelectMany(term => Enumerable.Range(0, term.Faces.Length).SelectMany(face => Halves(term, face)))];
    }

    public IReadOnlyList<SeriesColumn> Columns { get; }

    /// <summary>*Collective.* The heat of the present state, summed over all ranks [W].</summary>
    /// <param name="values">Receives the values of <see cref="Columns"/>.</param>
    public void Take(Span<double> values)
    {
        if (Columns.Count == 0)
            return;
        Span<double> heat = values[..Columns.Count];
        heat.Clear();
        foreach ((FaceTerm term, int face, bool isLeft, int strip) in _halves)
            heat[strip] += (isLeft ? term.FluxAt(face).DissipationLeft : term.FluxAt(face).DissipationRight).Number;
        foreach (int cell in _cells)
            _perCell[cell] = 0;
        _model.System.Terminal.AddHeat(_perCell);
        foreach (int cell in _cells)
            heat[StripOf(cell)] += _perCell[cell];
        _world.Allreduce(heat, Operation.Sum);
    }

    private IEnumerable<(FaceTerm Term, int Face, bool IsLeft, int Strip)> Halves(FaceTerm term, int face)
    {
        (int left, int right) = (term.Faces[face].Left, term.Faces[face].Right);
        if (StripOf(left) is >= 0 and int leftStrip && left < _model.Mesh.OwnedCellCount)
            yield return (term, face, true, leftStrip);
        if (StripOf(right) is >= 0 and int rightStrip && right < _model.Mesh.OwnedCellCount)
            yield return (term, face, false, rightStrip);
    }

    private int StripOf(int cell) => _stripOf[_model.Mesh.Region[cell]];
}
