using Cell3D.Campaigns.Cells;
using Cell3D.Campaigns.Parsers;
using Cell3D.Campaigns.Results;

namespace Cell3D.Campaigns;

/// <summary>The campaigns that run inside one process; README.md tells how to call them.</summary>
internal static class Program
{
    private const string Usage = """
        cells   [--count N] [--first N] [--seed N] [--only N] [--form column|pouch] [--keep] [--out FOLDER]
                random plausible cells and protocols; exits 1 when fewer than 99 % end done or at a named physical limit
        parsers [--count N] [--seed N] [--target NAME] [--only N] [--out FOLDER]
                generated inputs over every parser; exits 1 when one crashes, hangs or fails by an error of its own
        results --folder FOLDER [--status STATUS] [--pictures] [--like FOLDER]
                whether what a run left behind can be read, and is what another run has; exits 1 when not
        """;

    private static int Main(string[] arguments)
    {
        try
        {
            Arguments given = new(arguments.Skip(1));
            return arguments.FirstOrDefault() switch
            {
                "cells" => CellCampaign.Run(given),
                "parsers" => ParserCampaign.Run(given),
                "results" => ResultsCheck.Run(given),
                _ => throw new ArgumentException(Usage),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return 64;
        }
    }
}
