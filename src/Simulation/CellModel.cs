using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Boundaries;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Transport;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The equations of a whole cell on one rank's part of the mesh: every law that applies, on the faces and cells where it applies.</summary>
public sealed class CellModel : IDisposable
{
    private CellModel(MeshPart part, RegionMaterials materials, FieldLayout layout, CellFields fields, FieldHalo halo, DiscreteSystem system,
        ReactingParticles[] particles)
    {
        (Mesh, Materials, Layout, Fields, Halo, System, Particles) = (part.Mesh, materials, layout, fields, halo, system, particles);
    }

    public CellMesh Mesh { get; }

    public RegionMaterials Materials { get; }

    public FieldLayout Layout { get; }

    public CellFields Fields { get; }

    public FieldHalo Halo { get; }

    public DiscreteSystem System { get; }

    /// <summary>Transport of salt and charge in the electrolyte, with the mesh faces it passes through, in the same order.</summary>
    public required (FaceTerm<IonicTransport> Term, Face[] Faces) Ionic { get; init; }

    /// <summary>Conduction of electrons, with the mesh faces it passes through, in the same order.</summary>
    public required (FaceTerm<ElectronicConduction> Term, Face[] Faces) Electronic { get; init; }

    /// <summary>Particle classes, negative electrode first.</summary>
    public IReadOnlyList<ReactingParticles> Particles { get; }

    /// <summary>Whether the energy equation is solved.</summary>
    public bool HasHeat => Layout.Cells > 0 && Layout.Has(0, Field.Temperature);

    /// <summary>*Collective.* Builds the equations of a case on this rank's part.</summary>
    public static CellModel Build(SimulationCase simulation, MeshPart part, Communicator world)
    {
        CellMesh mesh = part.Mesh;
        RegionMaterials materials = new(mesh, simulation);
        FieldLayout layout = new(UnknownsPerCell(mesh, simulation), mesh.OwnedCellCount, world.Rank == world.Size - 1);
        FieldHalo halo = new(world, [.. part.Halo.Select(h => new Parallel.Mpi.HaloNeighbour(h.Rank, h.Send, h.Receive))]);
        halo.Number(layout, world);
        bool[] positive = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.Kind(cell).Polarity() == Polarity.Positive)];
        CellFields fields = new(mesh.CellCount, positive, simulation.Thermal.ReferenceTemperature);
        StateRegistry states = new();
        ElectrolyteProperties electrolyte = new(simulation.Cell.Electrolyte, fields, Cells(mesh, mesh.CellCount, kind => kind.HasElectrolyte()));
        Face[] ionicFaces = Faces(mesh, (l, r) => l.HasElectrolyte() && r.HasElectrolyte());
        Face[] electronicFaces = Faces(mesh, (l, r) => l.ConductsElectrons() && r.ConductsElectrons() && l.Polarity() == r.Polarity());
        FaceTerm<IonicTransport> ionic = new(new(fields, electrolyte), Paths(ionicFaces, (cell, _) => materials.Of(cell).Pores!.TransportEfficiency), layout, "Ionic ohmic heat");
        FaceTerm<ElectronicConduction> electronic = new(new(fields, materials.PerCell(m => m.ElectronicConductivity ?? 0)), Paths(electronicFaces, (_, _) => 1), layout, "Electronic ohmic heat");
        FaceTerm<HeatConduction> heat = new(new(fields), Paths(mesh.Faces, (cell, direction) => Conductivity(materials.Of(cell).Thermal, direction)), layout);
        List<Term> terms = [.. StorageTerms(simulation, mesh, materials, fields, layout, states), ionic, electronic, heat];
        ReactingParticles[] particles = [.. ParticleTerms(simulation, mesh, materials, fields, layout, states)];
        terms.AddRange(particles);
        terms.Add(new Physics.Heat.SurfaceCooling(fields, layout, CooledFaces(simulation, mesh, materials)));
        Terminals terminals = BuildTerminals(simulation, mesh, materials, fields, layout, world);
        DiscreteSystem system = new(layout, fields, states, [electrolyte], terminals, terms);
        return new(part, materials, layout, fields, halo, system, particles) { Ionic = (ionic, ionicFaces), Electronic = (electronic, electronicFaces) };
    }

    public void Dispose() => Halo.Dispose();

    private static FieldSet[] UnknownsPerCell(CellMesh mesh, SimulationCase simulation)
    {
        FieldSet[] fields = new FieldSet[mesh.CellCount];
        for (int cell = 0; cell < fields.Length; cell++)
        {
            LayerKind kind = mesh.Kind(cell);
            if (kind.HasElectrolyte())
                fields[cell] = fields[cell].With(Field.Salt).With(Field.IonicPotential);
            if (kind.ConductsElectrons())
                fields[cell] = fields[cell].With(Field.ElectronicPotential);
            if (simulation.Thermal.Model == ThermalModel.Resolved)
                fields[cell] = fields[cell].With(Field.Temperature);
        }
        return fields;
    }

    private static IEnumerable<Term> StorageTerms(SimulationCase simulation, CellMesh mesh, RegionMaterials materials, CellFields fields, FieldLayout layout, StateRegistry states)
    {
        SolverSettings solver = simulation.Solver;
        int owned = mesh.OwnedCellCount;
        int[] cells = [.. Enumerable.Range(0, owned)];
        StateVariable salt = states.Register(new("Salt concentration", "mol m-3", fields.Salt, owned, new(solver.ConcentrationTolerance, solver.RelativeTolerance)) { Cells = cells, Determined = layout.CellsWith(Field.Salt), IsPositive = true });
        StateVariable temperature = states.Register(new("Temperature", "K", fields.Temperature, owned, new(solver.TemperatureTolerance, 0)) { Cells = cells, Determined = layout.CellsWith(Field.Temperature) });
        states.Register(new("Potential of the electrolyte", "V", fields.IonicPotential, owned) { Determined = layout.CellsWith(Field.IonicPotential), IsDifferential = false });
        states.Register(new("Potential of the solid", "V", fields.ElectronicPotential, owned) { Determined = layout.CellsWith(Field.ElectronicPotential), IsDifferential = false });
        states.Register(new("Terminal voltage", "V", fields.TerminalVoltageState, 1, new(solver.VoltageTolerance, 0)) { IsDifferential = false });
        yield return new Storage(Field.Salt, TimesVolume(mesh, materials.PerCell(m => m.Pores?.Porosity ?? 0)), salt, layout, ("Lithium in electrolyte", "mol"));
        yield return new Storage(Field.Temperature, TimesVolume(mesh, materials.PerCell(m => m.Thermal.VolumetricHeatCapacity)), temperature, layout, ("Enthalpy", "J"));
    }

    private static IEnumerable<ReactingParticles> ParticleTerms(SimulationCase simulation, CellMesh mesh, RegionMaterials materials, CellFields fields, FieldLayout layout, StateRegistry states)
    {
        ParticleModes modes = ParticleModes.Of(simulation);
        ErrorTolerance tolerance = new(simulation.Solver.StoichiometryTolerance, 0);
        for (int region = 0; region < mesh.Regions.Count; region++)
            foreach (ActiveMaterial material in materials[region].ActiveMaterials)
            {
                int own = region;
                int[] cells = [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => mesh.Region[cell] == own)];
                string name = material.Name.Length == 0 ? mesh.Regions[region].Name : $"{mesh.Regions[region].Name} ({material.Name})";
                yield return new(name, material, new SpectralBasis(modes[material]), cells, mesh.Volume, fields, layout, states, tolerance, simulation.Cell.Electrolyte.ReferenceConcentration);
            }
    }

    private static CooledFace[] CooledFaces(SimulationCase simulation, CellMesh mesh, RegionMaterials materials)
    {
        List<CooledFace> cooled = [];
        foreach (BoundaryFace face in mesh.Boundaries)
            foreach (Input.Cases.SurfaceCooling cooling in simulation.Thermal.Cooling)
                if (face.CoolingSurface == cooling.Surface && cooling.HeatTransferCoefficient > 0)
                {
                    double resistance = (1 / cooling.HeatTransferCoefficient) + (face.Distance / Conductivity(materials.Of(face.Cell).Thermal, face.Direction));
                    cooled.Add(new(face.Cell, face.Area / resistance, cooling.AmbientTemperature));
                }
        return [.. cooled];
    }

    private static Terminals BuildTerminals(SimulationCase simulation, CellMesh mesh, RegionMaterials materials, CellFields fields, FieldLayout layout, Communicator world)
    {
        List<TerminalFace> faces = [];
        foreach (BoundaryFace face in mesh.Boundaries)
        {
            bool positive = face.Surface == CellSurface.PositiveTerminal;
            if (!positive && face.Surface != CellSurface.NegativeTerminal)
                continue;
            Tab? tab = positive ? simulation.Geometry.PositiveTab : simulation.Geometry.NegativeTab;
            double resistance = (face.Distance / materials.Of(face.Cell).ElectronicConductivity!.Value) + (tab?.ContactResistance ?? 0);
            faces.Add(new(face.Cell, face.Area / resistance, positive));
        }
        TerminalFace[] positives = [.. faces.Where(f => f.Positive)];
        long[] columns = world.Allgatherv([.. positives.Select(f => layout.Global(f.Cell, Field.ElectronicPotential))]);
        double[] conductances = world.Allgatherv([.. positives.Select(f => f.Conductance)]);
        return new(fields, layout, [.. faces], columns, conductances);
    }

    private static Face[] Faces(CellMesh mesh, Func<LayerKind, LayerKind, bool> joins) =>
        [.. mesh.Faces.Where(face => joins(mesh.Kind(face.Left), mesh.Kind(face.Right)))];

    private static FacePath[] Paths(Face[] faces, Func<int, FaceDirection, double> conductivity) =>
        [.. faces.Select(face => new FacePath(face.Left, face.Right,
            face.LeftDistance / (face.LeftArea * conductivity(face.Left, face.Direction)),
            face.RightDistance / (face.RightArea * conductivity(face.Right, face.Direction))))];

    private static double Conductivity(ThermalProperties thermal, FaceDirection direction) =>
        direction == FaceDirection.Through ? thermal.ThroughConductivity : thermal.InPlaneConductivity;

    private static double[] TimesVolume(CellMesh mesh, double[] density)
    {
        for (int cell = 0; cell < density.Length; cell++)
            density[cell] *= mesh.Volume[cell];
        return density;
    }

    private static int[] Cells(CellMesh mesh, int count, Func<LayerKind, bool> belongs) =>
        [.. Enumerable.Range(0, count).Where(cell => belongs(mesh.Kind(cell)))];
}
