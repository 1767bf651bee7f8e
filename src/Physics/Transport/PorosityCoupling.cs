using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;

namespace Cell3D.Physics.Transport;

/// <summary>Derivatives of a law by the porosity of both cells of its faces, where films narrow the pores. It adds nothing to
/// the residual, in which the law stands already.</summary>
/// <remarks>A term of its own: a face of any other cell knows no fifth unknown.</remarks>
/// <typeparam name="TLaw">A law of what flows through pores, in series through half cells with 1/B.</typeparam>
public sealed class PorosityCoupling<TLaw>(TLaw law, ReadOnlyMemory<Face> faces, FieldLayout layout, PoreSpace pores) : CellTerm
    where TLaw : struct, IFaceLaw
{
    private static readonly CellOf<Face> LeftOf = (in Face face) => face.Left;
    private static readonly Field[] Rows = [Field.Salt, Field.IonicPotential, Field.Temperature];

    /// <summary>Per face, row, cell of the row and cell of ε.</summary>
    private int[] _positions = [];

    public override void AddCouplings(PatternBuilder pattern) => pattern.CoupleAcross(faces, new(Rows), _ => new(pores.Field));

    public override void Bind(SparsePattern pattern)
    {
        _positions = new int[faces.Length * Rows.Length * 4];
        int at = 0;
        foreach (ref readonly Face face in faces.Span)
            foreach (Field row in Rows)
            {
                _positions[at++] = pattern.Position(face.Left, row, face.Left, pores.Field);
                _positions[at++] = pattern.Position(face.Left, row, face.Right, pores.Field);
                _positions[at++] = pattern.Position(face.Right, row, face.Left, pores.Field);
                _positions[at++] = pattern.Position(face.Right, row, face.Right, pores.Field);
            }
    }

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        if (assembly.Diagonal.IsEmpty)
            return;
        ReadOnlySpan<Face> all = faces.Span;
        int last = all.FirstFrom(end, LeftOf);
        for (int i = all.FirstFrom(start, LeftOf); i < last; i++)
        {
            ref readonly Face face = ref all[i];
            bool left = layout.Has(face.Left, pores.Field), right = layout.Has(face.Right, pores.Field);
            if (!left && !right)
                continue;
            FaceFlux<Real> flux = default;
            law.Flux(face, ref flux);
            double leftLength = face.LeftLength * pores.TransportResistivity[face.Left], rightLength = face.RightLength * pores.TransportResistivity[face.Right];
            if (left)
                Add(assembly, i, 0, flux, new(leftLength, rightLength, pores.RelativeSlope(face.Left), 0));
            if (right)
                Add(assembly, i, 1, flux, new(leftLength, rightLength, 0, pores.RelativeSlope(face.Right)));
        }
    }

    /// <summary>Adds the derivatives by the porosity of one side to all rows of both cells.</summary>
    private void Add(in Assembly assembly, int face, int side, in FaceFlux<Real> flux, SeriesChange change)
    {
        double salt = change.Flow * flux.Salt.Number, current = change.Flow * flux.IonicCurrent.Number;
        Add(assembly, face, 0, side, salt, salt);
        Add(assembly, face, 1, side, current, current);
        Add(assembly, face, 2, side, -change.LeftHeat * flux.DissipationLeft.Number, change.RightHeat * flux.DissipationRight.Number);
    }

    private void Add(in Assembly assembly, int face, int row, int side, double leaving, double entering)
    {
        int at = (((face * Rows.Length) + row) * 4) + side;
        double scale = assembly.Scale[Rows[row]];
        assembly.AddJacobian(_positions[at], scale * leaving);
        assembly.AddJacobian(_positions[at + 2], -scale * entering);
    }
}
