namespace Cell3D.Mesh;

/// <summary>What can pass a face besides heat.</summary>
/// <param name="Ions">Both cells hold electrolyte.</param>
/// <param name="Electrons">Both cells conduct electrons on the same side of the cell.</param>
/// <param name="IsContact">A resistance lies between the two.</param>
public readonly record struct FaceKind(bool Ions, bool Electrons, bool IsContact = false)
{
    /// <summary>Number of kinds without contacts.</summary>
    internal const int Plain = 4;

    /// <summary>All kinds in the order in which a mesh lists its faces.</summary>
    public static IReadOnlyList<FaceKind> All { get; } =
        [new(false, false), new(true, false), new(false, true), new(true, true), new(false, false, true), new(false, true, true)];

    /// <summary>Kind of the face between cells of two layers.</summary>
    public static FaceKind Of(LayerKind left, LayerKind right) => new(
        left.HasElectrolyte() && right.HasElectrolyte(),
        left.ConductsElectrons() && right.ConductsElectrons() && left.Polarity() == right.Polarity());

    /// <summary>Kind of the face between cells of two layers that lie so to each other.</summary>
    internal static FaceKind Of(LayerKind left, LayerKind right, FaceDirection direction, InPlanePaths paths) =>
        paths == InPlanePaths.CollectorsAlone && direction == FaceDirection.InPlane && left.HasElectrolyte() && right.HasElectrolyte() ? new(false, false) : Of(left, right);

    /// <summary>Kind of a face with a resistance.</summary>
    public static FaceKind Across(Contact contact) => new(false, contact.Conducts, true);

    /// <summary>Place of a kind without contact among all.</summary>
    internal int Number => (Ions ? 1 : 0) | (Electrons ? 2 : 0);
}
