using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Reads the order of work within a time step.</summary>
internal static class CouplingReader
{
    public static CouplingSettings Read(SectionReader solver, ThermalModel heat)
    {
        if (!solver.Has(CouplingKeys.Coupling))
            return CouplingSettings.Monolithic;
        SectionReader coupling = solver.Open(CouplingKeys.Coupling);
        CouplingKind strategy = coupling.Get(CouplingKeys.Strategy);
        CouplingParts between = coupling.Get(CouplingKeys.Between);
        bool isSplit = strategy is CouplingKind.Lie or CouplingKind.Strang, hasHeat = between == CouplingParts.ElectrochemistryAndHeat;
        CouplingSettings settings = new(strategy, between, coupling.Get(CouplingKeys.Held),
            hasHeat ? coupling.Get(CouplingKeys.Potentials, isSplit ? PotentialsInHeat.Follow : PotentialsInHeat.Held) : PotentialsInHeat.Held,
            coupling.Get(CouplingKeys.Tolerance, CouplingSettings.UsualTolerance(between)));
        if (strategy == CouplingKind.Monolithic)
        {
            foreach (Key key in new Key[] { CouplingKeys.Between, CouplingKeys.Held, CouplingKeys.Potentials, CouplingKeys.Tolerance }.Where(coupling.Has))
                coupling.Error(key, "a monolithic step has no parts", "none, or another Strategy");
            return settings;
        }
        if (hasHeat && heat == ThermalModel.Isothermal)
            coupling.Error(CouplingKeys.Between, "the case is isothermal: there is no heat to solve in turn", "Thermal.Model \"resolved\", or \"electrode and particles\"");
        if (isSplit && !solver.Has(SettingsKeys.FixedSteps))
            coupling.Error(CouplingKeys.Strategy, "the error of a split step is not known, so that its length has to be given", "Solver.Fixed time steps [s], or \"staggered\" or \"iterated\"");
        if (coupling.Has(CouplingKeys.Held) && strategy != CouplingKind.Staggered)
            coupling.Error(CouplingKeys.Held, "only a staggered step that is not iterated depends on them", "none, or Strategy \"staggered\"");
        if (coupling.Has(CouplingKeys.Tolerance) && strategy != CouplingKind.Iterated)
            coupling.Error(CouplingKeys.Tolerance, "nothing is iterated", "none, or Strategy \"iterated\"");
        if (coupling.Has(CouplingKeys.Potentials) && !hasHeat)
            coupling.Error(CouplingKeys.Potentials, "no heat is solved for in turn", "none, or Between \"electrochemistry and heat\"");
        return settings;
    }
}
