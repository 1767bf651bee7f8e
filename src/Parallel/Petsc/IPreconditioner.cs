namespace Cell3D.Parallel.Petsc;

/// <summary>A preconditioner of the caller's own, which PETSc's Krylov methods apply. Spans hold this rank's entries.</summary>
public interface IPreconditioner
{
    /// <summary>Name in PETSc's account of the solver.</summary>
    string Name { get; }

    /// <summary>*Collective.* Takes over the present values of the matrix.</summary>
    /// <returns>False, on all ranks alike, where they are singular: the solve then ends without an exception.</returns>
    bool SetUp();

    /// <summary>*Collective.* x = P⁻¹ r.</summary>
    void Apply(ReadOnlySpan<double> r, Span<double> x);

    /// <summary>*Collective.* y = A x right behind <see cref="Apply"/>, where it costs less than the product with the matrix.</summary>
    /// <param name="r">As given to <see cref="Apply"/>.</param>
    /// <param name="x">As returned by it.</param>
    /// <param name="y">Receives the product.</param>
    /// <returns>Whether y was computed; otherwise PETSc multiplies.</returns>
    bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y);
}
