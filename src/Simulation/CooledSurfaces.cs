using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Heat;

namespace Cell3D.Simulation;

/// <summary>The outer faces of a rank's cells with what each exchanges heat with; a face that patches share counts once for each.</summary>
public sealed class CooledSurfaces
{
    /// <summary>Shares of a face below this are round-off of patches that meet.</summary>
    private const double RoundOff = 1e-12;

    private readonly CooledFace[] _faces;
    private readonly string[] _names;

    /// <summary>Finds the faces.</summary>
    public CooledSurfaces(SimulationCase simulation, CellMesh mesh, RegionMaterials materials)
    {
        IReadOnlyList<CoolingSettings> cooling = simulation.Thermal.Cooling;
        _names = [.. cooling.Select(entry => entry.Name)];
        CellProperty through = materials.Property(LayerProperty.ThroughConductivity), inPlane = materials.Property(LayerProperty.InPlaneConductivity);
        double[] ends = LayerEnds.Shares(mesh, simulation);
        _faces = [.. Shares(cooling, mesh).Where(part => !cooling[part.Place].Surroundings.IsAdiabatic).Select(Cooled)];

        CooledFace Cooled((BoundaryFace Face, int Place, double Share) part)
        {
            (BoundaryFace face, int place, double share) = part;
            bool isInPlane = face.Direction != FaceDirection.Through;
            double distance = isInPlane ? face.Distance * ends[mesh.Region[face.Cell]] : face.Distance;
            return new(face.Cell, share * face.Area, distance / (isInPlane ? inPlane : through)[face.Cell], cooling[place].Surroundings)
            {
                Distance = distance,
                IsInPlane = isInPlane,
                Place = place,
            };
        }
    }

    /// <summary>The outer faces of cells with the entry of the cooling that each share of them belongs to; shares of no entry are left out.</summary>
    /// <param name="cooling">Surfaces and patches.</param>
    /// <param name="mesh">The mesh.</param>
    public static IEnumerable<(BoundaryFace Face, int Place, double Share)> Shares(IReadOnlyList<CoolingSettings> cooling, CellMesh mesh)
    {
        ILookup<CellSurface, int> places = Enumerable.Range(0, cooling.Count).ToLookup(place => cooling[place].Surface);
        foreach (BoundaryFace face in mesh.Boundaries)
        {
            double rest = 1;
            foreach (int place in places[face.CoolingSurface].Where(place => cooling[place].IsPatch))
            {
                double share = cooling[place].Rectangles.Sum(rectangle => rectangle.ShareOf(mesh, face));
                rest -= share;
                if (share > RoundOff)
                    yield return (face, place, share);
            }
            foreach (int place in places[face.CoolingSurface].Where(place => !cooling[place].IsPatch && rest > RoundOff))
                yield return (face, place, rest);
        }
    }

    /// <summary>The laws of the films: plates, surfaces that convect alone, and those that radiate or have a given flux.</summary>
    internal IEnumerable<Term> Terms<THalfCell>(CellFields fields, FieldLayout layout, THalfCell halfCell) where THalfCell : struct, IHalfCell
    {
        ILookup<bool, CooledFace> plates = _faces.ToLookup(face => face.Surroundings.IsPlate);
        ILookup<bool, CooledFace> others = plates[false].ToLookup(face => face.Surroundings.Emissivity > 0 || face.Surroundings.HasFlux);
        yield return new SurfaceCooling<ConvectiveFilm, THalfCell>(fields, layout, others[false], halfCell, _names);
        yield return new SurfaceCooling<RadiatingFilm, THalfCell>(fields, layout, others[true], halfCell, _names);
        yield return new SurfaceCooling<PlateFilm, THalfCell>(fields, layout, plates[true], halfCell, _names);
    }
}
