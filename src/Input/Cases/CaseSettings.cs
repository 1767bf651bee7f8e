using Cell3D.Mesh;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>How the plane is divided.</summary>
public enum InPlaneMesh
{
    /// <summary>Rectangles, graded towards the tabs.</summary>
    Rectilinear,

    /// <summary>Triangles.</summary>
    Triangular,
}

/// <summary>Resolution in space.</summary>
public sealed record MeshSettings
{
    /// <summary>Cells along width or height that a mesh may have, refinement included.</summary>
    public const int MostCellsAlong = 20_000;

    /// <summary>Cells through the thickness of each layer, in the order of <see cref="SimulationCase.Layers"/>.</summary>
    public required IReadOnlyList<int> CellsThrough { get; init; }

    /// <summary>Largest over smallest cell of an electrode or separator, refined towards both faces; 1 is uniform.</summary>
    public required double Grading { get; init; }

    /// <summary>Rectangles or triangles.</summary>
    public required InPlaneMesh InPlane { get; init; }

    /// <summary>Width over the largest cell along y; more cells arise where the mesh is refined.</summary>
    public required int CellsAlongWidth { get; init; }

    /// <summary>Height over the largest cell along z; more cells arise where the mesh is refined.</summary>
    public required int CellsAlongHeight { get; init; }

    /// <summary>Largest over smallest in-plane cell, refined towards the tabs; 1 is uniform.</summary>
    public required double TabRefinement { get; init; }

    /// <summary>Cells around a turn of a roll.</summary>
    public required int CellsPerTurn { get; init; }

    /// <summary>Cells along each straight stretch of a flat-wound roll.</summary>
    public required int CellsAlongCore { get; init; }

    /// <summary>Cells along a tab strip's length.</summary>
    public required int CellsAlongTab { get; init; }

    /// <summary>Cells across the seam of a pouch foil.</summary>
    public required int CellsAcrossSeam { get; init; }

    /// <summary>Unknowns of one particle; null leaves the choice to material and current.</summary>
    public required int? ParticleModes { get; init; }

    /// <summary>Error of U at the surface of particles that is allowed [V]; null for the default choice.</summary>
    public double? ParticleError { get; init; }

    /// <summary>Factor of the unknowns that are chosen.</summary>
    public double ModesShare { get; init; } = 1;
}

/// <summary>How heat is treated.</summary>
public enum ThermalModel
{
    /// <summary>T stays at its initial value.</summary>
    Isothermal,

    /// <summary>The energy equation is solved everywhere.</summary>
    Resolved,
}

/// <summary>Cooling of one surface where no patch lies on it, or of a patch.</summary>
/// <param name="Surface">Where.</param>
/// <param name="Surroundings">What the simulated surface exchanges heat with, after sharing by pairs.</param>
public sealed record CoolingSettings(CellSurface Surface, Surroundings Surroundings)
{
    /// <summary>Name in the results: that of the surface, the side or the patch.</summary>
    public string Name { get; init; } = (int)Surface < CellSurfaces.Names.Count ? CellSurfaces.Names[(int)Surface] : "";

    /// <summary>Where on the surface a patch lies; empty for the surface itself.</summary>
    public IReadOnlyList<SurfaceRectangle> Rectangles { get; init; } = [];

    /// <summary>Whether this is a patch.</summary>
    public bool IsPatch => Rectangles.Count > 0;
}

/// <summary>Heat: model, temperatures, cooling. Surfaces not listed are adiabatic.</summary>
/// <param name="Model">Isothermal or resolved.</param>
/// <param name="ReferenceTemperature">T_ref of the parameters [K].</param>
/// <param name="InitialTemperature">[K].</param>
/// <param name="Cooling">At most one entry per surface, and patches.</param>
public sealed record ThermalSettings(
    ThermalModel Model,
    double ReferenceTemperature,
    double InitialTemperature,
    IReadOnlyList<CoolingSettings> Cooling)
{
    /// <summary>What the simulated pairs carry of the cooling of the two big faces: their share by pairs, or 1 where the faces are their own.</summary>
    public double FaceShare { get; init; } = 1;

    /// <summary>Whether the outer surface of the BPX file is cooled, spread over both faces.</summary>
    public bool IsLumped { get; init; }

    /// <summary>Outer surface of the cell that a column stands for [m²]; null where the geometry tells it.</summary>
    public double? OuterArea { get; init; }

    /// <summary>Times at which the surroundings change their course [s].</summary>
    public IEnumerable<double> TimesOfChange => Model == ThermalModel.Isothermal ? [] : Cooling
        .SelectMany(cooling => new[] { cooling.Surroundings.HeatTransferCoefficient, cooling.Surroundings.AmbientTemperature, cooling.Surroundings.HeatFlux })
        .SelectMany(table => table.Times[..(table.IsConstant ? 0 : ^0)].ToArray()).Distinct().Order();
}

/// <summary>A place whose fields are recorded at every step.</summary>
/// <param name="Name">Heading of its columns.</param>
/// <param name="X">Through the thickness [m].</param>
/// <param name="Y">Along the width [m].</param>
/// <param name="Z">Along the height [m].</param>
public sealed record ProbePoint(string Name, double X, double Y, double Z);

/// <summary>What is recorded at every step beside time, voltage and current.</summary>
/// <param name="Points">Named places.</param>
/// <param name="LayerMeans">Whether the means of each layer's fields are recorded.</param>
/// <param name="LayerCurrents">Whether the current through each layer is recorded.</param>
public sealed record ProbeSettings(IReadOnlyList<ProbePoint> Points, bool LayerMeans, bool LayerCurrents)
{
    /// <summary>Radii at which the stoichiometry of the particles at a point is recorded; 0 for none.</summary>
    public int RadialPoints { get; init; }
}

/// <summary>Solver of the linear systems.</summary>
public enum LinearSolverKind
{
    /// <summary>LU on small meshes, field split on large ones.</summary>
    Auto,

    /// <summary>Krylov iteration with a multiplicative field split.</summary>
    FieldSplit,

    /// <summary>GMRES with a Schur complement on the collectors.</summary>
    CollectorSchur,

    /// <summary>Direct solver.</summary>
    LU,
}

/// <summary>Tolerances and solvers.</summary>
public sealed record SolverSettings
{
    /// <summary>Relative tolerance of a time step.</summary>
    public required double RelativeTolerance { get; init; }

    /// <summary>How much looser than by default: errors are to follow it in proportion.</summary>
    public double Looseness => RelativeTolerance / CaseDefaults.RelativeTolerance;

    /// <summary>Absolute tolerance of the salt concentration [mol m⁻³].</summary>
    public required double ConcentrationTolerance { get; init; }

    /// <summary>Absolute tolerance of particle stoichiometries.</summary>
    public required double StoichiometryTolerance { get; init; }

    /// <summary>Absolute tolerance of the temperature [K].</summary>
    public required double TemperatureTolerance { get; init; }

    /// <summary>Absolute tolerance of the terminal voltage [V].</summary>
    public required double VoltageTolerance { get; init; }

    /// <summary>Highest order in time, 1 or 2.</summary>
    public required int MaximumOrder { get; init; }

    /// <summary>First step after a change of current [s].</summary>
    public required double InitialStep { get; init; }

    /// <summary>Smallest step before the run gives up [s].</summary>
    public required double MinimumStep { get; init; }

    /// <summary>Largest step [s].</summary>
    public required double MaximumStep { get; init; }

    /// <summary>Lengths of prescribed steps [s], used in order without error control, the last one repeated; empty for adaptive steps.</summary>
    public required IReadOnlyList<double> FixedSteps { get; init; }

    /// <summary>With all tolerances of a time step multiplied.</summary>
    public SolverSettings WithTolerances(double factor) => this with
    {
        RelativeTolerance = factor * RelativeTolerance,
        ConcentrationTolerance = factor * ConcentrationTolerance,
        StoichiometryTolerance = factor * StoichiometryTolerance,
        TemperatureTolerance = factor * TemperatureTolerance,
        VoltageTolerance = factor * VoltageTolerance,
    };

    /// <summary>Newton tolerance, relative to the scale of each equation.</summary>
    public required double NewtonTolerance { get; init; }

    /// <summary>Newton iterations before a step is retried smaller.</summary>
    public required int MaximumNewtonIterations { get; init; }

    /// <summary>Solver of the linear systems.</summary>
    public required LinearSolverKind LinearSolver { get; init; }

    /// <summary>Relative tolerance of each linear solve.</summary>
    public required double LinearTolerance { get; init; }

    /// <summary>Words passed to PETSc as on its command line, e.g. "-ksp_rtol", "1e-8"; only <see cref="AllowedSolverOptions"/>.</summary>
    public required IReadOnlyList<string> PetscOptions { get; init; }

    /// <summary>Order of work within a time step.</summary>
    public CouplingSettings Coupling { get; init; } = CouplingSettings.Monolithic;
}

/// <summary>Where results go and which. Field times come from exactly one of a list, an interval or a count.</summary>
public sealed record OutputSettings
{
    /// <summary>Folder as an absolute path.</summary>
    public required string Folder { get; init; }

    /// <summary>Times of field output [s]; null when not given as a list.</summary>
    public IReadOnlyList<double>? FieldTimes { get; init; }

    /// <summary>Interval of field output [s]; null when not given as an interval.</summary>
    public double? FieldInterval { get; init; }

    /// <summary>Number of field outputs over the estimated run; null when not given as a count; 0 for none.</summary>
    public int? FieldCount { get; init; }

    /// <summary>Interval of rows in the time series, counted from the start of each protocol step [s]; null for one per time step.</summary>
    public double? RowPeriod { get; init; }

    /// <summary>Times of rows in the time series [s]; null where none are listed.</summary>
    public IReadOnlyList<double>? RowTimes { get; init; }

    /// <summary>Names of the fields that are written.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Numbers per cell that are written: a vector has three.</summary>
    public int ValuesPerCell => Fields.Count + (2 * Fields.Intersect(CaseDefaults.VectorFields).Count());

    /// <summary>Layers and tabs whose fields are written.</summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>Whether fields are written in double precision.</summary>
    public required bool DoublePrecision { get; init; }
}
