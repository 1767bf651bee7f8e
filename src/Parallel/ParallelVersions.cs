namespace Cell3D.Parallel;

/// <summary>Versions and sizes of the native libraries in use.</summary>
/// <param name="Petsc">PETSc's version, such as 3.18.5.</param>
/// <param name="PetscIntBytes">Size of a PETSc index: 4 or 8 bytes.</param>
/// <param name="Mpi">The MPI library's own description, first line.</param>
/// <param name="Hdf5">HDF5's version.</param>
/// <param name="Abi">Version of the interface to libcell3d_native.so.</param>
public sealed record ParallelVersions(string Petsc, int PetscIntBytes, string Mpi, string Hdf5, int Abi)
{
    /// <inheritdoc/>
    public override string ToString() => $"PETSc {Petsc} ({8 * PetscIntBytes}-bit indices), {Mpi}, HDF5 {Hdf5}";
}
