using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Heat exchanged at outer faces: Q by the law of their film, at the new time of a step (equation 6.5).</summary>
/// <typeparam name="TFilm">The law.</typeparam>
/// <typeparam name="THalfCell">What lies between a cell's centre and the face.</typeparam>
public sealed class SurfaceCooling<TFilm, THalfCell> : CellTerm, ISurrounded
    where TFilm : struct, IFilm<TFilm>
    where THalfCell : struct, IHalfCell
{
    private static readonly CellOf<CooledFace> CellOfFace = (in CooledFace face) => face.Cell;
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly CooledFace[] _faces;
    private readonly THalfCell _halfCell;
    private readonly TFilm[] _films;
    private readonly IReadOnlyList<string> _names;
    private readonly double[] _lost;
    private readonly int[] _slots;
    private int[] _ownStart = [];

    /// <summary>Prepares the term.</summary>
    /// <param name="fields">The state.</param>
    /// <param name="layout">Where the unknowns live; faces of cells without a temperature are left out.</param>
    /// <param name="faces">Outer faces of owned cells.</param>
    /// <param name="halfCell">Up to the face.</param>
    /// <param name="names">Cooled places of the whole cell, the same on all ranks; the heat of each is reported under <see cref="SurfaceHeat.NameOf"/>.</param>
    public SurfaceCooling(CellFields fields, FieldLayout layout, IEnumerable<CooledFace> faces, THalfCell halfCell, IReadOnlyList<string> names)
    {
        (_fields, _layout, _halfCell, _names) = (fields, layout, halfCell, names);
        (_lost, _slots) = (new double[names.Count], new int[names.Count]);
        _faces = [.. faces.Where(face => layout.Has(face.Cell, Field.Temperature)).OrderBy(face => face.Cell)];
        _films = new TFilm[_faces.Length];
        SetFilms(0);
    }

    /// <inheritdoc/>
    public double? Ambient { get; set; }

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time) => SetFilms(time.Time);

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        ReadOnlySpan<CooledFace> faces = _faces;
        double scale = assembly.Scale[Field.Temperature];
        int last = faces.FirstFrom(end, CellOfFace);
        for (int i = faces.FirstFrom(start, CellOfFace); i < last; i++)
        {
            int cell = faces[i].Cell, place = _layout.Fields(cell).Offset(Field.Temperature), row = _layout.FirstRow(cell) + place;
            Dual lost = HeatLost<Dual>(i);
            assembly.Residual[row] += scale * lost.Number;
            if (!assembly.Diagonal.IsEmpty)
                assembly.Diagonal[_ownStart[row] + place] += scale * lost.LeftPartials.GetElement((int)Field.Temperature);
        }
    }

    public override IEnumerable<Parameter> Parameters => _halfCell.Parameters;

    public override void AddByParameters(in Assembly assembly)
    {
        for (int i = 0; i < _faces.Length; i++)
            assembly.Residual[_layout.Row(_faces[i].Cell, Field.Temperature)] += assembly.Scale[Field.Temperature] * HeatLost<Tangent>(i).Derivative;
    }

    public override void RegisterQuantities(Balance balance)
    {
        for (int place = 0; place < _names.Count; place++)
            _slots[place] = balance.Register(SurfaceHeat.NameOf(_names[place]), "W", Totals.HeatLost);
    }

    public override void Report(Balance balance)
    {
        Array.Clear(_lost);
        for (int i = 0; i < _faces.Length; i++)
            _lost[_faces[i].Place] += HeatLost<Real>(i).Number;
        for (int place = 0; place < _lost.Length; place++)
            balance.Add(_slots[place], _lost[place]);
    }

    private T HeatLost<T>(int face) where T : unmanaged, IScalar<T> =>
        _films[face].HeatLost(T.Left(_fields.ReferenceTemperature + _fields.Temperature[_faces[face].Cell], Vector256.Create(0.0, 0, 0, 1)),
            _halfCell.Resistance<T>(_faces[face]) + _faces[face].Surroundings.ContactResistance);

    private void SetFilms(double time)
    {
        for (int i = 0; i < _films.Length; i++)
            _films[i] = TFilm.Over(_faces[i], time, Ambient);
    }
}
