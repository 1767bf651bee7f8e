using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using Cell3D.Simulation;
using Cell3D.Solvers;

namespace Cell3D.Tests.Physics;

/// <summary>A few terms on a small mesh, assembled as in a cell and solved by Newton with LU, without terminals.</summary>
internal sealed class SmallSystem : IDisposable
{
    private readonly DiscreteSystem _system;
    private readonly LinearSystem _linear;

    public SmallSystem(FieldLayout layout, CellFields fields, StateRegistry states, PropertyPass[] properties, params Term[] terms)
    {
        _system = new(CellUnknowns.Of(fields.ReferenceTemperature, withHeat: true), layout, fields, states, properties, new Unconnected(), terms);
        _linear = new(_system, Communicator.Self, LinearMethod.DirectLU, 1e-12);
    }

    /// <summary>The same unknowns in every cell of a mesh.</summary>
    public static FieldLayout Layout(CellMesh mesh, params ReadOnlySpan<Field> unknowns)
    {
        FieldSet[] sets = new FieldSet[mesh.CellCount];
        Array.Fill(sets, new FieldSet(unknowns));
        return new(sets, mesh.CellCount, ownsTerminal: false);
    }

    /// <summary>All faces of a mesh as those of one term.</summary>
    public static Face[] Faces(CellMesh mesh) =>
        [.. mesh.Faces.OrderBy(f => f.Left)];

    /// <summary>1/k in every cell.</summary>
    public static CellProperty Inverse(CellMesh mesh, Func<int, double> property) =>
        CellProperty.PerCell([.. Enumerable.Range(0, mesh.CellCount).Select(property)]).Inverse();

    /// <summary>Heat conduction with the same conductivity in both directions.</summary>
    public static FaceTerm HeatConduction(CellMesh mesh, CellFields fields, FieldLayout layout, Func<int, double> conductivity) =>
        new FaceTerm<HeatConduction>(new(fields, Inverse(mesh, conductivity), Inverse(mesh, conductivity)), Faces(mesh), layout);

    /// <summary>Newton from the present state until the increments are round-off.</summary>
    public void Solve()
    {
        double first = 0;
        for (int iteration = 0; iteration < 25; iteration++)
        {
            _system.Assemble(_linear.WithJacobian());
            if (!_linear.Solve().Converged)
                throw new InvalidOperationException("the linear system is singular");
            _system.Update(_linear.Increments, 0, 1);
            double size = 0;
            foreach (double increment in _linear.Increments)
                size = Math.Max(size, Math.Abs(increment));
            first = Math.Max(first, size);
            if (size <= 1e-12 * first)
                return;
        }
    }

    /// <summary>Takes steps of equal length from the present state.</summary>
    public void March(double step, int steps)
    {
        TimeCoefficients time = new();
        double[] past = [0, 0];
        _system.States.Accept();
        for (int i = 1; i <= steps; i++)
        {
            time.Set(i * step, past.AsSpan(0, Math.Min(i, 2)), Math.Min(i, 2));
            _system.BeginStep(time);
            Solve();
            _system.EndStep();
            _system.States.Accept();
            (past[1], past[0]) = (past[0], i * step);
        }
    }

    public void Dispose() => _linear.Dispose();

    /// <summary>No row for V.</summary>
    private sealed class Unconnected : TerminalTerm
    {
        public override double LocalCurrent => 0;

        public override void AddCouplings(PatternBuilder pattern) { }

        public override void Bind(SparsePattern pattern) { }

        public override void AddTo(in Assembly assembly) { }
    }
}

/// <summary>conductance · (u − value) − source leaves every cell: held values at boundaries, sources, reactions.</summary>
/// <param name="layout">Where the unknowns live.</param>
/// <param name="fields">The state.</param>
/// <param name="field">u and its balance.</param>
/// <param name="conductance">Per cell.</param>
/// <param name="value">Per cell.</param>
/// <param name="source">Per cell.</param>
internal sealed class CellExchange(FieldLayout layout, CellFields fields, Field field, double[] conductance, double[] value, double[] source) : Term
{
    private int[] _positions = [];

    /// <summary>Sources alone.</summary>
    public CellExchange(FieldLayout layout, CellFields fields, Field field, double[] source)
        : this(layout, fields, field, new double[source.Length], new double[source.Length], source) { }

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) =>
        _positions = [.. Enumerable.Range(0, layout.OwnedCells).Select(cell => pattern.Position(cell, field, cell, field))];

    public override void AddTo(in Assembly assembly)
    {
        double scale = assembly.Scale[field];
        for (int cell = 0; cell < _positions.Length; cell++)
        {
            assembly.Residual[layout.Row(cell, field)] += scale * ((conductance[cell] * (fields[field][cell] - value[cell])) - source[cell]);
            assembly.AddJacobian(_positions[cell], scale * conductance[cell]);
        }
    }
}
