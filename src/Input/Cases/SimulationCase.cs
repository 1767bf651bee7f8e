using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>A case with every value resolved: what a run needs to know, in SI units.</summary>
public sealed record SimulationCase
{
    /// <summary>Path of the case file.</summary>
    public required string File { get; init; }

    /// <summary>Title; the file's folder name when the case gives none.</summary>
    public required string Title { get; init; }

    /// <summary>Description; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The cell of the BPX file with the case's own data in force.</summary>
    public required BpxCell Cell { get; init; }

    /// <summary>In how many dimensions it is solved; all other values are those of this model.</summary>
    public ModelDimension Model { get; init; }

    /// <summary>Path of the file that gives the outline; null without one.</summary>
    public string? OutlineFile { get; init; }

    /// <summary>Outline, simulated pairs and tabs.</summary>
    public required CellGeometry Geometry { get; init; }

    /// <summary>Layers of one electrode pair, negative side (x = 0) first, collectors as far as they are its own; absent layers are not listed.</summary>
    public required IReadOnlyList<CellLayer> Layers { get; init; }

    /// <summary>What of the cell is not as it should be.</summary>
    public CellDefects Defects { get; init; } = CellDefects.None;

    /// <summary>Resolution in space.</summary>
    public required MeshSettings Mesh { get; init; }

    /// <summary>The error of V(t) that mesh, particles and tolerances were chosen for; null where a level says them.</summary>
    public VoltageBudget? Budget { get; init; }

    /// <summary>Heat: model, temperatures, cooling.</summary>
    public required ThermalSettings Thermal { get; init; }

    /// <summary>State of charge at the start, 0 to 1 of the BPX window.</summary>
    public required double InitialStateOfCharge { get; init; }

    /// <summary>What the cell is made to do.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>Paths of the files that the protocol runs through.</summary>
    public IReadOnlyList<string> ProtocolFiles { get; init; } = [];

    /// <summary>What is recorded at every step.</summary>
    public required ProbeSettings Probes { get; init; }

    /// <summary>Tolerances and solvers.</summary>
    public required SolverSettings Solver { get; init; }

    /// <summary>Where results go and which.</summary>
    public required OutputSettings Output { get; init; }

    /// <summary>The case file with every default and every command-line setting written out.</summary>
    internal JsonObject Resolved { get; init; } = [];

    /// <summary>What of the cell is simulated.</summary>
    public SimulatedPart Part => SimulatedPart.Of(Geometry, Cell);

    /// <summary>Thickness of the whole stack [m].</summary>
    public double StackThickness => Geometry.StackThickness(Layers);

    /// <summary>The first layer of this kind, or null when the cell has none.</summary>
    public CellLayer? Layer(LayerKind kind) => Layers.FirstOrDefault(layer => layer.Kind == kind);

    /// <summary>The fully resolved case as loaded, as JSON that loads to the same case; the cell's path is relative to <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder the text will be written to; null keeps the folder of the case file.</param>
    public string ToJson(string? folder = null) => CaseText.Write(this, folder);

    /// <summary>The same beside copies of the files that it names.</summary>
    /// <param name="cell">Name of the copy of the BPX file.</param>
    /// <param name="outline">Name of the copy of the outline, where it has one from a file.</param>
    public string ToJson(string cell, string outline) => CaseText.Write(this, cell, outline);
}
