namespace Cell3D.Campaigns.Parsers;

/// <summary>A parser under trial. <paramref name="Draw"/> makes an input, <paramref name="Parse"/> reads it and throws only where the parser is at fault.</summary>
/// <param name="Name">Name on the command line and of saved inputs.</param>
/// <param name="Share">Of all inputs.</param>
/// <param name="Draw">The input as bytes, as it would stand in a file or on the command line (arguments separated by line feeds).</param>
/// <param name="Parse">Whether the input was accepted.</param>
internal sealed record ParserTarget(string Name, double Share, Func<Draws, byte[]> Draw, Func<byte[], bool> Parse);

/// <summary>A parser did something it never should.</summary>
internal sealed class ParserFaultException(string what) : Exception(what);
