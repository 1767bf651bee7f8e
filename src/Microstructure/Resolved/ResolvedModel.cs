using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Boundaries;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Transport;
using Cell3D.Simulation;
using Cell3D.Solvers;

namespace Cell3D.Microstructure.Resolved;

/// <summary>The equations of a resolved electrode on one rank's columns: transport in pores and separator, lithium and electrons in the solid, intercalation on the
/// faces between them; the same laws as in a cell, at one temperature (equations.md §2 to §4; docs/homogenisation.md).</summary>
public sealed class ResolvedModel : IDisposable
{
    private const string Solid = "Active material";

    private ResolvedModel(CellMesh mesh, FieldLayout layout, CellFields fields, FieldHalo halo, DiscreteSystem system, PoreWallSystems walls) =>
        (Mesh, Layout, Fields, Halo, System, Walls) = (mesh, layout, fields, halo, system, walls);

    public CellMesh Mesh { get; }

    public FieldLayout Layout { get; }

    public CellFields Fields { get; }

    public FieldHalo Halo { get; }

    public DiscreteSystem System { get; }

    /// <summary>The faces where lithium is exchanged.</summary>
    public PoreWallSystems Walls { get; }

    /// <summary>Whether a kind of region holds lithium: in the electrolyte, or in active material, which is the only conductor on the positive side.</summary>
    private static bool HoldsLithium(LayerKind kind) => kind.HasElectrolyte() || kind == LayerKind.PositiveCollector;

    /// <summary>*Collective.* Builds the equations at rest.</summary>
    /// <param name="electrode">What is solved.</param>
    /// <param name="world">The ranks.</param>
    public static ResolvedModel Build(ResolvedElectrode electrode, Communicator world)
    {
        CellDomain domain = electrode.Describe();
        MeshPart part = MeshPart.Build(domain, Partition.Of(domain, world.Size), world.Rank);
        (CellMesh mesh, SimulationCase simulation) = (part.Mesh, electrode.Case);
        UnknownTable unknowns = Unknowns(simulation);
        (FieldLayout layout, FieldHalo halo, CellFields fields, StateRegistry states) = MacroscopicState.Of(unknowns, part, simulation, world);
        ElectrolyteProperties electrolyte = new(simulation.Cell.Electrolyte, fields, [.. Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell).HasElectrolyte())]);
        LayerMaterial foil = simulation.Layer(LayerKind.NegativeCollector)!.Material, separator = simulation.Layer(LayerKind.Separator)!.Material;
        CellProperty resistivity = CellProperty.PerRegion([1, 1 / separator.Pores!.TransportEfficiency, 1, 1], mesh.Region);
        CellProperty electronic = CellProperty.PerRegion([1 / foil.ElectronicConductivity!.Value, 1, 1, 1 / electrode.SolidConductivity], mesh.Region);
        PoreWallSystems walls = WallsOf(electrode, mesh, fields, layout, states, electrolyte, resistivity);
        List<Term> terms =
        [
            Storage(mesh, layout, states, unknowns, kind => kind.HasElectrolyte(), "Lithium in electrolyte", region => region == ResolvedElectrode.SeparatorRegion ? separator.Pores.Porosity : 1),
            Storage(mesh, layout, states, unknowns, kind => kind == LayerKind.PositiveCollector, "Lithium in active material", _ => 1),
            electrolyte.IsTransferenceFixed ? Ionic<FixedTransference>(new(electrolyte)) : Ionic<VariableTransference>(new(electrolyte)),
            new FaceTerm<ElectronicConduction>(new(fields, electronic), Faces(mesh, LayerKind.NegativeCollector), layout),
            new FaceTerm<Joined<ElectronicConduction, SolidDiffusion>>(new(new(fields, electronic), new(fields, electrode.SolidDiffusivity)), Faces(mesh, LayerKind.PositiveCollector), layout),
            walls,
            Foil(simulation, mesh, fields, layout, states, electrolyte, resistivity),
        ];
        DiscreteSystem system = new(unknowns, layout, fields, states, [electrolyte], Terminals(mesh, fields, layout, electronic, world), terms);
        ResolvedModel model = new(mesh, layout, fields, halo, system, walls);
        model.Rest(electrode);
        return model;

        FaceTerm Ionic<TTransference>(TTransference transference) where TTransference : struct, ITransference => new FaceTerm<IonicTransport<TTransference>>(
            new(fields, electrolyte, transference, resistivity), mesh.Faces.Where(face => mesh.Kind(face) == new FaceKind(true, false)).ToArray(), layout);
    }

    public void Dispose() => Halo.Dispose();

    private static Face[] Faces(CellMesh mesh, LayerKind kind) => [.. mesh.Faces.Where(face => mesh.Kind(face.Left) == kind && mesh.Kind(face.Right) == kind)];

    /// <summary>Those of a cell at one temperature; the lithium of the solid stands in the place of the salt.</summary>
    private static UnknownTable Unknowns(SimulationCase simulation)
    {
        UnknownTable usual = CellUnknowns.Of(simulation.Thermal.ReferenceTemperature, withHeat: false, simulation.Solver);
        Quantity quantity = new("Lithium concentration", "mol m-3", "Concentration of salt in the electrolyte and of lithium in the solid") { Range = usual[Field.Salt].Quantity.Range };
        return new([usual[Field.Salt] with { Quantity = quantity, Equation = "lithium balance", LivesIn = HoldsLithium }, .. usual.All[1..].ToArray()]);
    }

    private static Storage<Proportional> Storage(CellMesh mesh, FieldLayout layout, StateRegistry states, UnknownTable unknowns, Func<LayerKind, bool> holds, string name, Func<int, double> share) => new(
        Field.Salt, [(new(), [.. Enumerable.Range(0, layout.OwnedCells).Where(cell => holds(mesh.Kind(cell)))])], [.. mesh.Volume.Select((volume, cell) => volume * share(mesh.Region[cell]))],
        states.Variables.First(state => state.Quantity == unknowns[Field.Salt].Quantity), layout, new(name, "mol", Totals.Lithium));

    private static PoreWallSystems WallsOf(ResolvedElectrode electrode, CellMesh mesh, CellFields fields, FieldLayout layout, StateRegistry states, ElectrolyteProperties electrolyte, CellProperty resistivity)
    {
        HalfCells faces = HalfCells.Between(mesh, cell => mesh.Kind(cell) == LayerKind.PositiveCollector);
        FaceApproach approach = new(faces.Electrolyte, faces.ElectrolyteLengths, [.. faces.ConductorLengths.Select(length => length / electrode.SolidConductivity)], electrolyte, resistivity);
        ThermalSettings thermal = electrode.Case.Thermal;
        PoreWall wall = new(electrode.Material, approach, faces.ConductorLengths, electrode.SolidDiffusivity, thermal.InitialTemperature, thermal.ReferenceTemperature, electrode.Case.Cell.Electrolyte.ReferenceConcentration);
        return new(wall, faces.Electrolyte, faces.Conductor, faces.Areas, Solid, Totals.PositiveTransfer, fields, layout, states);
    }

    private static LocalSystems Foil(SimulationCase simulation, CellMesh mesh, CellFields fields, FieldLayout layout, StateRegistry states, ElectrolyteProperties electrolyte, CellProperty resistivity)
    {
        HalfCells faces = HalfCells.Between(mesh, cell => mesh.Kind(cell) == LayerKind.NegativeCollector);
        CellLayer layer = simulation.Layer(LayerKind.NegativeCollector)!;
        double conductivity = layer.Material.ElectronicConductivity!.Value;
        FaceApproach approach = new(faces.Electrolyte, faces.ElectrolyteLengths, [.. faces.ConductorLengths.Select(length => length / conductivity)], electrolyte, resistivity);
        LithiumSurface surface = new(new(layer.Name, faces.Electrolyte) { Opposite = faces.Conductor }, layer.Material.Foil!, approach, fields.ReferenceTemperature, simulation.Cell.Electrolyte.ReferenceConcentration, states);
        return new CondensedSystems<InterfaceLaw<MetalDeposition>>(new(new(surface), layer.Name, Totals.NegativeTransfer), LocalSites.OnFaces(faces.Electrolyte, faces.Conductor, faces.Areas), fields, layout);
    }

    private static Terminals Terminals(CellMesh mesh, CellFields fields, FieldLayout layout, CellProperty resistivity, Communicator world)
    {
        TerminalFace[] faces = [.. mesh.Boundaries.Select(face => new TerminalFace(face.Cell, face.Area / (face.Distance * resistivity[face.Cell]), face.Surface == CellSurface.PositiveTerminal))];
        return CellModel.Terminals(fields, layout, faces, world);
    }

    /// <summary>Uniform composition, potentials at open circuit.</summary>
    private void Rest(ResolvedElectrode electrode)
    {
        SimulationCase simulation = electrode.Case;
        double temperature = simulation.Thermal.InitialTemperature, reference = simulation.Thermal.ReferenceTemperature;
        double stoichiometry = simulation.Cell.Balance.PositiveStoichiometries(simulation.InitialStateOfCharge, temperature)[0];
        for (int cell = 0; cell < Mesh.CellCount; cell++)
        {
            Fields.Salt[cell] = Mesh.Kind(cell).HasElectrolyte() ? simulation.Cell.Electrolyte.InitialConcentration : stoichiometry * electrode.Material.MaximumConcentration;
            Fields.Temperature[cell] = temperature - reference;
        }
        Fields.TerminalVoltage = electrode.Material.EquilibriumPotentialOf(reference).Value(stoichiometry, temperature);
        foreach (Term term in System.Terms)
            term.Start();
    }
}
