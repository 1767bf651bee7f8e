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

    /// <summary>Of a case; null where all equations are solved at once.</summary>
    public static CouplingOptions? Of(SolverSettings solver, CellModel model)
    {
        CouplingSettings settings = solver.Coupling;
        if (settings.Strategy == CouplingKind.Monolithic)
            return null;
        bool hasHeat = settings.Between == CouplingParts.ElectrochemistryAndHeat;
        Quantity lagged = hasHeat ? model.System.Unknowns[Field.Temperature].Quantity : ReactingParticles.SurfaceQuantity;
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
            IsLagged = state => state.Quantity.Name == lagged.Name,
            Extrapolates = settings.Held == HeldValues.Extrapolated,
            InnerTolerance = settings.InnerTolerance,
            SmallestGrowth = hasHeat ? SmallestHeating : SmallestStoichiometry,
            Order = Math.Min(2, solver.MaximumOrder),
        };
    }
}
