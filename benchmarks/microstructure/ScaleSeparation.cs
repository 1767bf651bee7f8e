using System.Globalization;
using System.Text;
using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Microstructure.Resolved;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Benchmarks.Microstructure;

/// <summary>
/// Resolved structures of ever more units against the layer that stands for them: table on the screen, the same with c(x) as CSV and pictures in a folder.
/// Arguments: case file of a half cell, folder, then numbers of units; of fine voxels the largest number is left out.
/// </summary>
internal static class ScaleSeparation
{
    private const double CurrentDensity = -60, Conductivity = 10, Diffusivity = 1e-12, Rate = 5e-6;
    private const int ReferenceUnits = 4;

    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        string[] settings = ["Mesh.Cells through.Separator=40", "Mesh.Cells through.Positive electrode=160", "Mesh.Grading=1", "Mesh.Particle=12", "Solver.Relative tolerance=1e-6", "Solver.Newton tolerance=1e-9"];
        SimulationCase simulation = BenchmarkCase.Of(arguments[0], settings);
        int[] units = [.. arguments.Skip(2).Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
        Directory.CreateDirectory(arguments[1]);
        StringBuilder table = new("Structure,Separator,Units,Voltage error / mV,Voltage differences by time / mV,Salt error of units / mol m-3,Salt error of planes / mol m-3,Lithium drift / 1,Steps / 1\n");
        List<(string Name, double[] Units, double[] Errors)> voltages = [], salts = [];
        (string Name, ResolvedStructure Structure, bool[] Divided, int[] Units)[] structures =
        [
            ("plates", ResolvedStructure.Plates(16, 8, 8, ReferenceUnits), [false, true], units),
            ("blocked plates", ResolvedStructure.BlockedPlates(8, 4, 4, 4, ReferenceUnits), [false, true], units),
            // The same unit of eight times as many voxels: what does not fall with the size of units is theirs.
            ("blocked plates of fine voxels", ResolvedStructure.BlockedPlates(16, 8, 8, 8, ReferenceUnits), [true], units[..^1]),
        ];
        foreach ((string name, ResolvedStructure structure, bool[] openOrDivided, int[] counts) in structures)
            foreach (bool divided in openOrDivided)
            {
                ScaleStudy study = new(new() { Case = simulation, Structure = structure with { DividesSeparator = divided }, SolidConductivity = Conductivity, SolidDiffusivity = Diffusivity, ReactionRate = Rate }, CurrentDensity, [200, 400, 600]);
                ScaleTrace layer = study.Homogenised();
                string separator = divided ? "divided" : "open";
                if (world.IsRoot)
                    Console.WriteLine(FormattableString.Invariant($"{name}, {separator} separator: porosity {structure.Share(ResolvedPhase.Pore):g6}, transport efficiency {structure.Efficiency(ResolvedPhase.Pore):g6}, layer {string.Join(' ', layer.Voltages.Select(v => v.ToString("f5", CultureInfo.InvariantCulture)))} V"));
                Profile($"{name}-{separator}-layer", layer.Salt);
                List<PlotCurve> salt = [new("layer", Micrometres(layer.Salt), layer.Salt.Values)];
                List<double> voltageErrors = [], saltErrors = [];
                foreach (int count in counts)
                {
                    ScaleTrace trace = study.Resolved(count, world);
                    Profile($"{name}-{separator}-{count}", trace.Salt);
                    string row = FormattableString.Invariant($"{name},{separator},{count},{1e3 * trace.VoltageError(layer):g5},{string.Join(' ', trace.Voltages.Zip(layer.Voltages, (own, other) => (1e3 * (own - other)).ToString("f5", CultureInfo.InvariantCulture)))},{trace.SaltError(layer):g5},{trace.PlaneError(layer):g5},{trace.LithiumDrift:e1},{trace.Steps}");
                    table.Append(row).Append('\n');
                    if (world.IsRoot) Console.WriteLine("  " + row);
                    salt.Add(new($"{count} units, planes", Micrometres(trace.Salt), trace.Salt.Values));
                    voltageErrors.Add(1e3 * trace.VoltageError(layer));
                    saltErrors.Add(trace.SaltError(layer));
                }
                double[] axis = [.. counts.Select(count => (double)count)];
                voltages.Add(($"{name}, {separator} separator", axis, [.. voltageErrors]));
                salts.Add(($"{name}, {separator} separator", axis, [.. saltErrors]));
                if (world.IsRoot)
                    CurvesPicture.Write(Path.Combine(arguments[1], $"salt-{name.Replace(' ', '-')}-{separator}.png"), new CurvesPanel("Distance from the separator [µm]", "Salt [mol/m³]", salt));
            }
        if (!world.IsRoot) return 0;
        File.WriteAllText(Path.Combine(arguments[1], "errors.csv"), table.ToString());
        ConvergencePicture.Write("Units through the electrode", [("Voltage, rms [mV]", voltages), ("Salt of units, rms [mol/m³]", salts)], Path.Combine(arguments[1], "errors.png"));
        Fields(new() { Case = simulation, Structure = ResolvedStructure.BlockedPlates(16, 8, 8, 8, ReferenceUnits), SolidConductivity = Conductivity, SolidDiffusivity = Diffusivity, ReactionRate = Rate }, arguments[1]);
        return 0;

        void Profile(string name, DepthProfile salt)
        {
            if (!world.IsRoot) return;
            IEnumerable<string> rows = salt.Depths.Zip(salt.Values, (x, c) => FormattableString.Invariant($"{x * 1e6:g7},{c:g8}"));
            File.WriteAllLines(Path.Combine(arguments[1], $"{name.Replace(' ', '-')}.csv"), rows.Prepend("Depth / um,Salt / mol m-3"));
        }
    }

    private static double[] Micrometres(DepthProfile profile) => [.. profile.Depths.Select(x => 1e6 * x)];

    /// <summary>Salt in the pores and stoichiometry of the solid in the lowest plane of z, on one rank.</summary>
    private static void Fields(ResolvedElectrode electrode, string folder)
    {
        using ResolvedModel model = ResolvedModel.Build(electrode, Communicator.Self);
        using Discharge run = new(model.System, model.Halo, model.Mesh, electrode.Case.Solver, CurrentDensity * electrode.Area, Communicator.Self);
        run.Advance(200);
        int depths = electrode.Structure.Depths, columns = electrode.Structure.Unit.Y, first = model.Mesh.Extrusion.LevelCentre.Length - depths;
        double[,] salt = new double[columns, depths], solid = new double[columns, depths];
        for (int column = 0; column < columns; column++)
            for (int depth = 0; depth < depths; depth++)
                (salt[column, depth], solid[column, depth]) = (double.NaN, double.NaN);
        for (int cell = 0; cell < model.Mesh.CellCount; cell++)
        {
            (int column, int depth) = (model.Mesh.Column[cell], model.Mesh.Level[cell] - first);
            if (column >= columns || depth < 0) continue;
            if (model.Layout.Has(cell, Field.IonicPotential)) salt[column, depth] = model.Fields.Salt[cell];
            else solid[column, depth] = model.Fields.Salt[cell] / electrode.Material.MaximumConcentration;
        }
        SlicePicture.WriteValues(Path.Combine(folder, "pores.png"), salt, "Salt [mol/m³]", electrode.Edge, ("x", "y"));
        SlicePicture.WriteValues(Path.Combine(folder, "solid.png"), solid, "Stoichiometry", electrode.Edge, ("x", "y"));
    }
}
