using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Tests.Physics;

/// <summary>Electrolytes of the law tests.</summary>
internal static class Electrolytes
{
    /// <summary>Every property varies smoothly with c, and κ and D with T.</summary>
    public static readonly Electrolyte Nonlinear = new()
    {
        InitialConcentration = 1000,
        ReferenceConcentration = 1000,
        Conductivity = new FunctionCurve(c => 1.2 * Math.Exp(-Math.Pow((c / 1000) - 1.1, 2)), c => -2.4e-3 * ((c / 1000) - 1.1) * Math.Exp(-Math.Pow((c / 1000) - 1.1, 2))),
        ConductivityActivationEnergy = 17000,
        Diffusivity = new FunctionCurve(c => 3e-10 * Math.Exp(-0.6e-3 * c), c => -1.8e-13 * Math.Exp(-0.6e-3 * c)),
        DiffusivityActivationEnergy = 20000,
        TransferenceNumber = new FunctionCurve(c => 0.3 + (0.1 * Math.Sin(c / 700)), c => 0.1 / 700 * Math.Cos(c / 700)),
        ThermodynamicFactor = new FunctionCurve(c => 1 + (0.4e-6 * c * c), c => 0.8e-6 * c),
    };

    /// <summary>Nothing varies.</summary>
    public static readonly Electrolyte Constant = new()
    {
        InitialConcentration = 1000,
        ReferenceConcentration = 1000,
        Conductivity = Curve.Constant(0.9),
        Diffusivity = Curve.Constant(2.5e-10),
        TransferenceNumber = Curve.Constant(0.3),
        ThermodynamicFactor = Curve.Constant(1.7),
    };

    /// <summary>Every property varies with c and T: κ in the form of Landesfeind and Gasteiger (2019), D in that of Valøen and Reimers (2005).</summary>
    public static readonly Electrolyte OfTemperature = new()
    {
        InitialConcentration = 1000,
        ReferenceConcentration = 1000,
        Conductivity = State("0.521*(1 + (T - 228)*1e-3)*x*1e-3*(1 - 1.06*sqrt(x*1e-3) + 0.353*(1 - 0.00359*exp(1000/T))*x*1e-3)/(1 + (x*1e-3)**4*(0.00148*exp(1000/T)))"),
        Diffusivity = State("1e-4*10**(-4.43 - 54/(T - 229 - 5e-3*x) - 0.22e-3*x)"),
        TransferenceNumber = State("0.4 - 1e-4*x + 2e-3*(T - 298)"),
        ThermodynamicFactor = State("1 + 1e-3*x*(1 - 5e-3*(T - 298))"),
    };

    private static Cell3D.Numerics.Curves.ExpressionFunction State(string text) => Cell3D.Numerics.Curves.ExpressionFunction.Parse(text, "x", "T");
}
