using System.Globalization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Reports;
using Cell3D.Simulation.Verification;

namespace Cell3D.Benchmarks.Accuracy;

/// <summary>Errors of V(t) of one column by the cells of each layer, the unknowns of particles and the tolerances, each alone against a run that is fine in everything: what docs/decisions/0029 rests on.</summary>
internal static class BudgetStudy
{
    private const int Fine = 320, FineModes = 60, Points = 200, EarlyPoints = 40, Usage = 64;
    private const double FineTolerance = 0.01, Earliest = 0.03;

    public static int Run(string[] files)
    {
        if (files.Length == 0) return Usage;
        using IDisposable runtime = ParallelRuntime.Start([]);
        Console.WriteLine("cell,rate,T,way,number,largest,before,rms,end,steps,seconds,u_neg,u_sep,u_pos,s_neg,s_pos,c_all");
        foreach (string file in files)
            foreach (double rate in new[] { 1.0, 3.0 })
                foreach (double temperature in new[] { 273.15, 298.15, 318.15 })
                    Measure(file, rate, temperature);
        return 0;
    }

    /// <summary>The same of the division of the plane: a pouch that is discharged for ten minutes, its layers coarse; u is what its foils drop by closed formulas.</summary>
    public static int Plane(string[] files)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Console.WriteLine("case,cells,largest,u,volumes,seconds");
        foreach (string file in files)
        {
            SimulationCase simulation = BenchmarkCase.Of(file, "Thermal.Model=isothermal", "Protocol.Steps=[\"Discharge at 1C for 600 s\"]");
            double[] times = [1, 10, 60, 120, 240, 360, 480, 600];
            double drop = 1e3 * simulation.Cell.NominalCapacity / (simulation.Cell.ElectrodeArea * simulation.Cell.ElectrodePairs)
                * ResistanceEstimate.Of(simulation).Where(item => item.Mechanism is "electronic, in plane" or "way into the tab").Sum(item => item.AreaResistance);
            RunTrace? truth = null;
            foreach (int cells in new[] { 64, 32, 16, 8, 4 })
            {
                SimulationCase level = Resolved(simulation, 4, 2, 4, 10, 0.1, 3);
                level = level with { Mesh = level.Mesh with { CellsAlongWidth = cells, CellsAlongHeight = cells, CellsAlongTab = 4 } };
                RunTrace trace = RunTrace.Of(level, Communicator.World, times, () => false);
                truth ??= trace;
                double largest = Enumerable.Range(0, Math.Min(truth.Voltage.Length, trace.Voltage.Length)).Max(i => Math.Abs(trace.Voltage[i] - truth.Voltage[i]));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file},{cells},{1e3 * largest:g4},{drop:g4},{trace.Cells},{trace.Seconds:g3}"));
            }
        }
        return 0;
    }

    private static void Measure(string file, double rate, double temperature)
    {
        SimulationCase simulation = BenchmarkCase.Of(file, FormattableString.Invariant($"Protocol.Steps=[\"Discharge at {rate}C\"]"), FormattableString.Invariant($"Thermal.Initial temperature={temperature}"));
        SimulationCase fine = Resolved(simulation, Fine, Fine / 2, Fine, FineModes, FineTolerance, 5);
        double length = 3600 / rate;
        double[] times = [.. Enumerable.Range(0, EarlyPoints).Select(i => Earliest * Math.Pow(1.2 * length / (Points * Earliest), (double)i / EarlyPoints)), .. Enumerable.Range(1, Points).Select(i => 1.2 * length * i / Points)];
        RunTrace truth = RunTrace.Of(fine, Communicator.World, times, () => false);
        string name = $"{Path.GetFileNameWithoutExtension(simulation.Cell.File)},{rate},{temperature},";
        string scales = Scales(simulation, rate);
        Console.WriteLine($"{name}fine,0,0,0,0,{truth.End.Time},{truth.Steps},{truth.Seconds},{scales}");
        foreach (int n in new[] { 4, 8, 16, 32, 64 })
        {
            Tell("negative", n, Resolved(simulation, n, Fine / 2, Fine, FineModes, FineTolerance, 5));
            Tell("separator", n, Resolved(simulation, Fine, n, Fine, FineModes, FineTolerance, 5));
            Tell("positive", n, Resolved(simulation, Fine, Fine / 2, n, FineModes, FineTolerance, 5));
        }
        foreach (int modes in new[] { 6, 8, 10, 14, 20, 28, 40 })
            Tell("modes", modes, Resolved(simulation, Fine, Fine / 2, Fine, modes, FineTolerance, 5));
        foreach (double tolerance in new[] { 10, 3, 1, 0.3, 0.1, 0.03 })
            Tell("tolerance", tolerance, Resolved(simulation, Fine, Fine / 2, Fine, FineModes, tolerance, 3));

        void Tell(string way, double number, SimulationCase level)
        {
            RunTrace trace = RunTrace.Of(level, Communicator.World, times, () => false);
            int count = Math.Min(trace.Voltage.Length, truth.Voltage.Length);
            double largest = 0, before = 0, sum = 0;
            for (int i = 0; i < count; i++)
            {
                double error = Math.Abs(trace.Voltage[i] - truth.Voltage[i]);
                largest = Math.Max(largest, error);
                if (times[i] < 0.97 * truth.End.Time) before = Math.Max(before, error);
                sum += error * error;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}{way},{number},{1e3 * largest:g4},{1e3 * before:g4},{1e3 * Math.Sqrt(sum / count):g4},{trace.End.Time - truth.End.Time:g4},{trace.Steps},{trace.Seconds:g3},{scales}"));
        }
    }

    private static string Scales(SimulationCase simulation, double rate)
    {
        double density = rate * simulation.Cell.NominalCapacity / (simulation.Cell.ElectrodeArea * simulation.Cell.ElectrodePairs), temperature = simulation.Thermal.InitialTemperature;
        var cell = simulation.Cell;
        double kappa = cell.Electrolyte.ConductivityOf(cell.ReferenceTemperature).Value(cell.Electrolyte.InitialConcentration, temperature);
        double diffusivity = cell.Electrolyte.DiffusivityOf(cell.ReferenceTemperature).Value(cell.Electrolyte.InitialConcentration, temperature);
        double transference = cell.Electrolyte.TransferenceNumber.Value(cell.Electrolyte.InitialConcentration, temperature);
        double U(double thickness, double efficiency) => 1e3 * density * thickness / (efficiency * kappa);
        double C(double thickness, double efficiency) => density * thickness * (1 - transference) / (PhysicalConstants.Faraday * efficiency * diffusivity * cell.Electrolyte.InitialConcentration);
        var (n, s, p) = (cell.NegativeElectrode, cell.Separator, cell.PositiveElectrode);
        return string.Create(CultureInfo.InvariantCulture, $"{U(n.Thickness, n.Pores.TransportEfficiency):g3},{U(s.Thickness, s.Pores.TransportEfficiency):g3},{U(p.Thickness, p.Pores.TransportEfficiency):g3},{1e3 * density * n.Thickness / n.Conductivity:g3},{1e3 * density * p.Thickness / p.Conductivity:g3},{C(n.Thickness, n.Pores.TransportEfficiency) / 2 + C(s.Thickness, s.Pores.TransportEfficiency) + C(p.Thickness, p.Pores.TransportEfficiency) / 2:g3}");
    }

    private static SimulationCase Resolved(SimulationCase simulation, int negative, int separator, int positive, int modes, double tolerance, int order) => simulation with
    {
        Mesh = simulation.Mesh with
        {
            CellsThrough = [.. simulation.Layers.Select(layer => layer.Kind switch { LayerKind.NegativeElectrode => negative, LayerKind.Separator => separator, LayerKind.PositiveElectrode => positive, _ => 1 })],
            ParticleModes = modes,
        },
        Solver = simulation.Solver.WithTolerances(tolerance) with { MaximumOrder = order },
    };
}
