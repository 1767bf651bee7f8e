using System.CommandLine;
using Cell3D.Cli.Doctor;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d doctor: tries everything a run needs and says how to put right what fails.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Tests the installation: libraries, solver, parallel files, memory, cores");
        command.SetAction(_ => Examine());
        return command;
    }

    private static int Examine()
    {
        List<Finding> findings = [.. Machine.Examine()];
        findings.AddRange(NativeLibraries.Examine());
        if (Launcher.Rank > 0) return ExitCode.Done;
        int width = findings.Max(finding => finding.Subject.Length);
        foreach (Finding finding in findings)
        {
            Screen.Out.WriteLine($"  {(finding.Works ? "ok    " : "failed")}  {finding.Subject.PadRight(width)}  {finding.Detail}");
            if (finding.Remedy is not null) Screen.Out.WriteLine($"          {"".PadRight(width)}  → {finding.Remedy}");
        }
        int failed = findings.Count(finding => !finding.Works);
        Screen.Out.WriteLine(failed == 0 ? "Everything a run needs is there." : $"{failed} of {findings.Count} tests failed.");
        return failed == 0 ? ExitCode.Done : ExitCode.LibraryMissing;
    }
}
