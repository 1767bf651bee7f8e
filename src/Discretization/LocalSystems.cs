using System.Numerics;

namespace Cell3D.Discretization;

/// <summary>Systems that live inside one control volume each – particles with their surface reaction, films, double layers – alike in all their cells.</summary>
/// <remarks>Given the macroscopic state p = (c, φ_e, φ_s, T) and the time coefficients they hold their own unknowns y. At every Newton iteration
/// they linearise, are condensed (δy eliminated exactly, so the whole stays the monolithic Newton) and, after the linear solve, back-substituted.</remarks>
public abstract class LocalSystems : CellTerm
{
    public override Evolution Evolves => Evolution.Particles;

    /// <summary>Whether own unknowns keep their values in the step that has begun, and their equations are left aside.</summary>
    public bool IsHeld { get; internal set; }

    /// <summary>The control volumes, one system each, ascending.</summary>
    public abstract ReadOnlySpan<int> Cells { get; }

    /// <summary>Largest fraction λ ≤ 1 of the increments that keeps the local unknowns admissible.</summary>
    /// <param name="increments">Macroscopic increments in row order.</param>
    /// <param name="reason">What limits it, when λ &lt; 1.</param>
    public abstract double AdmissibleFraction(ReadOnlySpan<double> increments, out StepObstacle? reason);

    /// <summary>y ← y + λ (δy₀ + ∂y/∂p · δp).</summary>
    public abstract void BackSubstitute(ReadOnlySpan<double> increments, double fraction);

    /// <summary>Own unknowns of one system that are eliminated.</summary>
    public abstract int Eliminated { get; }

    /// <summary>Whether systems can be eliminated with the derivatives of the last elimination, <see cref="Assembly.KeepsElimination"/>.</summary>
    public virtual bool CanKeepElimination => false;

    /// <summary>From now on those are kept, where they can be.</summary>
    public virtual void KeepElimination()
    {
    }

    /// <summary>Evaluates one system with its partials at the present state, for the step that has begun.</summary>
    /// <returns>Where the system stands until the next one is evaluated.</returns>
    public abstract LocalBlock Linearised(int system);

    /// <summary>Evaluates one system with its complex partials for small changes ∝ exp(αt) of the accepted state.</summary>
    /// <inheritdoc cref="Linearised"/>
    public abstract LocalBlock LinearisedSmallSignal(int system, Complex alpha);

    /// <summary>First half of the transposed elimination (equation 8.6), Jᵀ(λ, μ) = (r_p, r_y): r_p ← r_p − g_pᵀ g_y⁻ᵀ r_y, for the Jacobian as last
    /// assembled.</summary>
    /// <param name="own">r_y, <see cref="Eliminated"/> per system.</param>
    /// <param name="rightSide">r_p of the owned rows.</param>
    public abstract void EliminateTransposed(ReadOnlySpan<double> own, Span<double> rightSide);

    /// <summary>Second half: μ = g_y⁻ᵀ (r_y − R_yᵀ λ), R the macroscopic equations, at the state that the Jacobian was assembled in.</summary>
    /// <param name="adjoint">λ of every row by its unknown and local cell, ghosts included.</param>
    /// <param name="scale">Of the rows.</param>
    /// <param name="own">r_y on entry, μ on return.</param>
    public abstract void BackSubstituteTransposed(CellFields adjoint, RowScale scale, Span<double> own);

    /// <summary>Largest local residual, in volts: what condensation leaves unsolved by non-linearity.</summary>
    public abstract double ResidualNorm { get; }
}

/// <summary>Where and why a step is in trouble, in words of the field.</summary>
/// <param name="Field">What misbehaves, e.g. "salt concentration".</param>
/// <param name="Cell">Local cell.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit.</param>
public sealed record StepObstacle(string Field, int Cell, double Value, string Unit);
