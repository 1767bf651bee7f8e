using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Verification;

namespace Cell3D.Microstructure.Resolved;

/// <summary>A resolved electrode of a number of units beside the layer.</summary>
/// <param name="Units">Through the electrode.</param>
/// <param name="Electrode">What was solved.</param>
/// <param name="Trace">How it went.</param>
/// <param name="VoltageError">Root mean square of what V differs by [V].</param>
/// <param name="SaltError">The same of salt by units [mol m⁻³].</param>
/// <param name="PlaneError">The same of salt by planes, with the ripple of the closure problem [mol m⁻³].</param>
public sealed record ScaleRow(int Units, ResolvedElectrode Electrode, ScaleTrace Trace, double VoltageError, double SaltError, double PlaneError)
{
    /// <summary>Observed order between a coarser row and this one; NaN where there is none.</summary>
    /// <param name="before">With fewer units.</param>
    /// <param name="error">Which error.</param>
    public double OrderSince(ScaleRow? before, Func<ScaleRow, double> error) =>
        before is null ? double.NaN : Richardson.OrderOf(error(before), error(this), (double)Units / before.Units);
}

/// <summary>Structures of ever more units against the one layer that stands for all of them.</summary>
/// <param name="Layer">How the layer went.</param>
/// <param name="Rows">By rising number of units.</param>
public sealed record ScaleComparison(ScaleTrace Layer, IReadOnlyList<ScaleRow> Rows)
{
    /// <summary>*Collective.*</summary>
    /// <param name="study">Electrode, current, times.</param>
    /// <param name="units">Numbers of units, ascending.</param>
    /// <param name="world">The ranks of the resolved structures; the layer is solved by each.</param>
    /// <param name="done">Told every row.</param>
    public static ScaleComparison Of(ScaleStudy study, IReadOnlyList<int> units, Communicator world, Action<ScaleRow> done)
    {
        ScaleTrace layer = study.Homogenised();
        List<ScaleRow> rows = [];
        foreach (int count in units)
        {
            ScaleTrace trace = study.Resolved(count, world);
            rows.Add(new(count, study.With(count), trace, trace.VoltageError(layer), trace.SaltError(layer), trace.PlaneError(layer)));
            done(rows[^1]);
        }
        return new(layer, rows);
    }

    /// <summary>Salt in the pores and stoichiometry of the solid in the lowest plane of z at a time, by column of y and depth; no number where the other is. On this rank alone.</summary>
    /// <param name="electrode">What is solved.</param>
    /// <param name="currentDensity">I/A [A m⁻²].</param>
    /// <param name="time">t [s].</param>
    public static (double[,] Salt, double[,] Solid) Plane(ResolvedElectrode electrode, double currentDensity, double time)
    {
        using ResolvedModel model = ResolvedModel.Build(electrode, Communicator.Self);
        using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, currentDensity * electrode.Area, Communicator.Self);
        run.Advance(time);
        int depths = electrode.Structure.Depths, columns = electrode.Structure.Unit.Y, first = model.Mesh.Extrusion.LevelCentre.Length - depths;
        double[,] salt = new double[columns, depths], solid = new double[columns, depths];
        for (int column = 0; column < columns; column++)
            for (int depth = 0; depth < depths; depth++)
                (salt[column, depth], solid[column, depth]) = (double.NaN, double.NaN);
        for (int cell = 0; cell < model.Mesh.CellCount; cell++)
        {
            (int column, int depth) = (model.Mesh.Column[cell], model.Mesh.Level[cell] - first);
            if (column >= columns || depth < 0)
                continue;
            if (model.Layout.Has(cell, Field.IonicPotential))
                salt[column, depth] = model.Fields.Salt[cell];
            else
                solid[column, depth] = model.Fields.Salt[cell] / electrode.Material.MaximumConcentration;
        }
        return (salt, solid);
    }
}
