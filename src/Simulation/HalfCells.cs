using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Faces between electrolyte and certain conductors with the half cells on either side, in the order of the cells with electrolyte.</summary>
/// <param name="Electrolyte">Local cell with electrolyte of each face, ascending.</param>
/// <param name="Conductor">Local cell opposite.</param>
/// <param name="ElectrolyteLengths">From its centre to the face [m].</param>
/// <param name="ConductorLengths">From the centre of the conductor to the face [m].</param>
/// <param name="Areas">[m²].</param>
public sealed record HalfCells(int[] Electrolyte, int[] Conductor, double[] ElectrolyteLengths, double[] ConductorLengths, double[] Areas)
{
    /// <summary>Those of a mesh.</summary>
    /// <param name="mesh">This rank's cells.</param>
    /// <param name="isConductor">Whether a local cell is one of those conductors.</param>
    public static HalfCells Between(CellMesh mesh, Func<int, bool> isConductor)
    {
        (int Electrolyte, int Conductor, double Near, double Far, double Area)[] faces = [.. mesh.Faces.SelectMany(Found).OrderBy(face => face.Electrolyte)];
        return new([.. faces.Select(face => face.Electrolyte)], [.. faces.Select(face => face.Conductor)], [.. faces.Select(face => face.Near)], [.. faces.Select(face => face.Far)], [.. faces.Select(face => face.Area)]);

        IEnumerable<(int Electrolyte, int Conductor, double Near, double Far, double Area)> Found(Face face)
        {
            (double left, double right) = mesh.Distances(face);
            double area = (left + right) / (face.LeftLength + face.RightLength);
            if (isConductor(face.Left) && mesh.Kind(face.Right).HasElectrolyte())
                yield return (face.Right, face.Left, right, left, area);
            if (isConductor(face.Right) && mesh.Kind(face.Left).HasElectrolyte())
                yield return (face.Left, face.Right, left, right, area);
        }
    }
}
