using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Solvers;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Simulation.CouplingStudies;

/// <summary>How the heat of a cell answers to its temperature at one moment, and the largest step at which a lagged exchange of both is stable (equations 11.2 to 11.6).</summary>
/// <param name="Time">The moment [s].</param>
/// <param name="HeatCapacity">C of the simulated part [J K⁻¹].</param>
/// <param name="Cooling">K, by which its cooling rises with the temperature [W K⁻¹].</param>
/// <param name="Held">b, by which the heat rises with the temperature while concentrations, potentials and currents stand [W K⁻¹].</param>
/// <param name="Lagged">a, by which it rises with the temperature that potentials and currents see [W K⁻¹]; below 0 where a warm cell has less resistance.</param>
public sealed record HeatFeedback(double Time, double HeatCapacity, double Cooling, double Held, double Lagged)
{
    private const double Warming = 0.05, LongestStep = 1e9;

    /// <summary>*Collective.* Of the accepted state: the whole cell is warmed by 0.05 K, first with everything else held, then with potentials and currents that follow. The
    /// state is the accepted one again afterwards.</summary>
    public static HeatFeedback Of(CellModel model, CaseSolvers solvers)
    {
        (double heat, double enthalpy, double lost) = Rates(model);
        double[] temperature = model.Fields.Temperature;
        for (int cell = 0; cell < temperature.Length; cell++)
            temperature[cell] += Warming;
        (double held, double warm, double more) = Rates(model);
        TimeCoefficients frozen = new();
        frozen.Freeze(solvers.Integrator.Time);
        model.System.BeginStep(frozen);
        double all = solvers.Newton.Solve().Succeeded ? Rates(model).Heat : double.NaN;
        model.System.States.Restore();
        model.Halo.Update(model.Fields);
        model.System.Terminal.TotalCurrent = model.World.Allreduce(model.System.Terminal.LocalCurrent, Operation.Sum);
        return new(solvers.Integrator.Time, (warm - enthalpy) / Warming, (more - lost) / Warming, (held - heat) / Warming, (all - held) / Warming);
    }

    /// <summary>Largest stable step of an order of work [s]; infinite where the feedback sets none.</summary>
    /// <param name="coupling">The order of work.</param>
    /// <param name="order">Of the formula in time, 1 or 2.</param>
    public double LargestStep(CouplingOptions coupling, int order)
    {
        if (!coupling.Other.HoldsPotentials)
            return double.PositiveInfinity;
        if (coupling.IsComposite)
            return LargestSplitStep();
        // Inner iteration has to converge in the first step already, which is of order 1. Of what alternates, a formula of order 1 sees 2/h, one of order 2 sees 4/h; extrapolation through p + 1 values takes it 2^(p+1) − 1 times.
        double seen = coupling.Extrapolates ? Math.Pow(2, order + 1) - 1 : 1;
        double rate = coupling.Strategy == CouplingStrategy.Iterated ? 1 : order > 1 ? 4 : 2;
        double driving = -(seen * Lagged) + Held - Cooling;
        return driving > 0 ? rate * HeatCapacity / driving : double.PositiveInfinity;
    }

    /// <summary>Where e^(−λh) + (a/C) (1 − e^(−λh))/λ falls to −1, λ = (K − b)/C.</summary>
    private double LargestSplitStep()
    {
        double rate = (Cooling - Held) / HeatCapacity, low = 0, high = 1;
        while (Factor(high) > -1 && high < LongestStep)
            high *= 2;
        if (high >= LongestStep)
            return double.PositiveInfinity;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Factor(middle) > -1 ? (middle, high) : (low, middle);
        }
        return low;

        double Factor(double step)
        {
            double decay = Math.Exp(-rate * step), gain = Math.Abs(rate * step) < 1e-9 ? step : -double.ExpM1(-rate * step) / rate;
            return decay + (Lagged / HeatCapacity * gain);
        }
    }

    private static (double Heat, double Enthalpy, double Lost) Rates(CellModel model)
    {
        model.System.Report();
        Balance balance = model.System.Balance;
        model.World.Allreduce(balance.Values, Operation.Sum);
        return (balance.SumOf(Balance.Losses) + balance["Reversible heat"], balance["Enthalpy"], balance.SumOf(Totals.HeatLost));
    }
}
