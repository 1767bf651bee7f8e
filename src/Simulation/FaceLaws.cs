using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Transport;

namespace Cell3D.Simulation;

/// <summary>The flux laws of a cell, joined on every face to those that apply there: each face is passed once.</summary>
/// <typeparam name="TIonic">The law of transport in the electrolyte.</typeparam>
/// <typeparam name="THeat">The law of heat conduction.</typeparam>
internal sealed record FaceLaws<TIonic, THeat>(TIonic Ionic, ElectronicConduction Electronic, THeat Heat, ContactCurrent ContactCurrent, ContactHeat<THeat> ContactHeat)
    where TIonic : struct, IFaceLaw
    where THeat : struct, IFaceLaw, IHeatPath
{
    /// <summary>One term per kind of face, over the mesh's own list of them: the same terms on every rank, some without faces.</summary>
    /// <param name="mesh">The local mesh.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="withHeat">Whether the energy equation is solved.</param>
    /// <param name="pores">Pores that films narrow; null where none do.</param>
    /// <param name="groups">Cells whose heat is also reported by itself.</param>
    public IEnumerable<Term> Terms(CellMesh mesh, FieldLayout layout, bool withHeat, PoreSpace? pores, CellGroups groups)
    {
        Face[] faces = mesh.Faces;
        int end = 0;
        foreach (FaceKind kind in FaceKind.All)
        {
            int start = end;
            while (end < faces.Length && mesh.Kind(faces[end]) == kind)
                end++;
            if (Term(kind, faces.AsMemory(start..end), layout, withHeat, groups) is { } term)
                yield return term;
            if (kind.Ions && pores is not null)
                yield return new PorosityCoupling<TIonic>(Ionic, faces.AsMemory(start..end), layout, pores);
        }
    }

    private FaceTerm? Term(FaceKind kind, ReadOnlyMemory<Face> faces, FieldLayout layout, bool withHeat, CellGroups groups) => kind.IsContact ? AtContacts(kind, faces, layout, withHeat, groups) : (kind.Ions, kind.Electrons, withHeat) switch
    {
        (true, true, true) => new FaceTerm<Joined<Joined<TIonic, ElectronicConduction>, THeat>>(new(new(Ionic, Electronic), Heat), faces, layout, groups),
        (true, false, true) => new FaceTerm<Joined<TIonic, THeat>>(new(Ionic, Heat), faces, layout, groups),
        (false, true, true) => new FaceTerm<Joined<ElectronicConduction, THeat>>(new(Electronic, Heat), faces, layout, groups),
        (false, false, true) => new FaceTerm<THeat>(Heat, faces, layout, groups),
        (true, true, false) => new FaceTerm<Joined<TIonic, ElectronicConduction>>(new(Ionic, Electronic), faces, layout, groups),
        (true, false, false) => new FaceTerm<TIonic>(Ionic, faces, layout, groups),
        (false, true, false) => new FaceTerm<ElectronicConduction>(Electronic, faces, layout, groups),
        _ => null,
    };

    private FaceTerm? AtContacts(FaceKind kind, ReadOnlyMemory<Face> faces, FieldLayout layout, bool withHeat, CellGroups groups) => (kind.Electrons, withHeat) switch
    {
        (true, true) => new FaceTerm<Joined<ContactCurrent, ContactHeat<THeat>>>(new(ContactCurrent, ContactHeat), faces, layout, groups),
        (true, false) => new FaceTerm<ContactCurrent>(ContactCurrent, faces, layout, groups),
        (false, true) => new FaceTerm<ContactHeat<THeat>>(ContactHeat, faces, layout, groups),
        _ => null,
    };
}
