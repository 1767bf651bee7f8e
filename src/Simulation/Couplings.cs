using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Physics.Particles;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Simulation;

/// <summary>The order of work within a step of a case, as the solver knows it.</summary>
public static class Couplings
{
    /// <summary>Growth that counts as an instability: of T [K], and of stoichiometries.</summary>
    private const double SmallestHeating = 0.01, SmallestStoichiometry = 1e-4;

    /// <summary>Energy that may be missing, relative to the power: a monolithic solution leaves what Newton leaves, an iterated one what its tolerance leaves. Where potentials have
    /// seen another temperature than the one that is accepted, more than a thousandth is not to be trusted.</summary>
    public static double EnergyLimit(CouplingOptions? coupling) => coupling is null || !coupling.Other.HoldsPotentials ? 1e-8
        : coupling.Strategy == CouplingStrategy.Iterated ? 1e-6 : 1e-3;

    /// <summary>Work of a step over that of a monolithic one, as measured (docs/performance.md).</summary>
    public static double WorkFactor(CouplingSettings coupling) => coupling.Strategy switch
    {
        CouplingKind.Staggered => 2,
        CouplingKind.Iterated => 3.5,
        CouplingKind.Lie => 6,
        CouplingKind.Strang => 9,
        _ => 1,
    };

    /// <summary>Copies of the state that substeps keep beside those of steps.</summary>
    public static int CopiesOfState(CouplingSettings coupling) => coupling.Strategy is CouplingKind.Lie or CouplingKind.Strang ? 2 : 0;

    /// <summary>Of a case; null where all equations are solved at once.</summary>
    public static CouplingOptions? Of(SolverSettings solver) => solver.Coupling.Strategy == CouplingKind.Monolithic ? null : Of(solver.Coupling, Math.Min(2, solver.MaximumOrder));

    /// <summary>Of settings that are not monolithic.</summary>
    /// <param name="settings">As in a case.</param>
    /// <param name="order">Of each operator, 1 or 2.</param>
    public static CouplingOptions Of(CouplingSettings settings, int order)
    {
        bool hasHeat = settings.Between == CouplingParts.ElectrochemistryAndHeat;
        string lagged = hasHeat ? CellUnknowns.TemperatureName : ReactingParticles.SurfaceQuantity.Name;
        return new()
        {
            Strategy = settings.Strategy switch
            {
                CouplingKind.Iterated => CouplingStrategy.Iterated,
                CouplingKind.Lie => CouplingStrategy.Lie,
                CouplingKind.Strang => CouplingStrategy.Strang,
                _ => CouplingStrategy.Staggered,
            },
            Main = hasHeat ? PartialSolve.Electrochemistry : PartialSolve.Electrode,
            Other = !hasHeat ? PartialSolve.Particles : settings.Potentials == PotentialsInHeat.Follow ? PartialSolve.HeatWithPotentials : PartialSolve.Heat,
            IsLagged = state => state.Quantity.Name == lagged,
            Extrapolates = settings.Held == HeldValues.Extrapolated,
            InnerTolerance = settings.InnerTolerance,
            SmallestGrowth = hasHeat ? SmallestHeating : SmallestStoichiometry,
            Order = order,
        };
    }
}
