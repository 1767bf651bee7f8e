namespace Cell3D.Physics.Materials;

/// <summary>The one-dimensional form that stands for a particle; the number is the power of r that areas grow with.</summary>
public enum ParticleShape
{
    /// <summary>R_p is half its thickness: lithium enters on both faces.</summary>
    Plate = 0,

    /// <summary>Lithium enters through the mantle.</summary>
    Cylinder = 1,

    /// <summary>As Fick's law has it.</summary>
    Sphere = 2,
}
