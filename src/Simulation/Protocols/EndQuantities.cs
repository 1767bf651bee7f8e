using Cell3D.Discretization;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Recording;

namespace Cell3D.Simulation.Protocols;

/// <summary>The quantities that may end a protocol step, at the solved state of a cell.</summary>
/// <param name="model">The cell.</param>
public sealed class EndQuantities(CellModel model)
{
    /// <summary>Cells of the places that were asked for, on the rank that has them; −1 on others.</summary>
    private readonly Dictionary<string, int> _cells = [];

    /// <summary>*Collective.* The value at the newest solved state, in the unit that <see cref="EndQuantity"/> tells.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="charge">What has passed the terminals by then.</param>
    /// <param name="probe">Name of the place of <see cref="EndQuantity.ProbeTemperature"/>.</param>
    public double At(EndQuantity quantity, in PassedCharge charge, string probe = "") => quantity switch
    {
        EndQuantity.Voltage => model.Fields.TerminalVoltage,
        EndQuantity.Current => Math.Abs(Current),
        EndQuantity.Power => Math.Abs(Current * model.Fields.TerminalVoltage),
        EndQuantity.MaximumTemperature => model.Fields.ReferenceTemperature - Smallest(cell => -model.Fields.Temperature[cell], _ => true),
        EndQuantity.MinimumTemperature => model.Fields.ReferenceTemperature + Smallest(cell => model.Fields.Temperature[cell], _ => true),
        EndQuantity.MeanTemperature => MeanTemperature,
        EndQuantity.ProbeTemperature => TemperatureAt(probe),
        EndQuantity.Capacity => Math.Abs(charge.OfStep),
        EndQuantity.StateOfCharge => charge.StateOfCharge,
        EndQuantity.LithiumMargin => Smallest(cell => model.Fields.ElectronicPotential[cell] - model.Fields.IonicPotential[cell], kind => kind == LayerKind.NegativeElectrode),
        EndQuantity.MinimumSalt => Smallest(cell => model.Fields.Salt[cell], kind => kind.HasElectrolyte()),
        EndQuantity.NegativeStoichiometry => LargestStoichiometry(Polarity.Negative),
        EndQuantity.PositiveStoichiometry => LargestStoichiometry(Polarity.Positive),
        _ => throw new ArgumentOutOfRangeException(nameof(quantity)),
    };

    /// <summary>I of the newest solved state [A].</summary>
    public double Current => model.System.Terminal.Current;

    private double TemperatureAt(string probe)
    {
        if (!_cells.TryGetValue(probe, out int cell))
            _cells.Add(probe, cell = Probes.Nearest(model, model.Points.First(point => point.Name == probe)).Cell);
        return model.Fields.ReferenceTemperature + model.World.Allreduce(cell >= 0 ? model.Fields.Temperature[cell] : double.NegativeInfinity, Operation.Max);
    }

    private double MeanTemperature
    {
        get
        {
            Span<double> sums = [0, 0];
            for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
            {
                sums[0] += model.Mesh.Volume[cell] * model.Fields.Temperature[cell];
                sums[1] += model.Mesh.Volume[cell];
            }
            model.World.Allreduce(sums, Operation.Sum);
            return model.Fields.ReferenceTemperature + (sums[0] / sums[1]);
        }
    }

    private double Smallest(Func<int, double> value, Func<LayerKind, bool> counts)
    {
        double least = double.PositiveInfinity;
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
            if (counts(model.Mesh.Kind(cell)))
                least = Math.Min(least, value(cell));
        return model.World.Allreduce(least, Operation.Min);
    }

    private double LargestStoichiometry(Polarity polarity)
    {
        double largest = double.NegativeInfinity;
        foreach (ElectrodeInterface electrode in model.Interfaces)
        {
            ReadOnlySpan<double> surface = electrode.Particles.SurfaceStoichiometry;
            ReadOnlySpan<int> cells = electrode.Particles.Cells;
            for (int i = 0; i < cells.Length; i++)
                if (model.Mesh.Kind(cells[i]).Polarity() == polarity)
                    largest = Math.Max(largest, surface[i]);
        }
        return model.World.Allreduce(largest, Operation.Max);
    }
}
