namespace Cell3D.Microstructure.Description;

/// <summary>What a phase is in a porous electrode or separator.</summary>
public enum PhaseKind
{
    /// <summary>Filled with electrolyte.</summary>
    Pore,

    /// <summary>Particles of active material, or the solid of a separator.</summary>
    ActiveMaterial,

    /// <summary>Conductive additive and binder with pores of its own.</summary>
    CarbonBinder,
}

/// <summary>A phase of an image.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Labels">Values of the voxels that belong to it.</param>
/// <param name="Porosity">Share of pores within it: 1 for pores, 0 for active material.</param>
/// <param name="Ionic">Conductivity for ions over that of the electrolyte; the same holds for diffusion.</param>
/// <param name="Electronic">Electronic conductivity [S/m].</param>
/// <param name="Thermal">Thermal conductivity [W/(m K)]; NaN where it is not given.</param>
public sealed record PhaseSpec(string Name, PhaseKind Kind, IReadOnlyList<int> Labels, double Porosity, double Ionic, double Electronic, double Thermal);
