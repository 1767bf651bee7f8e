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
        Screen.Figures([("Cell3D", Own), ("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"), .. Native()]);
        return ExitCode.Done;
    }

    private static IReadOnlyList<(string, string?)> Native()
    {
        try
        {
            ParallelVersions native = ParallelRuntime.Versions;
            return [("PETSc", $"{native.Petsc}, {8 * native.PetscIntBytes}-bit indices"), ("MPI", native.Mpi), ("HDF5", native.Hdf5)];
        }
        catch (NativeLibraryMissingException e)
        {
            return [("PETSc", "–"), ("MPI", "–"), ("HDF5", $"–  ({e.Message})")];
        }
    }
}
