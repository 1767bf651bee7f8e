using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Tests.Solvers.Coupling;

/// <summary>One control volume with c' = −a c + b T and T' = p c − q T, c and T as differences to a state of rest: two linear equations with a closed solution, stepped as a cell is.</summary>
internal sealed class TwoBodies : IDisposable
{
    private readonly (double A, double B, double P, double Q) _rates;
    private readonly LinearSystem _linear;
    private readonly CellFields _fields;

    public TwoBodies((double A, double B, double P, double Q) rates, int order, CouplingOptions? coupling)
    {
        _rates = rates;
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(1, 1), new LayerStack([new LayerSpec(LayerKind.Separator, "body", 1, new LayerGrading(1))]), []);
        FieldLayout layout = new([new FieldSet(Field.Salt, Field.Temperature)], 1, ownsTerminal: false);
        UnknownTable unknowns = CellUnknowns.Of(Reference, withHeat: true);
        FieldHalo halo = new(Communicator.Self, unknowns.Count, []);
        halo.Number(layout, Communicator.Self);
        _fields = new(1, [false], Reference);
        (_fields.Salt[0], _fields.Temperature[0]) = (Rest + 1, 1);
        StateRegistry states = new(order);
        StateVariable salt = Register(Field.Salt), temperature = Register(Field.Temperature);
        DiscreteSystem system = new(unknowns, layout, _fields, states, [], new Unconnected(),
            [Storage(Field.Salt, salt), Storage(Field.Temperature, temperature), new Exchange(layout, _fields, rates)]);
        _linear = new(system, Communicator.Self, LinearMethod.DirectLU, 1e-12);
        NewtonOptions newton = new() { ColumnCurrent = 1e6, TotalCurrent = 1e6, Tolerance = 1e-10 };
        NewtonSolver solver = new(system, halo, _linear, Communicator.Self, newton, new(mesh, unknowns, layout, Communicator.Self));
        Coupling = coupling is null ? null : new(system, solver, Communicator.Self, coupling);
        Integrator = new(system, solver, Communicator.Self, new() { MaximumOrder = order, ErrorControl = false }, Coupling);
        Integrator.Start(0);

        StateVariable Register(Field field) => states.Register(new(unknowns[field].Quantity, _fields[field], 1) { Sites = new("", [0]) });

        Storage<Proportional> Storage(Field field, StateVariable state) => new(field, [(new(), [0])], [1], state, layout, new($"{field}", ""));
    }

    private const double Reference = 300, Rest = 1e3;

    public TimeIntegrator Integrator { get; }

    public CoupledSolver? Coupling { get; }

    public double Salt => _fields.Salt[0] - Rest;

    public double Temperature => _fields.Temperature[0];

    /// <summary>Takes steps of one length; what ended them, or the last outcome.</summary>
    public StepOutcome March(double step, int steps)
    {
        StepOutcome outcome = default;
        for (int i = 0; i < steps && outcome.Succeeded; i++)
        {
            outcome = Integrator.Attempt(step);
            if (outcome.Succeeded)
                Integrator.Accept(outcome, steer: true);
        }
        return outcome;
    }

    /// <summary>T at a time: exp(t A) of the matrix of rates.</summary>
    public double Exact(double time)
    {
        (double a, double b, double p, double q) = _rates;
        double middle = -0.5 * (a + q), spread = Math.Sqrt((0.25 * (a - q) * (a - q)) + (b * p));
        double even = Math.Exp(middle * time) * Math.Cosh(spread * time), odd = Math.Exp(middle * time) * Math.Sinh(spread * time) / spread;
        return even + (odd * (p + (0.5 * (a - q))));
    }

    public void Dispose() => _linear.Dispose();

    private sealed class Exchange(FieldLayout layout, CellFields fields, (double A, double B, double P, double Q) rates) : Term
    {
        private int[] _positions = [];

        public override void AddCouplings(PatternBuilder pattern) { }

        public override void Bind(SparsePattern pattern) => _positions =
        [
            pattern.Position(0, Field.Salt, 0, Field.Salt), pattern.Position(0, Field.Salt, 0, Field.Temperature),
            pattern.Position(0, Field.Temperature, 0, Field.Salt), pattern.Position(0, Field.Temperature, 0, Field.Temperature),
        ];

        public override void AddTo(in Assembly assembly)
        {
            (double salt, double heat) = (assembly.Scale[Field.Salt], assembly.Scale[Field.Temperature]);
            (double c, double t) = (fields.Salt[0] - Rest, fields.Temperature[0]);
            assembly.Residual[layout.Row(0, Field.Salt)] += salt * ((rates.A * c) - (rates.B * t));
            assembly.Residual[layout.Row(0, Field.Temperature)] += heat * ((rates.Q * t) - (rates.P * c));
            if (assembly.Diagonal.IsEmpty)
                return;
            assembly.AddJacobian(_positions[0], salt * rates.A);
            assembly.AddJacobian(_positions[1], -salt * rates.B);
            assembly.AddJacobian(_positions[2], -heat * rates.P);
            assembly.AddJacobian(_positions[3], heat * rates.Q);
        }
    }

    /// <summary>No row for V.</summary>
    private sealed class Unconnected : TerminalTerm
    {
        public override double LocalCurrent => 0;

        public override void AddCouplings(PatternBuilder pattern) { }

        public override void Bind(SparsePattern pattern) { }

        public override void AddTo(in Assembly assembly) { }
    }
}
