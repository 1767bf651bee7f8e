using System.CommandLine;
using Cell3D.Input.Cases;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d schema: the JSON schema of case files, for editors and other programs.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Command command = new("schema", "Prints the JSON schema of case files: every key, its unit, range and default");
        command.SetAction(_ =>
        {
            Screen.Out.Write(CaseSchema.ToJson());
            return ExitCode.Done;
        });
        return command;
    }
}
