using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>What a law says flows through a face. Heat leaves the two cells unequally when the face dissipates.</summary>
/// <typeparam name="T">The scalar.</typeparam>
public struct FaceFlux<T> where T : unmanaged, IScalar<T>
{
    /// <summary>Salt from left to right [mol s⁻¹].</summary>
    public T Salt;

    /// <summary>Current in the electrolyte from left to right [A].</summary>
    public T IonicCurrent;

    /// <summary>Current in the solid from left to right [A].</summary>
    public T ElectronicCurrent;

    /// <summary>Heat conducted from left to right [W].</summary>
    public T Heat;

    /// <summary>Heat released in the left half of the face's path [W].</summary>
    public T DissipationLeft;

    /// <summary>Heat released in the right half [W].</summary>
    public T DissipationRight;
}

/// <summary>One face as a two-point law sees it: the cells and d/A [m⁻¹] from each centre to the face.</summary>
public readonly record struct FacePath(int Left, int Right, double LeftLength, double RightLength);

/// <summary>A two-point flux law: a struct, so that its loop is compiled for it alone.</summary>
public interface IFaceLaw
{
    /// <summary>Equations it contributes to.</summary>
    static abstract FieldSet Rows { get; }

    /// <summary>Unknowns it depends on.</summary>
    static abstract FieldSet Columns { get; }

    /// <summary>Sets the components of the flux that the law has; all others are zero and stay so, which spares clearing them for every face.
    /// Partials of the left cell go to the left group in the order of <see cref="Field"/>.</summary>
    void Flux<T>(in FacePath face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>;
}

/// <summary>Sums a flux law over its faces into residual and Jacobian: what leaves one cell enters the other, also across ranks.</summary>
/// <typeparam name="TLaw">The law.</typeparam>
public sealed class FaceTerm<TLaw>(TLaw law, FacePath[] faces, FieldLayout layout, string? dissipationName = null) : Term
    where TLaw : struct, IFaceLaw
{
    private const int Blocks = 4;
    private readonly Field[] _rows = [.. Enum.GetValues<Field>().Where(TLaw.Rows.Contains)];
    private readonly Field[] _columns = [.. Enum.GetValues<Field>().Where(TLaw.Columns.Contains)];
    private int[] _positions = [], _outflowRows = [];
    private int _dissipation;

    public ReadOnlySpan<FacePath> Faces => faces;

    public override void AddCouplings(PatternBuilder pattern)
    {
        foreach (FacePath face in faces)
        {
            pattern.Couple(face.Left, TLaw.Rows, face.Right, TLaw.Columns);
            pattern.Couple(face.Right, TLaw.Rows, face.Left, TLaw.Columns);
        }
    }

    public override void Bind(SparsePattern pattern)
    {
        _outflowRows = [.. from face in faces from row in _rows from cell in new[] { face.Left, face.Right } select RowOf(cell, row)];
        _positions = new int[faces.Length * _rows.Length * Blocks * _columns.Length];
        int at = 0;
        foreach (FacePath face in faces)
            foreach (Field row in _rows)
                foreach (Field column in _columns)
                    foreach ((int rowCell, int columnCell) in new[] { (face.Left, face.Left), (face.Left, face.Right), (face.Right, face.Left), (face.Right, face.Right) })
                        _positions[at++] = pattern.Position(rowCell, row, columnCell, column);
    }

    public override void AddTo(in Assembly assembly)
    {
        if (assembly.Diagonal.IsEmpty)
            Sum<Real>(assembly);
        else
            Sum<Dual>(assembly);
    }

    public override void RegisterQuantities(Balance balance)
    {
        if (dissipationName is not null)
            _dissipation = balance.Register(dissipationName, "W");
    }

    public override void Report(Balance balance)
    {
        if (dissipationName is null)
            return;
        double sum = 0;
        FaceFlux<Real> flux = default;
        foreach (ref readonly FacePath face in faces.AsSpan())
        {
            law.Flux(face, ref flux);
            sum += (face.Left < layout.OwnedCells ? flux.DissipationLeft.Number : 0) + (face.Right < layout.OwnedCells ? flux.DissipationRight.Number : 0);
        }
        balance.Add(_dissipation, sum);
    }

    /// <summary>Evaluates the law at one face at the present state.</summary>
    public FaceFlux<Real> FluxAt(int face)
    {
        FaceFlux<Real> flux = default;
        law.Flux(faces[face], ref flux);
        return flux;
    }

    public override void AddHeat(Span<double> perCell)
    {
        FaceFlux<Real> flux = default;
        foreach (ref readonly FacePath face in faces.AsSpan())
        {
            law.Flux(face, ref flux);
            if (face.Left < layout.OwnedCells)
                perCell[face.Left] += flux.DissipationLeft.Number;
            if (face.Right < layout.OwnedCells)
                perCell[face.Right] += flux.DissipationRight.Number;
        }
    }

    private void Sum<T>(in Assembly assembly) where T : unmanaged, IScalar<T>
    {
        ReadOnlySpan<int> outflowRows = _outflowRows, positions = _positions;
        int stride = Blocks * _columns.Length;
        FaceFlux<T> flux = default;
        for (int i = 0; i < faces.Length; i++)
        {
            law.Flux(faces[i], ref flux);
            foreach (Field row in _rows)
            {
                T left = row == Field.Temperature ? flux.Heat - flux.DissipationLeft : Flow(in flux, row);
                T right = row == Field.Temperature ? flux.Heat + flux.DissipationRight : left;
                Scatter(assembly, outflowRows, left, right, assembly.Scale[row], positions);
                outflowRows = outflowRows[2..];
                positions = positions[stride..];
            }
        }
    }

    /// <summary>Local row, or −1 where the row is another rank's or does not exist.</summary>
    private int RowOf(int cell, Field row) => cell < layout.OwnedCells && layout.Has(cell, row) ? layout.Row(cell, row) : -1;

    /// <summary>The flux of a conserved quantity: the first fields of <see cref="FaceFlux{T}"/> are in the order of <see cref="Field"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly T Flow<T>(in FaceFlux<T> flux, Field row) where T : unmanaged, IScalar<T> =>
        ref Unsafe.Add(ref Unsafe.AsRef(in flux.Salt), (int)row);

    /// <summary>What leaves the left cell's row and enters the right one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scatter<T>(in Assembly assembly, ReadOnlySpan<int> rows, in T outflow, in T inflow, double scale, ReadOnlySpan<int> positions) where T : unmanaged, IScalar<T>
    {
        if (rows[0] >= 0)
            assembly.Residual[rows[0]] += scale * outflow.Number;
        if (rows[1] >= 0)
            assembly.Residual[rows[1]] -= scale * inflow.Number;
        if (typeof(T) != typeof(Dual))
            return;
        ref readonly Dual leaving = ref Unsafe.As<T, Dual>(ref Unsafe.AsRef(in outflow)), entering = ref Unsafe.As<T, Dual>(ref Unsafe.AsRef(in inflow));
        Vector256<double> a = scale * leaving.LeftPartials, b = scale * leaving.RightPartials, c = -scale * entering.LeftPartials, d = -scale * entering.RightPartials;
        foreach (Field column in _columns)
        {
            assembly.AddJacobian(positions, Partial(in a, column), Partial(in b, column), Partial(in c, column), Partial(in d, column));
            positions = positions[Blocks..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Partial(in Vector256<double> partials, Field column) =>
        Unsafe.Add(ref Unsafe.As<Vector256<double>, double>(ref Unsafe.AsRef(in partials)), (int)column);
}
