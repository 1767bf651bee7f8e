using Cell3D.Microstructure.Resolved;
using Cell3D.Parallel.Mpi;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure.Resolved;

/// <summary>Resolved structures against the layer that stands for them.</summary>
public class ScaleStudyTests
{
    [Test]
    public void Explore([Values(false, true)] bool divided)
    {
        ScaleStudy study = Study(ResolvedStructure.Plates(8, 8, 8, 4) with { DividesSeparator = divided });
        ScaleTrace layer = study.Homogenised();
        TestContext.Out.WriteLine($"layer {string.Join(' ', layer.Voltages.Select(v => v.ToString("f6")))} drift {layer.LithiumDrift:e1} steps {layer.Steps}");
        foreach (int units in new[] { 1, 2, 4, 8, 16 })
        {
            System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
            ScaleTrace resolved = study.Resolved(units, Communicator.Self);
            TestContext.Out.WriteLine($"{units} {string.Join(' ', resolved.Voltages.Select(v => v.ToString("f6")))} dV {1e3 * resolved.VoltageError(layer):g4} mV dc {resolved.SaltError(layer):g4} drift {resolved.LithiumDrift:e1} steps {resolved.Steps} {clock.Elapsed.TotalSeconds:f1} s");
        }
    }

    internal static ScaleStudy Study(ResolvedStructure structure) => new(
        new()
        {
            Case = HalfCellTests.HalfCell("Mesh.Cells through.Separator=40", "Mesh.Cells through.Positive electrode=160", "Mesh.Grading=1", "Mesh.Particle=12", "Solver.Relative tolerance=1e-6", "Solver.Newton tolerance=1e-7"),
            Structure = structure,
            SolidConductivity = 10,
            SolidDiffusivity = 2e-13,
            ReactionRate = 5e-6,
        }, -60, [1, 60, 300, 900]);
}
