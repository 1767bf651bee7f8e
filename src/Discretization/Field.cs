using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cell3D.Discretization;

/// <summary>Number of a macroscopic unknown; the order is the order of unknowns inside a cell. Those that laws read have names here; any other is
/// declared in an <see cref="UnknownTable"/> with the next number.</summary>
public enum Field
{
    /// <summary>c, salt concentration in the electrolyte [mol m⁻³].</summary>
    Salt,

    /// <summary>φ_e, potential of the electrolyte against a lithium reference electrode [V].</summary>
    IonicPotential,

    /// <summary>φ_s, potential of the electron conductor [V].</summary>
    ElectronicPotential,

    /// <summary>T, temperature [K].</summary>
    Temperature,
}

/// <summary>Which unknowns live in a control volume: one bit per <see cref="Field"/>, at most eight.</summary>
public readonly record struct FieldSet(byte Bits)
{
    /// <summary>Bits of the well-known unknowns: sets made of constants are constants to the compiler too, inside the loops over faces.</summary>
    public const byte Salt = 1 << (int)Field.Salt, IonicPotential = 1 << (int)Field.IonicPotential, ElectronicPotential = 1 << (int)Field.ElectronicPotential, Temperature = 1 << (int)Field.Temperature;

    /// <summary>Most unknowns of a cell.</summary>
    public const int Most = 8;

    public static FieldSet None => new((byte)0);

    /// <summary>Whether c, φ_e, φ_s and T, everything that flows between cells, are among them: they then come first, one behind the other.</summary>
    public bool HasFirstFour => (Bits & 15) == 15;

    public FieldSet(params ReadOnlySpan<Field> fields) : this(Mask(fields)) { }

    /// <summary>The unknowns, in their order.</summary>
    public ReadOnlySpan<Field> Members => AllMembers[Bits];

    /// <summary>How many unknowns there are.</summary>
    public int Count => BitOperations.PopCount(Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(Field field) => (Bits & (1 << (int)field)) != 0;

    /// <summary>Place of an unknown inside its cell: the number of unknowns before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Offset(Field field) => BitOperations.PopCount((uint)(Bits & ((1 << (int)field) - 1)));

    public FieldSet With(Field field) => new((byte)(Bits | (1 << (int)field)));

    public FieldSet With(FieldSet others) => new((byte)(Bits | others.Bits));

    public FieldSet And(FieldSet others) => new((byte)(Bits & others.Bits));

    public FieldSet Without(Field field) => new((byte)(Bits & ~(1 << (int)field)));

    /// <summary>The unknowns of every set.</summary>
    private static Field[][] AllMembers { get; } = [.. Enumerable.Range(0, 1 << Most).Select(bits => Enumerable.Range(0, Most).Where(i => (bits & (1 << i)) != 0).Select(i => (Field)i).ToArray())];

    private static byte Mask(ReadOnlySpan<Field> fields)
    {
        int bits = 0;
        foreach (Field field in fields)
            bits |= 1 << (int)field;
        return (byte)bits;
    }
}
