using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics.Particles;

namespace Cell3D.Tests.Physics;

/// <summary>The interfacial current density j as a macroscopic unknown.</summary>
internal static class PromotedCurrent
{
    public static Unknown Declaration { get; } = new()
    {
        Field = default,
        Quantity = new("Interfacial current density", "A m-2", "Current from particles into the electrolyte per area of interface"),
        Equation = "kinetics",
        LivesIn = kind => kind.IsElectrode(),
        ToAmperes = 1e-3,
        IsBalance = false,
        Split = "kinetics",
        IsDifferential = false,
        Promotes = ReactingParticles.CurrentQuantity,
    };
}
