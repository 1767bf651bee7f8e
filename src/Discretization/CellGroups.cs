namespace Cell3D.Discretization;

/// <summary>Cells told apart in the balances by what they are a part of: heat that faces release is summed for each group, and for all of them.</summary>
/// <param name="Names">Of the groups.</param>
/// <param name="Of">Group of every local cell.</param>
public sealed record CellGroups(IReadOnlyList<string> Names, byte[] Of)
{
    /// <summary>Name of a part of a quantity in the balances.</summary>
    public static string PartOf(string quantity, string group) => $"{quantity}: {group}";
}
