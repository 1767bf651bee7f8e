using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>All faces on which the same laws apply.</summary>
public abstract class FaceTerm : Term
{
    public abstract ReadOnlySpan<FacePath> Faces { get; }

    /// <summary>What flows through one of its faces at the present state.</summary>
    public abstract FaceFlux<Real> FluxAt(int face);
}

/// <summary>Sums flux laws over their faces into residual and Jacobian: what leaves one cell enters the other, also across ranks.</summary>
/// <remarks>Entries of one row that belong to one cell follow each other, so a start per row and neighbour says where derivatives go.</remarks>
/// <typeparam name="TLaw">The law, or several joined.</typeparam>
public sealed class FaceTerm<TLaw>(TLaw law, FacePath[] faces, FieldLayout layout) : FaceTerm
    where TLaw : struct, IFaceLaw
{
    private Row[] _rows = [];
    private int[] _ownStart = [];

    /// <summary>Per face, row and side: start of the entries of the cell opposite.</summary>
    private int[] _oppositeStart = [];

    public override ReadOnlySpan<FacePath> Faces => faces;

    public override void AddCouplings(PatternBuilder pattern)
    {
        foreach (Field row in Enum.GetValues<Field>().Where(TLaw.Rows.Contains))
        {
            FieldSet columns = TLaw.ColumnsOf(row);
            foreach (ref readonly FacePath face in faces.AsSpan())
            {
                pattern.Couple(face.Left, new(row), face.Right, columns);
                pattern.Couple(face.Right, new(row), face.Left, columns);
            }
        }
    }

    /// <exception cref="InvalidOperationException">The faces do not all lie between cells of the same unknowns, or another term couples the
    /// same cells: laws on the same faces are to be joined.</exception>
    public override void Bind(SparsePattern pattern)
    {
        if (faces.Length == 0)
            return;
        _ownStart = pattern.Starts.Own;
        FieldSet common = layout.Fields(faces[0].Left).And(layout.Fields(faces[0].Right));
        _rows = [.. Enum.GetValues<Field>().Where(TLaw.Rows.And(common).Contains).Select(field => new Row(field, TLaw.ColumnsOf(field).And(common)))];
        _oppositeStart = new int[faces.Length * _rows.Length * 2];
        int at = 0;
        foreach (ref readonly FacePath face in faces.AsSpan())
            foreach (Row row in _rows)
            {
                _oppositeStart[at++] = OppositeStart(pattern, face.Left, row, face.Right);
                _oppositeStart[at++] = OppositeStart(pattern, face.Right, row, face.Left);
            }
    }

    public override void AddTo(in Assembly assembly)
    {
        if (assembly.Diagonal.IsEmpty)
            Sum<Real>(assembly);
        else
            Sum<Dual>(assembly);
    }

    public override FaceFlux<Real> FluxAt(int face)
    {
        FaceFlux<Real> flux = default;
        law.Flux(faces[face], ref flux);
        return flux;
    }

    public override void RegisterQuantities(Balance balance)
    {
        HeatRegistration registration = new(balance);
        law.Show(ref registration);
    }

    public override void Report(Balance balance)
    {
        HeatReport report = new(balance, faces, layout.OwnedCells);
        law.Show(ref report);
    }

    public override void AddHeat(Span<double> perCell)
    {
        foreach (ref readonly FacePath face in faces.AsSpan())
        {
            FaceFlux<Real> flux = default;
            law.Flux(face, ref flux);
            if (face.Left < layout.OwnedCells)
                perCell[face.Left] += flux.DissipationLeft.Number;
            if (face.Right < layout.OwnedCells)
                perCell[face.Right] += flux.DissipationRight.Number;
        }
    }

    private void Sum<T>(in Assembly assembly) where T : unmanaged, IScalar<T>
    {
        ReadOnlySpan<Row> rows = _rows;
        ref int opposite = ref MemoryMarshal.GetArrayDataReference(_oppositeStart);
        FaceFlux<T> flux = default;
        foreach (ref readonly FacePath face in faces.AsSpan())
        {
            if (TLaw.Rows.Contains(Field.Temperature))
                flux.DissipationLeft = flux.DissipationRight = T.Constant(0);
            law.Flux(face, ref flux);
            Side left = new(layout, face.Left), right = new(layout, face.Right);
            foreach (ref readonly Row row in rows)
            {
                T leaving = row.Field == Field.Temperature ? flux.Heat - flux.DissipationLeft : Flow(in flux, row.Field);
                T entering = row.Field == Field.Temperature ? flux.Heat + flux.DissipationRight : leaving;
                double scale = assembly.Scale[row.Field];
                if (left.IsOwned)
                    Add(assembly, row, left, scale, leaving, opposite, leftIsOwn: true);
                opposite = ref Unsafe.Add(ref opposite, 1);
                if (right.IsOwned)
                    Add(assembly, row, right, -scale, entering, opposite, leftIsOwn: false);
                opposite = ref Unsafe.Add(ref opposite, 1);
            }
        }
    }

    /// <summary>Adds a flow to the row of one cell and its derivatives to the entries of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T>(in Assembly assembly, in Row row, in Side side, double scale, in T flow, int opposite, bool leftIsOwn) where T : unmanaged, IScalar<T>
    {
        int local = side.FirstRow + side.Fields.Offset(row.Field);
        assembly.Residual[local] += scale * flow.Number;
        if (typeof(T) != typeof(Dual))
            return;
        ref readonly Dual dual = ref Unsafe.As<T, Dual>(ref Unsafe.AsRef(in flow));
        Vector256<double> own = scale * (leftIsOwn ? dual.LeftPartials : dual.RightPartials), other = scale * (leftIsOwn ? dual.RightPartials : dual.LeftPartials);
        ref double values = ref MemoryMarshal.GetReference(assembly.Diagonal);
        ref double block = ref Unsafe.Add(ref values, _ownStart[local]);
        if (side.Fields == FieldSet.FirstFour)
            (Vector256.LoadUnsafe(ref block) + own).StoreUnsafe(ref block);
        else
            for (int k = 0; k < row.ColumnCount; k++)
                Unsafe.Add(ref block, side.Fields.Offset(row.Column(k))) += Partial(in own, row.Column(k));
        ref double beyond = ref opposite >= 0 ? ref Unsafe.Add(ref values, opposite) : ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.OffDiagonal), ~opposite);
        for (int k = 0; k < row.ColumnCount; k++)
            Unsafe.Add(ref beyond, k) += Partial(in other, row.Column(k));
    }

    /// <summary>Start of the entries of another cell in a row; the entries must be those of the law and no others.</summary>
    private int OppositeStart(SparsePattern pattern, int cell, Row row, int other)
    {
        if (cell >= layout.OwnedCells)
            return SparsePattern.Absent;
        int start = pattern.Position(cell, row.Field, other, row.Column(0));
        for (int k = 0; k < row.ColumnCount; k++)
        {
            int position = pattern.Position(cell, row.Field, other, row.Column(k));
            if (position != (start >= 0 ? start + k : start - k))
                throw new InvalidOperationException($"The entries of cell {other} in the row of {row.Field} of cell {cell} are not those of {typeof(TLaw).Name} alone.");
        }
        return start;
    }

    /// <summary>The flux of a conserved quantity: the first fields of <see cref="FaceFlux{T}"/> are in the order of <see cref="Field"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly T Flow<T>(in FaceFlux<T> flux, Field row) where T : unmanaged, IScalar<T> =>
        ref Unsafe.Add(ref Unsafe.AsRef(in flux.Salt), (int)row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Partial(in Vector256<double> partials, Field column) =>
        Unsafe.Add(ref Unsafe.As<Vector256<double>, double>(ref Unsafe.AsRef(in partials)), (int)column);

    /// <summary>An equation and the unknowns of one cell that it depends on, four bits each.</summary>
    private readonly struct Row(Field field, FieldSet columns)
    {
        private readonly int _columns = Enum.GetValues<Field>().Where(columns.Contains).Select((column, k) => (int)column << (4 * k)).Sum();

        public readonly Field Field = field;
        public readonly int ColumnCount = columns.Count;

        public Field Column(int k) => (Field)(_columns >> (4 * k) & 15);
    }

    /// <summary>One of the two cells of a face.</summary>
    private readonly ref struct Side(FieldLayout layout, int cell)
    {
        public readonly bool IsOwned = cell < layout.OwnedCells;
        public readonly FieldSet Fields = layout.Fields(cell);
        public readonly int FirstRow = cell < layout.OwnedCells ? layout.FirstRow(cell) : 0;
    }

    private readonly struct HeatRegistration(Balance balance) : IFaceLawVisitor
    {
        public void Visit<TSingle>(in TSingle law) where TSingle : struct, IFaceLaw
        {
            if (TSingle.HeatName is { } name)
                balance.Register(name, "W");
        }
    }

    /// <summary>Sums the heat that each law releases in owned cells.</summary>
    private readonly struct HeatReport(Balance balance, FacePath[] faces, int ownedCells) : IFaceLawVisitor
    {
        public void Visit<TSingle>(in TSingle law) where TSingle : struct, IFaceLaw
        {
            if (TSingle.HeatName is not { } name)
                return;
            double sum = 0;
            foreach (ref readonly FacePath face in faces.AsSpan())
            {
                FaceFlux<Real> flux = default;
                law.Flux(face, ref flux);
                sum += (face.Left < ownedCells ? flux.DissipationLeft.Number : 0) + (face.Right < ownedCells ? flux.DissipationRight.Number : 0);
            }
            balance.Add(balance.Slot(name), sum);
        }
    }
}
