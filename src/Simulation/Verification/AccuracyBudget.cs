namespace Cell3D.Simulation.Verification;

/// <summary>An error that falls with the resolution r over that of the case: e r⁻ᵖ.</summary>
/// <param name="Error">e, in the unit of the quantity; NaN where it is unknown.</param>
/// <param name="Order">p; 0 where differences drown in what else moves the quantity, so that e is a bound that resolution does not lower.</param>
public readonly record struct ErrorLaw(double Error, double Order)
{
    /// <summary>The error at a resolution.</summary>
    public double At(double resolution) => Error * Math.Pow(resolution, -Order);
}

/// <summary>What one direction of refinement leaves and takes, by its resolution r over that of the case: errors e r⁻ᵖ, time in proportion to rʷ – of finer meshes at least to their control volumes, which small runs hide behind
/// what every step costs.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Voltage">The largest of V(t) [V].</param>
/// <param name="Temperature">The largest of the highest temperature over time [K].</param>
/// <param name="End">Of the time at which the run ends [s].</param>
/// <param name="Work">w, as the runs have shown.</param>
/// <param name="Steps">The same of time steps.</param>
public sealed record DirectionCost(Refinement Direction, ErrorLaw Voltage, ErrorLaw Temperature, ErrorLaw End, double Work, double Steps)
{
    /// <summary>w where r is above 1.</summary>
    public double WorkOfFiner => Math.Max(Work, Direction.Dimensions);

    /// <summary>What the time of the case is multiplied by.</summary>
    public double TimeAt(double resolution) => Math.Pow(resolution, resolution > 1 ? WorkOfFiner : Work);
}

/// <summary>A resolution, the errors that are to be expected with it, sums over all directions, and what it takes.</summary>
/// <param name="Voltage">Error of V(t) [V].</param>
/// <param name="Temperature">Error of the highest temperature [K]; NaN where that of a direction is unknown.</param>
/// <param name="End">Error of the end time [s]; likewise.</param>
/// <param name="Resolutions">r of each direction.</param>
/// <param name="Cells">Control volumes.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Seconds">Wall time [s].</param>
public sealed record BudgetRow(double Voltage, double Temperature, double End, IReadOnlyList<double> Resolutions, double Cells, double Steps, double Seconds);

/// <summary>What accuracy a budget of time buys, from the orders and costs that a refinement study has measured.</summary>
/// <remarks>The least work Π r_dʷ with Σ e_d r_d⁻ᵖ = E, the error of V(t), gives each direction the share w_d/p_d of E; what else is of interest follows from its own laws.</remarks>
public static class AccuracyBudget
{
    /// <summary>No direction is taken so much finer that its order may have changed, nor coarser than it was measured.</summary>
    private const double MostResolution = 20;

    /// <summary>Rows lie between these multiples of the case's own error.</summary>
    private const double Loosest = 4, Tightest = 0.03;

    /// <summary>A direction that costs next to nothing still gets a share.</summary>
    private const double LeastWork = 0.1;

    /// <summary>Rows by falling error; none where the error of a direction is unknown.</summary>
    /// <param name="directions">The directions.</param>
    /// <param name="cells">Control volumes of the case.</param>
    /// <param name="steps">Its time steps.</param>
    /// <param name="seconds">Its wall time [s].</param>
    public static IReadOnlyList<BudgetRow> Of(IReadOnlyList<DirectionCost> directions, double cells, double steps, double seconds)
    {
        double own = directions.Sum(direction => direction.Voltage.Error);
        if (!(own > 0))
            return [];
        List<BudgetRow> rows = [];
        foreach (double wanted in Round(Loosest * own, Tightest * own))
        {
            BudgetRow row = For(wanted, directions, cells, steps, seconds);
            if (rows.Count == 0 || row.Seconds > rows[^1].Seconds)
                rows.Add(row);
            if (row.Resolutions.Any(resolution => resolution >= MostResolution))
                break;
        }
        return rows;
    }

    /// <summary>The cheapest resolution for an error [V].</summary>
    public static BudgetRow For(double wanted, IReadOnlyList<DirectionCost> directions, double cells, double steps, double seconds)
    {
        double all = directions.Sum(Weight);
        return At([.. directions.Select(Resolution)], directions, cells, steps, seconds);

        double Resolution(DirectionCost direction) =>
            Math.Clamp(Math.Pow(direction.Voltage.Error * all / (wanted * Weight(direction)), 1 / direction.Voltage.Order), direction.Direction.Resolutions.Min(), MostResolution);
    }

    /// <summary>What is to be expected of a resolution.</summary>
    /// <param name="resolutions">r of each direction.</param>
    /// <param name="directions">The directions.</param>
    /// <inheritdoc cref="Of"/>
    public static BudgetRow At(IReadOnlyList<double> resolutions, IReadOnlyList<DirectionCost> directions, double cells, double steps, double seconds)
    {
        return new(Sum(direction => direction.Voltage), Sum(direction => direction.Temperature), Sum(direction => direction.End), resolutions,
            cells * Product((direction, resolution) => Math.Pow(resolution, direction.Direction.Dimensions)), steps * Product((direction, resolution) => Math.Pow(resolution, direction.Steps)), seconds * Product((direction, resolution) => direction.TimeAt(resolution)));

        double Sum(Func<DirectionCost, ErrorLaw> law) => directions.Zip(resolutions, (direction, resolution) => law(direction).At(resolution)).Sum();
        double Product(Func<DirectionCost, double, double> factor) => directions.Zip(resolutions, factor).Aggregate(1.0, (one, other) => one * other);
    }

    private static double Weight(DirectionCost direction) => Math.Max(LeastWork, direction.WorkOfFiner) / direction.Voltage.Order;

    /// <summary>1, 2, 5, 10 … between two values, falling.</summary>
    private static IEnumerable<double> Round(double from, double to)
    {
        for (int decade = (int)Math.Floor(Math.Log10(from)); decade >= Math.Floor(Math.Log10(to)); decade--)
            foreach (double digit in (double[])[5, 2, 1])
                if (digit * Math.Pow(10, decade) is var value && value <= from && value >= to)
                    yield return value;
    }
}
