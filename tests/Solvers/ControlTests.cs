using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Boundaries;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>g(V, I) = 0 at the terminals.</summary>
public class ControlTests
{
    private const double Rate = 2;

    [Test]
    public void EveryControlIsMetAndKept([Values] bool discharges, [Values("current", "voltage", "power", "resistance")] string kind)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.6", "Thermal.Initial temperature=285"));
        run.Start(0);
        Control control = Of(kind, discharges ? 1 : -1, run);
        double conductance = 1;
        run.Integrator.Restart();
        Assert.That(run.Integrator.SwitchTo(control).Succeeded);
        for (int step = 0; step < 4; step++)
        {
            TerminalTerm terminal = run.Model.System.Terminal;
            Assert.That(control.Equation(run.Voltage, terminal.Current, conductance).Value, Is.Zero.Within(1e-9 * run.OneC), $"step {step}");
            Balance balance = run.Report();
            Assert.That(balance["Current: positive terminal"], Is.EqualTo(terminal.Current).Within(1e-9 * run.OneC));
            Assert.That(balance["Current: negative terminal"], Is.EqualTo(-terminal.Current).Within(1e-8 * run.OneC));
            Assert.That(Math.Sign(terminal.Current), Is.EqualTo(discharges || kind == "resistance" ? -1 : 1));
            run.Step(5);
        }
    }

    /// <summary>Holding the voltage that a current has led to, the current stays what it was; so does the power, so does the load.</summary>
    [Test]
    public void AllControlsDescribeTheSameState([Values("voltage", "power", "resistance")] string kind)
    {
        using CellRun run = new(TestCases.Column("Initial state.SOC=0.6", "Thermal.Initial temperature=285"));
        run.Start(-Rate * run.OneC);
        run.Step(10);
        run.Step(10);
        (double voltage, double current) = (run.Voltage, run.Model.System.Terminal.Current);
        Control same = kind switch
        {
            "voltage" => new Control.Voltage(voltage),
            "power" => new Control.Power(voltage * current),
            _ => new Control.Resistance(-voltage / current),
        };
        Assert.That(run.Integrator.SwitchTo(same).Succeeded);
        Assert.That(run.Model.System.Terminal.Current, Is.EqualTo(current).Within(1e-7 * Math.Abs(current)));
        Assert.That(run.Voltage, Is.EqualTo(voltage).Within(1e-9));
    }

    [Test]
    [Category("Mpi")]
    public void AHeldVoltageDrawsTheSameCurrentOnAnyNumberOfRanks()
    {
        (double current, double reference) = (Held(Communicator.World), Held(Communicator.Self));
        Assert.That(current, Is.EqualTo(reference).Within(1e-9 * Math.Abs(reference)));

        static double Held(Communicator world)
        {
            using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.6"), world);
            run.Start(0);
            run.Integrator.Restart();
            Assert.That(run.Integrator.SwitchTo(new Control.Voltage(run.Voltage - 0.1)).Succeeded);
            run.Step(5);
            return run.Model.System.Terminal.Current;
        }
    }

    /// <summary>A cell with both tabs at the top and again at the bottom is symmetric about its middle, and each pair of tabs takes half the current.</summary>
    [Test]
    public void SeveralTabsPerSideShareTheCurrent()
    {
        SimulationCase simulation = TestCases.Pouch("Initial state.SOC=0.6");
        TabSpec[] tabs =
        [
            .. from tab in new[] { (Tab: simulation.Geometry.NegativeTab!, Polarity: Polarity.Negative), (Tab: simulation.Geometry.PositiveTab!, Polarity: Polarity.Positive) }
               from edge in new[] { CellEdge.Top, CellEdge.Bottom }
               select new TabSpec(tab.Polarity, edge, tab.Tab.Centre, tab.Tab.Width, tab.Tab.Length, tab.Tab.Thickness, 2),
        ];
        using CellRun once = new(simulation), twice = new(simulation, mesh: MeshBuilder.Build(CaseMesh.Plane(simulation), CaseMesh.Stack(simulation), tabs));
        once.Start(-once.OneC);
        twice.Start(-twice.OneC);
        Terminals terminals = (Terminals)twice.Model.System.Terminal;
        (BoundaryFace Face, double Current)[] flows =
            [.. twice.Model.Mesh.Boundaries.Where(face => face.Surface is CellSurface.NegativeTerminal or CellSurface.PositiveTerminal).Zip(terminals.FaceCurrents)];
        foreach (CellSurface side in new[] { CellSurface.NegativeTerminal, CellSurface.PositiveTerminal })
        {
            double middle = 0.5 * simulation.Geometry.Height, sign = side == CellSurface.PositiveTerminal ? 1 : -1;
            double top = flows.Where(flow => flow.Face.Surface == side && twice.Model.Mesh.CentreZ[flow.Face.Cell] > middle).Sum(flow => flow.Current);
            double bottom = flows.Where(flow => flow.Face.Surface == side && twice.Model.Mesh.CentreZ[flow.Face.Cell] < middle).Sum(flow => flow.Current);
            Assert.That(top, Is.EqualTo(bottom).Within(1e-8 * once.OneC));
            Assert.That(top + bottom, Is.EqualTo(sign * twice.OneC).Within(1e-8 * once.OneC));
        }
        Assert.That(twice.Voltage, Is.GreaterThan(once.Voltage));
    }

    private static Control Of(string kind, int sign, CellRun run) => kind switch
    {
        "current" => new Control.Current(-sign * Rate * run.OneC),
        "voltage" => new Control.Voltage(run.Voltage - (0.05 * sign)),
        "power" => new Control.Power(-sign * Rate * run.OneC * run.Voltage),
        _ => new Control.Resistance(run.Voltage / (Rate * run.OneC)),
    };
}
