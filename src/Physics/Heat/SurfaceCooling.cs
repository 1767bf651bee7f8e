using Cell3D.Discretization;

namespace Cell3D.Physics.Heat;

/// <summary>Convection at outer surfaces: Q = (T − T_amb)/(1/(h A) + d/(k A)) (equations.md §2).</summary>
/// <remarks>The half cell between centre and surface conducts in series with the film.</remarks>
public sealed class SurfaceCooling(CellFields fields, FieldLayout layout, CooledFace[] faces) : Term
{
    private int[] _positions = [];
    private int _lost;

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) =>
        _positions = [.. faces.Select(f => pattern.Position(f.Cell, Field.Temperature, f.Cell, Field.Temperature))];

    public override void AddTo(in Assembly assembly)
    {
        double scale = assembly.Scale[Field.Temperature];
        for (int i = 0; i < faces.Length; i++)
        {
            if (_positions[i] == SparsePattern.Absent)
                continue;
            assembly.Residual[layout.Row(faces[i].Cell, Field.Temperature)] += scale * HeatLost(faces[i]);
            if (!assembly.Diagonal.IsEmpty)
                assembly.AddJacobian(_positions[i], scale * faces[i].Conductance);
        }
    }

    public override void RegisterQuantities(Balance balance) => _lost = balance.Register("Heat lost to surroundings", "W");

    public override void Report(Balance balance)
    {
        double lost = 0;
        foreach (CooledFace face in faces)
            lost += layout.Has(face.Cell, Field.Temperature) ? HeatLost(face) : 0;
        balance.Add(_lost, lost);
    }

    private double HeatLost(in CooledFace face) => face.Conductance * (fields.ReferenceTemperature + fields.Temperature[face.Cell] - face.AmbientTemperature);
}

/// <summary>A cooled face of an owned cell.</summary>
/// <param name="Cell">Local cell.</param>
/// <param name="Conductance">1/(1/(h A) + d/(k A)) [W K⁻¹].</param>
/// <param name="AmbientTemperature">T_amb [K].</param>
public readonly record struct CooledFace(int Cell, double Conductance, double AmbientTemperature);
