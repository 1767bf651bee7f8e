namespace Cell3D.Physics;

/// <summary>CODATA 2018 (doi:10.1103/RevModPhys.93.025010).</summary>
public static class PhysicalConstants
{
    /// <summary>F [C mol⁻¹].</summary>
    public const double Faraday = 96485.33212;

    /// <summary>R [J mol⁻¹ K⁻¹].</summary>
    public const double Gas = 8.314462618;

    /// <summary>σ_SB [W m⁻² K⁻⁴].</summary>
    public const double StefanBoltzmann = 5.670374419e-8;
}
