using Cell3D.Input;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

public class RunWarningsTests
{
    [Test]
    public void OneKindIsShownOnceAndCounted()
    {
        List<string> shown = [];
        RunWarnings warnings = new() { Show = (severity, text) => shown.Add($"{severity} {text}") };
        for (int i = 0; i < 3; i++) warnings.Add($"step {i} failed", kind: "Newton");
        warnings.Add("something else");
        Assert.That(shown, Is.EqualTo((string[])["Warning step 0 failed", "Warning something else"]));
        Assert.That(warnings.Sentences, Is.EqualTo((string[])["step 0 failed (3 times like this)", "something else"]));
        Assert.That(warnings.Repeated, Is.EqualTo((string[])["step 0 failed (3 times like this)"]));
    }

    [Test]
    public void TheGravestAreKeptFirst()
    {
        RunWarnings warnings = new();
        InputProblem problem = new() { Severity = Severity.Note, File = "f.json", Path = "key", Text = "assumed" };
        warnings.Keep([problem]);
        warnings.Add("odd");
        warnings.Add("audit failed", Severity.Error);
        Assert.That(warnings.Sentences, Is.EqualTo((string[])["audit failed", "odd", "f.json: note: key: assumed"]));
    }
}
