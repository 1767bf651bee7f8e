using Cell3D.Discretization;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;

namespace Cell3D.Tests.Validation;

/// <summary>
/// PyBaMM takes powers of concentrations in the exchange current density as x (x² + δ²)^((a−1)/2) with δ = 0.001 instead of x^a, which
/// stays finite at x = 0. Beside a particle that is nearly empty or full this lowers j0 and with it the voltage.
/// </summary>
internal static class RegularisedExchangeCurrent
{
    private const double Delta = 1e-3;

    /// <summary>
    /// What that does to the terminal voltage of the present state [V], to first order: −Σ a j δη dV over the current, for α_a = α_c = 0.5.
    /// </summary>
    public static double VoltageChange(CellModel model, double referenceConcentration)
    {
        double power = 0;
        foreach (ReactingParticles particles in model.Particles)
            for (int i = 0; i < particles.Cells.Length; i++)
            {
                int cell = particles.Cells[i];
                double j = particles.CurrentDensity[i];
                power += particles.Material.SurfaceAreaPerVolume * model.Mesh.Volume[cell] * j
                    * OverpotentialChange(particles.Material, model.Fields, cell, j, particles.SurfaceStoichiometry[i], model.Fields.Salt[cell] / referenceConcentration);
            }
        return -power / Math.Abs(model.System.Terminal.AppliedCurrent);
    }

    private static double OverpotentialChange(ActiveMaterial material, CellFields fields, int cell, double j, double x, double salt)
    {
        double reference = fields.ReferenceTemperature, temperature = reference + fields.Temperature[cell];
        double rate = material.ReactionRateConstant * Math.Exp(material.ReactionActivationEnergy / PhysicalConstants.Gas * ((1 / reference) - (1 / temperature)));
        double exchange = PhysicalConstants.Faraday * rate * Math.Sqrt(salt * x * (1 - x));
        double lowered = exchange * Math.Pow(Excess(salt) * Excess(x) * Excess(1 - x), -0.25);
        return 2 * PhysicalConstants.Gas * temperature / PhysicalConstants.Faraday * (Math.Asinh(0.5 * j / lowered) - Math.Asinh(0.5 * j / exchange));
    }

    private static double Excess(double x) => 1 + (Delta * Delta / (x * x));
}
