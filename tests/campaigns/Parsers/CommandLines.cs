using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Campaigns.Cells;
using Cell3D.Cli;

namespace Cell3D.Campaigns.Parsers;

/// <summary>Command lines over sound, damaged and missing files, carried out in this process as the program would. A case that could be simulated is never given to "run".</summary>
internal sealed class CommandLines : IDisposable
{
    private static readonly string[] Commands = ["run", "check", "check", "mesh", "info", "bpx", "init", "schema", "version", "doctor", "rnu", "", "-h", "--version"];
    private static readonly string[] Options = ["-o", "--output", "-o=F", "-oF", "--output=", "--overwrite", "--overlay", "--no-fields", "-q", "-v", "--quiet", "--verbose", "--steps", "--steps=0", "--trace", "--help", "-?", "--cell", "--set", "--set", "--set=", "--", "-n", "-ksp_type", "@file", "-", "---"];
    private static readonly int[] Codes = [0, 2, 3, 4, 64, 65, 66, 69, 73, 74, 75];
    private readonly string _scratch;
    private readonly byte[] _case, _cell;
    private readonly PlainOutput _output = new();

    public CommandLines(string repository, string scratch)
    {
        _scratch = scratch;
        Directory.CreateDirectory(Path.Combine(scratch, "folder"));
        _cell = File.ReadAllBytes(Path.Combine(repository, "cases", "bpx-1d", "chen2020_bpx.json"));
        JsonNode root = JsonNode.Parse(File.ReadAllText(Path.Combine(repository, "cases", "nmc-pouch-1c", "coarse.json")))!;
        root["Cell"] = "cell.json";
        _case = Encoding.UTF8.GetBytes(root.ToString());
        File.WriteAllBytes(Path.Combine(scratch, "cell.json"), _cell);
        File.WriteAllBytes(Path.Combine(scratch, "good.json"), _case);
        File.WriteAllText(Path.Combine(scratch, "empty.json"), "");
        File.WriteAllText(Path.Combine(scratch, "measured.csv"), "Time [s],Voltage [V]\n0,4\n1,3.9\n");
        Directory.SetCurrentDirectory(scratch);
        Screen.Prepare();
        Console.SetOut(_output);
        Console.SetError(_output);
    }

    /// <summary>Arguments, one a line.</summary>
    public byte[] Draw(Draws draws)
    {
        string command = draws.Of<string>(Commands);
        File.WriteAllBytes(Path.Combine(_scratch, "bad.json"), Damage.Of(draws.Chance(0.7) ? _case : _cell, draws));
        List<string> words = draws.Chance(0.97) ? [command] : [];
        for (int left = draws.Of(0, 1, 1, 2, 3, 6); left > 0; left--)
            words.Add(draws.Whole(0, 5) switch
            {
                0 or 1 => Name(command, draws),
                2 or 3 => draws.Of<string>(Options),
                4 => draws.Of("Mesh.Particle=20", "Mesh.Cells along width=3", "Thermal.Model=isothermal", "Header.Title=\e[31mred", "=", "a.b=c", "Solver.PETSc options=-log_view", "10", "0", "-1", "1e99"),
                _ => Damage.Word(draws),
            });
        return Encoding.UTF8.GetBytes(string.Join('\n', words.Select(word => word.Replace('\n', ' ').Replace('\0', ' '))));
    }

    /// <summary>Whether the program would end with 0.</summary>
    public bool Run(byte[] input)
    {
        string[] arguments = input.Length == 0 ? [] : Encoding.UTF8.GetString(input).Split('\n');
        if (IsHeavy(arguments)) return false;
        _output.Clear();
        int code;
        try
        {
            code = CommandLine.Run(arguments);
        }
        catch (Exception e) when (UserError.Of(e) is UserError error)
        {
            Screen.Problems(error.Problems);
            foreach (string sentence in error.Sentences) Screen.Error(sentence);
            code = error.ExitCode;
        }
        if (!Codes.Contains(code)) throw new ParserFaultException($"exit code {code}");
        if (_output.HasControls) throw new ParserFaultException("the screen receives a control character");
        if (code != 0 && _output.Length == 0) throw new ParserFaultException($"exit code {code} without a word");
        return code == 0;
    }

    public void Dispose() => _output.Dispose();

    /// <summary>What would start the parallel runtime or simulate.</summary>
    private static bool IsHeavy(string[] arguments) =>
        (arguments.Contains("doctor") && !arguments.Contains("--help")) || (arguments.Contains("run") && arguments.Any(word => word.Contains("good", StringComparison.Ordinal) || word.Contains("bad", StringComparison.Ordinal)));

    private static string Name(string command, Draws draws) => command == "run"
        ? draws.Of("empty.json", "folder", "missing.json", "measured.csv", "", "/", "cell.json")
        : draws.Of("bad.json", "bad.json", "bad.json", "good.json", "cell.json", "empty.json", "folder", "missing.json", "measured.csv", "", ".", "/dev/null");
}

/// <summary>Text of the screen, of which only control characters and the length are kept.</summary>
internal sealed class PlainOutput : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public bool HasControls { get; private set; }

    public long Length { get; private set; }

    public override void Write(char value)
    {
        Length++;
        HasControls |= char.IsControl(value) && value is not ('\n' or '\r');
    }

    public void Clear() => (HasControls, Length) = (false, 0);
}
