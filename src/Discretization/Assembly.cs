using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cell3D.Discretization;

/// <summary>Where terms add their contributions: the residual of the owned rows and, when asked, the Jacobian values in place.</summary>
/// <remarks>Rows are scaled by one factor per equation.</remarks>
/// <param name="residual">Owned rows.</param>
/// <param name="diagonal">Values of the diagonal block, or none.</param>
/// <param name="offDiagonal">Values of the off-diagonal block.</param>
/// <param name="scale">Of the rows.</param>
/// <param name="eliminates">Whether local systems are eliminated although the Jacobian stays as it is.</param>
/// <param name="keepsElimination">Whether they are then eliminated with the derivatives that the Jacobian was made of.</param>
public readonly ref struct Assembly(Span<double> residual, Span<double> diagonal, Span<double> offDiagonal, RowScale scale, bool eliminates = false, bool keepsElimination = false)
{
    /// <summary>One entry per owned row, in scaled units.</summary>
    public readonly Span<double> Residual = residual;

    /// <summary>Values of the diagonal block in pattern order; empty when only the residual is wanted.</summary>
    public readonly Span<double> Diagonal = diagonal;

    /// <summary>Values of the off-diagonal block in pattern order.</summary>
    public readonly Span<double> OffDiagonal = offDiagonal;

    public readonly RowScale Scale = scale;

    /// <summary>Whether local systems are linearised and eliminated: the residual is then that of the condensed system, S − S_y g_y⁻¹ g; else it is S alone.</summary>
    public readonly bool Eliminates = eliminates || !diagonal.IsEmpty;

    /// <summary>Whether the derivatives of local systems are kept from the last elimination as those of the Jacobian are: what is linear in all unknowns, such as lithium, is then
    /// conserved by every iteration as by one with a new Jacobian.</summary>
    public readonly bool KeepsElimination = keepsElimination;

    /// <summary>Adds to the Jacobian at a position of <see cref="SparsePattern.Position(int, Field, int, Field)"/>; absent positions are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddJacobian(int position, double value)
    {
        if (position >= 0)
            Unsafe.Add(ref MemoryMarshal.GetReference(Diagonal), position) += value;
        else if (position != SparsePattern.Absent)
            Unsafe.Add(ref MemoryMarshal.GetReference(OffDiagonal), ~position) += value;
    }
}

/// <summary>One factor per equation, so that all rows are measured in amperes.</summary>
/// <param name="Factors">By number of the unknown.</param>
public readonly record struct RowScale(double[] Factors)
{
    public double this[Field row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Factors), (int)row);
    }
}
