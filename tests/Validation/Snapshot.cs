using Cell3D.Mesh;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;

namespace Cell3D.Tests.Validation;

/// <summary>The fields of a whole cell at one time, by control volume.</summary>
internal sealed class Snapshot
{
    public required double Time { get; init; }

    public required CellMesh Mesh { get; init; }

    /// <summary>c [mol m⁻³].</summary>
    public required double[] Salt { get; init; }

    /// <summary>φ_e [V].</summary>
    public required double[] IonicPotential { get; init; }

    /// <summary>φ_s against the negative terminal [V].</summary>
    public required double[] ElectronicPotential { get; init; }

    /// <summary>T [K].</summary>
    public required double[] Temperature { get; init; }

    /// <summary>c_s at the particle surface [mol m⁻³]; NaN outside the electrodes.</summary>
    public required double[] SurfaceConcentration { get; init; }

    /// <summary>Σ a j [A m⁻³]; 0 outside the electrodes.</summary>
    public required double[] TransferCurrent { get; init; }

    /// <summary>Copies the present state.</summary>
    public static Snapshot Take(CellModel model, double time)
    {
        int cells = model.Mesh.CellCount;
        double[] surface = new double[cells], transfer = new double[cells];
        Array.Fill(surface, double.NaN);
        foreach (ReactingParticles particles in model.Particles)
            for (int i = 0; i < particles.Cells.Length; i++)
            {
                int cell = particles.Cells[i];
                surface[cell] = particles.SurfaceStoichiometry[i] * particles.Material.MaximumConcentration;
                transfer[cell] += particles.CurrentDensity[i] * particles.Material.SurfaceAreaPerVolume;
            }
        return new Snapshot
        {
            Time = time,
            Mesh = model.Mesh,
            Salt = [.. Enumerable.Range(0, cells).Select(cell => model.Fields.Salt[cell])],
            IonicPotential = [.. Enumerable.Range(0, cells).Select(cell => model.Fields.IonicPotential[cell])],
            ElectronicPotential = [.. Enumerable.Range(0, cells).Select(model.Fields.AbsoluteElectronicPotential)],
            Temperature = [.. Enumerable.Range(0, cells).Select(cell => model.Fields.ReferenceTemperature + model.Fields.Temperature[cell])],
            SurfaceConcentration = surface,
            TransferCurrent = transfer,
        };
    }

    /// <summary>A field of one column over x in one layer, between the control volumes' centres.</summary>
    public double Through(LayerKind kind, double[] field, double x)
    {
        int[] cells = [.. Enumerable.Range(0, Mesh.CellCount).Where(cell => Mesh.Kind(cell) == kind).OrderBy(cell => Mesh.CentreX[cell])];
        return Line(cells, Mesh.CentreX, field, x);
    }

    /// <summary>A field of one layer along the height, between the control volumes' centres.</summary>
    public double AlongHeight(LayerKind kind, double[] field, double z)
    {
        int[] cells = [.. Enumerable.Range(0, Mesh.CellCount).Where(cell => Mesh.Kind(cell) == kind).OrderBy(cell => Mesh.CentreZ[cell])];
        return Line(cells, Mesh.CentreZ, field, z);
    }

    /// <summary>Mean of a field through the thickness along the height, weighted by volume; <paramref name="kind"/> takes one layer only.</summary>
    public double MeanAlongHeight(double[] field, double z, LayerKind? kind = null)
    {
        var columns = Enumerable.Range(0, Mesh.CellCount).Where(cell => kind is null || Mesh.Kind(cell) == kind).GroupBy(cell => Mesh.Column[cell])
            .Select(column => (Z: Mesh.CentreZ[column.First()], Mean: column.Sum(cell => field[cell] * Mesh.Volume[cell]) / column.Sum(cell => Mesh.Volume[cell])))
            .OrderBy(column => column.Z).ToArray();
        return Line([.. Enumerable.Range(0, columns.Length)], [.. columns.Select(column => column.Z)], [.. columns.Select(column => column.Mean)], z);
    }

    /// <summary>Straight lines between neighbours; the outermost ones are prolonged to the layer's faces.</summary>
    private static double Line(int[] cells, IReadOnlyList<double> place, double[] field, double x)
    {
        int right = Math.Clamp(Array.FindIndex(cells, cell => place[cell] >= x) is var found && found < 0 ? cells.Length - 1 : found, 1, cells.Length - 1);
        (int a, int b) = (cells[right - 1], cells[right]);
        double share = (x - place[a]) / (place[b] - place[a]);
        return ((1 - share) * field[a]) + (share * field[b]);
    }
}
