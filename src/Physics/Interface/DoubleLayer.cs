using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>Charge stored at the interface of conductor and electrolyte: a C_dl ∂(φ_s − φ_e)/∂t leaves the solid and enters the electrolyte, without salt
/// (equations.md §3).</summary>
/// <remarks>The potential difference is then a differential state: it stands while a current is switched. For that, an instant lasts ten nanoseconds;
/// shorter ones would lose the currents beside it in round-off.</remarks>
public sealed class DoubleLayer : CellTerm
{
    /// <summary>Power into the double layers: of all, and of every interface [W].</summary>
    public const string StoredPower = "Power into double layers";

    /// <summary>Current that charges the double layer of an interface [A].</summary>
    public const string ChargingCurrent = "Current of the double layer";

    private const double Instant = 1e-8;
    private readonly LocalSites _sites;
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly Parameter _capacitance;
    private readonly string _transfer, _name;
    private readonly StateVariable _potential;
    private readonly double[] _current;
    private TimeCoefficients _time = new();
    private int[] _ownStart = [];
    private int _power, _ownPower, _transferred, _ions;

    /// <summary>Creates the layer and registers its state.</summary>
    /// <param name="particles">Sites of the particles.</param>
    /// <param name="capacitance">C_dl per area of interface [F m⁻²].</param>
    /// <param name="sites">Their interface; inner surfaces of control volumes.</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="registry">Receives φ_s − φ_e.</param>
    /// <param name="tolerance">Error weights of φ_s − φ_e; null for no test.</param>
    /// <param name="transfer">Side of the cell.</param>
    public DoubleLayer(StateSites particles, double capacitance, LocalSites sites, CellFields fields, FieldLayout layout, StateRegistry registry, ErrorTolerance? tolerance, string transfer)
    {
        (_name, _sites, _fields, _layout, _transfer) = (particles.Owner, sites, fields, layout, transfer);
        _capacitance = new($"{particles.Owner}: double layer capacitance", "F m-2", capacitance);
        _potential = registry.Register(new("Potential of the double layer", "V", "Solid minus electrolyte potential that the double layer is charged to"), particles, tolerance);
        _current = new double[sites.Count];
    }

    /// <summary>Takes φ_s − φ_e of the present fields as what the layer is charged to.</summary>
    public override void Start()
    {
        for (int i = 0; i < _sites.Count; i++)
            _potential.Values[i] = Potential(i);
    }

    public override Evolution Evolves => Evolution.Electrode;

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time) => _time = time;

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        ReadOnlySpan<int> cells = _sites.Electrolyte;
        int last = cells.FirstFrom(end);
        for (int i = cells.FirstFrom(start); i < last; i++)
        {
            double area = _sites.Area(i), current = area * Current(i), slope = area * _capacitance.Value * (_time.IsFrozen ? 1 / Instant : _time.Alpha);
            Add(assembly, cells[i], Field.IonicPotential, -current, -slope);
            Add(assembly, cells[i], Field.ElectronicPotential, current, slope);
        }
    }

    public override void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        for (int i = 0; i < _sites.Count; i++)
        {
            Complex slope = _sites.Area(i) * _capacitance.Value * alpha;
            AddSlope(real, _sites.Electrolyte[i], Field.IonicPotential, -slope.Real);
            AddSlope(real, _sites.Electrolyte[i], Field.ElectronicPotential, slope.Real);
            AddSlope(imaginary, _sites.Electrolyte[i], Field.IonicPotential, -slope.Imaginary);
            AddSlope(imaginary, _sites.Electrolyte[i], Field.ElectronicPotential, slope.Imaginary);
        }
    }

    public override IEnumerable<Parameter> Parameters => [_capacitance];

    public override void AddByParameters(in Assembly assembly)
    {
        for (int i = 0; i < _sites.Count; i++)
        {
            double change = _sites.Area(i) * _capacitance.Seed * Rate(i);
            assembly.Residual[_layout.Row(_sites.Electrolyte[i], Field.IonicPotential)] -= assembly.Scale[Field.IonicPotential] * change;
            assembly.Residual[_layout.Row(_sites.Electrolyte[i], Field.ElectronicPotential)] += assembly.Scale[Field.ElectronicPotential] * change;
        }
    }

    public override void EndStep()
    {
        for (int i = 0; i < _sites.Count; i++)
            (_current[i], _potential.Values[i]) = (Current(i), Potential(i));
    }

    public override void RegisterQuantities(Balance balance)
    {
        _power = balance.Register(StoredPower, "W", Totals.StoredPower);
        _ownPower = balance.Register(CellGroups.PartOf(StoredPower, _name), "W");
        _ions = balance.Register("Ions in double layers", "mol", Totals.HeldIons);
        _transferred = balance.Register(CellGroups.PartOf(ChargingCurrent, _name), "A", _transfer);
    }

    public override void Report(Balance balance)
    {
        for (int i = 0; i < _sites.Count; i++)
        {
            balance.Add(_transferred, _sites.Area(i) * _current[i]);
            balance.Add(_ions, _sites.Area(i) * _capacitance.Value * Potential(i) / PhysicalConstants.Faraday);
            balance.Add(_power, _sites.Area(i) * _current[i] * Potential(i));
            balance.Add(_ownPower, _sites.Area(i) * _current[i] * Potential(i));
        }
    }

    /// <summary>C_dl ∂(φ_s − φ_e)/∂t [A m⁻²].</summary>
    private double Current(int place) => _capacitance.Value * Rate(place);

    /// <summary>∂(φ_s − φ_e)/∂t [V s⁻¹].</summary>
    private double Rate(int place) => _time.IsFrozen
        ? (Potential(place) - _potential.Past(0)[place]) / Instant
        : _time.Rate(_potential, place, Potential(place));

    private double Potential(int place) => _fields.AbsoluteElectronicPotential(_sites.Electrolyte[place]) - _fields.IonicPotential[_sites.Electrolyte[place]];

    /// <summary>Adds to a charge balance; the slope is that by φ_s, and less that by φ_e.</summary>
    private void Add(in Assembly assembly, int cell, Field balance, double current, double slope)
    {
        assembly.Residual[_layout.Row(cell, balance)] += assembly.Scale[balance] * current;
        if (!assembly.Diagonal.IsEmpty)
            AddSlope(assembly, cell, balance, slope);
    }

    private void AddSlope(in Assembly assembly, int cell, Field balance, double slope)
    {
        FieldSet unknowns = _layout.Fields(cell);
        int start = _ownStart[_layout.FirstRow(cell) + unknowns.Offset(balance)];
        double scaled = assembly.Scale[balance] * slope;
        assembly.Diagonal[start + unknowns.Offset(Field.ElectronicPotential)] += scaled;
        assembly.Diagonal[start + unknowns.Offset(Field.IonicPotential)] -= scaled;
    }
}
