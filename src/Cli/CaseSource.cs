using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Input.FreeEnergies;
using Cell3D.Mesh;
using Cell3D.Microstructure.Description;
using Cell3D.Simulation;

namespace Cell3D.Cli;

/// <summary>Finds and loads what the user names on the command line; problems go to the screen, errors end the program.</summary>
internal static class CaseSource
{
    private const string CaseName = "case.json";

    /// <summary>A case from a file or a folder that holds a case.json; notes and warnings go where <paramref name="tell"/> takes them, else to the screen.</summary>
    /// <exception cref="UserError">There is no such file (66), or case or cell are wrong (65).</exception>
    public static SimulationCase Load(string path, IReadOnlyList<string> settings, Action<IReadOnlyList<InputProblem>>? tell = null)
    {
        CaseResult result = CaseFile.Load(FileOf(path), settings);
        if (result.Case is null) throw Refuse(result.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput, result.Problems);
        (tell ?? Screen.Remarks)(result.Problems);
        return result.Case;
    }

    /// <summary>A cell from a BPX file.</summary>
    /// <exception cref="UserError">There is no such file (66), or it is wrong (65).</exception>
    public static BpxCell LoadCell(string path)
    {
        BpxResult result = BpxFile.Load(FileOf(path));
        if (result.Cell is null) throw Refuse(ExitCode.BadInput, result.Problems);
        Screen.Remarks(result.Problems);
        return result.Cell;
    }

    /// <summary>A free energy from JSON or CSV.</summary>
    /// <exception cref="UserError">There is no such file (66), or it is wrong (65).</exception>
    public static FreeEnergySource LoadFreeEnergy(string path, FreeEnergyOptions options)
    {
        FreeEnergyResult result = FreeEnergyFile.Load(path, options);
        if (result.Source is null) throw Refuse(result.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput, result.Problems);
        Screen.Remarks(result.Problems);
        return result.Source;
    }

    /// <summary>A description of an image or of a structure.</summary>
    /// <exception cref="UserError">There is no such file (66), or it is wrong (65).</exception>
    public static MicrostructureSpec LoadMicrostructure(string path)
    {
        MicrostructureResult result = MicrostructureFile.Load(path);
        if (result.Spec is null) throw Refuse(result.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput, result.Problems);
        Screen.Remarks(result.Problems);
        return result.Spec;
    }

    /// <summary>What the cell of a case consists of.</summary>
    /// <exception cref="UserError">The geometry cannot be meshed (65).</exception>
    public static CellDomain Domain(SimulationCase simulation) => Meshed(simulation, () => CaseMesh.Describe(simulation));

    /// <summary>The size of the mesh of a case; nothing is built.</summary>
    /// <exception cref="UserError">The geometry cannot be meshed (65).</exception>
    public static MeshSize MeshSize(SimulationCase simulation) => Meshed(simulation, () => CaseMesh.Size(simulation));

    /// <summary>What is made of the mesh of a case.</summary>
    /// <exception cref="UserError">The geometry cannot be meshed (65).</exception>
    public static T Meshed<T>(SimulationCase simulation, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (MeshException e)
        {
            throw new UserError(ExitCode.BadInput, [.. e.Messages.Select(message => $"{simulation.File}: {message}")]);
        }
    }

    /// <summary>The file that a path means.</summary>
    /// <exception cref="UserError">There is none (66).</exception>
    public static string FileOf(string path)
    {
        string inFolder = Path.Combine(path, CaseName);
        if (File.Exists(path)) return path;
        if (File.Exists(inFolder)) return inFolder;
        throw new UserError(ExitCode.FileMissing, Directory.Exists(path)
            ? $"{path}: this folder holds no {CaseName}"
            : $"{path}: there is no such file, and no folder with a {CaseName}");
    }

    /// <summary>The end of a program whose input has errors.</summary>
    public static UserError Refuse(int exitCode, IReadOnlyList<InputProblem> problems)
    {
        int errors = problems.Count(problem => problem.Severity == Severity.Error);
        return new UserError(exitCode, errors == 1 ? "the input has an error; nothing was done" : $"the input has {errors} errors; nothing was done") { Problems = problems };
    }
}
