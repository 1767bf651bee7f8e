namespace Cell3D.Parallel.Petsc;

/// <summary>PETSc reported an error; the message is its explanation followed by its own stack trace, innermost call first.</summary>
public sealed class PetscException : Exception
{
    internal PetscException(string message)
        : base(message)
    {
    }
}
