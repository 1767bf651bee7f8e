using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Closures;

/// <summary>Friction between the species of an electrolyte, from which its properties follow (equations.md §5).</summary>
public interface IClosure
{
    /// <summary>The electrolyte with κ, D, t₊ and Θ of the closure, each a function of c and T that needs no Arrhenius factor.</summary>
    Electrolyte In(Electrolyte electrolyte);
}
