using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Simulation;

/// <summary>What every region of a mesh is made of, and per-cell arrays of it.</summary>
public sealed class RegionMaterials
{
    private readonly LayerMaterial[] _materials;
    private readonly CellMesh _mesh;

    /// <summary>Finds the material of each region in the case.</summary>
    public RegionMaterials(CellMesh mesh, SimulationCase simulation)
    {
        _mesh = mesh;
        _materials = [.. mesh.Regions.Select(region => Find(region, simulation))];
    }

    public LayerMaterial this[int region] => _materials[region];

    /// <summary>Material of a cell.</summary>
    public LayerMaterial Of(int cell) => _materials[_mesh.Region[cell]];

    /// <summary>A value per local cell.</summary>
    public double[] PerCell(Func<LayerMaterial, double> value)
    {
        double[] perRegion = [.. _materials.Select(value)], perCell = new double[_mesh.CellCount];
        for (int cell = 0; cell < perCell.Length; cell++)
            perCell[cell] = perRegion[_mesh.Region[cell]];
        return perCell;
    }

    /// <summary>A property that is the same all over a region.</summary>
    public CellProperty Property(Func<LayerMaterial, double> value) => CellProperty.PerRegion([.. _materials.Select(value)], _mesh.Region);

    private static LayerMaterial Find(Region region, SimulationCase simulation) => region.Kind switch
    {
        LayerKind.NegativeTab => Strip(simulation.Geometry.NegativeTab!),
        LayerKind.PositiveTab => Strip(simulation.Geometry.PositiveTab!),
        LayerKind.Casing => simulation.Layers.First(layer => layer.Name == region.Name).Material,
        _ => simulation.Layer(region.Kind)!.Material,
    };

    private static LayerMaterial Strip(Tab tab) => new() { ElectronicConductivity = tab.Conductivity, Thermal = tab.Thermal };
}
