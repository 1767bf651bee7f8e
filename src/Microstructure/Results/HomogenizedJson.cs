using System.Text.Json;
using System.Text.Json.Nodes;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Solver;

namespace Cell3D.Microstructure.Results;

/// <summary>Effective properties as JSON: what a program reads further, errors by source beside each value; null where something is unknown.</summary>
public static class HomogenizedJson
{
    private const string AreaName = "Surface area per unit volume [m-1]", RadiusName = "Particle radius [m]";
    private static readonly string[] Directions = ["x", "y", "z"];
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Keys of the fragment that in a blend belong to a class of particles.</summary>
    public static IReadOnlyList<string> OfParticles { get; } = [AreaName, RadiusName];

    /// <summary>All results.</summary>
    public static JsonObject Of(MicrostructureSpec spec, HomogenizedMaterial material)
    {
        JsonObject phases = [], properties = [];
        BruggemanFit fit = BruggemanFit.Of(material.Windows);
        for (int p = 0; p < spec.Phases.Count; p++)
            phases[spec.Phases[p].Name] = new JsonObject
            {
                ["Volume fraction"] = Number(material.Shares[p]),
                [AreaName] = Number(material.Areas[p]),
                ["Surface area error [m-1]"] = Number(material.AreaErrors[p]),
                ["Surface area with voxels of twice the edge [m-1]"] = Number(material.CoarseAreas[p]),
            };
        foreach (EffectiveProperty property in material.Properties) properties[property.Property.Unit == "1" ? property.Property.Name : $"{property.Property.Name} [{property.Property.Unit}]"] = Property(property);
        return new()
        {
            ["Title"] = spec.Title,
            ["Shape"] = new JsonArray(spec.Shape.X, spec.Shape.Y, spec.Shape.Z),
            ["Voxel size [m]"] = spec.VoxelSize,
            ["Boundary"] = spec.Boundary.ToString(),
            ["Porosity"] = Number(material.Porosity),
            [RadiusName] = Number(ParticleRadius(spec, material)),
            ["Phases"] = phases,
            ["Connected porosity"] = ByDirection(direction => material.ConnectedPorosity[direction]),
            ["Transport efficiency"] = ByDirection(material.TransportEfficiency),
            ["Transport tortuosity"] = ByDirection(material.TransportTortuosity),
            ["Geometric tortuosity"] = ByDirection(direction => material.GeometricTortuosity[direction]),
            ["Constrictivity"] = ByDirection(material.Constrictivity),
            ["Bruggeman exponent"] = ByDirection(material.BruggemanExponent),
            ["Bruggeman exponent of windows"] = new JsonObject { ["Value"] = Number(fit.Exponent), ["Error"] = Number(fit.Error), ["Windows"] = fit.Windows },
            ["Effective properties"] = properties,
            ["Representative volume"] = new JsonObject
            {
                ["Verdict"] = RepresentativeVolume.Verdict(material.Windows, material.TransportEfficiency(spec.Through)),
                ["Windows"] = new JsonArray([.. material.Windows.Select(window => new JsonObject
                {
                    ["Shape"] = new JsonArray(window.Shape.X, window.Shape.Y, window.Shape.Z), ["Count"] = window.Effective.Length,
                    ["Mean of ionic conductivity ratio"] = Number(window.Mean), ["Scatter of ionic conductivity ratio"] = Number(window.Scatter),
                    ["Mean of share of conducting phases"] = Number(window.Porosity.Average()), ["Scatter of share of conducting phases"] = Number(window.PorosityScatter),
                })]),
            },
            ["Wall time [s]"] = Number(material.Seconds),
        };
    }

    /// <summary>Why no layer of a cell is like the image, in words; null where one is.</summary>
    public static string? Unfit(MicrostructureSpec spec, HomogenizedMaterial material) =>
        material.Porosity == 0 ? "no voxel is a pore"
        : material.TransportEfficiency(spec.Through) == 0 ? $"no pore leads through along {Directions[spec.Through]}"
        : spec.Layer != "Separator" && ActiveArea(spec, material) == 0 ? "the active material has no surface"
        : null;

    /// <summary>What a BPX file takes: a part of its Parameterisation.</summary>
    public static JsonObject Bpx(MicrostructureSpec spec, HomogenizedMaterial material)
    {
        JsonObject layer = new() { ["Porosity"] = Number(material.Porosity), ["Transport efficiency"] = Number(material.TransportEfficiency(spec.Through)) };
        if (spec.Layer == "Separator") return Layer(spec, layer);
        layer[AreaName] = Number(ActiveArea(spec, material));
        double radius = ParticleRadius(spec, material);
        if (double.IsFinite(radius)) layer[RadiusName] = radius;
        return Layer(spec, layer);
    }

    private static JsonObject Layer(MicrostructureSpec spec, JsonObject layer) => new() { ["Parameterisation"] = new JsonObject { [spec.Layer] = layer } };

    /// <summary>R = 3 ε_s/a [m]: spheres with the volume and the surface of the active material, so that a R/3 is its volume fraction; infinite where it has no surface.</summary>
    public static double ParticleRadius(MicrostructureSpec spec, HomogenizedMaterial material) =>
        3 * spec.Phases.Select((phase, p) => phase.Kind == PhaseKind.ActiveMaterial ? material.Shares[p] : 0).Sum() / ActiveArea(spec, material);

    /// <summary>Surface of the active material, in contact with pores or with carbon-binder, whose pores reach it.</summary>
    public static double ActiveArea(MicrostructureSpec spec, HomogenizedMaterial material) =>
        spec.Phases.Select((phase, p) => phase.Kind == PhaseKind.ActiveMaterial ? material.Areas[p] : 0).Sum();

    /// <summary>As text, indented.</summary>
    public static byte[] Text(JsonObject json)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented)) json.WriteTo(writer);
        return [.. stream.ToArray(), (byte)'\n'];
    }

    private static JsonObject Property(EffectiveProperty property)
    {
        JsonObject directions = [];
        for (int direction = 0; direction < 3; direction++)
        {
            (DirectionalTransport along, TransportError error) = (property.Along[direction], property.Errors[direction]);
            directions[Directions[direction]] = new JsonObject
            {
                ["Value"] = Number(along.Effective),
                ["Error"] = Number(error.Total),
                ["Error of solver"] = Number(error.Solver),
                ["Error of voxel size"] = Number(error.Voxels),
                ["Order in voxel size"] = Number(error.Order),
                ["Error of sample"] = Number(error.Sample),
                ["Column of tensor"] = new JsonArray([.. along.Column.Select(Number)]),
                ["Connected share"] = Number(along.Conducting),
                ["Iterations"] = along.Solution.Iterations,
                ["Relative residual"] = Number(along.Solution.RelativeResidual),
                ["Converged"] = along.Solution.Converged,
                ["Wall time [s]"] = Number(along.Solution.Seconds),
            };
        }
        return directions;
    }

    private static JsonObject ByDirection(Func<int, double> value)
    {
        JsonObject values = [];
        for (int direction = 0; direction < 3; direction++) values[Directions[direction]] = Number(value(direction));
        return values;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
