namespace Cell3D.Discretization;

/// <summary>Integrals over the cell that the audits and the heat split are made of; terms register a quantity once and add to it at every report.</summary>
public sealed class Balance
{
    private readonly List<(string Name, string Unit)> _quantities = [];
    private double[] _values = [];

    /// <summary>Names and units in order of registration.</summary>
    public IReadOnlyList<(string Name, string Unit)> Quantities => _quantities;

    /// <summary>This rank's sums, or everybody's after the caller has reduced them in place.</summary>
    public Span<double> Values => _values;

    /// <summary>Slot of a quantity; the same name gives the same slot.</summary>
    public int Register(string name, string unit)
    {
        int slot = Slot(name);
        if (slot >= 0)
            return slot;
        _quantities.Add((name, unit));
        Array.Resize(ref _values, _quantities.Count);
        return _quantities.Count - 1;
    }

    /// <summary>Slot of a registered quantity; −1 for any other.</summary>
    public int Slot(string name)
    {
        for (int slot = 0; slot < _quantities.Count; slot++)
            if (_quantities[slot].Name == name)
                return slot;
        return -1;
    }

    public void Add(int slot, double value) => _values[slot] += value;

    public void Clear() => Array.Clear(_values);

    /// <summary>Value of a quantity by name; 0 when no term reports it.</summary>
    public double this[string name] => Slot(name) is >= 0 and int slot ? _values[slot] : 0;
}
