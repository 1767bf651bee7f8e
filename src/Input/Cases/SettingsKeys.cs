using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Mesh, heat and solver of a case file.</summary>
internal static class SettingsKeys
{
    private static readonly Interval Ratio = new(1, 1000);
    private static readonly Interval Seconds = new(1e-12, 1e9);

    public static readonly AccuracyKey Accuracy = new("Accuracy",
        "Sets the defaults of mesh, particles and tolerances together; single keys win. draft: half as many cells, tolerances times 5, a first look; reference: twice as many cells in every direction and unknowns per particle, tolerances divided by 50, order 5; a voltage as \"0.5 mV\", 0.01 mV to 20 mV: what keeps the error of V(t) below it by measured models.");

    public static readonly IReadOnlyList<IntegerKey> CellsOfLayer =
    [
        Cells("Negative casing", CaseDefaults.CasingCells), Cells("Negative collector", CaseDefaults.CollectorCells), Cells("Lithium counter electrode", CaseDefaults.CollectorCells),
        Cells("Negative electrode", CaseDefaults.ColumnElectrodeCells, CaseDefaults.PouchElectrodeCells),
        Cells("Separator", CaseDefaults.ColumnSeparatorCells, CaseDefaults.PouchSeparatorCells),
        Cells("Positive electrode", CaseDefaults.ColumnElectrodeCells, CaseDefaults.PouchElectrodeCells),
        Cells("Positive collector", CaseDefaults.CollectorCells),
        Cells("Positive casing", CaseDefaults.CasingCells),
    ];

    public static readonly SectionKey CellsThrough = new("Cells through", "Cells through the thickness of each layer.", new([.. CellsOfLayer]));
    public static readonly NumberKey Grading = new("Grading", "Largest over smallest cell of an electrode or separator, refined towards its faces; 1 is uniform.", Ratio) { Default = CaseDefaults.Grading };
    public static readonly ChoiceKey<InPlaneMesh> InPlane = new("In-plane", "Rectangles or triangles in the plane.",
        [("rectilinear", InPlaneMesh.Rectilinear), ("triangular", InPlaneMesh.Triangular)])
    { Default = InPlaneMesh.Rectilinear };
    public static readonly IntegerKey AlongWidth = new("Cells along width", "Width over the largest cell; default 1 in a column, 20 in a pouch; a roll has Cells per turn instead.", 1, MeshSettings.MostCellsAlong);
    public static readonly IntegerKey AlongHeight = new("Cells along height", "Height over the largest cell; default 1 in a column, 20 in a pouch.", 1, MeshSettings.MostCellsAlong);
    public static readonly NumberKey TabRefinement = new("Refinement towards tabs", "Largest over smallest cell in the plane; 1 is uniform.", Ratio) { Default = CaseDefaults.TabRefinement };
    public static readonly IntegerKey AlongTab = new("Cells along tab", "Cells along the length of a tab.", 1, 10000) { Default = CaseDefaults.CellsAlongTab };
    public static readonly IntegerKey AcrossSeam = new("Cells across seam", "Cells across the width of the seam of a pouch foil.", 1, 1000) { Default = CaseDefaults.CellsAcrossSeam };
    public static readonly IntegerKey Particle = new("Particle", "Unknowns of one particle; default: chosen by material and current, 10 where the diffusivity does not depend on the stoichiometry; nodes where particles part into phases, so that interfaces span six distances.", 2, 500);
    public static readonly SectionKey Mesh = new("Mesh", "Resolution in space.", new(CellsThrough, Grading, InPlane, AlongWidth, AlongHeight, RollKeys.CellsPerTurn, RollKeys.CellsAlongCore, TabRefinement, AlongTab, AcrossSeam, Particle));

    public static readonly ChoiceKey<ThermalModel> Model = new("Model", "isothermal: T stays as it is; resolved: the energy equation is solved everywhere.",
        [("isothermal", ThermalModel.Isothermal), ("resolved", ThermalModel.Resolved)])
    { Default = ThermalModel.Isothermal };
    public static readonly TimeTableKey Ambient = new(CoolingKeys.AmbientName, "Of the surroundings, as a number or over time; default: that of the BPX file.", CoolingKeys.Kelvin);
    public static readonly NumberKey Initial = new("Initial temperature [K]", "Default: that of the BPX file.", CoolingKeys.Kelvin);
    public static readonly ChoiceKey<CaseShare> FacesReferTo = new("Faces and casing refer to",
        "whole cell: cooling of the two big faces and of a seam and thickness of the casing are those of the cell, and each simulated pair carries its share; simulated pairs: they are taken as given.",
        [("simulated pairs", CaseShare.SimulatedPairs), ("whole cell", CaseShare.WholeCell)])
    { Default = CaseShare.SimulatedPairs };
    public static readonly SectionKey Cooling = new("Cooling", "What the surfaces exchange heat with; those without an entry are adiabatic.", CoolingKeys.Cooling);
    public static readonly SectionKey Thermal = new("Thermal", "Heat.", new(Model, Ambient, Initial, FacesReferTo, Cooling));

    public static readonly NumberKey Relative = new("Relative tolerance", "Relative error of a time step.", new(1e-12, 0.1)) { Default = CaseDefaults.RelativeTolerance };
    public static readonly NumberKey Concentration = new("Concentration tolerance [mol.m-3]", "Absolute error of the salt concentration in a step.", new(1e-10, 1000)) { Default = CaseDefaults.ConcentrationTolerance };
    public static readonly NumberKey Stoichiometry = new("Stoichiometry tolerance", "Absolute error of stoichiometries in a step.", new(1e-12, 0.1)) { Default = CaseDefaults.StoichiometryTolerance };
    public static readonly NumberKey Temperature = new("Temperature tolerance [K]", "Absolute error of the temperature in a step.", new(1e-10, 10)) { Default = CaseDefaults.TemperatureTolerance };
    public static readonly NumberKey Voltage = new("Voltage tolerance [V]", "Absolute error of the voltage in a step.", new(1e-12, 0.1)) { Default = CaseDefaults.VoltageTolerance };
    public static readonly IntegerKey Order = new("Maximum order", "Largest order in time of the backward differentiation formulas. 1 needs the least memory, each more another copy of the state; above 2 what oscillates may grow.", 1, 5) { Default = CaseDefaults.MaximumOrder };
    public static readonly NumberKey InitialStep = new("Initial step [s]", "First step after a change of current.", Seconds) { Default = CaseDefaults.InitialStep };
    public static readonly NumberKey MinimumStep = new("Minimum step [s]", "The run gives up below it.", Seconds) { Default = CaseDefaults.MinimumStep };
    public static readonly NumberKey MaximumStep = new("Maximum step [s]", "Largest step.", Seconds) { Default = CaseDefaults.MaximumStep };
    public static readonly NumberListKey FixedSteps = new("Fixed time steps [s]", "Prescribed steps in order, the last one repeated; switches error control off.", Seconds) { Most = 100_000 };
    public static readonly NumberKey Newton = new("Newton tolerance", "Largest residual of a control volume, relative to the current of its column at 1C; where round-off does not let it fall so far, its floor is taken and a warning says so.", new(1e-12, 1e-3)) { Default = CaseDefaults.NewtonTolerance };
    public static readonly IntegerKey NewtonIterations = new("Maximum Newton iterations", "More than these end the step.", 2, 1000) { Default = CaseDefaults.MaximumNewtonIterations };
    public static readonly ChoiceKey<LinearSolverKind> LinearSolver = new("Linear solver", "auto: LU on small meshes and columns, else GMRES with a Schur complement on the collectors.",
        [("auto", LinearSolverKind.Auto), ("collector Schur", LinearSolverKind.CollectorSchur), ("field split", LinearSolverKind.FieldSplit), ("LU", LinearSolverKind.LU)])
    { Default = LinearSolverKind.Auto };
    public static readonly NumberKey Linear = new("Linear tolerance", "Relative residual of each linear solve.", new(1e-14, 0.1)) { Default = CaseDefaults.LinearTolerance };
    public static readonly TextListKey Petsc = new("PETSc options", $"Options for the linear solver as on PETSc's command line: {AllowedSolverOptions.Description}.");
    public static readonly SectionKey Solver = new("Solver", "Tolerances and solvers.", new(
        Relative, Concentration, Stoichiometry, Temperature, Voltage, Order, InitialStep, MinimumStep, MaximumStep, FixedSteps,
        Newton, NewtonIterations, LinearSolver, Linear, Petsc, CouplingKeys.Coupling));

    private static IntegerKey Cells(string layer, int number) => new(layer, $"Cells through the {layer.ToLowerInvariant()}.", 1, 10000) { Default = number };

    private static IntegerKey Cells(string layer, int column, int pouch) =>
        new(layer, FormattableString.Invariant($"Cells through the {layer.ToLowerInvariant()}; default {column} in a column, {pouch} in a pouch."), 1, 10000);
}
