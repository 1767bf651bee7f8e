using Cell3D.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class InputProblemTests
{
    [Test]
    public void TheGravestComeFirstAndTheOrderStaysOtherwise()
    {
        InputProblem[] problems = [Of(Severity.Note, "a", "one"), Of(Severity.Warning, "b", "two"), Of(Severity.Error, "c", "three"), Of(Severity.Warning, "d", "four"), Of(Severity.Error, "e", "five")];
        Assert.That(InputProblem.InOrder(problems).Select(problem => problem.Path), Is.EqualTo((string[])["c", "e", "b", "d", "a"]));
    }

    [Test]
    public void NotesThatSayTheSameOfManyKeysAreOne()
    {
        IEnumerable<InputProblem> problems = Enumerable.Range(1, 7).Select(i => Of(Severity.Note, $"Parameterisation.User-defined.k{i}", "not used"));
        InputProblem one = InputProblem.InOrder(problems).Single();
        Assert.That(one.ToString(), Is.EqualTo("f.json: note: Parameterisation.User-defined.k1, k2, k3, k4 and 3 more: not used"));
    }

    [Test]
    public void ErrorsWordsValuesAndFilesStayApart()
    {
        InputProblem[] problems =
        [
            Of(Severity.Error, "a", "wrong"), Of(Severity.Error, "b", "wrong"), Of(Severity.Warning, "c", "odd"), Of(Severity.Warning, "d", "odder"),
            Of(Severity.Warning, "e", "odd") with { Value = "3" }, Of(Severity.Warning, "f", "odd") with { File = "g.json" },
        ];
        Assert.That(InputProblem.InOrder(problems).Select(problem => problem.Path), Is.EqualTo((string[])["a", "b", "c", "d", "e", "f"]));
    }

    private static InputProblem Of(Severity severity, string path, string text) => new() { Severity = severity, File = "f.json", Path = path, Text = text };
}
