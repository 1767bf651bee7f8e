using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Boundaries;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Transport;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The equations of a whole cell on one rank's part of the mesh: every law that applies, on the faces and cells where it applies.</summary>
public sealed class CellModel : IDisposable
{
    /// <summary><see cref="ErrorTolerance.InPairs"/> of stoichiometries: V feels little of what is missed where a stage of graphite passes through one control volume.</summary>
    private const double StoichiometryInPairs = 12;

    /// <summary>Allowed local error of I over itself, in relative tolerances.</summary>
    private const double ShareOfCurrent = 0.3;

    /// <summary>Below this many C errors of I are no longer told apart, nor are they closer than Newton's method leaves it.</summary>
    private const double SmallCurrent = 0.01;

    private CellModel(MeshPart part, RegionMaterials materials, FieldLayout layout, CellFields fields, FieldHalo halo, DiscreteSystem system,
        ElectrodeInterface[] interfaces, Communicator world)
    {
        World = world;
        (Mesh, Materials, Layout, Fields, Halo, System, Interfaces) = (part.Mesh, materials, layout, fields, halo, system, interfaces);
        Particles = [.. interfaces.Select(electrode => electrode.Particles)];
    }

    /// <summary>The ranks.</summary>
    public Communicator World { get; }

    public CellMesh Mesh { get; }

    public RegionMaterials Materials { get; }

    /// <summary>Salt concentration at rest at the start [mol m⁻³].</summary>
    public required double InitialConcentration { get; init; }

    /// <summary>Named places.</summary>
    public required IReadOnlyList<ProbePoint> Points { get; init; }

    public FieldLayout Layout { get; }

    public CellFields Fields { get; }

    public FieldHalo Halo { get; }

    public DiscreteSystem System { get; }

    /// <summary>The interfaces of particles and electrolyte, negative electrode first.</summary>
    public IReadOnlyList<ElectrodeInterface> Interfaces { get; }

    /// <summary>Particle classes, negative electrode first.</summary>
    public IReadOnlyList<ReactingParticles> Particles { get; }

    /// <summary>What preconditioners may know of the mesh.</summary>
    public CellChains Chains => new(Segments.Find(Mesh), Halo, Mesh.Column, Mesh.Level);

    /// <summary>Whether the energy equation is solved.</summary>
    public bool HasHeat => Layout.Cells > 0 && Layout.Has(0, Field.Temperature);

    /// <summary>*Collective.* Builds the equations of a case on this rank's part.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="part">The cells of this rank.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="declared">The unknowns; null for those of the case.</param>
    public static CellModel Build(SimulationCase simulation, MeshPart part, Communicator world, UnknownTable? declared = null)
    {
        CellMesh mesh = part.Mesh;
        RegionMaterials materials = new(mesh, simulation);
        materials.RequireValid(world);
        UnknownTable unknowns = declared ?? CellUnknowns.Of(simulation);
        (FieldLayout layout, FieldHalo halo, CellFields fields, StateRegistry states) = MacroscopicState.Of(unknowns, part, simulation, world);
        ElectrolyteProperties electrolyte = new(simulation.Cell.Electrolyte, fields, Cells(mesh, mesh.CellCount, kind => kind.HasElectrolyte()));
        CellProperty efficiency = materials.Property(LayerProperty.TransportEfficiency);
        RegionFactors ofEfficiency = Factors(mesh, "transport efficiency", region => mesh.Regions[region].Kind.HasElectrolyte());
        PoreSpace? pores = Pores(unknowns, fields, mesh, materials, efficiency, ofEfficiency);
        CellProperty resistivity = pores?.TransportResistivity ?? efficiency.Inverse(ofEfficiency);
        bool[] atTerminals = TouchTerminals(mesh, world);
        RegionFactors ofConductivity = Factors(mesh, "electronic conductivity", region => mesh.Regions[region].Kind.IsElectrode() && !atTerminals[region]);
        CellProperty electronicResistivity = materials.Property(LayerProperty.ElectronicConductivity).Inverse(ofConductivity);
        ElectronicConduction electronic = new(fields, electronicResistivity);
        List<PropertyPass> passes = pores is null ? [electrolyte] : [electrolyte, pores];
        List<Term> terms = [.. StorageTerms(unknowns, mesh, materials, layout, states)];
        CellGroups layers = new([.. Enum.GetValues<LayerKind>().Select(kind => kind.Name())], [.. Enumerable.Range(0, mesh.CellCount).Select(cell => (byte)mesh.Kind(cell))]);
        bool hasHeat = simulation.Thermal.Model == ThermalModel.Resolved;
        RegionFactors ofHeat = Factors(mesh, "thermal conductivity", _ => hasHeat);
        CooledSurfaces cooled = new(simulation, mesh, materials);
        if (hasHeat && materials.ConductivityDependsOnTemperature)
        {
            TemperatureProperty through = materials.Inverse(fields, LayerProperty.ThroughConductivity, thermal => thermal.ThroughConductivity, ofHeat);
            TemperatureProperty inPlane = materials.Inverse(fields, LayerProperty.InPlaneConductivity, thermal => thermal.InPlaneConductivity, ofHeat);
            passes.AddRange([through, inPlane]);
            terms.AddRange(FaceTerms(new VariableHeatConduction(fields, through, inPlane)));
            terms.AddRange(cooled.Terms(fields, layout, new VariableHalfCell(through, inPlane)));
        }
        else
        {
            HeatConduction heat = new(fields, materials.Property(LayerProperty.ThroughConductivity).Inverse(ofHeat), materials.Property(LayerProperty.InPlaneConductivity).Inverse(ofHeat));
            terms.AddRange(FaceTerms(heat));
            terms.AddRange(cooled.Terms(fields, layout, new FixedHalfCell(ofHeat)));
        }
        ElectrodeInterface[] interfaces = [.. BuildInterfaces(simulation, mesh, materials, unknowns, fields, layout, states, pores)];
        terms.AddRange(interfaces.SelectMany(electrode => electrode.Terms));
        terms.AddRange(CounterElectrodes(simulation, mesh, materials, electrolyte, resistivity, unknowns, fields, layout, states));
        terms.Add(new InternalShort(fields, layout, InternalShorts.In(mesh, simulation.Defects)));
        Terminals terminals = BuildTerminals(simulation, mesh, materials, fields, layout, world);
        states.Register(new(new("Terminal current", "A"), terminals.SolvedCurrent, 1, CurrentTolerance(simulation)) { IsDifferential = false });
        DiscreteSystem system = new(unknowns, layout, fields, states, [.. passes], terminals, terms);
        return new(part, materials, layout, fields, halo, system, interfaces, world) { InitialConcentration = simulation.Cell.Electrolyte.InitialConcentration, Points = simulation.Probes.Points };

        IEnumerable<Term> FaceTerms<THeat>(THeat heat) where THeat : struct, IFaceLaw, IHeatPath => electrolyte.IsTransferenceFixed
            ? Laws<FixedTransference, THeat>(new(electrolyte), heat).Terms(mesh, layout, hasHeat, pores, layers)
            : Laws<VariableTransference, THeat>(new(electrolyte), heat).Terms(mesh, layout, hasHeat, pores, layers);

        FaceLaws<IonicTransport<TTransference>, THeat> Laws<TTransference, THeat>(TTransference transference, THeat heat)
            where TTransference : struct, ITransference where THeat : struct, IFaceLaw, IHeatPath =>
            new(new(fields, electrolyte, transference, resistivity), electronic, heat, new(fields, electronicResistivity, mesh.Contacts), new(fields, heat, mesh.Contacts));
    }

    /// <summary>Gives all surfaces surroundings of one temperature [K]; null gives each its own back.</summary>
    public void SetAmbient(double? ambient)
    {
        foreach (ISurrounded surface in System.Terms.OfType<ISurrounded>())
            surface.Ambient = ambient;
    }

    /// <summary>Every mesh face through which something flows, with what flows at the present state.</summary>
    public IEnumerable<(Face Face, FaceFlux<Real> Flux)> Flows()
    {
        foreach (FaceTerm term in System.Terms.OfType<FaceTerm>())
            for (int face = 0; face < term.Faces.Length; face++)
                yield return (term.Faces[face], term.FluxAt(face));
    }

    public void Dispose() => Halo.Dispose();

    /// <summary>Of I where a voltage is held: it falls by decades, and what errors of states do to it decides when a hold until a current ends.</summary>
    private static ErrorTolerance CurrentTolerance(SimulationCase simulation)
    {
        double relative = ShareOfCurrent * simulation.Solver.RelativeTolerance;
        return new(SmallCurrent * Math.Max(relative, simulation.Solver.NewtonTolerance) * simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare, relative);
    }

    private static IEnumerable<Term> StorageTerms(UnknownTable unknowns, CellMesh mesh, RegionMaterials materials, FieldLayout layout, StateRegistry states)
    {
        StateVariable Of(Field field) => states.Variables.First(state => state.Quantity == unknowns[field].Quantity);
        CellProperty porosity = materials.Property(LayerProperty.Porosity), density = materials.Property(LayerProperty.Density);
        int[] withSalt = Of(Field.Salt).Determined!, withHeat = Of(Field.Temperature).Determined!;
        yield return new Storage<Proportional>(Field.Salt, [(new(), withSalt)], TimesVolume(mesh, cell => porosity[cell]), Of(Field.Salt), layout,
            new("Lithium in electrolyte", "mol", Totals.Lithium));
        StoredTotal enthalpy = new("Enthalpy", "J");
        if (materials.HeatCapacityDependsOnTemperature)
        {
            double reference = unknowns[Field.Temperature].StoredFrom;
            IReadOnlyList<Curve> ofRegions = materials.SpecificEnthalpies(reference);
            CellProperty factor = materials.Factor(LayerProperty.SpecificHeatCapacity);
            yield return new Storage<Enthalpy>(Field.Temperature, withHeat.GroupBy(cell => mesh.Region[cell]).Select(cells => (new Enthalpy(ofRegions[cells.Key], reference), cells.ToArray())),
                TimesVolume(mesh, cell => density[cell] * factor[cell]), Of(Field.Temperature), layout, enthalpy);
        }
        else
        {
            CellProperty heatCapacity = materials.Property(LayerProperty.SpecificHeatCapacity);
            yield return new Storage<Proportional>(Field.Temperature, [(new(), withHeat)], TimesVolume(mesh, cell => density[cell] * heatCapacity[cell]), Of(Field.Temperature), layout, enthalpy);
        }
    }

    private static IEnumerable<ElectrodeInterface> BuildInterfaces(
        SimulationCase simulation, CellMesh mesh, RegionMaterials materials, UnknownTable unknowns, CellFields fields, FieldLayout layout, StateRegistry states, PoreSpace? pores)
    {
        ParticleModes modes = ParticleModes.Of(simulation);
        ErrorTolerance tolerance = new(simulation.Solver.StoichiometryTolerance, 0) { InPairs = StoichiometryInPairs };
        for (int region = 0; region < mesh.Regions.Count; region++)
            foreach (ActiveMaterial material in materials[region].ActiveMaterials)
            {
                int own = region;
                int[] cells = [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => mesh.Region[cell] == own)];
                string name = material.Name.Length == 0 ? mesh.Regions[region].Name : $"{mesh.Regions[region].Name} ({material.Name})";
                ParticleGeometry geometry = materials.Particles(material, new(name, cells) { Class = material.Name });
                ReactingParticles particles = new(geometry, material, modes[material], mesh.Volume, fields, states, tolerance, simulation.Cell.Electrolyte.ReferenceConcentration);
                particles.IsIsothermal = !layout.HasAnywhere(Field.Temperature);
                LocalSites sites = LocalSites.InVolumes(cells, geometry.AreaPerVolume, mesh.Volume);
                string transfer = mesh.Regions[region].Kind.Polarity() == Polarity.Negative ? Totals.NegativeTransfer : Totals.PositiveTransfer;
                yield return new(particles, sites, transfer, unknowns, fields, layout, states, pores);
            }
    }

    /// <summary>Lithium metal reacts on the faces where it touches electrolyte.</summary>
    private static IEnumerable<Term> CounterElectrodes(
        SimulationCase simulation, CellMesh mesh, RegionMaterials materials, ElectrolyteProperties electrolyte, CellProperty resistivity, UnknownTable unknowns, CellFields fields, FieldLayout layout, StateRegistry states)
    {
        for (int region = 0; region < mesh.Regions.Count; region++)
        {
            if (materials[region].Foil is not { } foil)
                continue;
            int own = region;
            HalfCells faces = HalfCells.Between(mesh, cell => mesh.Region[cell] == own);
            string name = mesh.Regions[region].Name;
            double conductivity = materials[region].ElectronicConductivity!.Value;
            FaceApproach approach = new(faces.Electrolyte, faces.ElectrolyteLengths, [.. faces.ConductorLengths.Select(length => length / conductivity)], electrolyte, resistivity);
            LithiumSurface surface = new(new(name, faces.Electrolyte) { Opposite = faces.Conductor }, foil, approach, fields.ReferenceTemperature, simulation.Cell.Electrolyte.ReferenceConcentration, states);
            InterfaceLaw<MetalDeposition> law = new(new(surface), name, Totals.NegativeTransfer);
            LocalSites sites = LocalSites.OnFaces(faces.Electrolyte, faces.Conductor, [.. faces.Electrolyte.Select(cell => mesh.PlaneArea[cell])]);
            yield return ElectrodeInterface.Condensed(law, sites, unknowns, fields, layout);
        }
    }

    /// <summary>Pores that change; null where none do.</summary>
    private static PoreSpace? Pores(UnknownTable unknowns, CellFields fields, CellMesh mesh, RegionMaterials materials, CellProperty efficiency, RegionFactors factors)
    {
        if (unknowns.Find(CellUnknowns.Porosity.Name) is not { } porosity)
            return null;
        CellProperty initial = materials.Property(LayerProperty.Porosity);
        for (int cell = 0; cell < mesh.CellCount; cell++)
            fields[porosity.Field][cell] = initial[cell];
        return new(porosity.Field, fields[porosity.Field], efficiency, factors, mesh.Volume);
    }

    /// <summary>A factor of a property in some regions, for derivatives by it.</summary>
    private static RegionFactors Factors(CellMesh mesh, string property, Func<int, bool> has) => new(
        [.. mesh.Regions.Select((region, number) => has(number) ? Parameter.Factor($"{region.Name}: {property}") : null)], mesh.Region);

    /// <summary>*Collective.* Which regions touch a terminal; there the resistance of half cells is that of the terminal.</summary>
    private static bool[] TouchTerminals(CellMesh mesh, Communicator world)
    {
        double[] touches = new double[mesh.Regions.Count];
        foreach (BoundaryFace face in mesh.Boundaries)
            if (face.Surface is CellSurface.PositiveTerminal or CellSurface.NegativeTerminal)
                touches[mesh.Region[face.Cell]] = 1;
        world.Allreduce(touches, Operation.Max);
        return Array.ConvertAll(touches, touch => touch > 0);
    }

    private static Terminals BuildTerminals(SimulationCase simulation, CellMesh mesh, RegionMaterials materials, CellFields fields, FieldLayout layout, Communicator world)
    {
        List<TerminalFace> faces = [];
        CellProperty conductivity = materials.Property(LayerProperty.ElectronicConductivity);
        foreach (BoundaryFace face in mesh.Boundaries)
        {
            bool positive = face.Surface == CellSurface.PositiveTerminal;
            if (!positive && face.Surface != CellSurface.NegativeTerminal)
                continue;
            Tab? tab = positive ? simulation.Geometry.PositiveTab : simulation.Geometry.NegativeTab;
            double resistance = (face.Distance / conductivity[face.Cell]) + (tab?.ContactResistance ?? (positive ? simulation.Geometry.Winding?.PositiveContact : simulation.Geometry.Winding?.NegativeContact) ?? 0);
            faces.Add(new(face.Cell, face.Area / resistance, positive));
        }
        return Terminals(fields, layout, [.. faces], world);
    }

    /// <summary>*Collective.* Terminals whose row knows the positive faces of all ranks.</summary>
    public static Terminals Terminals(CellFields fields, FieldLayout layout, TerminalFace[] faces, Communicator world)
    {
        TerminalFace[] positives = [.. faces.Where(face => face.Positive)];
        return new(fields, layout, faces, world.Allgatherv([.. positives.Select(face => layout.Global(face.Cell, Field.ElectronicPotential))]), world.Allgatherv([.. positives.Select(face => face.Conductance)]));
    }

    private static double[] TimesVolume(CellMesh mesh, Func<int, double> density) =>
        [.. Enumerable.Range(0, mesh.CellCount).Select(cell => density(cell) * mesh.Volume[cell])];

    private static int[] Cells(CellMesh mesh, int count, Func<LayerKind, bool> belongs) =>
        [.. Enumerable.Range(0, count).Where(cell => belongs(mesh.Kind(cell)))];
}
