namespace Cell3D.Discretization;

/// <summary>Integrals over the cell that the audits and the heat split are made of; terms register a quantity once and add to it at every report.</summary>
public sealed class Balance
{
    /// <summary>The whole of all electric power that becomes heat for good [W].</summary>
    public const string Losses = "Losses";

    private readonly List<(string Name, string Unit)> _quantities = [];
    private readonly List<string?> _wholes = [];
    private double[] _values = [];

    /// <summary>Names and units in order of registration.</summary>
    public IReadOnlyList<(string Name, string Unit)> Quantities => _quantities;

    /// <summary>This rank's sums, or everybody's after the caller has reduced them in place.</summary>
    public Span<double> Values => _values;

    /// <summary>Slot of a quantity; the same name gives the same slot.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unit">SI unit.</param>
    /// <param name="whole">What it is a part of, for <see cref="SumOf"/>; null for nothing.</param>
    public int Register(string name, string unit, string? whole = null)
    {
        int slot = Slot(name);
        if (slot >= 0)
            return slot;
        _quantities.Add((name, unit));
        _wholes.Add(whole);
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

    /// <summary>Sum of all parts of a whole, e.g. of all lithium.</summary>
    public double SumOf(string whole)
    {
        double sum = 0;
        for (int slot = 0; slot < _quantities.Count; slot++)
            if (_wholes[slot] == whole)
                sum += _values[slot];
        return sum;
    }

    public void Add(int slot, double value) => _values[slot] += value;

    public void Clear() => Array.Clear(_values);

    /// <summary>Value of a quantity by name; 0 when no term reports it.</summary>
    public double this[string name] => Slot(name) is >= 0 and int slot ? _values[slot] : 0;
}
