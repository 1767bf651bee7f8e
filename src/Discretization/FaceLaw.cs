using System.Runtime.CompilerServices;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>What laws say flows through a face. Heat leaves the two cells unequally when the face dissipates.</summary>
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

    /// <summary>Heat that the current in the electrolyte releases in the left half of the face's path [W].</summary>
    public T IonicHeatLeft;

    /// <summary>The same in the right half.</summary>
    public T IonicHeatRight;

    /// <summary>Heat that the current in the solid releases in the left half [W].</summary>
    public T ElectronicHeatLeft;

    /// <summary>The same in the right half.</summary>
    public T ElectronicHeatRight;

    /// <summary>All heat released in the left half [W].</summary>
    public readonly T DissipationLeft
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IonicHeatLeft + ElectronicHeatLeft;
    }

    /// <summary>All heat released in the right half.</summary>
    public readonly T DissipationRight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IonicHeatRight + ElectronicHeatRight;
    }
}

/// <summary>A two-point flux law: a struct, so that its loop is compiled for it alone.</summary>
public interface IFaceLaw
{
    /// <summary>Equations it contributes to.</summary>
    static abstract FieldSet Rows { get; }

    /// <summary>Unknowns of either cell that its contribution to an equation depends on.</summary>
    static abstract FieldSet ColumnsOf(Field row);

    /// <summary>Name of the heat it releases in the balances; null for none.</summary>
    static abstract string? HeatName { get; }

    /// <summary>Sets the flows it describes and the heat that its current releases; what it does not describe it leaves as it is.
    /// Partials of the left cell go to the left group in the order of <see cref="Field"/>.</summary>
    void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>;

    /// <inheritdoc cref="Term.Parameters"/>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>Shows itself, or the laws it is joined from.</summary>
    void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor;
}

/// <summary>Looks at single laws.</summary>
public interface IFaceLawVisitor
{
    void Visit<TLaw>(in TLaw law) where TLaw : struct, IFaceLaw;
}

/// <summary>Two laws on the same faces, their flows side by side.</summary>
/// <remarks>Not read-only: of a read-only field whose type is a parameter, every call would copy the law.</remarks>
public struct Joined<TFirst, TSecond>(TFirst first, TSecond second) : IFaceLaw
    where TFirst : struct, IFaceLaw
    where TSecond : struct, IFaceLaw
{
    private TFirst _first = first;
    private TSecond _second = second;

    public static FieldSet Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((byte)(TFirst.Rows.Bits | TSecond.Rows.Bits));
    }

    public static string? HeatName => null;

    public readonly IEnumerable<Parameter> Parameters => _first.Parameters.Concat(_second.Parameters);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSet ColumnsOf(Field row) => new((byte)(TFirst.ColumnsOf(row).Bits | TSecond.ColumnsOf(row).Bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        _first.Flux(face, ref flux);
        _second.Flux(face, ref flux);
    }

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor
    {
        _first.Show(ref visitor);
        _second.Show(ref visitor);
    }
}
