using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>The last half control volume of the layers before an end that gives off heat.</summary>
/// <remarks>There heat goes over from coatings to foils within about the thickness of a pair, which is far less than a control volume is wide. So all layers together conduct it to the end, not each of them
/// for itself: d/k becomes d/k̄, where k̄ is the conductivity of the layers side by side.</remarks>
public static class LayerEnds
{
    /// <summary>k/k̄ of each region in its plane at the initial temperature; 1 for what is no layer of the stack, and for casings.</summary>
    public static double[] Shares(CellMesh mesh, SimulationCase simulation)
    {
        Dictionary<LayerKind, double> conductivities = simulation.Layers.Where(layer => layer.Kind != LayerKind.Casing).ToDictionary(layer => layer.Kind,
            layer => LayerVariation.Own(layer.Material, LayerProperty.InPlaneConductivity, simulation.Thermal.InitialTemperature));
        LayerSpec[] stack = [.. CaseMesh.Stack(simulation).Layers.Where(layer => layer.Kind != LayerKind.Casing)];
        double mean = stack.Sum(layer => layer.Thickness * conductivities[layer.Kind]) / stack.Sum(layer => layer.Thickness);
        return [.. mesh.Regions.Select(region => conductivities.TryGetValue(region.Kind, out double own) ? own / mean : 1)];
    }

    /// <summary>Shortens or lengthens the half paths of layers towards a can or the gap before it, so that d/k with the layer's own k is what it should be. Nothing but heat takes these paths; a weld leads that of its foil alone.</summary>
    public static void Adapt(CellMesh mesh, double[] shares)
    {
        for (int i = 0; i < mesh.Faces.Length; i++)
        {
            Face face = mesh.Faces[i];
            int left = mesh.Region[face.Left], right = mesh.Region[face.Right];
            if (mesh.Regions[left].Kind == LayerKind.Casing == (mesh.Regions[right].Kind == LayerKind.Casing) || mesh.Kind(face) is { Electrons: true } or { Ions: true })
                continue;
            Contact? contact = face.Direction == FaceDirection.Contact ? mesh.Contacts[(face.Left, face.Right)] : null;
            if (contact is { IsWeld: true })
                continue;
            bool leavesLeft = contact?.LeftIsInPlane ?? face.IsInPlane, leavesRight = contact?.RightIsInPlane ?? face.IsInPlane;
            mesh.Faces[i] = face with
            {
                LeftLength = leavesLeft ? face.LeftLength * shares[left] : face.LeftLength,
                RightLength = leavesRight ? face.RightLength * shares[right] : face.RightLength,
            };
        }
    }
}
