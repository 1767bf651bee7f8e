namespace Cell3D.Mesh;

/// <summary>What can pass a face besides heat.</summary>
/// <param name="Ions">Both cells hold electrolyte.</param>
/// <param name="Electrons">Both cells conduct electrons on the same side of the cell.</param>
public readonly record struct FaceKind(bool Ions, bool Electrons)
{
    /// <summary>Kind of the face between cells of two layers.</summary>
    public static FaceKind Of(LayerKind left, LayerKind right) => new(
        left.HasElectrolyte() && right.HasElectrolyte(),
        left.ConductsElectrons() && right.ConductsElectrons() && left.Polarity() == right.Polarity());

    /// <summary>Place of the kind among all four.</summary>
    internal int Number => (Ions ? 1 : 0) | (Electrons ? 2 : 0);
}
