namespace Cell3D.Numerics.Curves;

/// <summary>Elementary operations of an expression; a and b are operands, k a constant.</summary>
internal enum ExpressionOperation : byte
{
    /// <summary>The variable with number k.</summary>
    Variable,

    /// <summary>k</summary>
    Constant,

    /// <summary>a + b</summary>
    Add,

    /// <summary>a + k</summary>
    AddConstant,

    /// <summary>a − b</summary>
    Subtract,

    /// <summary>k − a</summary>
    SubtractFromConstant,

    /// <summary>a b</summary>
    Multiply,

    /// <summary>k a</summary>
    MultiplyConstant,

    /// <summary>a / b</summary>
    Divide,

    /// <summary>a / k</summary>
    DivideByConstant,

    /// <summary>k / a</summary>
    DivideConstant,

    /// <summary>a^b</summary>
    Power,

    /// <summary>a^k</summary>
    PowerConstant,

    /// <summary>k^a</summary>
    ConstantPower,

    /// <summary>√a</summary>
    SquareRoot,

    /// <summary>e^a</summary>
    Exp,

    /// <summary>ln a</summary>
    Log,

    /// <summary>lg a</summary>
    Log10,

    /// <summary>sinh a</summary>
    Sinh,

    /// <summary>cosh a</summary>
    Cosh,

    /// <summary>tanh a</summary>
    Tanh,

    /// <summary>arsinh a</summary>
    Asinh,

    /// <summary>sin a</summary>
    Sin,

    /// <summary>cos a</summary>
    Cos,

    /// <summary>tan a</summary>
    Tan,

    /// <summary>arctan a</summary>
    Atan,

    /// <summary>|a|</summary>
    Abs,

    /// <summary>sign a</summary>
    Sign,
}
