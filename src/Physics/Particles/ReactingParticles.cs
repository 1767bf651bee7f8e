using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>One class of particles in every control volume of an electrode: solid diffusion and surface reaction, condensed into
/// sources a j/F of salt, ±a j of charge and a j (φ_s − φ_e − U) + a j T dU/dT of heat (equations.md §2–4).</summary>
/// <remarks>j is a Newton unknown of its own (η(j) form): from rest undamped Newton converges in 4–5 iterations.</remarks>
public sealed class ReactingParticles : LocalSystems
{
    private const int Block = 128;
    private const double ClosestToFull = 1e-7;
    private readonly ActiveMaterial _material;
    private readonly ParticleDiffusion _diffusion;
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly int[] _cells;
    private readonly double[] _cellVolumes;
    private readonly double _referenceConcentration;
    private readonly Arrhenius _rateActivation;
    private readonly StateVariable _current, _surface, _mean;
    private readonly CondensedReaction[] _condensed;
    private readonly SurfaceResponse[] _responses;
    private readonly double[] _stoichiometry = new double[Block], _potential = new double[Block], _potentialSlope = new double[Block],
        _entropic = new double[Block], _entropicSlope = new double[Block];
    private int[] _ownStart = [];
    private double _residualNorm;
    private int _reactionHeat, _reversibleHeat, _chemicalPower, _lithium, _reactionCurrent;

    /// <summary>Creates the particles at a uniform stoichiometry and registers their states.</summary>
    /// <param name="name">Unique name, e.g. "Negative electrode" or "Positive electrode (Large particles)".</param>
    /// <param name="material">Thermodynamics, diffusion, kinetics.</param>
    /// <param name="basis">Modes inside a particle.</param>
    /// <param name="cells">Owned control volumes.</param>
    /// <param name="cellVolumes">Volume per local cell [m³].</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="registry">Receives j, surface and mean stoichiometry and the coefficients.</param>
    /// <param name="tolerance">Error weights of surface and mean stoichiometry.</param>
    /// <param name="referenceConcentration">c0 of the exchange current [mol m⁻³].</param>
    public ReactingParticles(string name, ActiveMaterial material, SpectralBasis basis, int[] cells, double[] cellVolumes, CellFields fields,
        FieldLayout layout, StateRegistry registry, ErrorTolerance tolerance, double referenceConcentration)
    {
        (Name, _material, _cells, _fields, _layout, _referenceConcentration) = (name, material, cells, fields, layout, referenceConcentration);
        _cellVolumes = cellVolumes;
        _rateActivation = new(material.ReactionActivationEnergy, fields.ReferenceTemperature);
        _diffusion = ParticleDiffusion.Create(material, basis, fields.ReferenceTemperature, cells.Length, $"{name}: stoichiometry modes");
        int n = cells.Length;
        _current = registry.Register(new($"{name}: interfacial current density", "A m-2", new double[n], n) { IsDifferential = false });
        _surface = registry.Register(new($"{name}: surface stoichiometry", "1", new double[n], n, tolerance) { Cells = cells });
        _mean = registry.Register(new($"{name}: mean stoichiometry", "1", new double[n], n, tolerance) { Cells = cells });
        registry.Register(_diffusion.Coefficients);
        _condensed = new CondensedReaction[n];
        _responses = new SurfaceResponse[n];
    }

    public string Name { get; }

    public override ReadOnlySpan<int> Cells => _cells;

    /// <summary>j per control volume [A m⁻²].</summary>
    public ReadOnlySpan<double> CurrentDensity => _current.Values;

    /// <summary>x_surf per control volume.</summary>
    public ReadOnlySpan<double> SurfaceStoichiometry => _surface.Values;

    /// <summary>Mean x per control volume.</summary>
    public ReadOnlySpan<double> MeanStoichiometry => _mean.Values;

    public ActiveMaterial Material => _material;

    /// <summary>Unknowns inside one particle: modes and j.</summary>
    public int LocalUnknowns => _diffusion.Coefficients.Values.Length + _current.Values.Length;

    public override double ResidualNorm => _residualNorm;

    /// <summary>Sets every particle to rest at a uniform stoichiometry.</summary>
    public void SetUniform(double stoichiometry)
    {
        _diffusion.SetUniform(stoichiometry);
        _surface.Values.AsSpan().Fill(stoichiometry);
        _mean.Values.AsSpan().Fill(stoichiometry);
        Array.Clear(_current.Values);
    }

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time) => _diffusion.BeginStep(time);

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        if (start == 0)
            _residualNorm = 0;
        int last = Cells.FirstFrom(end);
        for (int first = Cells.FirstFrom(start); first < last; first += Block)
        {
            int count = Math.Min(Block, last - first);
            Respond(first, count);
            for (int i = 0; i < count; i++)
                if (assembly.Diagonal.IsEmpty)
                    AddSources(assembly, first + i, i);
                else
                    AddCondensed(assembly, first + i, i);
        }
    }

    public override double AdmissibleFraction(ReadOnlySpan<double> increments, out StepObstacle? reason)
    {
        double fraction = 1;
        reason = null;
        for (int i = 0; i < _cells.Length; i++)
        {
            double x = Math.Clamp(_responses[i].Stoichiometry, ClosestToFull, 1 - ClosestToFull);
            double dx = (_responses[i].ByCurrent * CurrentIncrement(i, increments)) + (_responses[i].ByTemperature * TemperatureIncrement(i, increments));
            double room = dx > 0 ? 1 - x : x;
            if (Math.Abs(dx) * fraction <= 0.9 * room)
                continue;
            fraction = 0.9 * room / Math.Abs(dx);
            reason = new($"surface stoichiometry of {Name.ToLowerInvariant()}", _cells[i], x + dx, "1");
        }
        return fraction;
    }

    public override void BackSubstitute(ReadOnlySpan<double> increments, double fraction)
    {
        for (int i = 0; i < _cells.Length; i++)
        {
            double increment = CurrentIncrement(i, increments);
            _current.Values[i] += fraction * increment;
            if (!_diffusion.IsFrozen)
                _diffusion.BackSubstitute(i, increment, TemperatureIncrement(i, increments), fraction);
        }
    }

    public override void EndStep()
    {
        if (_diffusion.IsFrozen)
            return;
        for (int i = 0; i < _cells.Length; i++)
        {
            _diffusion.Conclude(i, _current.Values[i], Temperature(i));
            _surface.Values[i] = _diffusion.Surface(i);
            _mean.Values[i] = _diffusion.Mean(i);
        }
    }

    public override void RegisterQuantities(Balance balance)
    {
        _reactionHeat = balance.Register("Reaction heat", "W");
        _reversibleHeat = balance.Register("Reversible heat", "W");
        _chemicalPower = balance.Register("Chemical power", "W");
        _lithium = balance.Register("Lithium in particles", "mol");
        _reactionCurrent = balance.Register($"Reaction current: {Name}", "A");
    }

    public override void Report(Balance balance)
    {
        double current = 0, reaction = 0, reversible = 0, chemical = 0, lithium = 0;
        for (int start = 0; start < _cells.Length; start += Block)
        {
            int count = Math.Min(Block, _cells.Length - start);
            _surface.Values.AsSpan(start, count).CopyTo(_stoichiometry);
            EvaluateMaterial(count);
            for (int i = 0; i < count; i++)
            {
                double area = Volume(start + i) * _material.SurfaceAreaPerVolume;
                ReactionRates<Real> rates = Rates(start + i, i);
                current += area * _current.Values[start + i];
                reaction += area * rates.ReactionHeat.Number;
                reversible += area * rates.ReversibleHeat.Number;
                chemical += area * rates.ChemicalPower.Number;
                lithium += Volume(start + i) * _material.ActiveVolumeFraction * _material.MaximumConcentration * _mean.Values[start + i];
            }
        }
        balance.Add(_reactionHeat, reaction);
        balance.Add(_reversibleHeat, reversible);
        balance.Add(_chemicalPower, chemical);
        balance.Add(_lithium, lithium);
        balance.Add(_reactionCurrent, current);
    }

    /// <summary>Adds reaction and reversible heat [W] of every control volume to its cell, and sets φ_s − φ_e − U(x_surf, T) [V].</summary>
    /// <param name="heat">Per owned cell [W].</param>
    /// <param name="overpotential">Per owned cell [V]; film drop included.</param>
    public void AddHeat(Span<double> heat, Span<double> overpotential)
    {
        for (int start = 0; start < _cells.Length; start += Block)
        {
            int count = Math.Min(Block, _cells.Length - start);
            _surface.Values.AsSpan(start, count).CopyTo(_stoichiometry);
            EvaluateMaterial(count);
            for (int i = 0; i < count; i++)
            {
                ReactionRates<Real> rates = Rates(start + i, i);
                heat[_cells[start + i]] += Volume(start + i) * _material.SurfaceAreaPerVolume * (rates.ReactionHeat.Number + rates.ReversibleHeat.Number);
                overpotential[_cells[start + i]] = rates.Polarisation.Number;
            }
        }
    }

    private ReactionRates<Real> Rates(int particle, int inBlock)
    {
        SurfaceReaction.Rates(State<Real>(particle, inBlock, new(_surface.Values[particle], 0, 0)), _material, _referenceConcentration,
            _fields.ReferenceTemperature, out ReactionRates<Real> rates);
        return rates;
    }

    private void Respond(int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _responses[start + i] = _diffusion.IsFrozen
                ? new(_surface.Values[start + i], 0, 0)
                : _diffusion.Respond(start + i, _current.Values[start + i], Temperature(start + i));
            _stoichiometry[i] = _responses[start + i].Stoichiometry;
        }
        EvaluateMaterial(count);
    }

    private void EvaluateMaterial(int count)
    {
        _material.OpenCircuitPotential.Evaluate(_stoichiometry.AsSpan(0, count), _potential.AsSpan(0, count), _potentialSlope.AsSpan(0, count));
        _material.EntropicCoefficient.Evaluate(_stoichiometry.AsSpan(0, count), _entropic.AsSpan(0, count), _entropicSlope.AsSpan(0, count));
    }

    /// <summary>Partials: left group = (c, φ_e, φ_s, T) of the control volume, right group = (j, –, –, –).</summary>
    private ReactionState<T> State<T>(int particle, int inBlock, SurfaceResponse response) where T : unmanaged, IScalar<T>
    {
        int cell = _cells[particle];
        T temperature = T.Left(Temperature(particle), Vector256.Create(0, 0, 0, 1.0));
        T stoichiometry = T.Left(response.Stoichiometry, Vector256.Create(0, 0, 0, response.ByTemperature))
            + T.Right(0, Vector256.Create(response.ByCurrent, 0, 0, 0));
        (double factor, double slope) = _rateActivation.At(temperature.Number);
        return new()
        {
            Salt = T.Left(_fields.Salt[cell], Vector256.Create(1.0, 0, 0, 0)),
            IonicPotential = T.Left(_fields.IonicPotential[cell], Vector256.Create(0, 1.0, 0, 0)),
            ElectronicPotential = T.Left(_fields.AbsoluteElectronicPotential(cell), Vector256.Create(0, 0, 1.0, 0)),
            Temperature = temperature,
            Current = T.Right(_current.Values[particle], Vector256.Create(1.0, 0, 0, 0)),
            Stoichiometry = stoichiometry,
            OpenCircuitPotential = T.Chain(stoichiometry, _potential[inBlock], _potentialSlope[inBlock]),
            EntropicCoefficient = T.Chain(stoichiometry, _entropic[inBlock], _entropicSlope[inBlock]),
            RateConstant = T.Chain(temperature, _material.ReactionRateConstant * factor, _material.ReactionRateConstant * slope),
        };
    }

    private void AddSources(in Assembly assembly, int particle, int inBlock)
    {
        SurfaceReaction.Rates(State<Real>(particle, inBlock, _responses[particle]), _material, _referenceConcentration, _fields.ReferenceTemperature, out ReactionRates<Real> rates);
        _residualNorm = Math.Max(_residualNorm, Math.Abs(rates.Mismatch.Number));
        double area = Volume(particle) * _material.SurfaceAreaPerVolume;
        AddRows(assembly, particle, area * _current.Values[particle], area * (rates.ReactionHeat.Number + rates.ReversibleHeat.Number), default, default);
    }

    /// <summary>Eliminates δj = −(g + g_p δp)/g_j from mismatch g and adds the sources that remain.</summary>
    private void AddCondensed(in Assembly assembly, int particle, int inBlock)
    {
        SurfaceReaction.Rates(State<Dual>(particle, inBlock, _responses[particle]), _material, _referenceConcentration, _fields.ReferenceTemperature, out ReactionRates<Dual> rates);
        double byCurrent = rates.Mismatch.RightPartials.GetElement(0);
        CondensedReaction condensed = new(-rates.Mismatch.Number / byCurrent, rates.Mismatch.LeftPartials * (-1 / byCurrent));
        _condensed[particle] = condensed;
        _residualNorm = Math.Max(_residualNorm, Math.Abs(rates.Mismatch.Number));
        double area = Volume(particle) * _material.SurfaceAreaPerVolume;
        Dual heat = rates.ReactionHeat + rates.ReversibleHeat;
        double heatByCurrent = heat.RightPartials.GetElement(0);
        AddRows(assembly, particle, area * (_current.Values[particle] + condensed.Increment), area * (heat.Number + (heatByCurrent * condensed.Increment)),
            area * condensed.ByMacroscopic, area * (heat.LeftPartials + (heatByCurrent * condensed.ByMacroscopic)));
    }

    private void AddRows(in Assembly assembly, int particle, double current, double heat, Vector256<double> currentSlopes, Vector256<double> heatSlopes)
    {
        int cell = _cells[particle];
        RowScale scale = assembly.Scale;
        double salt = -scale[Field.Salt] / PhysicalConstants.Faraday;
        AddRow(assembly, cell, Field.Salt, salt * current, salt * currentSlopes);
        AddRow(assembly, cell, Field.IonicPotential, -scale[Field.IonicPotential] * current, -scale[Field.IonicPotential] * currentSlopes);
        AddRow(assembly, cell, Field.ElectronicPotential, scale[Field.ElectronicPotential] * current, scale[Field.ElectronicPotential] * currentSlopes);
        if (_layout.Has(cell, Field.Temperature))
            AddRow(assembly, cell, Field.Temperature, -scale[Field.Temperature] * heat, -scale[Field.Temperature] * heatSlopes);
    }

    /// <summary>c, φ_e and φ_s live in every electrode cell, T where heat is resolved: their entries follow each other.</summary>
    private void AddRow(in Assembly assembly, int cell, Field field, double value, Vector256<double> slopes)
    {
        int row = _layout.Row(cell, field);
        assembly.Residual[row] += value;
        if (assembly.Diagonal.IsEmpty)
            return;
        Span<double> entries = assembly.Diagonal.Slice(_ownStart[row], _layout.Fields(cell).Count);
        for (int column = 0; column < entries.Length; column++)
            entries[column] += slopes.GetElement(column);
    }

    private double Volume(int particle) => _cellVolumes[_cells[particle]];

    private double Temperature(int particle) => _fields.ReferenceTemperature + _fields.Temperature[_cells[particle]];

    private double TemperatureIncrement(int particle, ReadOnlySpan<double> increments) =>
        _layout.Has(_cells[particle], Field.Temperature) ? increments[_layout.Row(_cells[particle], Field.Temperature)] : 0;

    private double CurrentIncrement(int particle, ReadOnlySpan<double> increments)
    {
        FieldSet fields = _layout.Fields(_cells[particle]);
        int first = _layout.FirstRow(_cells[particle]);
        Vector256<double> slopes = _condensed[particle].ByMacroscopic;
        double increment = _condensed[particle].Increment;
        for (int field = 0, at = 0; field < 4; field++)
            if (fields.Contains((Field)field))
                increment += slopes.GetElement(field) * increments[first + at++];
        return increment;
    }

    /// <summary>δj = Increment + ByMacroscopic · δp.</summary>
    /// <remarks>Numbers instead of a vector, which would be padded to 64 bytes.</remarks>
    private readonly struct CondensedReaction(double increment, Vector256<double> byMacroscopic)
    {
        private readonly double _first = byMacroscopic.GetElement(0), _second = byMacroscopic.GetElement(1), _third = byMacroscopic.GetElement(2), _fourth = byMacroscopic.GetElement(3);

        public double Increment { get; } = increment;

        public Vector256<double> ByMacroscopic => Vector256.Create(_first, _second, _third, _fourth);
    }
}
