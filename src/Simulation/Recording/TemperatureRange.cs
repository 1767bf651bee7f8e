using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>Lowest, mean (by volume) and highest temperature of all cells [K].</summary>
public readonly record struct TemperatureRange(double Minimum, double Mean, double Maximum)
{
    /// <summary>*Collective.* Of the present state.</summary>
    public static TemperatureRange Of(CellMesh mesh, CellFields fields, Communicator world)
    {
        Span<double> extremes = [double.NegativeInfinity, double.NegativeInfinity], sums = [0, 0];
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
        {
            double temperature = fields.Temperature[cell];
            extremes[0] = Math.Max(extremes[0], -temperature);
            extremes[1] = Math.Max(extremes[1], temperature);
            sums[0] += mesh.Volume[cell] * temperature;
            sums[1] += mesh.Volume[cell];
        }
        world.Allreduce(extremes, Operation.Max);
        world.Allreduce(sums, Operation.Sum);
        double reference = fields.ReferenceTemperature;
        return new(reference - extremes[0], reference + (sums[0] / sums[1]), reference + extremes[1]);
    }
}
