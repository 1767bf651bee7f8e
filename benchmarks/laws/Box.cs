using Cell3D.Discretization;
using Cell3D.Input.Bpx;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Transport;

namespace Cell3D.Benchmarks.Laws;

/// <summary>A cube of control volumes in which every unknown lives, in a disturbed state: what laws are timed on.</summary>
public sealed class Box
{
    /// <summary>Control volumes along an edge; the box stays in caches, so that arithmetic is measured and not memory.</summary>
    public const int Edge = 10;

    public const int Cells = Edge * Edge * Edge;

    public const int FaceCount = 3 * Edge * Edge * (Edge - 1);

    private readonly Random _random = new(1);
    private readonly int _edge;

    /// <param name="edge">Control volumes along an edge.</param>
    public Box(int edge = Edge)
    {
        _edge = edge;
        int cells = edge * edge * edge;
        Cell = BpxFile.Load(BpxPath("chen2020.bpx.json")).Cell ?? throw new InvalidDataException("chen2020.bpx.json is not a BPX file.");
        FieldSet all = new(Enum.GetValues<Field>());
        Layout = new(Enumerable.Repeat(all, cells).ToArray(), cells, ownsTerminal: false);
        Fields = new(cells, new bool[cells], Cell.ReferenceTemperature);
        Fill(Fields.Salt, 800, 1200);
        Fill(Fields.IonicPotential, -0.15, -0.1);
        Fill(Fields.ElectronicPotential, 0, 0.01);
        Fill(Fields.Temperature, -1, 5);
        // Arrhenius factors are present in most cells; the published set has none in the electrolyte.
        Electrolyte electrolyte = Cell.Electrolyte with { ConductivityActivationEnergy = 17000, DiffusivityActivationEnergy = 17000 };
        Properties = new(electrolyte, Fields, [.. Enumerable.Range(0, cells)]);
        Properties.Evaluate();
        Faces = [.. BuildFaces()];
    }

    public BpxCell Cell { get; }

    public FieldLayout Layout { get; }

    public CellFields Fields { get; }

    public ElectrolyteProperties Properties { get; }

    public Face[] Faces { get; }

    /// <summary>Path of a cell file that is delivered with the benchmarks.</summary>
    public static string BpxPath(string name) => Path.Combine(AppContext.BaseDirectory, "cell", name);

    /// <summary>Random values between two bounds.</summary>
    public void Fill(Span<double> values, double low, double high)
    {
        foreach (ref double value in values)
            value = low + ((high - low) * _random.NextDouble());
    }

    private IEnumerable<Face> BuildFaces()
    {
        for (int cell = 0; cell < _edge * _edge * _edge; cell++)
        {
            (int i, int j, int k) = (cell % _edge, cell / _edge % _edge, cell / (_edge * _edge));
            if (i + 1 < _edge)
                yield return FaceBetween(cell, cell + 1);
            if (j + 1 < _edge)
                yield return FaceBetween(cell, cell + _edge);
            if (k + 1 < _edge)
                yield return FaceBetween(cell, cell + (_edge * _edge));
        }
    }

    private Face FaceBetween(int left, int right) => new(left, right, 1 + _random.NextDouble(), 1 + _random.NextDouble(), FaceDirection.Through);
}
