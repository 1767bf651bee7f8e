using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Cli;

/// <summary>The program cell3d.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Screen.Prepare();
        bool trace = CommandLine.WantsTrace(arguments);
        try
        {
            return CommandLine.Run(arguments);
        }
        catch (StandardOutputException exception) when (IsOneOfMany && ParallelRuntime.Abort(exception, ExitCode.WriteFailed))
        {
            return ExitCode.WriteFailed;
        }
        catch (Exception exception) when (UserError.Of(exception) is UserError error)
        {
            Launcher.LetRootSpeak();
            Screen.Problems(error.Problems);
            foreach (string sentence in error.Sentences) Screen.Error(sentence);
            if (error.Hint is not null) Screen.ErrorText(error.Hint);
            if (trace) Screen.ErrorText(exception.ToString());
            return error.ExitCode;
        }
        catch (Exception exception) when (ParallelRuntime.Abort(Explained(exception, trace), ExitCode.Internal))
        {
            return ExitCode.Internal;
        }
    }

    /// <summary>Only rank 0 writes to the screen: the others know nothing of its failure and would wait for it.</summary>
    private static bool IsOneOfMany => ParallelRuntime.IsRunning && Communicator.World.Size > 1;

    private static InvalidOperationException Explained(Exception exception, bool trace)
    {
        string what = trace ? exception.ToString() : exception.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
        string hint = trace ? "" : " Run again with --trace to see where.";
        return new InvalidOperationException(PlainText.Lines($"cell3d: internal error: {exception.GetType().Name}: {what}{hint}"), exception);
    }
}
