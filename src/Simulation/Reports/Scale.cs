namespace Cell3D.Simulation.Reports;

/// <summary>A length, a time or an energy of a case, by layer and material from the least to the largest.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Values">At least one value, in SI units; energies as potentials [V].</param>
/// <param name="Formula">How it follows.</param>
/// <param name="Assumed">What is assumed where the case has no value; empty where it has.</param>
public sealed record Scale(string Name, string Symbol, IReadOnlyList<double> Values, string Formula, string Assumed = "")
{
    /// <summary>The least.</summary>
    public double Least => Values.Min();

    /// <summary>The largest.</summary>
    public double Largest => Values.Max();
}

/// <summary>How far two scales are apart.</summary>
public enum Separation
{
    /// <summary>Far enough.</summary>
    Holds,

    /// <summary>Apart, but not far.</summary>
    Weak,

    /// <summary>Not apart, or in the other order.</summary>
    Fails,
}

/// <summary>One relation A ≪ B of the hierarchy.</summary>
/// <param name="Relation">E.g. "λ_D ≪ r_pore".</param>
/// <param name="Ratio">A/B at its largest.</param>
/// <param name="Limit">Ratio up to which it holds; up to ten times as much it is weak.</param>
/// <param name="Guards">The assumption that rests on it.</param>
/// <param name="Law">What stands in Cell3D where it fails.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="IsNeeded">Whether the model itself rests on it; else only reduced models or habits do.</param>
public sealed record ScaleRelation(string Relation, double Ratio, double Limit, string Guards, string Law, string Cost, bool IsNeeded)
{
    /// <summary>A ratio that stands for "much smaller".</summary>
    public const double MuchSmaller = 0.1;

    /// <summary>The verdict.</summary>
    public Separation Verdict => Ratio <= Limit ? Separation.Holds : Ratio <= 10 * Limit ? Separation.Weak : Separation.Fails;
}
