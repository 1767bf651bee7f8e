using System.CommandLine;
using System.Runtime.InteropServices;
using Cell3D.Parallel;
using Cell3D.Parallel.Native;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d version: the program, .NET and the native libraries as far as they load.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        Command command = new("version", "Prints the versions of Cell3D, .NET, PETSc, MPI and HDF5");
        command.SetAction(_ => Show());
        return command;
    }

    /// <summary>Version of this program.</summary>
    public static string Own => typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    private static int Show()
    {
        (string, string?)[] own = [("Cell3D", Own), ("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}")];
        try
        {
            ParallelVersions native = ParallelRuntime.Versions;
            Screen.Figures([.. own, ("PETSc", $"{native.Petsc}, {8 * native.PetscIntBytes}-bit indices"), ("MPI", native.Mpi), ("HDF5", native.Hdf5)]);
            return ExitCode.Done;
        }
        catch (NativeLibraryMissingException)
        {
            Screen.Figures([.. own, ("PETSc", "–"), ("MPI", "–"), ("HDF5", "–")]);
            throw;
        }
    }
}
