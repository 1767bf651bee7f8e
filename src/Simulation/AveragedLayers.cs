using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Paths between layers that are one control volume each, in the single particle models.</summary>
/// <remarks>
/// A current that arises evenly in an electrode of thickness L leads to a parabola of potential and, once it is steady, of salt; its mean lies L/3, not L/2,
/// from the end that the current leaves (Marquis et al. 2019, equation 58 and after: L/3κ, L/3σ). So half paths of electrodes are 2/3 of what they are; those of
/// the separator are exact as they are. Without electrolyte all paths are next to nothing.
/// </remarks>
internal static class AveragedLayers
{
    /// <summary>L/3 over L/2.</summary>
    private const double OfMean = 2.0 / 3;

    /// <summary>What is left of resistances that a model neglects: a thousandth; with less, round-off of potentials would show in the currents.</summary>
    private const double Neglected = 1e-3;

    /// <summary>Shortens the paths of a mesh as the model asks for.</summary>
    public static void Adapt(CellMesh mesh, ModelDimension model)
    {
        if (!model.IsAveraged())
            return;
        (double electrode, double separator) = model == ModelDimension.SingleParticle ? (Neglected, Neglected) : (OfMean, 1);
        for (int i = 0; i < mesh.Faces.Length; i++)
        {
            Face face = mesh.Faces[i];
            mesh.Faces[i] = face with { LeftLength = face.LeftLength * Share(face.Left), RightLength = face.RightLength * Share(face.Right) };
        }
        for (int i = 0; i < mesh.Boundaries.Length; i++)
            mesh.Boundaries[i] = mesh.Boundaries[i] with { Distance = mesh.Boundaries[i].Distance * Share(mesh.Boundaries[i].Cell) };

        double Share(int cell) => mesh.Kind(cell).IsElectrode() ? electrode : mesh.Kind(cell).HasElectrolyte() ? separator : 1;
    }
}
