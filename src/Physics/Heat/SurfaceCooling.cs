using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Heat exchanged at outer faces: Q by the law of their film, at the new time of a step (equation 6.5).</summary>
/// <typeparam name="TFilm">The law.</typeparam>
/// <typeparam name="THalfCell">What lies between a cell's centre and the face.</typeparam>
public sealed class SurfaceCooling<TFilm, THalfCell>(CellFields fields, FieldLayout layout, CooledFace[] faces, THalfCell halfCell) : Term
    where TFilm : struct, IFilm<TFilm>
    where THalfCell : struct, IHalfCell
{
    private readonly TFilm[] _films = Films(faces);
    private int[] _positions = [];
    private int _lost;

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) =>
        _positions = [.. faces.Select(f => pattern.Position(f.Cell, Field.Temperature, f.Cell, Field.Temperature))];

    public override void BeginStep(TimeCoefficients time) => Evaluate(_films, faces, time.Time);

    public override void AddTo(in Assembly assembly)
    {
        double scale = assembly.Scale[Field.Temperature];
        for (int i = 0; i < faces.Length; i++)
        {
            if (_positions[i] == SparsePattern.Absent)
                continue;
            Dual lost = HeatLost<Dual>(i);
            assembly.Residual[layout.Row(faces[i].Cell, Field.Temperature)] += scale * lost.Number;
            if (!assembly.Diagonal.IsEmpty)
                assembly.AddJacobian(_positions[i], scale * lost.LeftPartials.GetElement((int)Field.Temperature));
        }
    }

    public override void RegisterQuantities(Balance balance) => _lost = balance.Register("Heat lost to surroundings", "W");

    public override void Report(Balance balance)
    {
        double lost = 0;
        for (int i = 0; i < faces.Length; i++)
            lost += layout.Has(faces[i].Cell, Field.Temperature) ? HeatLost<Real>(i).Number : 0;
        balance.Add(_lost, lost);
    }

    private T HeatLost<T>(int face) where T : unmanaged, IScalar<T> =>
        _films[face].HeatLost(T.Left(fields.ReferenceTemperature + fields.Temperature[faces[face].Cell], Vector256.Create(0.0, 0, 0, 1)), halfCell.Resistance<T>(faces[face]));

    private static TFilm[] Films(CooledFace[] faces)
    {
        TFilm[] films = new TFilm[faces.Length];
        Evaluate(films, faces, 0);
        return films;
    }

    private static void Evaluate(TFilm[] films, CooledFace[] faces, double time)
    {
        for (int i = 0; i < films.Length; i++)
            films[i] = TFilm.Over(faces[i], time);
    }
}
