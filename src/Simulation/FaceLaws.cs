using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Transport;

namespace Cell3D.Simulation;

/// <summary>What flows through a face besides heat.</summary>
/// <param name="Ions">Both cells hold electrolyte.</param>
/// <param name="Electrons">Both cells conduct electrons on the same side of the cell.</param>
internal readonly record struct FaceKind(bool Ions, bool Electrons)
{
    /// <summary>Kind of the face between two cells.</summary>
    public static FaceKind Of(CellMesh mesh, int left, int right)
    {
        (LayerKind l, LayerKind r) = (mesh.Kind(left), mesh.Kind(right));
        return new(l.HasElectrolyte() && r.HasElectrolyte(), l.ConductsElectrons() && r.ConductsElectrons() && l.Polarity() == r.Polarity());
    }
}

/// <summary>The flux laws of a cell, joined on every face to those that apply there: each face is passed once.</summary>
internal sealed record FaceLaws(IonicTransport Ionic, ElectronicConduction Electronic, HeatConduction Heat)
{
    /// <summary>One term per kind of face.</summary>
    /// <param name="mesh">The local mesh, faces ordered by their left cells.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="withHeat">Whether the energy equation is solved.</param>
    public IEnumerable<FaceTerm> Terms(CellMesh mesh, FieldLayout layout, bool withHeat) =>
        from face in mesh.Faces
        group face by FaceKind.Of(mesh, face.Left, face.Right) into faces
        let term = Term(faces.Key, [.. faces.Select(Path)], layout, withHeat)
        where term is not null
        select term;

    private FaceTerm? Term(FaceKind kind, FacePath[] faces, FieldLayout layout, bool withHeat) => (kind.Ions, kind.Electrons, withHeat) switch
    {
        (true, true, true) => new FaceTerm<Joined<Joined<IonicTransport, ElectronicConduction>, HeatConduction>>(new(new(Ionic, Electronic), Heat), faces, layout),
        (true, false, true) => new FaceTerm<Joined<IonicTransport, HeatConduction>>(new(Ionic, Heat), faces, layout),
        (false, true, true) => new FaceTerm<Joined<ElectronicConduction, HeatConduction>>(new(Electronic, Heat), faces, layout),
        (false, false, true) => new FaceTerm<HeatConduction>(Heat, faces, layout),
        (true, true, false) => new FaceTerm<Joined<IonicTransport, ElectronicConduction>>(new(Ionic, Electronic), faces, layout),
        (true, false, false) => new FaceTerm<IonicTransport>(Ionic, faces, layout),
        (false, true, false) => new FaceTerm<ElectronicConduction>(Electronic, faces, layout),
        _ => null,
    };

    private static FacePath Path(Face face) =>
        new(face.Left, face.Right, face.LeftDistance / face.LeftArea, face.RightDistance / face.RightArea, face.Direction != FaceDirection.Through);
}
