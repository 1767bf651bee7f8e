using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Cli.Commands;

namespace Cell3D.Cli;

/// <summary>Commands and options of the program.</summary>
internal static class CommandLine
{
    private const string Separator = "--", Trace = "--trace";

    /// <summary>Whether results in the folder are replaced.</summary>
    public static Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replaces the results of an earlier run in that folder" };

    /// <summary>Whether a forecast of too much memory is overridden.</summary>
    public static Option<bool> Force { get; } = new("--force") { Description = "Runs although the forecast of memory exceeds what is available" };

    /// <summary>Values that replace those of a case file.</summary>
    public static Option<string[]> Settings { get; } = new("--set")
    {
        Description = "Puts a value in place of the case file's, e.g. \"Mesh.Particle=20\"; repeatable",
        HelpName = "Key.Path=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The case that most commands work on.</summary>
    public static Argument<string> Case { get; } = Path("CASE", "A case file, or a folder that holds a case.json");

    /// <summary>An argument that names a file or folder; a misspelt option is not taken for one.</summary>
    public static Argument<string> Path(string name, string description)
    {
        Argument<string> argument = new(name) { Description = description };
        argument.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-') || token.Value.Length == 0))
                result.AddError($"'{token.Value}' is neither an option of this command nor a {name}.");
        });
        return argument;
    }

    /// <summary>Reads the whole number of an option, from 1 to the most; 1 with an error where it is none.</summary>
    public static long Whole(ArgumentResult argument, long most)
    {
        if (long.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 && number <= most) return number;
        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{((OptionResult)argument.Parent!).Option.Name} takes a number from 1 to {most}, not '{argument.Tokens[0].Value}'."));
        return 1;
    }

    /// <summary>Options for PETSc: what followed a lone "--".</summary>
    public static string[] ForPetsc { get; private set; } = [];

    /// <summary>Made once: options remember every command that was ever made with them.</summary>
    private static RootCommand Root { get; } = MakeRoot();

    /// <summary>Whether stack traces are wanted.</summary>
    public static bool IsTraced { get; private set; }

    /// <summary>Looks whether stack traces are wanted, before parsing, which may itself fail.</summary>
    public static bool WantsTrace(string[] arguments) => IsTraced = Own(arguments).Contains(Trace);

    /// <summary>Parses and carries out. What follows a lone "--" is for PETSc.</summary>
    /// <exception cref="UserError">The command line makes no sense (64), or what the command says.</exception>
    public static int Run(string[] arguments)
    {
        RequireWorkingFolder();
        string[] own = Own(arguments);
        ForPetsc = own.Length < arguments.Length ? arguments[(own.Length + 1)..] : [];
        ParseResult parsed = Root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string command = FullName(parsed.CommandResult);
        if (parsed.Action is ParseErrorAction)
            throw new UserError(ExitCode.Usage, [.. parsed.Errors.Select(error => error.Message)]) { Hint = $"See '{command} --help'." };
        if (ForPetsc.Length > 0 && parsed.CommandResult.Command.Name is not (RunCommand.Name or VerifyCommand.Name or ReferenceCommand.Name or CompareCommand.Name or CompareCouplingCommand.Name or BenchCommand.SolverName))
            throw new UserError(ExitCode.Usage, $"only 'cell3d {RunCommand.Name}', 'cell3d {VerifyCommand.Name}', 'cell3d {ReferenceCommand.Name}', 'cell3d {CompareCouplingCommand.Name}', 'cell3d {CompareCommand.Name} --models' and 'cell3d bench {BenchCommand.SolverName}' take options for PETSc behind '--'");
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = Launcher.Rank == 0 ? new StandardOutput(splitsLines: true) : TextWriter.Null, ProcessTerminationTimeout = null });
    }

    private static string FullName(CommandResult command) =>
        command.Command == Root || command.Parent is not CommandResult parent ? "cell3d" : $"{FullName(parent)} {command.Command.Name}";

    /// <summary>Paths are relative to it; another process may have removed it.</summary>
    private static void RequireWorkingFolder()
    {
        try
        {
            _ = Environment.CurrentDirectory;
        }
        catch (IOException e)
        {
            throw new UserError(ExitCode.FileMissing, $"the working folder is gone or cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    private static string[] Own(string[] arguments)
    {
        int separator = Array.IndexOf(arguments, Separator);
        return separator < 0 ? arguments : arguments[..separator];
    }

    private static RootCommand MakeRoot()
    {
        RootCommand root = new("Cell3D simulates whole lithium-ion cells in 3D: every layer, tabs and collectors, particles, heat.")
        {
            RunCommand.Create(),
            VerifyCommand.Create(),
            ReferenceCommand.Create(),
            CompareCommand.Create(),
            CompareCouplingCommand.Create(),
            CheckCommand.Create(),
            MeshCommand.Create(),
            InfoCommand.Create(),
            HomogenizeCommand.Create(),
            ResolvedCommand.Create(),
            ScalesCommand.Create(),
            BpxCommand.Create(),
            OcpCommand.Create(),
            InitCommand.Create(),
            SchemaCommand.Create(),
            VersionCommand.Create(),
            DoctorCommand.Create(),
            BenchCommand.Create(),
            new Option<bool>(Trace) { Description = "Shows where an error of the program arose", Recursive = true },
        };
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCode.Usage;
        });
        return root;
    }
}
