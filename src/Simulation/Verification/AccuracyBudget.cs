namespace Cell3D.Simulation.Verification;

/// <summary>What one direction of refinement leaves and takes, by its resolution r over that of the case: error e r⁻ᵖ, time in proportion to rʷ.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Error">e, the largest of V(t) as the case is [V]; NaN where it is unknown.</param>
/// <param name="Order">p.</param>
/// <param name="Work">w.</param>
/// <param name="Steps">The same of time steps.</param>
public sealed record DirectionCost(Refinement Direction, double Error, double Order, double Work, double Steps);

/// <summary>A resolution, the error that is to be expected with it, and what it takes.</summary>
/// <param name="Voltage">Error of V(t), the sum of all directions [V].</param>
/// <param name="Resolutions">r of each direction.</param>
/// <param name="Cells">Control volumes.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Seconds">Wall time [s].</param>
public sealed record BudgetRow(double Voltage, IReadOnlyList<double> Resolutions, double Cells, double Steps, double Seconds);

/// <summary>What accuracy a budget of time buys, from the orders and costs that a refinement study has measured.</summary>
/// <remarks>The least work Π r_dʷ with Σ e_d r_d⁻ᵖ = E gives each direction the share w_d/p_d of E.</remarks>
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
        double own = directions.Sum(direction => direction.Error);
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
        double all = directions.Sum(Weight), error = 0;
        double[] resolutions = new double[directions.Count];
        for (int i = 0; i < resolutions.Length; i++)
        {
            DirectionCost direction = directions[i];
            resolutions[i] = Math.Clamp(Math.Pow(direction.Error * all / (wanted * Weight(direction)), 1 / direction.Order), direction.Direction.Resolutions.Min(), MostResolution);
            error += direction.Error * Math.Pow(resolutions[i], -direction.Order);
            seconds *= Math.Pow(resolutions[i], direction.Work);
            cells *= Math.Pow(resolutions[i], direction.Direction.Dimensions);
            steps *= Math.Pow(resolutions[i], direction.Steps);
        }
        return new(error, resolutions, cells, steps, seconds);
    }

    private static double Weight(DirectionCost direction) => Math.Max(LeastWork, direction.Work) / direction.Order;

    /// <summary>1, 2, 5, 10 … between two values, falling.</summary>
    private static IEnumerable<double> Round(double from, double to)
    {
        for (int decade = (int)Math.Floor(Math.Log10(from)); decade >= Math.Floor(Math.Log10(to)); decade--)
            foreach (double digit in (double[])[5, 2, 1])
                if (digit * Math.Pow(10, decade) is var value && value <= from && value >= to)
                    yield return value;
    }
}
