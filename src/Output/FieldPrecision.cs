namespace Cell3D.Output;

/// <summary>How field values are stored.</summary>
public enum FieldPrecision
{
    /// <summary>Four bytes: enough for pictures, 7 digits.</summary>
    Float32,

    /// <summary>Eight bytes: the full value.</summary>
    Float64,
}
