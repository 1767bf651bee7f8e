using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Growth of a film on particles; defaults are those of the parameter sets of PyBaMM (Chen2020, OKane2022).</summary>
internal static class FilmKeys
{
    public static readonly NumberKey InitialThickness = new("Initial thickness [m]", "Thickness of the film at the start.", new(1e-10, 1e-5)) { Default = 5e-9 };
    public static readonly NumberKey Resistivity = new("Resistivity [Ohm.m]", "Ionic resistivity of the film.", new(0, 1e9)) { Default = 2e5 };
    public static readonly NumberKey MolarVolume = new("Partial molar volume [m3.mol-1]", "Volume of the film per mole of its molecules.", new(1e-6, 1e-2)) { Default = 9.585e-5 };
    public static readonly NumberKey Lithium = new("Lithium per molecule", "Lithium atoms in a molecule of the film.", new(0.1, 10)) { Default = 2 };
    public static readonly NumberKey Potential = new("Open-circuit potential [V]", "Equilibrium potential of the reduction against lithium.", new(-1, 5)) { Default = 0.4 };
    public static readonly NumberKey Transfer = new("Transfer coefficient", "α of the reduction, exp(−αFη/RT).", new(0.01, 1)) { Default = 0.5 };
    public static readonly NumberKey ExchangeCurrent = new("Exchange current density [A.m-2]", "Of the reduction at the reference temperature; left out, the reaction limits nothing.", new(0, 1e6, AboveMinimum: true));
    public static readonly NumberKey Activation = new("Activation energy [J.mol-1]", "Of the exchange current density.", new(-2e5, 5e5)) { Default = 0 };
    public static readonly NumberKey Diffusivity = new("Solvent diffusivity [m2.s-1]", "Of the solvent in the film; left out, its diffusion limits nothing.", new(0, 1e-6, AboveMinimum: true));
    public static readonly NumberKey Concentration = new("Solvent concentration [mol.m-3]", "Of the solvent outside the film.", new(1, 1e5)) { Default = 2636 };
    public static readonly FlagKey NarrowsPores = new("Narrows pores", "Whether the film takes room in the pores: porosity and transport efficiency fall.", true);
    public static readonly SectionKey Film = new("SEI", "A film that grows on the particles by reduction of the solvent.", new(
        InitialThickness, Resistivity, MolarVolume, Lithium, Potential, Transfer, ExchangeCurrent, Activation, Diffusivity, Concentration, NarrowsPores));

    /// <summary>Reads the section.</summary>
    public static FilmGrowth Read(SectionReader film)
    {
        if (!film.Has(ExchangeCurrent) && !film.Has(Diffusivity))
            film.Report.Missing(film.Path, film.Node, "nothing limits the growth", $"\"{ExchangeCurrent.Name}\", \"{Diffusivity.Name}\", or both");
        return new()
        {
            InitialThickness = film.Get(InitialThickness),
            Resistivity = film.Get(Resistivity),
            MolarVolume = film.Get(MolarVolume),
            LithiumPerMolecule = film.Get(Lithium),
            EquilibriumPotential = film.Get(Potential),
            TransferCoefficient = film.Get(Transfer),
            ExchangeCurrent = film.Find(ExchangeCurrent),
            ActivationEnergy = film.Get(Activation),
            SolventSupply = film.Find(Diffusivity) * film.Get(Concentration),
            NarrowsPores = film.Get(NarrowsPores),
        };
    }
}
