using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Simulation.Reports;

/// <summary>Lengths, times and energies of a case at its start, and whether they are as far apart as the model assumes (equations 10.1 to 10.6).</summary>
/// <remarks>Closed formulas, no simulation. Ranges go over electrodes and materials; each relation takes the pair of values that is nearest.</remarks>
public sealed class ScaleSeparation
{
    /// <summary>What is assumed where neither BPX nor case say more: ε_r of the electrolyte, and C_dl [F m⁻²] of an interface.</summary>
    public const double Permittivity = 30, Capacitance = 0.2;

    private const double VacuumPermittivity = 8.8541878128e-12;
    private readonly SimulationCase _case;
    private readonly BpxCell _cell;
    private readonly double _temperature, _areaCurrent;
    private readonly List<Material> _materials = [];
    private readonly PorousElectrode[] _electrodes;
    private readonly HeatPath[] _heat;

    /// <summary>η of lithium foil as counter electrode at the strongest current [V], and its R_ct [Ω m²]; null where there is none.</summary>
    private readonly (double Overpotential, double Resistance)? _foil;

    private ScaleSeparation(SimulationCase simulation)
    {
        (_case, _cell, _temperature) = (simulation, simulation.Cell, simulation.Thermal.InitialTemperature);
        _electrodes = _cell.CounterElectrode is null ? [_cell.NegativeElectrode, _cell.PositiveElectrode] : [_cell.PositiveElectrode];
        ExpectedCurrent expected = new(simulation);
        double strongest = simulation.Protocol.Steps.Select(step => expected.Extremes(step.Drive) is var (discharge, charge) ? Math.Max(-discharge, charge) : 0).DefaultIfEmpty().Max();
        _areaCurrent = strongest / (simulation.Geometry.Area * simulation.Geometry.ElectrodePairs);
        _heat = [.. HeatPath.Of(simulation)];
        if (_cell.CounterElectrode is { } foil)
            _foil = (ResistanceEstimate.Overpotential(_cell, foil, _temperature, _areaCurrent).Value, ResistanceEstimate.Overpotential(_cell, foil, _temperature, 0).Slope);
        double charged = simulation.InitialStateOfCharge;
        if (_cell.CounterElectrode is null) Add(_cell.NegativeElectrode, _cell.Balance.NegativeStoichiometries(charged, _temperature));
        Add(_cell.PositiveElectrode, _cell.Balance.PositiveStoichiometries(charged, _temperature));
        Lengths = [.. FindLengths()];
        Times = [.. FindTimes(expected)];
        Energies = [.. FindEnergies()];
        Relations = [.. FindRelations()];
    }

    /// <summary>λ_D, r_pore, R_p, L_e, and what else the case has [m].</summary>
    public IReadOnlyList<Scale> Lengths { get; }

    /// <summary>Times [s].</summary>
    public IReadOnlyList<Scale> Times { get; }

    /// <summary>Energies per charge [V].</summary>
    public IReadOnlyList<Scale> Energies { get; }

    /// <summary>The relations between them.</summary>
    public IReadOnlyList<ScaleRelation> Relations { get; }

    /// <summary>The scales of a case.</summary>
    public static ScaleSeparation Of(SimulationCase simulation) => new(simulation);

    /// <summary>As it stands in the summary of a run.</summary>
    public ScalesSummary ToSummary()
    {
        static ScaleSummary[] Of(IEnumerable<Scale> scales) => [.. scales.Select(scale => new ScaleSummary(scale.Name, scale.Symbol, scale.Least, scale.Largest, scale.Assumed.Length > 0 ? $"{scale.Formula}; {scale.Assumed}" : scale.Formula))];

        return new()
        {
            Lengths = Of(Lengths),
            Times = Of(Times),
            Energies = Of(Energies),
            Relations = [.. Relations.Select(relation => new ScaleVerdict(relation.Relation, relation.Ratio, relation.Limit, relation.Verdict.ToString().ToLowerInvariant(), relation.Guards, relation.Law, relation.Cost, relation.IsNeeded))],
        };
    }

    private void Add(PorousElectrode electrode, double[] stoichiometries)
    {
        double interfaces = electrode.Thickness * electrode.ActiveMaterials.Sum(material => material.SurfaceAreaPerVolume);
        foreach ((ActiveMaterial material, double stoichiometry) in electrode.ActiveMaterials.Zip(stoichiometries))
        {
            double resistance = ResistanceEstimate.Overpotential(_cell, material, stoichiometry, _temperature, 0).Slope;
            double overpotential = ResistanceEstimate.Overpotential(_cell, material, stoichiometry, _temperature, _areaCurrent / interfaces).Value;
            double potential = material.EquilibriumPotentialOf(_cell.ReferenceTemperature).Value(stoichiometry, _temperature);
            double diffusivity = ThermallyActivated.Of(material.Diffusivity, material.DiffusivityActivationEnergy, _cell.ReferenceTemperature).Value(stoichiometry, _temperature);
            _materials.Add(new(material, resistance, overpotential, potential, diffusivity, PhasesOf(material)));
        }
    }

    /// <summary>Width of the thinnest interface [m], and half of the gap of U between the ends of the widest spinodal [V]; null where a host does not part into phases.</summary>
    private (double Width, double HalfGap)? PhasesOf(ActiveMaterial material)
    {
        if (material.PhaseSeparation is not { } phases) return null;
        HostEquilibrium equilibrium = new(phases.Host, _temperature, phases.ReferencePotential);
        if (equilibrium.Spinodals.Count == 0) return null;
        return (phases.InterfaceWidth(_temperature), equilibrium.Spinodals.Max(unstable => 0.5 * (equilibrium.UniformPotential(unstable.Upper) - equilibrium.UniformPotential(unstable.Lower))));
    }

    private IEnumerable<Scale> FindLengths()
    {
        double concentration = _cell.Electrolyte.InitialConcentration;
        yield return new("Debye length", "λ_D", [Math.Sqrt(Permittivity * VacuumPermittivity * PhysicalConstants.Gas * _temperature / (2 * PhysicalConstants.Faraday * PhysicalConstants.Faraday * concentration))],
            "√(ε_r ε_0 RT/2F²c)", FormattableString.Invariant($"ε_r = {Permittivity}"));
        yield return new("Pore radius", "r_pore", [.. _electrodes.Select(electrode => 2 * electrode.Pores.Porosity / electrode.ActiveMaterials.Sum(material => material.SurfaceAreaPerVolume))], "2ε/a", "cylindrical pores of this porosity and area");
        yield return new("Particle radius", "R_p", [.. _materials.Select(material => material.Active.ParticleRadius)], "BPX, case");
        yield return new("Electrode thickness", "L_e", [.. _electrodes.Select(electrode => electrode.Thickness)], "BPX, case");
        yield return new("Reaction zone", "L_r", [.. _electrodes.Select(ReactionZone)], "[Σ(a/R_ct)(1/Bκ + 1/σ)]^−½");
        if (_areaCurrent > 0) yield return new("Way that uses up the salt", "L_c", [.. Media().Select(SaltWay)], "F B D_e c/(1−t₊)i", "steady, at the strongest current");
        if (InPlane is double plane) yield return new("Cell, in plane", "L_cell", [plane], "smaller of width and height");
        if (_heat.Length > 0)
        {
            yield return new("Way of heat to a surface", "s", [.. _heat.Select(path => path.Way)], "half of the cell", "through the layers and in their plane; no tabs");
            yield return new("Cooling length", "k_T/h", [.. _heat.Select(path => path.CoolingLength)], "k_T over 1/(1/h + R) and radiation");
        }
        if (_materials.Exists(material => material.Phases is not null)) yield return new("Interface of phases", "w", [.. _materials.Select(material => material.Phases?.Width).OfType<double>()], "Δθ √(κ_g/2Δf)");
    }

    /// <summary>How far the reaction reaches into an electrode for a small current at first [m]: as much resists the way there as the interface does.</summary>
    private double ReactionZone(PorousElectrode electrode)
    {
        double interfaces = _materials.Where(material => electrode.ActiveMaterials.Contains(material.Active)).Sum(material => material.Active.SurfaceAreaPerVolume / (material.Resistance + material.Active.FilmResistance));
        return 1 / Math.Sqrt(interfaces * ((1 / ResistanceEstimate.IonicConductivity(_cell, electrode.Pores, _temperature)) + (1 / electrode.Conductivity)));
    }

    /// <summary>Thickness of everything with electrolyte, and its pores, electrodes first.</summary>
    private IEnumerable<(double Thickness, PorousMedium Pores)> Media() => _electrodes.Select(electrode => (electrode.Thickness, electrode.Pores)).Append((_cell.Separator.Thickness, _cell.Separator.Pores));

    /// <summary>Over which a steady current takes the salt from c to nothing [m].</summary>
    private double SaltWay((double Thickness, PorousMedium Pores) medium)
    {
        double concentration = _cell.Electrolyte.InitialConcentration, bulk = _cell.Electrolyte.DiffusivityOf(_cell.ReferenceTemperature).Value(concentration, _temperature);
        double arriving = 1 - _cell.Electrolyte.TransferenceNumber.Value(concentration, _temperature);
        return PhysicalConstants.Faraday * medium.Pores.TransportEfficiency * bulk * concentration / (arriving * _areaCurrent);
    }

    /// <summary>The smaller side of the electrodes' plane [m]; of a roll the height or the length of the ribbon; null for a column.</summary>
    private double? InPlane => _case.Geometry.Winding is { } roll ? Math.Min(roll.Shape.Height, roll.Shape.FoilLength(Polarity.Positive))
        : _case.Geometry.Form == CellForm.Column ? null : Math.Min(_case.Geometry.Width, _case.Geometry.Height);

    private IEnumerable<Scale> FindTimes(ExpectedCurrent expected)
    {
        double bulk = _cell.Electrolyte.DiffusivityOf(_cell.ReferenceTemperature).Value(_cell.Electrolyte.InitialConcentration, _temperature);
        yield return new("Double layer", "τ_dl", [.. _materials.Select(material => material.Resistance * (material.Active.DoubleLayerCapacitance > 0 ? material.Active.DoubleLayerCapacitance : Capacitance)), .. OfFoil(foil => foil.Resistance * Capacitance)],
            "R_ct C_dl", HasCapacitance ? "" : FormattableString.Invariant($"C_dl = {Capacitance} F/m² where the case has none"));
        yield return new("Salt across a pore", "τ_pore", [.. _materials.Select(material => Squared(material.Active.ParticleRadius) / bulk)], "R_p²/D_e");
        yield return new("Salt through an electrode", "τ_e", [.. _electrodes.Select(electrode => Squared(electrode.Thickness) / (electrode.Pores.TransportEfficiency * bulk))], "L_e²/(B D_e)");
        yield return new("Lithium in a particle", "τ_s", [.. _materials.Select(material => Squared(material.Active.ParticleRadius) / material.Diffusivity)], "R_p²/D_s");
        (double drive, string assumed) = Drive(expected);
        yield return new("Drive", "t_drive", [drive], "charge over current, or step", assumed);
        if (_case.Thermal.Model != ThermalModel.Resolved) yield break;
        yield return new("Heat through a pair", "τ_th", [Heat()], "Σρc_pδ Σδ/k");
        double conductance = OuterSurface.Conductance(_case).Largest + OuterSurface.RadiativeConductance(_case);
        if (conductance > 0 && double.IsFinite(conductance))
            yield return new("Heat out of the cell", "τ_h", [HeatCapacityCheck.OfLayers(_case.Geometry, _case.Layers, _temperature) / _case.Part.Share / conductance], "C/Σ(hA)", "largest h; radiation included");
    }

    /// <summary>Whether all interfaces of the case have a capacitance.</summary>
    private bool HasCapacitance => _foil is null && _materials.All(material => material.Active.DoubleLayerCapacitance > 0);

    /// <summary>A value of the foil; none where there is no foil.</summary>
    private IEnumerable<double> OfFoil(Func<(double Overpotential, double Resistance), double> value) => _foil is { } foil ? [value(foil)] : [];

    private static double Squared(double value) => value * value;

    /// <summary>The shortest time in which a step passes the charge of the cell, or ends before [s]; 1C where no step drives a current.</summary>
    private (double Seconds, string Assumed) Drive(ExpectedCurrent expected)
    {
        const double secondsPerHour = 3600;
        double charge = secondsPerHour * _cell.Balance.WindowCapacity * _case.Protocol.CurrentShare, shortest = double.PositiveInfinity;
        bool hasCycle = false;
        foreach (ProtocolStep step in _case.Protocol.Steps)
        {
            (double discharge, double charging) = expected.Extremes(step.Drive);
            double current = Math.Max(-discharge, charging);
            if (current <= 0) continue;
            hasCycle |= step.Drive is Drive.Cycle;
            shortest = Math.Min(shortest, Math.Min(step.Duration ?? double.PositiveInfinity, charge / current));
        }
        return double.IsFinite(shortest) ? (shortest, hasCycle ? "a drive cycle at its strongest current" : "")
            : (charge / (_cell.NominalCapacity * _case.Protocol.CurrentShare), "1C: no step drives a current");
    }

    /// <summary>Of the layers of one pair [s].</summary>
    private double Heat() => _case.Layers.Sum(layer => layer.Material.Thermal.VolumetricHeatCapacity(_temperature) * layer.Thickness)
        * _case.Layers.Sum(layer => layer.Thickness / layer.Material.Thermal.ThroughConductivity.Value(_temperature));

    private IEnumerable<Scale> FindEnergies()
    {
        yield return new("Thermal energy", "k_BT/e", [PhysicalConstants.Gas * _temperature / PhysicalConstants.Faraday], "RT/F");
        yield return new("Overpotential", "η", [.. _materials.Select(material => Math.Abs(material.Overpotential)), .. OfFoil(foil => foil.Overpotential)], "(3.3), (3.12) at the strongest current", "reaction uniform over the electrode");
        yield return new("Interface", "Δφ", [.. _materials.Select(material => Math.Abs(material.Potential) + Math.Abs(material.Overpotential))], "U + η");
        yield return new("Reaction of the cell", "ΔG/e", [Math.Abs(_cell.Balance.OpenCircuitVoltage(_case.InitialStateOfCharge, _temperature))], "open-circuit voltage at the start");
        if (Drops() is var (foils, pair))
        {
            yield return new("Drop along the foils", "Δφ_f", [foils], "i ΣR_foil", "at the strongest current, uniform over the plane");
            yield return new("Drop through a pair", "Δφ_p", [pair], "i ΣR", "small-signal, at once");
        }
        if (_materials.Exists(material => material.Phases is not null)) yield return new("Nucleation", "ΔU_sp", [.. _materials.Select(material => material.Phases?.HalfGap).OfType<double>()], "half of U between the spinodals");
    }

    /// <summary>What the strongest current loses along the foils, and through everything between them [V]; null where foils have no plane or no current flows.</summary>
    private (double Foils, double Pair)? Drops()
    {
        double foils = ResistanceEstimate.Of(_case).Where(item => item.Mechanism == ResistanceEstimate.AlongFoil).Sum(item => item.AreaResistance);
        return foils > 0 && _areaCurrent > 0 ? (_areaCurrent * foils, _areaCurrent * ResistanceEstimate.Of(_cell, _case.InitialStateOfCharge, _temperature).Sum(item => item.AreaResistance)) : null;
    }

    private IEnumerable<ScaleRelation> FindRelations()
    {
        const double much = ScaleRelation.MuchSmaller;
        (Scale debye, Scale pore, Scale radius, Scale thickness) = (Lengths[0], Lengths[1], Lengths[2], Lengths[3]);
        yield return new("λ_D ≪ r_pore", debye.Largest / pore.Least, 0.01, "electroneutral pores", "none: (2.1) to (2.4) are electroneutral; charge at interfaces alone by Double layer capacitance (3.7)", "potential and ions one by one; λ_D resolved in pores, 3D", true);
        yield return new("r_pore ≪ L_e", pore.Largest / thickness.Least, much, "averages over pores and particles (porous electrode)", "none: Transport efficiency and area carry the pores; layers may be graded", "pores resolved: 1e6 voxels and more for a sample (homogenize)", true);
        yield return new("R_p ≪ L_e", radius.Largest / thickness.Least, much, "many particles through an electrode", "none: size classes by Materials; wide cells need no particle inside one", "particles resolved in 3D: 1e6 voxels and more", true);
        if (InPlane is double plane) yield return new("L_e ≪ L_cell", thickness.Largest / plane, much, "layers in parallel (Model 2+1D and below)", "Model 3D pair and 3D resolve all directions", "cells in the plane times those of a column", false);
        yield return new("L_e ≪ L_r", _electrodes.Max(electrode => electrode.Thickness / ReactionZone(electrode)), much, "a reaction uniform over an electrode (Model SPM, SPMe)", "potentials in ions and solid through the layers (2.3) to (2.6): Model 1D and above", "some 40 control volumes through a pair instead of 1 to 3", false);
        if (_areaCurrent > 0) yield return new("L ≪ L_c", Media().Max(medium => medium.Thickness / SaltWay(medium)), much, "salt near its mean, κ and D of one concentration; fails beyond the limiting current", "salt in time and depth (2.1), κ(c, T), D(c, T): Model 1D and above", "some 40 control volumes through a pair instead of 1 to 3", false);
        foreach (HeatPath path in _heat)
            yield return path.IsInPlane
                ? new("s ≪ k_T/h, in plane", path.Biot, much, "one temperature in the plane (Biot number): columns, lumped models", "Thermal.Model = resolved (6.1) in Model 2+1D and above", "cells in the plane times those of a column", !path.IsResolved)
                : new("s ≪ k_T/h, through", path.Biot, much, "one temperature through the cell (Biot number): a pair for the stack, lumped models", "Thermal.Model = resolved (6.1) in Model 3D: every pair", "pairs of the cell times the cells of one", !path.IsResolved);
        if (Drops() is var (foils, pair)) yield return new("Δφ_f ≪ Δφ_p", foils / pair, much, "foils of one potential, the same current everywhere (Model 1D and below)", "φ_s in foils and tabs (2.5), (2.6): Model 2+1D and above", "cells in the plane times those of a column", false);
        (Scale layer, Scale salt, Scale through, Scale solid, Scale drive) = (Times[0], Times[1], Times[2], Times[3], Times[4]);
        double slow = Math.Min(Math.Min(through.Least, solid.Least), drive.Least);
        yield return new("τ_dl ≪ t_drive", layer.Largest / drive.Least, much, "interfaces without capacitance", "Double layer capacitance [F.m-2] (3.7)", "no further unknown; shorter steps after a switch", !HasCapacitance);
        yield return new("τ_pore ≪ τ_e, τ_s, t_drive", salt.Largest / slow, much, "salt uniform across a pore", "none: (2.1) knows the mean of a pore", "pores resolved: 1e6 voxels and more for a sample", true);
        yield return new("τ_dl ≪ τ_pore", layer.Largest / salt.Least, much, "usual order: interfaces before salt in a pore", "Double layer capacitance [F.m-2] (3.7); pores know no time of their own", "no further unknown; shorter steps after a switch", false);
        yield return new("τ_dl ≪ τ_s", layer.Largest / solid.Least, much, "usual order: interfaces before particles", "Double layer capacitance [F.m-2] (3.7)", "no further unknown; shorter steps after a switch", false);
        yield return new("τ_s ≲ τ_e", solid.Largest / through.Least, 1, "usual order: particles before salt; breaks nothing here", "particles (4.1) and salt (2.1) each in time", "nothing: both are there", false);
        yield return new("τ_e ≪ t_drive", through.Largest / drive.Least, much, "steady or uniform salt (Model SPM, SPMe)", "salt in time (2.1): Model 1D and above", "some 40 control volumes through a pair instead of 1 to 3", false);
        yield return new("τ_s ≪ t_drive", solid.Largest / drive.Least, much, "particles of uniform filling", "diffusion in particles (4.1), always", "some 10 unknowns per particle, outside the matrix", false);
        if (Times.FirstOrDefault(scale => scale.Symbol == "τ_th") is { } across) yield return new("τ_th ≪ t_drive", across.Largest / drive.Least, much, "one temperature through a pair", "Thermal.Model = resolved (6.1), every layer", "one unknown more per control volume", false);
        if (Times.FirstOrDefault(scale => scale.Symbol == "τ_h") is { } cooling) yield return new("τ_h ≪ t_drive", cooling.Largest / drive.Least, much, "a cell at the temperature of its surroundings (Thermal.Model = isothermal)", "Thermal.Model = resolved (6.1)", "one unknown more per control volume", false);
        (Scale heat, Scale over, Scale contact, Scale cell) = (Energies[0], Energies[1], Energies[2], Energies[3]);
        yield return new("k_BT ≪ e Δφ", heat.Largest / contact.Least, much, "reactions over a barrier, none at random", "Butler–Volmer in full (3.3), both directions", "nothing: always solved", false);
        yield return new("e Δφ ≪ ΔG", contact.Largest / cell.Least, much, "one interface holds little of the cell's energy", "U(x, T) of each electrode by itself (3.2)", "nothing: always solved", false);
        yield return new("e η ≪ ΔG", over.Largest / cell.Least, much, "a driving force that is small beside the reaction's", "voltage by mechanism in timeseries.csv", "nothing: always recorded", false);
        yield return new("e η ≪ k_BT", over.Largest / heat.Least, much, "linear kinetics", "Butler–Volmer in full (3.3), (3.5)", "nothing: always solved", false);
        Material[] parting = [.. _materials.Where(material => material.Phases is not null)];
        if (parting.Length == 0) yield break;
        yield return new("w ≪ R_p", parting.Max(material => material.Phases!.Value.Width / material.Active.ParticleRadius), much, "sharp fronts in particles (shrinking cores)", "Particle transport Cahn–Hilliard (4.4): fronts have their width", "nothing: always solved", false);
        yield return new("η ≪ ΔU_sp", parting.Max(material => Math.Abs(material.Overpotential) / material.Phases!.Value.HalfGap), much, "particles that fill one after the other, not side by side", "Particle transport Cahn–Hilliard (4.4): either, as the current has it; sizes by Scatter or Materials", "nothing: always solved", false);
    }

    private sealed record Material(ActiveMaterial Active, double Resistance, double Overpotential, double Potential, double Diffusivity, (double Width, double HalfGap)? Phases);
}
