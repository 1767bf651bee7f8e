using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>All faces on which the same laws apply.</summary>
public abstract class FaceTerm : CellTerm
{
    /// <summary>The faces, a part of the mesh's list; left cells ascend.</summary>
    public abstract ReadOnlySpan<Face> Faces { get; }

    /// <summary>What flows through one of its faces at the present state.</summary>
    public abstract FaceFlux<Real> FluxAt(int face);
}

/// <summary>Sums flux laws over their faces into residual and Jacobian: what leaves one cell enters the other, also across ranks.</summary>
/// <remarks>Entries of one row that belong to one cell follow each other, so a start per row and neighbour says where derivatives go.</remarks>
/// <param name="law">The law, or several joined.</param>
/// <param name="faces">Where it applies; left cells ascend.</param>
/// <param name="layout">Where unknowns live.</param>
/// <param name="groups">Cells whose heat is also reported by itself; null for none.</param>
/// <typeparam name="TLaw">The law, or several joined.</typeparam>
public sealed class FaceTerm<TLaw>(TLaw law, ReadOnlyMemory<Face> faces, FieldLayout layout, CellGroups? groups = null) : FaceTerm
    where TLaw : struct, IFaceLaw
{
    /// <summary>Unknowns that live in both cells of every face.</summary>
    private FieldSet _common;
    private int[] _ownStart = [];

    /// <summary>Per face, row and side: start of the entries of the cell opposite, counted from that of the row's own cell. Of a face that is taken as cut the first two hold where its starts lie
    /// in <see cref="_cutStarts"/>.</summary>
    private short[] _distances = [];

    /// <summary>Per row and side of faces that are taken as cut: start of the entries of the cell opposite.</summary>
    private int[] _cutStarts = [];

    /// <summary>Whether all faces are taken as cut, as some row is too long for a distance.</summary>
    private bool _isFar;

    private static readonly CellOf<Face> LeftOf = (in Face face) => face.Left;

    /// <summary>One beyond the last cells that were summed, and the first face beyond them.</summary>
    private (int Cell, int Face) _reached;

    public override ReadOnlySpan<Face> Faces => faces.Span;

    public override void AddCouplings(PatternBuilder pattern) => pattern.CoupleAcross(faces, TLaw.Rows, TLaw.ColumnsOf);

    /// <exception cref="InvalidOperationException">Left cells do not ascend, the faces do not all lie between cells of the same unknowns, or another term couples the
    /// same cells: laws on the same faces are to be joined.</exception>
    public override void Bind(SparsePattern pattern)
    {
        if (faces.Length == 0)
            return;
        ReadOnlySpan<Face> all = Faces;
        for (int i = 1; i < all.Length; i++)
            if (all[i].Left < all[i - 1].Left)
                throw new InvalidOperationException("The faces of a term are to be sorted by their left cells.");
        _ownStart = pattern.Starts.Own;
        _common = layout.Fields(all[0].Left).And(layout.Fields(all[0].Right));
        Field[] rows = Members(TLaw.Rows);
        Field[][] columns = [.. rows.Select(row => Members(TLaw.ColumnsOf(row)))];
        _isFar = !FindStarts(pattern, rows, columns, isFar: false) && FindStarts(pattern, rows, columns, isFar: true);
    }

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        // A sweep begins where its last piece has ended.
        int first = start == _reached.Cell ? _reached.Face : Faces.FirstFrom(start, LeftOf), last = Faces.FirstFrom(end, LeftOf);
        _reached = (end, last);
        Range range = first..last;
        if (assembly.Diagonal.IsEmpty)
            Sum<Real>(assembly, range);
        else
            Sum<Dual>(assembly, range);
    }

    public override IEnumerable<Parameter> Parameters => law.Parameters;

    public override void AddByParameters(in Assembly assembly) => Sum<Tangent>(assembly, Range.All);

    public override FaceFlux<Real> FluxAt(int face)
    {
        FaceFlux<Real> flux = default;
        law.Flux(Faces[face], ref flux);
        return flux;
    }

    public override void RegisterQuantities(Balance balance)
    {
        HeatRegistration registration = new(balance, groups);
        law.Show(ref registration);
    }

    public override void Report(Balance balance)
    {
        HeatReport report = new(balance, faces, layout.OwnedCells, groups);
        law.Show(ref report);
    }

    public override void AddHeat(Span<double> perCell)
    {
        foreach (ref readonly Face face in faces.Span)
        {
            FaceFlux<Real> flux = default;
            law.Flux(face, ref flux);
            if (face.Left < layout.OwnedCells)
                perCell[face.Left] += flux.DissipationLeft.Number;
            if (face.Right < layout.OwnedCells)
                perCell[face.Right] += flux.DissipationRight.Number;
        }
    }

    private void Sum<T>(in Assembly assembly, Range range) where T : unmanaged, IScalar<T>
    {
        FaceFlux<T> flux = default;
        int at = 2 * range.Start.Value * TLaw.Rows.And(_common).Count, owned = layout.OwnedCells;
        bool areFull = typeof(T) == typeof(Dual) && _common.HasFirstFour && !_isFar;
        foreach (ref readonly Face face in Faces[range])
        {
            law.Flux(face, ref flux);
            if (areFull && face.Left < owned && face.Right < owned)
                AddFull(assembly, face, Unsafe.As<FaceFlux<T>, FaceFlux<Dual>>(ref flux), ref at);
            else
                Add(assembly, face, flux, ref at);
        }
    }

    /// <summary>Adds what flows between two cells of this rank with all four unknowns: rows and own entries lie at known places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddFull(in Assembly assembly, in Face face, in FaceFlux<Dual> flux, ref int at)
    {
        ref int starts = ref MemoryMarshal.GetArrayDataReference(_ownStart);
        ref double residual = ref MemoryMarshal.GetReference(assembly.Residual);
        int left = layout.FirstRow(face.Left), right = layout.FirstRow(face.Right);
        ref short distances = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_distances), at);
        AddConserved(ref Unsafe.Add(ref residual, left), ref Unsafe.Add(ref residual, right), ref Unsafe.Add(ref starts, left), ref Unsafe.Add(ref starts, right), ref distances, assembly, flux);
        if (TLaw.Rows.Contains(Field.Temperature))
            AddHeat(ref Unsafe.Add(ref residual, left), ref Unsafe.Add(ref residual, right), ref Unsafe.Add(ref starts, left), ref Unsafe.Add(ref starts, right), ref distances, assembly, flux);
        at += 2 * TLaw.Rows.Count;
    }

    /// <summary>Salt and charge, which enter one cell as they leave the other. One method, so that numbers stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddConserved(ref double leftResidual, ref double rightResidual, ref int leftStarts, ref int rightStarts, ref short distances, in Assembly assembly, in FaceFlux<Dual> flux)
    {
        ref double values = ref MemoryMarshal.GetReference(assembly.Diagonal), scale = ref MemoryMarshal.GetArrayDataReference(assembly.Scale.Factors);
        if (TLaw.Rows.Contains(Field.Salt))
            AddFull<SaltRow>(ref leftResidual, ref rightResidual, ref leftStarts, ref rightStarts, ref distances, ref values, ref scale, flux.Salt);
        if (TLaw.Rows.Contains(Field.IonicPotential))
            AddFull<IonicRow>(ref leftResidual, ref rightResidual, ref leftStarts, ref rightStarts, ref distances, ref values, ref scale, flux.IonicCurrent);
        if (TLaw.Rows.Contains(Field.ElectronicPotential))
            AddFull<ElectronicRow>(ref leftResidual, ref rightResidual, ref leftStarts, ref rightStarts, ref distances, ref values, ref scale, flux.ElectronicCurrent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddHeat(ref double leftResidual, ref double rightResidual, ref int leftStarts, ref int rightStarts, ref short distances, in Assembly assembly, in FaceFlux<Dual> flux)
    {
        double factor = assembly.Scale[Field.Temperature];
        Vector256<double> factors = Vector256.Create(factor);
        AddFull<HeatRow>(ref leftResidual, ref rightResidual, ref leftStarts, ref rightStarts, ref distances, ref MemoryMarshal.GetReference(assembly.Diagonal),
            factor * (flux.Heat.Number - flux.DissipationLeft.Number), factor * (flux.Heat.Number + flux.DissipationRight.Number),
            factors * (flux.Heat.LeftPartials - flux.DissipationLeft.LeftPartials), factors * (flux.Heat.RightPartials - flux.DissipationLeft.RightPartials),
            factors * (flux.Heat.LeftPartials + flux.DissipationRight.LeftPartials), factors * (flux.Heat.RightPartials + flux.DissipationRight.RightPartials));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFull<TRow>(ref double leftResidual, ref double rightResidual, ref int leftStarts, ref int rightStarts, ref short distances, ref double values, ref double scale, in Dual flow)
        where TRow : struct, IRow
    {
        double factor = Unsafe.Add(ref scale, (int)TRow.Field), amount = factor * flow.Number;
        Vector256<double> factors = Vector256.Create(factor), byLeft = factors * flow.LeftPartials, byRight = factors * flow.RightPartials;
        AddFull<TRow>(ref leftResidual, ref rightResidual, ref leftStarts, ref rightStarts, ref distances, ref values, amount, amount, byLeft, byRight, byLeft, byRight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFull<TRow>(ref double leftResidual, ref double rightResidual, ref int leftStarts, ref int rightStarts, ref short distances, ref double values, double leaving, double entering,
        Vector256<double> leavingByLeft, Vector256<double> leavingByRight, Vector256<double> enteringByLeft, Vector256<double> enteringByRight)
        where TRow : struct, IRow
    {
        Unsafe.Add(ref leftResidual, (int)TRow.Field) += leaving;
        Unsafe.Add(ref rightResidual, (int)TRow.Field) -= entering;
        ref double leftOwn = ref Unsafe.Add(ref values, Unsafe.Add(ref leftStarts, (int)TRow.Field)), rightOwn = ref Unsafe.Add(ref values, Unsafe.Add(ref rightStarts, (int)TRow.Field));
        ref short distance = ref Unsafe.Add(ref distances, 2 * TLaw.Rows.Offset(TRow.Field));
        FieldSet columns = TLaw.ColumnsOf(TRow.Field);
        Add(ref leftOwn, leavingByLeft);
        AddOpposite(ref Unsafe.Add(ref leftOwn, distance), columns, withHeat: true, leavingByRight);
        Add(ref rightOwn, -enteringByRight);
        AddOpposite(ref Unsafe.Add(ref rightOwn, Unsafe.Add(ref distance, 1)), columns, withHeat: true, -enteringByLeft);
    }

    /// <summary>Adds what flows through any face.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Add<T>(in Assembly assembly, in Face face, in FaceFlux<T> flux, ref int at) where T : unmanaged, IScalar<T>
    {
        Side left = new(assembly, layout, _ownStart, face.Left), right = new(assembly, layout, _ownStart, face.Right);
        if (left.IsOwned && right.IsOwned && !_isFar)
            Add<T, Inside>(assembly, left, right, flux, ref at);
        else
            AddCut(assembly, left, right, flux, ref at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddCut<T>(in Assembly assembly, in Side left, in Side right, in FaceFlux<T> flux, ref int at) where T : unmanaged, IScalar<T>
    {
        int cut = CutAt(at);
        Add<T, Cut>(assembly, left, right, flux, ref cut);
        at += 2 * TLaw.Rows.And(_common).Count;
    }

    /// <summary>Two distances as one number.</summary>
    private ref int CutAt(int at) => ref Unsafe.As<short, int>(ref _distances[at]);

    /// <summary>Adds what leaves the left cell and enters the right one to all equations of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T, TPlace>(in Assembly assembly, in Side left, in Side right, in FaceFlux<T> flux, ref int at)
        where T : unmanaged, IScalar<T>
        where TPlace : struct, IPlace
    {
        if (HasRow(Field.Salt))
            Add<T, SaltRow, TPlace>(assembly, left, right, in flux.Salt, ref at);
        if (HasRow(Field.IonicPotential))
            Add<T, IonicRow, TPlace>(assembly, left, right, in flux.IonicCurrent, ref at);
        if (HasRow(Field.ElectronicPotential))
            Add<T, ElectronicRow, TPlace>(assembly, left, right, in flux.ElectronicCurrent, ref at);
        if (HasRow(Field.Temperature))
            Add<T, HeatRow, TPlace>(assembly, left, right, flux.Heat - flux.DissipationLeft, flux.Heat + flux.DissipationRight, ref at);
    }

    /// <summary>The first test is decided when the method is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasRow(Field row) => TLaw.Rows.Contains(row) && _common.Contains(row);

    /// <summary>Adds what leaves the left cell and enters the right one to one equation of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T, TRow, TPlace>(in Assembly assembly, in Side left, in Side right, in T flow, ref int at)
        where T : unmanaged, IScalar<T>
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        if (typeof(T) == typeof(Dual))
        {
            AddWithDerivatives<TRow, TPlace>(assembly, left, right, Unsafe.As<T, Dual>(ref Unsafe.AsRef(in flow)), at);
            at += 2;
        }
        else
        {
            double amount = assembly.Scale[TRow.Field] * Amount(flow);
            AddNumbers<TRow, TPlace>(left, right, amount, amount);
        }
    }

    /// <summary>The same where some of it comes or goes on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T, TRow, TPlace>(in Assembly assembly, in Side left, in Side right, in T leaving, in T entering, ref int at)
        where T : unmanaged, IScalar<T>
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        if (typeof(T) == typeof(Dual))
        {
            AddWithDerivatives<TRow, TPlace>(assembly, left, right, Unsafe.As<T, Dual>(ref Unsafe.AsRef(in leaving)), Unsafe.As<T, Dual>(ref Unsafe.AsRef(in entering)), at);
            at += 2;
        }
        else
        {
            AddNumbers<TRow, TPlace>(left, right, assembly.Scale[TRow.Field] * Amount(leaving), assembly.Scale[TRow.Field] * Amount(entering));
        }
    }

    /// <summary>What goes into the residual: the number, or its derivative along the change of parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Amount<T>(in T flow) where T : unmanaged, IScalar<T> =>
        typeof(T) == typeof(Tangent) ? Unsafe.As<T, Tangent>(ref Unsafe.AsRef(in flow)).Derivative : flow.Number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddNumbers<TRow, TPlace>(in Side left, in Side right, double leaving, double entering)
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        if (!TPlace.IsCut || left.IsOwned)
            Unsafe.Add(ref left.Residual, left.Fields.Offset(TRow.Field)) += leaving;
        if (!TPlace.IsCut || right.IsOwned)
            Unsafe.Add(ref right.Residual, right.Fields.Offset(TRow.Field)) -= entering;
    }

    /// <summary>Compiled for each equation by itself: all four in one method would be more than the compiler inlines.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddWithDerivatives<TRow, TPlace>(in Assembly assembly, in Side left, in Side right, in Dual flow, int at)
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        double scale = assembly.Scale[TRow.Field], amount = scale * flow.Number;
        AddNumbers<TRow, TPlace>(left, right, amount, amount);
        AddDerivatives<TRow, TPlace>(assembly, left, right, scale, flow.LeftPartials, flow.RightPartials, flow.LeftPartials, flow.RightPartials, at);
    }

    /// <inheritdoc cref="AddWithDerivatives{TRow, TPlace}(in Assembly, in Side, in Side, in Dual, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddWithDerivatives<TRow, TPlace>(in Assembly assembly, in Side left, in Side right, in Dual leaving, in Dual entering, int at)
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        double scale = assembly.Scale[TRow.Field];
        AddNumbers<TRow, TPlace>(left, right, scale * leaving.Number, scale * entering.Number);
        AddDerivatives<TRow, TPlace>(assembly, left, right, scale, leaving.LeftPartials, leaving.RightPartials, entering.LeftPartials, entering.RightPartials, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddDerivatives<TRow, TPlace>(in Assembly assembly, in Side left, in Side right, double scale, Vector256<double> leavingByLeft, Vector256<double> leavingByRight,
        Vector256<double> enteringByLeft, Vector256<double> enteringByRight, int at)
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        if (!TPlace.IsCut || left.IsOwned)
        {
            Vector256<double> factor = Vector256.Create(scale);
            AddOwn<TRow>(assembly, left, factor * leavingByLeft);
            AddOpposite(ref Opposite<TRow, TPlace>(assembly, left, at), TLaw.ColumnsOf(TRow.Field), _common.Contains(Field.Temperature), factor * leavingByRight);
        }
        if (!TPlace.IsCut || right.IsOwned)
        {
            Vector256<double> factor = Vector256.Create(-scale);
            AddOwn<TRow>(assembly, right, factor * enteringByRight);
            AddOpposite(ref Opposite<TRow, TPlace>(assembly, right, at + 1), TLaw.ColumnsOf(TRow.Field), _common.Contains(Field.Temperature), factor * enteringByLeft);
        }
    }

    /// <summary>The first entry of the cell opposite in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double Opposite<TRow, TPlace>(in Assembly assembly, in Side side, int at)
        where TRow : struct, IRow
        where TPlace : struct, IPlace
    {
        int start = TPlace.IsCut
            ? Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cutStarts), at)
            : Unsafe.Add(ref side.OwnStart, side.Fields.Offset(TRow.Field)) + Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_distances), at);
        return ref !TPlace.IsCut || start >= 0
            ? ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.Diagonal), start)
            : ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.OffDiagonal), ~start);
    }

    /// <summary>Derivatives by the unknowns of the row's own cell, each at its place among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddOwn<TRow>(in Assembly assembly, in Side side, Vector256<double> partials) where TRow : struct, IRow
    {
        ref double block = ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.Diagonal), Unsafe.Add(ref side.OwnStart, side.Fields.Offset(TRow.Field)));
        if (side.Fields.HasFirstFour)
            Add(ref block, partials);
        else
            AddInOrder(ref block, TLaw.ColumnsOf(TRow.Field), side.Fields, _common.Contains(Field.Temperature), partials);
    }

    /// <summary>Derivatives by the unknowns of the cell opposite: the entries are those of the law, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOpposite(ref double block, FieldSet columns, bool withHeat, Vector256<double> partials)
    {
        if (columns.HasFirstFour && withHeat)
            Add(ref block, partials);
        else
            AddInOrder(ref block, columns, columns, withHeat, partials);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double block, Vector256<double> partials) => (Vector256.LoadUnsafe(ref block) + partials).StoreUnsafe(ref block);

    /// <summary>Adds derivatives by some unknowns to entries in the order of these or more; T may be missing on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInOrder(ref double block, FieldSet columns, FieldSet order, bool withHeat, Vector256<double> partials)
    {
        if ((columns.Bits & 3) == 3)
            (Vector128.LoadUnsafe(ref block) + partials.GetLower()).StoreUnsafe(ref block);
        else if ((columns.Bits & 1) != 0)
            block += partials.GetElement(0);
        else if ((columns.Bits & 2) != 0)
            Unsafe.Add(ref block, order.Offset((Field)1)) += partials.GetElement(1);
        if ((columns.Bits & 4) != 0)
            Unsafe.Add(ref block, order.Offset((Field)2)) += partials.GetElement(2);
        if ((columns.Bits & 8) != 0 && withHeat)
            Unsafe.Add(ref block, order.Offset((Field)3)) += partials.GetElement(3);
    }

    /// <summary>Unknowns of a set that live on both sides.</summary>
    private Field[] Members(FieldSet set) => [.. Enum.GetValues<Field>().Where(set.And(_common).Contains)];

    /// <summary>Finds where derivatives by the cells opposite go.</summary>
    /// <returns>False where the entries of a row are too many for their distances.</returns>
    private bool FindStarts(SparsePattern pattern, Field[] rows, Field[][] columns, bool isFar)
    {
        ReadOnlySpan<Face> all = Faces;
        _distances = new short[all.Length * rows.Length * 2];
        List<int> cut = [];
        for (int face = 0, at = 0; face < all.Length; face++)
        {
            (int left, int right) = (all[face].Left, all[face].Right);
            bool isCut = isFar || left >= layout.OwnedCells || right >= layout.OwnedCells;
            if (isCut)
                CutAt(at) = cut.Count;
            for (int i = 0; i < rows.Length; i++)
                foreach ((int own, int other) in (ReadOnlySpan<(int, int)>)[(left, right), (right, left)])
                {
                    int start = OppositeStart(pattern, own, rows[i], other, columns[i]), distance = isCut ? 0 : start - _ownStart[layout.Row(own, rows[i])];
                    if (distance != (short)distance)
                        return false;
                    if (isCut)
                        cut.Add(start);
                    else
                        _distances[at + (2 * i) + (own == left ? 0 : 1)] = (short)distance;
                }
            at += 2 * rows.Length;
        }
        _cutStarts = [.. cut];
        return true;
    }

    /// <summary>Start of the entries of another cell in a row; the entries must be those of the law and no others.</summary>
    private int OppositeStart(SparsePattern pattern, int cell, Field row, int other, Field[] columns)
    {
        if (cell >= layout.OwnedCells)
            return 0;
        int start = pattern.Start(cell, row, other, columns);
        return start != SparsePattern.Absent
            ? start
            : throw new InvalidOperationException($"The entries of cell {other} in the row of {row} of cell {cell} are not those of {typeof(TLaw).Name} alone.");
    }

    /// <summary>An equation as a type, so that what depends on it is decided when a method is compiled.</summary>
    private interface IRow
    {
        static abstract Field Field { get; }
    }

    private readonly struct SaltRow : IRow
    {
        public static Field Field => Field.Salt;
    }

    private readonly struct IonicRow : IRow
    {
        public static Field Field => Field.IonicPotential;
    }

    private readonly struct ElectronicRow : IRow
    {
        public static Field Field => Field.ElectronicPotential;
    }

    private readonly struct HeatRow : IRow
    {
        public static Field Field => Field.Temperature;
    }

    /// <summary>Where a face lies, as a type.</summary>
    private interface IPlace
    {
        /// <summary>Whether one of the cells, and with it its rows, belongs to another rank.</summary>
        static abstract bool IsCut { get; }
    }

    private readonly struct Inside : IPlace
    {
        public static bool IsCut => false;
    }

    private readonly struct Cut : IPlace
    {
        public static bool IsCut => true;
    }

    /// <summary>One of the two cells of a face.</summary>
    private readonly ref struct Side
    {
        public readonly FieldSet Fields;
        public readonly bool IsOwned;

        /// <summary>Residual of the first row, and start of its own entries; the other rows follow.</summary>
        public readonly ref double Residual;
        public readonly ref int OwnStart;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Side(in Assembly assembly, FieldLayout layout, int[] ownStart, int cell)
        {
            Fields = layout.Fields(cell);
            IsOwned = cell < layout.OwnedCells;
            int row = IsOwned ? layout.FirstRow(cell) : 0;
            Residual = ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.Residual), row);
            OwnStart = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ownStart), row);
        }
    }

    private readonly struct HeatRegistration(Balance balance, CellGroups? groups) : IFaceLawVisitor
    {
        public void Visit<TSingle>(in TSingle law) where TSingle : struct, IFaceLaw
        {
            if (TSingle.HeatName is not { } name)
                return;
            balance.Register(name, "W", Balance.Losses);
            foreach (string group in groups?.Names ?? [])
            {
                balance.Register(CellGroups.PartOf(name, group), "W");
                if (law is IDiffusionPotential)
                    balance.Register(CellGroups.PartOf(IDiffusionPotential.HeatName, group), "W");
            }
        }
    }

    /// <summary>Sums the heat that each law releases in owned cells.</summary>
    private readonly struct HeatReport(Balance balance, ReadOnlyMemory<Face> faces, int ownedCells, CellGroups? groups) : IFaceLawVisitor
    {
        public void Visit<TSingle>(in TSingle law) where TSingle : struct, IFaceLaw
        {
            if (TSingle.HeatName is not { } name)
                return;
            int count = groups?.Names.Count ?? 1;
            Span<double> heat = stackalloc double[count], ofDiffusion = stackalloc double[count];
            IDiffusionPotential? diffusion = groups is null ? null : law as IDiffusionPotential;
            foreach (ref readonly Face face in faces.Span)
            {
                FaceFlux<Real> flux = default;
                law.Flux(face, ref flux);
                (double left, double right) = diffusion?.DiffusionHeat(face, flux) ?? (0, 0);
                Add(face.Left, flux.DissipationLeft.Number, left, heat, ofDiffusion);
                Add(face.Right, flux.DissipationRight.Number, right, heat, ofDiffusion);
            }
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += heat[i];
                if (groups is null)
                    continue;
                balance.Add(balance.Slot(CellGroups.PartOf(name, groups.Names[i])), heat[i]);
                if (diffusion is not null)
                    balance.Add(balance.Slot(CellGroups.PartOf(IDiffusionPotential.HeatName, groups.Names[i])), ofDiffusion[i]);
            }
            balance.Add(balance.Slot(name), sum);
        }

        private void Add(int cell, double heat, double ofDiffusion, Span<double> heats, Span<double> diffusions)
        {
            if (cell >= ownedCells)
                return;
            int group = groups?.Of[cell] ?? 0;
            heats[group] += heat;
            diffusions[group] += ofDiffusion;
        }
    }
}
