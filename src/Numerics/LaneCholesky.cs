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
                for (int k = 0; k < j; k++)
                {
                    Vector256<double> pivot = Unsafe.Add(ref pivots, k);
                    one = Vector256.FusedMultiplyAdd(Unsafe.Add(ref first, k), pivot, one);
                    two = Vector256.FusedMultiplyAdd(Unsafe.Add(ref second, k), pivot, two);
                    three = Vector256.FusedMultiplyAdd(Unsafe.Add(ref third, k), pivot, three);
                    four = Vector256.FusedMultiplyAdd(Unsafe.Add(ref fourth, k), pivot, four);
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
            for (int first = 0; first < b.Length; first += n)
            {
                Span<Vector256<double>> side = b.Slice(first, i + 1);
                Vector256<double> minus = -(side[i] *= row[i]);
                for (int k = 0; k < i; k++)
                    side[k] = Vector256.FusedMultiplyAdd(row[k], minus, side[k]);
            }
        }
    }

    private static Vector256<double> Product(ref Vector256<double> one, ref Vector256<double> other, int count)
    {
        Vector256<double> sum = default;
        for (int k = 0; k < count; k++)
            sum = Vector256.FusedMultiplyAdd(Unsafe.Add(ref one, k), Unsafe.Add(ref other, k), sum);
        return sum;
    }
}
