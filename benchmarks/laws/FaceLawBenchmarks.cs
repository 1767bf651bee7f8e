using BenchmarkDotNet.Attributes;
using Cell3D.Discretization;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Transport;

namespace Cell3D.Benchmarks.Laws;

/// <summary>Time per face of each flux law with its scatter into residual and Jacobian; properties are ready.</summary>
[InProcess]
public class FaceLawBenchmarks
{
    private readonly TermUnderTest _ionic, _electronic, _heat, _joined;
    private readonly ColouredDifferences _differences;

    public FaceLawBenchmarks()
    {
        Box box = new();
        double[] resistivity = new double[Box.Cells];
        box.Fill(resistivity, 0.01, 0.1);
        CellProperty perCell = CellProperty.PerCell(resistivity);
        IonicTransport<FixedTransference> ionic = new(box.Fields, box.Properties, new(box.Properties), perCell);
        ElectronicConduction electronic = new(box.Fields, perCell);
        HeatConduction heat = new(box.Fields, perCell, perCell);
        _ionic = new(new FaceTerm<IonicTransport<FixedTransference>>(ionic, box.Faces, box.Layout), box.Layout);
        _electronic = new(new FaceTerm<ElectronicConduction>(electronic, box.Faces, box.Layout), box.Layout);
        _heat = new(new FaceTerm<HeatConduction>(heat, box.Faces, box.Layout), box.Layout);
        _joined = new(new FaceTerm<Joined<Joined<IonicTransport<FixedTransference>, ElectronicConduction>, HeatConduction>>(new(new(ionic, electronic), heat), box.Faces, box.Layout), box.Layout);
        _differences = new(box, _ionic, Field.Salt, Field.IonicPotential, Field.Temperature);
    }

    /// <summary>Every law under its name.</summary>
    public IEnumerable<(string Name, TermUnderTest Term)> Laws =>
        [(nameof(IonicTransport<FixedTransference>), _ionic), (nameof(ElectronicConduction), _electronic), (nameof(HeatConduction), _heat), ("all three joined", _joined)];

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void IonicResidual() => _ionic.AddResidual();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void IonicJacobian() => _ionic.AddJacobian();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void IonicDifferences() => _differences.Evaluate();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void ElectronicResidual() => _electronic.AddResidual();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void ElectronicJacobian() => _electronic.AddJacobian();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void HeatResidual() => _heat.AddResidual();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void HeatJacobian() => _heat.AddJacobian();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void JoinedResidual() => _joined.AddResidual();

    [Benchmark(OperationsPerInvoke = Box.FaceCount)]
    public void JoinedJacobian() => _joined.AddJacobian();

    /// <summary>Largest difference between the exact Jacobian and the one by differences, relative to the largest entry of the row's field.</summary>
    public double JacobianMismatch()
    {
        _ionic.Clear();
        _ionic.AddJacobian();
        double[] exact = [.. _ionic.Jacobian];
        _differences.Evaluate();
        double worst = 0;
        SparsePattern pattern = _ionic.Pattern;
        for (int row = 0; row < pattern.Starts.Own.Length; row++)
        {
            Range range = pattern.Starts.Diagonal[row]..pattern.Starts.Diagonal[row + 1];
            double largest = exact[range].Max(Math.Abs);
            for (int at = range.Start.Value; at < range.End.Value && largest > 0; at++)
                worst = Math.Max(worst, Math.Abs(exact[at] - _ionic.Jacobian[at]) / largest);
        }
        return worst;
    }
}
