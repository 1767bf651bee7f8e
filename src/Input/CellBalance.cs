using Cell3D.Input.Bpx;
using Cell3D.Physics.Materials;

namespace Cell3D.Input;

/// <summary>Capacities, stoichiometries and open-circuit voltage of a cell at rest. State of charge s runs from 0 to 1 over the BPX window.</summary>
public static class CellBalance
{
    private const double Faraday = 96485.33212;
    private const double SecondsPerHour = 3600;

    /// <summary>Capacity of the cell between s = 0 and s = 1 [A h]: the smaller of the two electrodes'.</summary>
    public static double WindowCapacity(BpxCell cell) =>
        Math.Min(WindowCapacity(cell, cell.NegativeElectrode), WindowCapacity(cell, cell.PositiveElectrode));

    /// <summary>Capacity of one electrode between the ends of its window [A h]: Σ F ε_s c_max (x_max − x_min) δ A n.</summary>
    public static double WindowCapacity(BpxCell cell, BpxElectrode electrode) =>
        electrode.ActiveMaterials.Sum(material => SiteCapacity(cell, electrode, material) * (material.MaximumStoichiometry - material.MinimumStoichiometry));

    /// <summary>Capacity of all sites of one electrode, x from 0 to 1 [A h].</summary>
    public static double SiteCapacity(BpxCell cell, BpxElectrode electrode) =>
        electrode.ActiveMaterials.Sum(material => SiteCapacity(cell, electrode, material));

    /// <summary>N/P ratio: what the empty negative electrode can take (x from 0 to 1) over what the charged positive electrode can take (x_min to 1).</summary>
    public static double NegativeToPositiveRatio(BpxCell cell)
    {
        double positive = cell.PositiveElectrode.ActiveMaterials.Sum(
            material => SiteCapacity(cell, cell.PositiveElectrode, material) * (1 - material.MinimumStoichiometry));
        return SiteCapacity(cell, cell.NegativeElectrode) / positive;
    }

    /// <summary>Stoichiometry of each material of the negative electrode at rest at a temperature [K]; it rises with s.</summary>
    public static double[] NegativeStoichiometries(BpxCell cell, double stateOfCharge, double temperature) =>
        BlendEquilibrium.Stoichiometries(cell.NegativeElectrode.ActiveMaterials, stateOfCharge, temperature - cell.ReferenceTemperature);

    /// <summary>Stoichiometry of each material of the positive electrode at rest at a temperature [K]; it falls with s.</summary>
    public static double[] PositiveStoichiometries(BpxCell cell, double stateOfCharge, double temperature) =>
        BlendEquilibrium.Stoichiometries(cell.PositiveElectrode.ActiveMaterials, 1 - stateOfCharge, temperature - cell.ReferenceTemperature);

    /// <summary>Open-circuit voltage [V] at the reference temperature.</summary>
    public static double OpenCircuitVoltage(BpxCell cell, double stateOfCharge) =>
        OpenCircuitVoltage(cell, stateOfCharge, cell.ReferenceTemperature);

    /// <summary>Open-circuit voltage [V] at a temperature [K]: U_p − U_n with U(x,T) = U(x) + (T − T_ref) dU/dT.</summary>
    public static double OpenCircuitVoltage(BpxCell cell, double stateOfCharge, double temperature)
    {
        double heating = temperature - cell.ReferenceTemperature;
        double positive = cell.PositiveElectrode.ActiveMaterials[0].EquilibriumPotential(PositiveStoichiometries(cell, stateOfCharge, temperature)[0], heating);
        return positive - cell.NegativeElectrode.ActiveMaterials[0].EquilibriumPotential(NegativeStoichiometries(cell, stateOfCharge, temperature)[0], heating);
    }

    /// <summary>The state of charge at which the open-circuit voltage takes a value at a temperature [K]; null outside the voltages of s = 0 to 1.</summary>
    public static double? StateOfCharge(BpxCell cell, double voltage, double temperature)
    {
        double low = 0, high = 1;
        double atLow = OpenCircuitVoltage(cell, low, temperature) - voltage, atHigh = OpenCircuitVoltage(cell, high, temperature) - voltage;
        if (!(atLow <= 0 && atHigh >= 0)) return null;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (OpenCircuitVoltage(cell, middle, temperature) < voltage) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>∫ V_oc dQ from s = 1 to 0 [W h], by Simpson's rule on 400 intervals.</summary>
    public static double OpenCircuitEnergy(BpxCell cell)
    {
        const int intervals = 400;
        double sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            double weight = i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * OpenCircuitVoltage(cell, (double)i / intervals);
        }
        return sum / (3 * intervals) * WindowCapacity(cell);
    }

    /// <summary>Mass of the cell [kg], lumped density times volume; null when BPX gives not both.</summary>
    public static double? Mass(BpxCell cell) => cell.Density * cell.Volume;

    /// <summary>Heat capacity of the cell [J K⁻¹], ρ c_p volume; null when BPX gives not all three.</summary>
    public static double? HeatCapacity(BpxCell cell) => Mass(cell) * cell.SpecificHeatCapacity;

    private static double SiteCapacity(BpxCell cell, BpxElectrode electrode, ActiveMaterial material) =>
        Faraday * material.ActiveVolumeFraction * material.MaximumConcentration
        * electrode.Thickness * cell.ElectrodeArea * cell.ElectrodePairs / SecondsPerHour;
}
