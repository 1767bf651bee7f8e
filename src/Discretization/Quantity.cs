namespace Cell3D.Discretization;

/// <summary>A quantity that is kept in many places of the cell; outputs, messages and limits know it by this.</summary>
/// <param name="Name">E.g. "Surface stoichiometry".</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Description">A sentence for viewers of fields.</param>
public sealed record Quantity(string Name, string Unit, string Description = "")
{
    /// <summary>Values that it can come close to, but not pass; null for none.</summary>
    public PhysicalRange? Range { get; init; }

    /// <summary>Name inside a sentence.</summary>
    public string InWords => char.ToLowerInvariant(Name[0]) + Name[1..];
}

/// <summary>What is physically possible for a quantity.</summary>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Margin">Values this close to either are said to have reached it.</param>
/// <param name="AtLeast">What it means to reach the smallest one, e.g. "the electrolyte is depleted".</param>
/// <param name="AtMost">What it means to reach the largest one; empty where there is none.</param>
public sealed record PhysicalRange(double Least, double Most, double Margin, string AtLeast, string AtMost = "")
{
    /// <summary>Distance to the nearer end, over the margin: less than 1 where that is reached.</summary>
    public double Room(double value) => Math.Min(value - Least, Most - value) / Margin;

    /// <summary>What it means to reach the nearer end.</summary>
    public string Words(double value) => value - Least <= Most - value ? AtLeast : AtMost;
}
