using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Microstructure.Resolved;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Transport;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure.Resolved;

/// <summary>⟨∇·q⟩ = ∇·⟨q⟩ + (1/V)∫ q·n dA of docs/homogenisation.md on the solved fields of a resolved electrode.</summary>
public class AveragingTests
{
    private const int Units = 8;
    private readonly ResolvedElectrode _electrode = ScaleStudyTests.Study(ResolvedStructure.BlockedPlates(8, 4, 4, 4, 4) with { DividesSeparator = true }).With(Units);

    /// <summary>Salt in the pores of a unit: what its solution stores is −⟨∇·N⟩; what passes the planes around it and what comes through the walls are computed from it.</summary>
    [Test]
    public void SaltThatPassesWallsIsTheInterfacialTerm()
    {
        using ResolvedModel model = ResolvedModel.Build(_electrode, Communicator.Self);
        double[] before = [.. model.Fields.Salt];
        const double step = 1;
        using Discharge run = new(model.System, model.Halo, model.Mesh, _electrode.Case.Solver, -60 * _electrode.Area, Communicator.Self);
        run.StepOnce(step);
        double largest = 0;
        for (int unit = 0; unit < Units; unit++)
        {
            (int first, int end) = Window(model.Mesh, unit);
            double volume = (end - first) * _electrode.Edge * _electrode.Area;
            double divergence = -Pores(model.Mesh, first, end).Sum(cell => model.Mesh.Volume[cell] * (model.Fields.Salt[cell] - before[cell])) / (step * volume);
            double ofMean = (Through(model, end, flux => flux.Salt.Number) - Through(model, first, flux => flux.Salt.Number)) / volume;
            double interfacial = -Wall(model, first, end) / (PhysicalConstants.Faraday * volume);
            Assert.That(divergence, Is.EqualTo(ofMean + interfacial).Within(1e-9 * Math.Abs(interfacial)));
            Assert.That(Math.Abs(interfacial), Is.GreaterThan(0.1 * Math.Abs(ofMean)), "both terms count");
            largest = Math.Max(largest, Math.Abs(divergence));
        }
        Assert.That(largest, Is.GreaterThan(0));
    }

    /// <summary>Charge: nothing is stored, so the current that the electrolyte loses between two planes is what walls take; the sum over all units is the current of the cell.</summary>
    [Test]
    public void CurrentThatPassesWallsIsTheInterfacialTerm()
    {
        using ResolvedModel model = ResolvedModel.Build(_electrode, Communicator.Self);
        double current = -60 * _electrode.Area, sum = 0;
        using Discharge run = new(model.System, model.Halo, model.Mesh, _electrode.Case.Solver, current, Communicator.Self);
        run.Advance(100);
        for (int unit = 0; unit < Units; unit++)
        {
            (int first, int end) = Window(model.Mesh, unit);
            double ofMean = Through(model, end, flux => flux.IonicCurrent.Number) - Through(model, first, flux => flux.IonicCurrent.Number), wall = Wall(model, first, end);
            Assert.That(ofMean, Is.EqualTo(wall).Within(1e-9 * Math.Abs(current)));
            sum += wall;
        }
        Assert.That(sum, Is.EqualTo(current).Within(1e-9 * Math.Abs(current)));
    }

    /// <summary>The closure: mean flux through a unit in the middle against −D_eff ∇⟨c⟩ + t₊ ⟨i⟩/F with D_eff of the closure problem; the finer, the nearer.</summary>
    [Test]
    [Category("Slow")]
    public void MeanFluxesFollowTheClosureProblem()
    {
        double[] errors = [.. new[] { 4, 8, 16 }.Select(Deviation)];
        TestContext.Out.WriteLine(string.Join(", ", errors.Select(error => $"{error:e2}")));
        for (int i = 0; i + 1 < errors.Length; i++)
            Assert.That(Math.Log2(errors[i] / errors[i + 1]), Is.GreaterThan(1.5));
        Assert.That(errors[^1], Is.LessThan(2e-3));
    }

    private double Deviation(int units)
    {
        ResolvedElectrode electrode = ScaleStudyTests.Study(_electrode.Structure with { Units = 4 }).With(units);
        using ResolvedModel model = ResolvedModel.Build(electrode, Communicator.Self);
        using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, -60 * electrode.Area, Communicator.Self);
        run.Advance(300);
        int middle = units / 2, planes = electrode.Structure.Unit.X;
        DepthProfile salt = DepthProfile.Of(model.Mesh, Communicator.Self, cell => model.Mesh.Region[cell] == ResolvedElectrode.PoreRegion, model.Fields.Salt, electrode.Electrode.Thickness).Merged(planes);
        // Between two units, whose means lie half a unit on either side.
        int plane = Window(model.Mesh, middle).First;
        double mean = 0.5 * (salt.Values[middle - 1] + salt.Values[middle]), gradient = (salt.Values[middle] - salt.Values[middle - 1]) / (planes * electrode.Edge);
        Cell3D.Physics.Materials.Electrolyte electrolyte = electrode.Case.Cell.Electrolyte;
        double temperature = electrode.Case.Thermal.InitialTemperature, reference = electrode.Case.Thermal.ReferenceTemperature;
        double diffusivity = electrolyte.DiffusivityOf(reference).Value(mean, temperature), transference = electrolyte.TransferenceNumber.Widened(2).Value(mean, temperature);
        double flux = Through(model, plane, f => f.Salt.Number) / electrode.Area, current = Through(model, plane, f => f.IonicCurrent.Number) / electrode.Area;
        double diffusion = flux - (transference * current / PhysicalConstants.Faraday);
        return Math.Abs((diffusion / (-electrode.Structure.Efficiency(ResolvedPhase.Pore) * diffusivity * gradient)) - 1);
    }

    /// <summary>Levels of a unit: those of the electrode come last.</summary>
    private static (int First, int End) Window(CellMesh mesh, int unit)
    {
        int depths = mesh.Extrusion.LevelCentre.Length, planes = 8, units = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Region[cell] == 3).Select(cell => mesh.Level[cell]).Distinct().Count() / planes;
        int first = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Region[cell] == 3).Min(cell => mesh.Level[cell]) + (unit * planes);
        Assert.That(first + ((units - unit) * planes), Is.LessThanOrEqualTo(depths));
        return (first, first + planes);
    }

    private static IEnumerable<int> Pores(CellMesh mesh, int first, int end) =>
        Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Region[cell] == 2 && mesh.Level[cell] >= first && mesh.Level[cell] < end);

    /// <summary>What passes a plane between two levels through electrolyte.</summary>
    private static double Through(ResolvedModel model, int level, Func<FaceFlux<Real>, double> of)
    {
        double sum = 0;
        foreach (FaceTerm term in model.System.Terms.OfType<FaceTerm>().Where(term => term is FaceTerm<IonicTransport<FixedTransference>> or FaceTerm<IonicTransport<VariableTransference>>))
            for (int i = 0; i < term.Faces.Length; i++)
                if (model.Mesh.Level[term.Faces[i].Left] == level - 1 && model.Mesh.Level[term.Faces[i].Right] == level)
                    sum += of(term.FluxAt(i));
        return sum;
    }

    /// <summary>Current from the walls into the electrolyte between two levels [A].</summary>
    private static double Wall(ResolvedModel model, int first, int end)
    {
        double sum = 0;
        for (int i = 0; i < model.Walls.Cells.Length; i++)
            if (model.Mesh.Level[model.Walls.Cells[i]] is var level && level >= first && level < end)
                sum += model.Walls.Areas[i] * model.Walls.CurrentDensity[i];
        return sum;
    }
}
