namespace Cell3D.Parallel.Petsc;

/// <summary>One entry of PETSc's options.</summary>
/// <param name="Name">Name with its dash.</param>
/// <param name="Value">Value, null for a bare switch.</param>
public readonly record struct Option(string Name, string? Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? Name : $"{Name} {Value}";
}
