using Cell3D.Input.Cases;

namespace Cell3D.Simulation;

/// <summary>U(s) of a cell at its initial temperature as a rising table.</summary>
internal sealed class OpenCircuitCurve
{
    private const int Intervals = 200;
    private readonly double[] _voltage = new double[Intervals + 1];

    /// <summary>Prepares the table of a case.</summary>
    public OpenCircuitCurve(SimulationCase simulation)
    {
        for (int i = 0; i <= Intervals; i++)
        {
            double voltage = simulation.Cell.Balance.OpenCircuitVoltage((double)i / Intervals, simulation.Thermal.InitialTemperature);
            _voltage[i] = i == 0 ? voltage : Math.Max(voltage, _voltage[i - 1]);
        }
    }

    /// <summary>U [V]; that of the ends beyond them.</summary>
    /// <param name="charge">State of charge.</param>
    public double Voltage(double charge)
    {
        double place = Math.Clamp(charge, 0, 1) * Intervals;
        int left = Math.Min((int)place, Intervals - 1);
        return _voltage[left] + ((place - left) * (_voltage[left + 1] - _voltage[left]));
    }

    /// <summary>State of charge at a voltage [V]; 0 or 1 beyond the ends.</summary>
    public double StateOfCharge(double voltage)
    {
        if (!(voltage > _voltage[0]))
            return 0;
        if (voltage >= _voltage[^1])
            return 1;
        (int left, int right) = (0, Intervals);
        while (right - left > 1)
        {
            int middle = (left + right) / 2;
            (left, right) = _voltage[middle] < voltage ? (middle, right) : (left, middle);
        }
        return (right - 1 + ((voltage - _voltage[right - 1]) / (_voltage[right] - _voltage[right - 1]))) / Intervals;
    }
}
