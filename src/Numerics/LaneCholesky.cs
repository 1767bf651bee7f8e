using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>A = L Lᵀ of four symmetric positive definite matrices at once, an entry of each side by side; in place and without allocation.</summary>
/// <remarks>
/// Lower triangles row by row: entry (i, j) has the place i (i + 1)/2 + j. Rows behind the matrix are right-hand sides bᵀ, which become (L⁻¹ b)ᵀ on the way. Of the diagonal 1/L_ii is kept.
/// A matrix that is not positive definite gets no numbers; the others do not notice.
/// </remarks>
public static class LaneCholesky
{
    /// <summary>Matrices side by side.</summary>
    public const int Lanes = 4;

    /// <summary>Of an entry of all [byte].</summary>
    private const nint Size = Lanes * sizeof(double);

    /// <summary>Where a row begins; of n rows, how many entries they have.</summary>
    public static int Row(int row) => row * (row + 1) / 2;

    /// <summary>Factors matrices of n rows.</summary>
    /// <param name="a">Their rows, then right-hand sides.</param>
    /// <param name="n">Rows of a matrix.</param>
    /// <param name="rows">Rows in all.</param>
    public static void Factor(Span<Vector256<double>> a, int n, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, Row(rows));
        ref Vector256<double> start = ref MemoryMarshal.GetReference(a);
        for (int j = 0; j < n; j++)
        {
            ref Vector256<double> pivots = ref Unsafe.Add(ref start, Row(j));
            Vector256<double> inverse = Vector256<double>.One / Vector256.Sqrt(Unsafe.Add(ref pivots, j) - Product(ref pivots, ref pivots, j));
            Unsafe.Add(ref pivots, j) = inverse;
            int i = j + 1;
            for (; i + 3 < rows; i += 4)
            {
                // Four rows at a time: sums that do not wait for each other.
                ref Vector256<double> first = ref Unsafe.Add(ref start, Row(i)), second = ref Unsafe.Add(ref first, i + 1), third = ref Unsafe.Add(ref second, i + 2), fourth = ref Unsafe.Add(ref third, i + 3);
                Vector256<double> one = default, two = default, three = default, four = default;
                for (nint at = 0, end = j * Size; at < end; at += Size)
                {
                    Vector256<double> pivot = Unsafe.AddByteOffset(ref pivots, at);
                    one = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref first, at), pivot, one);
                    two = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref second, at), pivot, two);
                    three = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref third, at), pivot, three);
                    four = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref fourth, at), pivot, four);
                }
                Unsafe.Add(ref first, j) = (Unsafe.Add(ref first, j) - one) * inverse;
                Unsafe.Add(ref second, j) = (Unsafe.Add(ref second, j) - two) * inverse;
                Unsafe.Add(ref third, j) = (Unsafe.Add(ref third, j) - three) * inverse;
                Unsafe.Add(ref fourth, j) = (Unsafe.Add(ref fourth, j) - four) * inverse;
            }
            for (; i < rows; i++)
            {
                ref Vector256<double> row = ref Unsafe.Add(ref start, Row(i));
                Unsafe.Add(ref row, j) = (Unsafe.Add(ref row, j) - Product(ref row, ref pivots, j)) * inverse;
            }
        }
    }

    /// <summary>Solves Lᵀ x = b in place for some right-hand sides, one behind the other.</summary>
    /// <param name="factors">Of matrices with n rows.</param>
    /// <param name="n">Rows of a matrix.</param>
    /// <param name="b">Right-hand sides of n entries each.</param>
    public static void SolveUpper(ReadOnlySpan<Vector256<double>> factors, int n, Span<Vector256<double>> b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<Vector256<double>> row = factors.Slice(Row(i), i + 1);
            ref Vector256<double> entries = ref MemoryMarshal.GetReference(row);
            for (int first = 0; first < b.Length; first += n)
            {
                Span<Vector256<double>> side = b.Slice(first, i + 1);
                ref Vector256<double> known = ref MemoryMarshal.GetReference(side);
                Vector256<double> minus = -(side[i] *= row[i]);
                for (nint at = 0, end = i * Size; at < end; at += Size)
                    Unsafe.AddByteOffset(ref known, at) = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref entries, at), minus, Unsafe.AddByteOffset(ref known, at));
            }
        }
    }

    private static Vector256<double> Product(ref Vector256<double> one, ref Vector256<double> other, int count)
    {
        Vector256<double> sum = default;
        for (nint at = 0, end = count * Size; at < end; at += Size)
            sum = Vector256.FusedMultiplyAdd(Unsafe.AddByteOffset(ref one, at), Unsafe.AddByteOffset(ref other, at), sum);
        return sum;
    }
}
