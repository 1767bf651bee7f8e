using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Microstructure.Resolved;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure.Resolved;

/// <summary>Resolved structures against the layer that stands for them, and what holds for each by itself.</summary>
public class ScaleStudyTests
{
    /// <summary>Where solid and pores begin, current lines turn and end faces react, a layer of the thickness of a unit in which no mean value holds: an error of first order.</summary>
    [Test]
    [Category("Slow")]
    public void TheErrorFallsInFirstOrderWithTheSizeOfAUnit([Values(false, true)] bool threeDimensional)
    {
        (double[] voltage, double[] _, double[] planes) = Errors(Study(Structure(threeDimensional)), 4, 8, 16);
        for (int i = 0; i < 2; i++)
            Assert.That(Math.Log2(voltage[i] / voltage[i + 1]), Is.InRange(0.9, 1.4));
        Assert.That(Math.Log2(planes[1] / planes[2]), Is.InRange(0.8, 1.2));
    }

    /// <summary>Where blocks stand close behind the face, lines of current narrow before them and meet the separator unevenly: an end correction, of first order too. It is the closure problem's of a channel before
    /// the units, and gone where the blocks are some pores away from the face.</summary>
    [Test]
    [Category("Slow")]
    public void BlocksFarFromTheFaceLeaveSecondOrderAlone()
    {
        // Half as thick plates as in units of half the length: particles take as long, and as much reacts per volume.
        ScaleStudy study = Study(ResolvedStructure.BlockedPlates(16, 4, 4, 4, 4, block: 4) with { DividesSeparator = true });
        (double[] voltage, double[] salt, double[] _) = Errors(study with { Electrode = study.Electrode with { SolidDiffusivity = 0.25 * study.Electrode.SolidDiffusivity, ReactionRate = 0.5 * study.Electrode.ReactionRate } }, 4, 8, 16);
        Assert.That(Math.Log2(voltage[0] / voltage[1]), Is.InRange(1.9, 2.2));
        Assert.That(Math.Log2(voltage[1] / voltage[2]), Is.InRange(1.85, 2.15));
        Assert.That(Math.Log2(salt[1] / salt[2]), Is.InRange(1.9, 2.1));
        Assert.That((EndCorrection(8, 4), EndCorrection(16, 4)), Is.EqualTo((0.04993, 0.0001149)).Using<(double A, double B)>((a, b) => Math.Abs(a.A - b.A) < 1e-4 && Math.Abs(a.B - b.B) < 2e-5));

        // Resistance of a channel and four units less those of each, in voxels of free electrolyte.
        static double EndCorrection(int length, int block)
        {
            const int channel = 16, units = 4, width = 8, height = 4;
            int depth = channel + (units * length);
            ResolvedStructure unit = ResolvedStructure.BlockedPlates(length, width / 2, width / 2, height, units, block);
            byte[] voxels = [.. Enumerable.Range(0, width * height * depth).Select(voxel => (byte)(voxel % depth < channel ? (voxel / depth % width >= width / 2 ? 1 : 0) : unit.At(voxel / depth, (voxel % depth) - channel) == ResolvedPhase.Pore ? 1 : 0))];
            double whole = Cell3D.Microstructure.Solver.EffectiveTransport.Along(Communicator.Self, new(new(depth, width, height), new(0, height), voxels), [0, 1], Cell3D.Microstructure.Voxels.BoundaryKind.Ends, 0, new(1e-10)).Effective;
            return (depth / whole) - (channel / 0.5) - (units * length / unit.Efficiency(ResolvedPhase.Pore));
        }
    }

    /// <summary>Without that layer what is left is diffusion along the solid and across the pores, which the layer does not know: second order.</summary>
    [Test]
    [Category("Slow")]
    public void WithoutAnythingAtTheFaceOfTheElectrodeItFallsInSecondOrder([Values(false, true)] bool threeDimensional)
    {
        (double[] voltage, double[] salt, double[] planes) = Errors(Study(Structure(threeDimensional) with { DividesSeparator = true }), 4, 8, 16);
        Assert.That(Math.Log2(voltage[1] / voltage[2]), Is.InRange(1.6, 2.5));
        Assert.That(Math.Log2(salt[1] / salt[2]), Is.InRange(1.8, 2.2));
        if (threeDimensional)
            Assert.That(Math.Log2(planes[1] / planes[2]), Is.InRange(0.8, 1.2), "the ripple of the closure problem");
    }

    /// <summary>The structure itself, by the size of its voxels.</summary>
    [Test]
    public void TheErrorOfVoxelsIsOfSecondOrder()
    {
        double[] voltages = [.. new[] { 2, 4, 8, 16 }.Select(voxels => Study(ResolvedStructure.Plates(2 * voxels, voxels, voxels, 2) with { DividesSeparator = true }).Resolved(2, Communicator.Self).Voltages[^1])];
        double[] differences = [.. voltages.Zip(voltages.Skip(1), (coarse, fine) => Math.Abs(coarse - fine))];
        TestContext.Out.WriteLine(string.Join(", ", differences.Select(difference => $"{difference:e2} V")));
        Assert.That(Math.Log2(differences[0] / differences[1]), Is.InRange(1.7, 2.3));
        Assert.That(Math.Log2(differences[1] / differences[2]), Is.InRange(1.8, 2.2));
    }

    [Test]
    [Category("Mpi")]
    public void LithiumChargeAndEnergyAreConservedOnAnyNumberOfRanks()
    {
        ResolvedElectrode electrode = Study(ResolvedStructure.BlockedPlates(4, 2, 2, 2, 3)).With(3);
        double current = -60 * electrode.Area;
        (double voltage, double alone) = (After(Communicator.World), After(Communicator.Self));
        Assert.That(voltage, Is.EqualTo(alone).Within(1e-9));

        double After(Communicator world)
        {
            using ResolvedModel model = ResolvedModel.Build(electrode, world);
            double rest = model.Fields.TerminalVoltage;
            using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, current, world);
            Assert.That(run.Voltage, Is.LessThan(rest));
            double lithium = run.Report(world).SumOf(Totals.Lithium);
            for (int time = 50; time <= 200; time += 50)
            {
                run.Advance(time);
                Balance balance = run.Report(world);
                Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-13 * lithium));
                Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(-current).Within(1e-9 * Math.Abs(current)));
                Assert.That(balance.SumOf(Totals.PositiveTransfer), Is.EqualTo(current).Within(1e-9 * Math.Abs(current)));
                Assert.That(balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower), Is.EqualTo(run.Voltage * current).Within(1e-8 * Math.Abs(current)));
            }
            return run.Voltage;
        }
    }

    [Test]
    public void NothingMovesAtRest()
    {
        ResolvedElectrode electrode = Study(ResolvedStructure.BlockedPlates(4, 2, 2, 2, 2)).With(2);
        using ResolvedModel model = ResolvedModel.Build(electrode, Communicator.Self);
        double rest = model.Fields.TerminalVoltage;
        double[] before = [.. model.Fields.Salt];
        using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, 0, Communicator.Self, measure: 60 * electrode.Area);
        run.Advance(1000);
        Assert.That(run.Voltage, Is.EqualTo(rest).Within(1e-9));
        for (int cell = 0; cell < before.Length; cell++)
            Assert.That(model.Fields.Salt[cell], Is.EqualTo(before[cell]).Within(1e-7 * before[cell]));
    }

    [Test]
    public void SharesAndAreaOfABlockedPlateAreThoseByHand()
    {
        ResolvedStructure structure = ResolvedStructure.BlockedPlates(8, 4, 4, 4, 3);
        Assert.That(structure.Share(ResolvedPhase.Solid), Is.EqualTo(0.5));
        Assert.That(structure.Share(ResolvedPhase.Inert), Is.EqualTo(0.5 * 0.5 * 0.5 * 0.5));
        Assert.That(structure.Area(), Is.EqualTo(1.0 / 8));
        Assert.That(structure.Efficiency(ResolvedPhase.Solid), Is.EqualTo(0.5).Within(1e-9));
        Assert.That(structure.Efficiency(ResolvedPhase.Pore), Is.InRange(0.25, structure.Share(ResolvedPhase.Pore)), "between what the blocks leave straight and all pores");
    }

    /// <summary>Where a structure stands in for a layer, as much reacts and conducts per volume, and its particles take as long.</summary>
    [Test]
    public void AStructureStandsInForALayer()
    {
        SimulationCase half = HalfCellTests.HalfCell();
        ResolvedElectrode electrode = ResolvedElectrode.InPlaceOfALayer(half, ResolvedStructure.BlockedPlates(8, 4, 4, 4, 3));
        CellLayer layer = half.Layer(Cell3D.Mesh.LayerKind.PositiveElectrode)!, homogenised = electrode.Homogenised().Layer(Cell3D.Mesh.LayerKind.PositiveElectrode)!;
        (Cell3D.Physics.Materials.ActiveMaterial own, Cell3D.Physics.Materials.ActiveMaterial plates) = (layer.Material.ActiveMaterials[0], homogenised.Material.ActiveMaterials[0]);
        Assert.That(plates.ReactionRateConstant * plates.SurfaceAreaPerVolume, Is.EqualTo(own.ReactionRateConstant * own.SurfaceAreaPerVolume).Within(1e-9).Percent);
        Assert.That(plates.ParticleRadius * plates.ParticleRadius / electrode.SolidDiffusivity, Is.EqualTo(own.ParticleRadius * own.ParticleRadius / own.Diffusivity.Widened(2).Value(0.5, 298.15)).Within(1e-9).Percent);
        Assert.That(homogenised.Material.ElectronicConductivity, Is.EqualTo(layer.Material.ElectronicConductivity).Within(1e-6).Percent);
        Assert.That(electrode.Structure.Depths, Is.EqualTo(24));
    }

    /// <summary>What no charge comes to is inert, and units stand mirrored behind each other.</summary>
    [Test]
    public void AnImageBecomesAUnit()
    {
        // x runs through: a way of pores, a way of solid, and an island of pores in it.
        byte[] voxels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1];
        ResolvedStructure unit = ResolvedStructure.Of(new(new(4, 4, 1), new(0, 1), voxels), [ResolvedPhase.Pore, ResolvedPhase.Solid], 0, 2);
        Assert.That((unit.Share(ResolvedPhase.Pore), unit.Share(ResolvedPhase.Solid), unit.Share(ResolvedPhase.Inert)), Is.EqualTo((0.25, 0.6875, 0.0625)));
        Assert.That(Enumerable.Range(0, 8).Select(depth => unit.At(2, depth)).Count(phase => phase == ResolvedPhase.Inert), Is.EqualTo(2));
        Assert.That((unit.At(2, 1), unit.At(2, 6)), Is.EqualTo((ResolvedPhase.Inert, ResolvedPhase.Inert)));
        Assert.That(unit.Area(), Is.EqualTo(0.25));
        Assert.That(() => ResolvedStructure.Of(new(new(4, 4, 1), new(0, 1), [0, 0, 0, 1, .. voxels[4..]]), [ResolvedPhase.Pore, ResolvedPhase.Solid], 0, 2), Throws.ArgumentException);
    }

    /// <summary>Errors of voltage, of salt by units and of salt by planes, by number of units.</summary>
    private static (double[] Voltage, double[] Salt, double[] Planes) Errors(ScaleStudy study, params int[] units)
    {
        ScaleTrace layer = study.Homogenised();
        ScaleTrace[] resolved = [.. units.Select(count => study.Resolved(count, Communicator.Self))];
        for (int i = 0; i < units.Length; i++)
            TestContext.Out.WriteLine(FormattableString.Invariant($"{units[i],3} units: {1e3 * resolved[i].VoltageError(layer):g4} mV, {resolved[i].SaltError(layer):g4} mol/m3 ({resolved[i].PlaneError(layer):g4} of planes), lithium {resolved[i].LithiumDrift:e1}"));
        foreach (ScaleTrace trace in resolved)
            Assert.That(trace.LithiumDrift, Is.LessThan(1e-12));
        return ([.. resolved.Select(trace => trace.VoltageError(layer))], [.. resolved.Select(trace => trace.SaltError(layer))], [.. resolved.Select(trace => trace.PlaneError(layer))]);
    }

    private static ResolvedStructure Structure(bool threeDimensional) => threeDimensional ? ResolvedStructure.BlockedPlates(8, 4, 4, 4, 4) : ResolvedStructure.Plates(16, 8, 8, 4);

    /// <summary>An electrode of the Chen2020 materials against lithium foil at 60 A m⁻².</summary>
    internal static ScaleStudy Study(ResolvedStructure structure) => new(
        new()
        {
            Case = HalfCellTests.HalfCell("Mesh.Cells through.Separator=40", "Mesh.Cells through.Positive electrode=160", "Mesh.Grading=1", "Mesh.Particle=12", "Solver.Relative tolerance=1e-6", "Solver.Newton tolerance=1e-9"),
            Structure = structure,
            SolidConductivity = 10,
            SolidDiffusivity = 1e-12,
            ReactionRate = 5e-6,
        }, -60, [200, 400, 600]);
}
