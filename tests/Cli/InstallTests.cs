using Cell3D.Tests.Input;
using Cell3D.Tests.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

public class InstallTests
{
    private static readonly string Script = Path.Combine(Samples.Repository, "scripts", "install.sh");

    [Test]
    public void TheInstalledProgramRunsFromAnyPrefixAndIsRemovedWithoutATrace()
    {
        using TemporaryFolder folder = new();
        string prefix = folder.File("a prefix, with $blanks"), mine = Path.Combine(prefix, "lib", "cell3d", "mine");
        ProgramResult installed = Bash(Script, prefix, "--no-build");
        Assert.That(installed.Code, Is.Zero, installed.Errors);
        Assert.That(Path.Combine(prefix, "lib", "cell3d", "libcell3d_native.so"), Does.Exist);
        Assert.That(Path.Combine(prefix, "share", "cell3d", "cell3d-case.schema.json"), Does.Exist);
        ProgramResult version = Cell3DProgram.Finish(Cell3DProgram.Start(Path.Combine(prefix, "bin", "cell3d"), ["version"]));
        Assert.That((version.Code, version.Output), Is.EqualTo((0, Cell3DProgram.Run("version").Output)));
        File.WriteAllText(mine, "");
        Assert.That(Bash(Script, prefix, "--no-build").Code, Is.Zero, "an upgrade");
        ProgramResult removed = Bash(Script, "--uninstall", prefix);
        Assert.That(removed.Code, Is.Zero, removed.Errors);
        Assert.That(Directory.EnumerateFiles(prefix, "*", SearchOption.AllDirectories), Is.EqualTo([mine]));
    }

    [Test]
    public void BashCompletesCommandsAndOptions()
    {
        ProgramResult result = Bash("-c", """
            cell3d() { "$CELL3D" "$@"; }
            source "$1"
            complete_line() { COMP_LINE=$1; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cell3d; echo "${COMPREPLY[*]}"; }
            complete_line "cell3d ver"
            complete_line "cell3d oc"
            complete_line "cell3d sca"
            complete_line "cell3d ocp --n"
            complete_line "cell3d run --ov"
            """, "bash", Path.Combine(Samples.Repository, "scripts", "install", "cell3d.bash"));
        Assert.That(result.Output, Is.EqualTo("verify version\nocp\nscales\n--noise\n--overlay --overlay-offset --overwrite\n"), result.Errors);
    }

    [Test]
    public void WhatCannotBeDoneIsSaid() => Assert.Multiple(() =>
    {
        Assert.That(Bash(Script).Code, Is.EqualTo(64));
        Assert.That(Bash(Script, "one", "two").Code, Is.EqualTo(64));
        Assert.That(Bash(Script, "/proc/cell3d", "--no-build").Code, Is.EqualTo(73));
        using TemporaryFolder empty = new();
        Assert.That(Bash(Script, "--uninstall", empty.Path).Code, Is.EqualTo(66));
    });

    private static ProgramResult Bash(params string[] arguments) =>
        Cell3DProgram.Finish(Cell3DProgram.Start("bash", arguments, ("CELL3D", Cell3DProgram.Path)));
}
