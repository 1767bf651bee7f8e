namespace Cell3D.Discretization;

/// <summary>Systems that live inside one control volume each – particles with their surface reaction, films, double layers – alike in all their cells.</summary>
/// <remarks>Given the macroscopic state p = (c, φ_e, φ_s, T) and the time coefficients they hold their own unknowns y. At every Newton iteration
/// they linearise, are condensed (δy eliminated exactly, so the whole stays the monolithic Newton) and, after the linear solve, back-substituted.</remarks>
public abstract class LocalSystems : CellTerm
{
    /// <summary>The control volumes, one system each, ascending.</summary>
    public abstract ReadOnlySpan<int> Cells { get; }

    /// <summary>Largest fraction λ ≤ 1 of the increments that keeps the local unknowns admissible.</summary>
    /// <param name="increments">Macroscopic increments in row order.</param>
    /// <param name="reason">What limits it, when λ &lt; 1.</param>
    public abstract double AdmissibleFraction(ReadOnlySpan<double> increments, out StepObstacle? reason);

    /// <summary>y ← y + λ (δy₀ + ∂y/∂p · δp).</summary>
    public abstract void BackSubstitute(ReadOnlySpan<double> increments, double fraction);

    /// <summary>Largest local residual, in volts: what condensation leaves unsolved by non-linearity.</summary>
    public abstract double ResidualNorm { get; }
}

/// <summary>Where and why a step is in trouble, in words of the field.</summary>
/// <param name="Field">What misbehaves, e.g. "salt concentration".</param>
/// <param name="Cell">Local cell.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit.</param>
public sealed record StepObstacle(string Field, int Cell, double Value, string Unit);
