using Cell3D.Mesh;

namespace Cell3D.Tests.Physics;

/// <summary>Three layers on a line, graded towards their faces.</summary>
internal static class Lines
{
    public const double Area = 0.01;
    private static readonly double[] Thickness = [80e-6, 20e-6, 60e-6];

    public static CellMesh Graded(int cells, double ratio = 3) => MeshBuilder.Build(PlaneMesh.SingleCell(0.1, 0.1), new LayerStack(
    [
        new LayerSpec(LayerKind.NegativeElectrode, "first", Thickness[0], new LayerGrading(cells, ratio)),
        new LayerSpec(LayerKind.Separator, "second", Thickness[1], new LayerGrading(cells / 2, ratio)),
        new LayerSpec(LayerKind.PositiveElectrode, "third", Thickness[2], new LayerGrading(cells, ratio)),
    ]), []);

    /// <summary>s(x) = ∫ dx/k: the coordinate in which a steady flux without sources makes a straight line, whatever the jumps of k.</summary>
    public static double Resistance(double x, double[] k)
    {
        double sum = 0, start = 0;
        for (int layer = 0; layer < 3; layer++)
        {
            sum += Math.Clamp(x - start, 0, Thickness[layer]) / k[layer];
            start += Thickness[layer];
        }
        return sum;
    }

    /// <summary>The whole s.</summary>
    public static double Total(double[] k) => Resistance(Thickness.Sum(), k);
}
