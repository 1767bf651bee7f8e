using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>Capacities, stoichiometries and open-circuit voltage of a cell at rest. State of charge s runs from 0 to 1 over the stoichiometry windows of its materials.</summary>
/// <param name="Negative">Negative electrode; null for lithium metal, which is inexhaustible and at 0 V.</param>
/// <param name="Positive">Positive electrode.</param>
/// <param name="ElectrodeArea">Area of one electrode pair [m²].</param>
/// <param name="ElectrodePairs">Electrode pairs in parallel.</param>
/// <param name="ReferenceTemperature">T_ref of dU/dT(x) [K].</param>
public sealed record CellBalance(PorousElectrode? Negative, PorousElectrode Positive, double ElectrodeArea, int ElectrodePairs, double ReferenceTemperature)
{
    private const double SecondsPerHour = 3600;

    /// <summary>Capacity of the cell between s = 0 and s = 1 [A h]: the smaller of the two electrodes'.</summary>
    public double WindowCapacity => Math.Min(Negative is null ? double.PositiveInfinity : WindowCapacityOf(Negative), WindowCapacityOf(Positive));

    /// <summary>N/P ratio: what the empty negative electrode can take (x from 0 to 1) over what the charged positive electrode can take (x_min to 1).</summary>
    public double NegativeToPositiveRatio
    {
        get
        {
            if (Negative is null)
                return double.PositiveInfinity;
            double positive = Positive.ActiveMaterials.Sum(material => SiteCapacity(Positive, material) * (1 - material.MinimumStoichiometry));
            return Negative.ActiveMaterials.Sum(material => SiteCapacity(Negative, material)) / positive;
        }
    }

    /// <summary>∫ V_oc dQ from s = 1 to 0 at the reference temperature [W h], by Simpson's rule on 400 intervals.</summary>
    public double OpenCircuitEnergy
    {
        get
        {
            const int intervals = 400;
            double sum = 0;
            for (int i = 0; i <= intervals; i++)
            {
                double weight = i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * OpenCircuitVoltage((double)i / intervals);
            }
            return sum / (3 * intervals) * WindowCapacity;
        }
    }

    /// <summary>Capacity of one of the two electrodes between the ends of its windows [A h]: Σ F ε_s c_max (x_max − x_min) δ A n.</summary>
    public double WindowCapacityOf(PorousElectrode electrode) =>
        electrode.ActiveMaterials.Sum(material => SiteCapacity(electrode, material) * (material.MaximumStoichiometry - material.MinimumStoichiometry));

    /// <summary>Stoichiometry of each material of the negative electrode at rest at a temperature [K]; it rises with s.</summary>
    public double[] NegativeStoichiometries(double stateOfCharge, double temperature) =>
        Negative is null ? [] : BlendEquilibrium.Stoichiometries(Negative.ActiveMaterials, stateOfCharge, temperature, ReferenceTemperature);

    /// <summary>Stoichiometry of each material of the positive electrode at rest at a temperature [K]; it falls with s.</summary>
    public double[] PositiveStoichiometries(double stateOfCharge, double temperature) =>
        BlendEquilibrium.Stoichiometries(Positive.ActiveMaterials, 1 - stateOfCharge, temperature, ReferenceTemperature);

    /// <summary>Open-circuit voltage [V] at the reference temperature.</summary>
    public double OpenCircuitVoltage(double stateOfCharge) => OpenCircuitVoltage(stateOfCharge, ReferenceTemperature);

    /// <summary>Open-circuit voltage [V] at a temperature [K]: U_p − U_n with equation (3.2).</summary>
    public double OpenCircuitVoltage(double stateOfCharge, double temperature)
    {
        double positive = RestPotential(Positive.ActiveMaterials, 1 - stateOfCharge, temperature, ReferenceTemperature);
        return Negative is null ? positive : positive - RestPotential(Negative.ActiveMaterials, stateOfCharge, temperature, ReferenceTemperature);
    }

    /// <summary>Potential against lithium of an electrode at rest [V], which all its materials share.</summary>
    /// <param name="materials">Those of one electrode.</param>
    /// <param name="fill">Share of what lies between the ends of its stoichiometry windows, 0 to 1.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public static double RestPotential(IReadOnlyList<ActiveMaterial> materials, double fill, double temperature, double referenceTemperature) =>
        materials[0].EquilibriumPotentialOf(referenceTemperature).Value(BlendEquilibrium.Stoichiometries(materials, fill, temperature, referenceTemperature)[0], temperature);

    /// <summary>The state of charge at which the open-circuit voltage takes a value [V] at a temperature [K]; null outside the voltages of s = 0 to 1.</summary>
    public double? StateOfCharge(double voltage, double temperature)
    {
        double low = 0, high = 1;
        double atLow = OpenCircuitVoltage(low, temperature) - voltage, atHigh = OpenCircuitVoltage(high, temperature) - voltage;
        if (!(atLow <= 0 && atHigh >= 0)) return null;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (OpenCircuitVoltage(middle, temperature) < voltage) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>Capacity of all sites of a material, x from 0 to 1 [A h].</summary>
    private double SiteCapacity(PorousElectrode electrode, ActiveMaterial material) =>
        PhysicalConstants.Faraday * material.ActiveVolumeFraction * material.MaximumConcentration
        * electrode.Thickness * ElectrodeArea * ElectrodePairs / SecondsPerHour;
}
