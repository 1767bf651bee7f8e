namespace Cell3D.Mesh;

/// <summary>How a layer is divided through its thickness.</summary>
/// <param name="Cells">Number of cells, at least one.</param>
/// <param name="Ratio">Mesh spacing in the middle over that at both faces, ≥ 1; 1 is uniform.</param>
public readonly record struct LayerGrading(int Cells, double Ratio = 1)
{
    /// <summary>One cell in casing and collectors, 20 graded cells in electrodes, 10 in separators.</summary>
    public static LayerGrading Default(LayerKind kind) => kind switch
    {
        LayerKind.Separator => new LayerGrading(10, 2),
        _ when kind.IsElectrode() => new LayerGrading(20, 3),
        _ => new LayerGrading(1),
    };
}
