using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>Local systems of one law, eliminated at every Newton iteration: with g_y δy = −(g + g_p δp),
/// the cells receive S − S_y g_y⁻¹ g and depend on p by S_p − S_y g_y⁻¹ g_p.</summary>
/// <remarks>An own unknown may be promoted: then it is not eliminated, but is a macroscopic unknown whose row is its equation.</remarks>
/// <typeparam name="TLaw">The law.</typeparam>
public sealed partial class CondensedSystems<TLaw> : LocalSystems where TLaw : struct, ILocalLaw
{
    private const int Macroscopic = 4;
    private readonly TLaw _law;
    private readonly LocalSites _sites;
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly LocalBlock _block = new();

    /// <summary>By own unknown: the macroscopic one that it is promoted to, or −1; and the place of its partials in a response.</summary>
    private readonly int[] _promoted, _part;
    private readonly int[] _condensed;

    /// <summary>Per system and condensed unknown: δy with nothing else changed, then by p, then by the promoted unknowns.</summary>
    private readonly double[] _responses;
    private readonly int _width;

    /// <summary>Of systems with one unknown, where somebody keeps factors: −1/g_y, then S_y of every balance.</summary>
    private double[] _kept = [];

    /// <summary>On faces: p when the system was linearised.</summary>
    private readonly double[] _linearised;
    private int[] _ownStart = [];

    /// <summary>On faces: where the derivative of a row by an unknown goes.</summary>
    private int[] _positions = [];
    private double _residualNorm, _pending;

    /// <summary>Takes the systems.</summary>
    /// <param name="law">Their equations.</param>
    /// <param name="sites">Where they are.</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="promoted">Macroscopic unknowns that own ones are promoted to, by number of the own unknown; null for those that are condensed.</param>
    public CondensedSystems(TLaw law, LocalSites sites, CellFields fields, FieldLayout layout, params ReadOnlySpan<Field?> promoted)
    {
        (_law, _sites, _fields, _layout) = (law, sites, fields, layout);
        if (TLaw.Unknowns > LocalBlock.MostUnknowns)
            throw new ArgumentException($"{TLaw.Unknowns} unknowns in a local system, at most {LocalBlock.MostUnknowns} are possible.", nameof(law));
        _promoted = new int[TLaw.Unknowns];
        for (int k = 0; k < _promoted.Length; k++)
            _promoted[k] = k < promoted.Length && promoted[k] is { } field ? (int)field : -1;
        _condensed = [.. Enumerable.Range(0, TLaw.Unknowns).Where(k => _promoted[k] < 0)];
        _part = [.. Enumerable.Range(0, TLaw.Unknowns).Select(k => 1 + Macroscopic + _promoted.Take(k).Count(field => field >= 0))];
        _width = 1 + Macroscopic + TLaw.Unknowns - _condensed.Length;
        _responses = new double[sites.Count * _condensed.Length * _width];
        _linearised = sites.AreVolumes ? [] : new double[sites.Count * Macroscopic];
    }

    public override ReadOnlySpan<int> Cells => _sites.Electrolyte;

    public override double ResidualNorm => IsHeld ? 0 : _residualNorm;

    public override IEnumerable<(int First, int Other)> Pairs => _sites.AreVolumes ? [] : _sites.Electrolyte.Zip(_sites.Conductor);

    public override int Eliminated => _condensed.Length;

    public override bool CanKeepElimination => _sites.AreVolumes && TLaw.Unknowns == 1 && _condensed.Length == 1;

    public override void KeepElimination() => _kept = new double[_sites.Count * (1 + Macroscopic)];

    private bool HasPromoted => _condensed.Length < TLaw.Unknowns;

    public override void AddCouplings(PatternBuilder pattern)
    {
        if (_sites.AreVolumes)
            return;
        FieldSet conductor = new(FieldSet.ElectronicPotential), electrolyte = new(FieldSet.Salt | FieldSet.IonicPotential | FieldSet.Temperature);
        for (int i = 0; i < _sites.Count; i++)
        {
            pattern.Couple(_sites.Electrolyte[i], electrolyte, _sites.Conductor[i], conductor);
            pattern.Couple(_sites.Conductor[i], conductor, _sites.Electrolyte[i], electrolyte);
        }
    }

    public override void Bind(SparsePattern pattern)
    {
        _ownStart = pattern.Starts.Own;
        if (_sites.AreVolumes)
            return;
        if (HasPromoted)
            throw new InvalidOperationException("Unknowns of systems on faces cannot be promoted: they live in no cell.");
        _positions = new int[_sites.Count * Macroscopic * Macroscopic];
        for (int i = 0, at = 0; i < _sites.Count; i++)
            for (int row = 0; row < Macroscopic; row++)
                for (int column = 0; column < Macroscopic; column++)
                    _positions[at++] = pattern.Position(CellOf(i, (Field)row), (Field)row, CellOf(i, (Field)column), (Field)column);
    }

    public override void BeginStep(TimeCoefficients time) => _law.BeginStep(time);

    public override void BeginAssembly() => _residualNorm = 0;

    /// <summary>What the macroscopic update changed has been taken over by all systems.</summary>
    public override void EndAssembly() => _pending = 0;

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        ReadOnlySpan<int> cells = Cells;
        int last = cells.FirstFrom(end);
        for (int first = cells.FirstFrom(start); first < last; first += LocalBlock.Batch)
        {
            int count = Math.Min(LocalBlock.Batch, last - first);
            TakeOver(first, count);
            _law.Prepare(first, count, accepted: false);
            if (assembly.KeepsElimination)
                for (int i = 0; i < count; i++)
                    AddKept(assembly, first + i, i);
            else if (assembly.Eliminates)
                for (int i = 0; i < count; i++)
                    AddCondensed(assembly, first + i, i);
            else
                for (int i = 0; i < count; i++)
                    AddSources(assembly, first + i, i);
        }
    }

    public override double AdmissibleFraction(ReadOnlySpan<double> increments, out StepObstacle? reason)
    {
        double fraction = 1;
        reason = null;
        Span<double> own = stackalloc double[TLaw.Unknowns];
        if (_sites.AreVolumes)
            for (int i = 0; i < _sites.Count; i++)
                _law.Limit(i, Increments(i, increments, own), Heating(i, increments), ref fraction, ref reason);
        return fraction;
    }

    public override void BackSubstitute(ReadOnlySpan<double> increments, double fraction)
    {
        if (!_sites.AreVolumes)
        {
            _pending = fraction;
            return;
        }
        Span<double> own = stackalloc double[TLaw.Unknowns];
        for (int i = 0; i < _sites.Count; i++)
        {
            Increments(i, increments, own);
            foreach (int k in _condensed)
                _law.Unknown(k).Values[i] += fraction * own[k];
            _law.Follow(i, own, Heating(i, increments), fraction);
        }
    }

    public override void EndStep()
    {
        for (int i = 0; i < _sites.Count; i++)
            _law.Conclude(i, Temperature(i));
    }

    public override void RegisterQuantities(Balance balance) => _law.RegisterQuantities(balance);

    public override void Report(Balance balance) => ForEach((system, inBatch) =>
    {
        if (_sites.Conductor[system] < _layout.OwnedCells)
            _law.Report(system, inBatch, State<Real>(system), _sites.Area(system), balance);
    });

    public override void AddHeat(Span<double> perCell)
    {
        double[] heat = new double[_sites.Count];
        ForEach((system, inBatch) =>
        {
            _law.Evaluate(system, inBatch, State<Real>(system), _block);
            heat[system] = _sites.Area(system) * _block.Source(Field.Temperature).Value;
        });
        for (int i = 0; i < heat.Length; i++)
            if (Cells[i] < _layout.OwnedCells)
                perCell[Cells[i]] += heat[i];
    }

    /// <summary>Visits every system in its accepted state.</summary>
    private void ForEach(Action<int, int> visit)
    {
        for (int first = 0; first < _sites.Count; first += LocalBlock.Batch)
        {
            int count = Math.Min(LocalBlock.Batch, _sites.Count - first);
            _law.Prepare(first, count, accepted: true);
            for (int i = 0; i < count; i++)
                visit(first + i, i);
        }
    }

    /// <summary>Brings own unknowns up to date that the macroscopic update alone has changed.</summary>
    private void TakeOver(int first, int count)
    {
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
                for (int i = first; i < first + count; i++)
                    _law.Unknown(k).Values[i] = _fields[(Field)_promoted[k]][Cells[i]];
        if (_pending == 0)
            return;
        // On a face between ranks nobody knows all increments; what p has become is known everywhere.
        Span<double> own = stackalloc double[TLaw.Unknowns], change = stackalloc double[Macroscopic];
        for (int i = first; i < first + count; i++)
        {
            LocalState<Real> state = State<Real>(i);
            Span<double> before = _linearised.AsSpan(i * Macroscopic, Macroscopic);
            (change[0], change[1]) = (state.Salt.Number - before[0], state.IonicPotential.Number - before[1]);
            (change[2], change[3]) = (state.ElectronicPotential.Number - before[2], state.Temperature.Number - before[3]);
            for (int k = 0; k < own.Length; k++)
            {
                ReadOnlySpan<double> response = _responses.AsSpan(((i * own.Length) + k) * _width, _width);
                own[k] = _pending * response[0];
                for (int field = 0; field < Macroscopic; field++)
                    own[k] += response[1 + field] * change[field];
                _law.Unknown(k).Values[i] += own[k];
            }
            _law.Follow(i, own, change[3], 1);
        }
    }

    private void AddSources(in Assembly assembly, int system, int inBatch)
    {
        _block.Clear();
        _law.Evaluate(system, inBatch, State<Real>(system), _block);
        _residualNorm = Math.Max(_residualNorm, _block.Mismatch);
        double area = _sites.Area(system);
        for (int row = 0; row < Macroscopic; row++)
        {
            (Field field, int cell) = ((Field)row, CellOf(system, (Field)row));
            if (cell < _layout.OwnedCells && _layout.Has(cell, field))
                assembly.Residual[_layout.Row(cell, field)] -= assembly.Scale[field] * area * _block.Source(field).Value;
        }
        if (HasPromoted)
            AddPromotedRows(assembly, system);
    }

    /// <summary>S − S_y g_y⁻¹ g with the derivatives that were kept.</summary>
    private void AddKept(in Assembly assembly, int system, int inBatch)
    {
        _block.Clear();
        _law.Evaluate(system, inBatch, State<Real>(system), _block);
        _residualNorm = Math.Max(_residualNorm, _block.Mismatch);
        ReadOnlySpan<double> kept = _kept.AsSpan(system * (1 + Macroscopic), 1 + Macroscopic);
        double response = _responses[system * _width] = kept[0] * _block.Equation(0).Value, area = _sites.Area(system);
        int cell = Cells[system], first = _layout.FirstRow(cell), rows = _layout.Has(cell, Field.Temperature) ? Macroscopic : Macroscopic - 1;
        for (int row = 0; row < rows; row++)
            assembly.Residual[first + row] -= area * assembly.Scale[(Field)row] * (_block.Source((Field)row).Value + (kept[1 + row] * response));
    }

    private void AddCondensed(in Assembly assembly, int system, int inBatch)
    {
        _block.Clear();
        _law.Evaluate(system, inBatch, State<Dual>(system), _block);
        _residualNorm = Math.Max(_residualNorm, _block.Mismatch);
        Eliminate(system);
        if (_sites.AreVolumes)
            AddToCell(assembly, system);
        else
            AddToFace(assembly, system);
        if (HasPromoted)
            AddPromotedRows(assembly, system);
    }

    /// <summary>Solves g_y δy = −(g + g_p δp + g_P δy_P) for the condensed unknowns.</summary>
    private void Eliminate(int system)
    {
        int count = _condensed.Length;
        Span<double> responses = _responses.AsSpan(system * count * _width, count * _width);
        if (IsHeld)
        {
            responses.Clear();
            Keep(system, 0);
            return;
        }
        if (TLaw.Unknowns == 1 && count == 1)
        {
            ref readonly LocalBlock.Entry only = ref _block.Equation(0);
            double inverse = -1 / only.ByOwn.GetElement(0);
            responses[0] = inverse * only.Value;
            (inverse * only.ByMacroscopic).CopyTo(responses[1..]);
            Keep(system, inverse);
            return;
        }
        EliminateSeveral(responses);
    }

    private void Keep(int system, double inverse)
    {
        if (_kept.Length == 0)
            return;
        Span<double> kept = _kept.AsSpan(system * (1 + Macroscopic), 1 + Macroscopic);
        kept[0] = inverse;
        for (int row = 0; row < Macroscopic; row++)
            kept[1 + row] = _block.Source((Field)row).ByOwn.GetElement(0);
    }

    private void EliminateSeveral(Span<double> responses)
    {
        int count = _condensed.Length;
        if (count == 0)
            return;
        Span<double> matrix = stackalloc double[LocalBlock.MostUnknowns * LocalBlock.MostUnknowns], column = stackalloc double[count];
        Span<int> pivots = stackalloc int[count];
        matrix = matrix[..(count * count)];
        FillOwn(matrix);
        if (!DenseFactor.Factor(matrix, pivots))
        {
            responses.Fill(double.NaN);
            return;
        }
        for (int part = 0; part < _width; part++)
        {
            for (int i = 0; i < count; i++)
                column[i] = -Part(_block.Equation(_condensed[i]), part);
            DenseFactor.Solve(matrix, pivots, column);
            for (int i = 0; i < count; i++)
                responses[(i * _width) + part] = column[i];
        }
    }

    /// <summary>g_y of the evaluated system, condensed unknowns alone.</summary>
    private void FillOwn(Span<double> matrix)
    {
        int count = _condensed.Length;
        for (int i = 0; i < count; i++)
            for (int k = 0; k < count; k++)
                matrix[(i * count) + k] = _block.Equation(_condensed[i]).ByOwn.GetElement(_condensed[k]);
    }

    /// <summary>The value, the partials by p, then those by the promoted unknowns.</summary>
    private double Part(in LocalBlock.Entry entry, int part)
    {
        if (part == 0)
            return entry.Value;
        if (part <= Macroscopic)
            return entry.ByMacroscopic.GetElement(part - 1);
        return entry.ByOwn.GetElement(PromotedAt(part));
    }

    /// <summary>The promoted unknown whose partials have this place.</summary>
    private int PromotedAt(int part)
    {
        int own = 0;
        while (_promoted[own] < 0 || _part[own] != part)
            own++;
        return own;
    }

    /// <summary>An entry with the condensed unknowns replaced by what they respond: its value and partials by p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (double Value, Vector256<double> ByMacroscopic) Replaced(in LocalBlock.Entry entry, int system)
    {
        ref double responses = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_responses), system * _condensed.Length * _width);
        (double value, Vector256<double> byMacroscopic) = (entry.Value, entry.ByMacroscopic);
        if (TLaw.Unknowns == 1 && _condensed.Length == 1)
        {
            double byOwn = entry.ByOwn.GetElement(0);
            return (value + (byOwn * responses), byMacroscopic + (byOwn * Vector256.LoadUnsafe(ref Unsafe.Add(ref responses, 1))));
        }
        for (int i = 0; i < _condensed.Length; i++)
        {
            double byOwn = entry.ByOwn.GetElement(_condensed[i]);
            ref double response = ref Unsafe.Add(ref responses, i * _width);
            value += byOwn * response;
            byMacroscopic += byOwn * Vector256.LoadUnsafe(ref Unsafe.Add(ref response, 1));
        }
        return (value, byMacroscopic);
    }

    /// <summary>The partial of an entry by a promoted unknown, condensed ones replaced.</summary>
    private double ByPromoted(in LocalBlock.Entry entry, int system, int own)
    {
        double sum = entry.ByOwn.GetElement(own);
        for (int i = 0; i < _condensed.Length; i++)
            sum += entry.ByOwn.GetElement(_condensed[i]) * _responses[(((system * _condensed.Length) + i) * _width) + _part[own]];
        return sum;
    }

    /// <summary>c, φ_e and φ_s live in every cell of an electrode, T where heat is resolved: they come first in their cell, one behind the other.</summary>
    private void AddToCell(in Assembly assembly, int system)
    {
        int cell = Cells[system], first = _layout.FirstRow(cell);
        double area = _sites.Area(system);
        bool hasHeat = _layout.Has(cell, Field.Temperature);
        for (int row = 0; row < (hasHeat ? Macroscopic : Macroscopic - 1); row++)
        {
            ref readonly LocalBlock.Entry source = ref _block.Source((Field)row);
            (double value, Vector256<double> partials) = Replaced(source, system);
            double scale = -area * assembly.Scale[(Field)row];
            assembly.Residual[first + row] += scale * value;
            if (assembly.Diagonal.IsEmpty)
                continue;
            ref double entries = ref Unsafe.Add(ref MemoryMarshal.GetReference(assembly.Diagonal), _ownStart[first + row]);
            partials *= scale;
            if (hasHeat)
                (Vector256.LoadUnsafe(ref entries) + partials).StoreUnsafe(ref entries);
            else
                for (int column = 0; column < Macroscopic - 1; column++)
                    Unsafe.Add(ref entries, column) += partials.GetElement(column);
            if (HasPromoted)
                AddByPromoted(assembly, source, system, first + row, scale);
        }
    }

    private void AddByPromoted(in Assembly assembly, in LocalBlock.Entry entry, int system, int row, double scale)
    {
        FieldSet unknowns = _layout.Fields(Cells[system]);
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
                assembly.Diagonal[_ownStart[row] + unknowns.Offset((Field)_promoted[k])] += scale * ByPromoted(entry, system, k);
    }

    /// <summary>The rows of promoted unknowns: their equations.</summary>
    private void AddPromotedRows(in Assembly assembly, int system)
    {
        int cell = Cells[system];
        for (int k = 0; k < _promoted.Length; k++)
        {
            if (_promoted[k] < 0)
                continue;
            Field field = (Field)_promoted[k];
            int row = _layout.Row(cell, field);
            double scale = assembly.Scale[field];
            ref readonly LocalBlock.Entry equation = ref _block.Equation(k);
            (double value, Vector256<double> partials) = assembly.Eliminates ? Replaced(equation, system) : (equation.Value, default);
            assembly.Residual[row] += scale * value;
            if (assembly.Diagonal.IsEmpty)
                continue;
            for (int column = 0, at = 0; column < Macroscopic; column++)
                if (_layout.Has(cell, (Field)column))
                    assembly.Diagonal[_ownStart[row] + at++] += scale * partials.GetElement(column);
            AddByPromoted(assembly, equation, system, row, scale);
        }
    }

    private void AddToFace(in Assembly assembly, int system)
    {
        double area = _sites.Area(system);
        for (int row = 0; row < Macroscopic; row++)
        {
            (Field field, int cell) = ((Field)row, CellOf(system, (Field)row));
            if (cell >= _layout.OwnedCells || !_layout.Has(cell, field))
                continue;
            (double value, Vector256<double> partials) = Replaced(_block.Source(field), system);
            double scale = -area * assembly.Scale[field];
            assembly.Residual[_layout.Row(cell, field)] += scale * value;
            for (int column = 0; column < Macroscopic && !assembly.Diagonal.IsEmpty; column++)
                assembly.AddJacobian(_positions[(((system * Macroscopic) + row) * Macroscopic) + column], scale * partials.GetElement(column));
        }
        LocalState<Real> state = State<Real>(system);
        Span<double> linearised = _linearised.AsSpan(system * Macroscopic, Macroscopic);
        (linearised[0], linearised[1]) = (state.Salt.Number, state.IonicPotential.Number);
        (linearised[2], linearised[3]) = (state.ElectronicPotential.Number, state.Temperature.Number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LocalState<T> State<T>(int system) where T : unmanaged, IScalar<T>
    {
        int cell = _sites.Electrolyte[system];
        return new()
        {
            Salt = T.Left(_fields.Salt[cell], Vector256.Create(1.0, 0, 0, 0)),
            IonicPotential = T.Left(_fields.IonicPotential[cell], Vector256.Create(0, 1.0, 0, 0)),
            ElectronicPotential = T.Left(_fields.AbsoluteElectronicPotential(_sites.Conductor[system]), Vector256.Create(0, 0, 1.0, 0)),
            Temperature = T.Left(_fields.ReferenceTemperature + _fields.Temperature[cell], Vector256.Create(0, 0, 0, 1.0)),
        };
    }

    private ReadOnlySpan<double> Increments(int system, ReadOnlySpan<double> increments, Span<double> own)
    {
        int cell = Cells[system], first = _layout.FirstRow(cell);
        FieldSet unknowns = _layout.Fields(cell);
        if (TLaw.Unknowns == 1 && _condensed.Length == 1)
        {
            ReadOnlySpan<double> only = _responses.AsSpan(system * (1 + Macroscopic), 1 + Macroscopic), here = increments.Slice(first, Macroscopic - 1);
            own[0] = only[0] + (only[1] * here[0]) + (only[2] * here[1]) + (only[3] * here[2]) + (unknowns.Contains(Field.Temperature) ? only[4] * increments[first + Macroscopic - 1] : 0);
            return own;
        }
        ReadOnlySpan<double> responses = _responses.AsSpan(system * _condensed.Length * _width, _condensed.Length * _width);
        for (int i = 0; i < _condensed.Length; i++)
        {
            ReadOnlySpan<double> response = responses.Slice(i * _width, _width);
            double increment = response[0];
            for (int field = 0, at = 0; field < Macroscopic; field++)
                if (unknowns.Contains((Field)field))
                    increment += response[1 + field] * increments[first + at++];
            for (int k = 0; k < _promoted.Length; k++)
                if (_promoted[k] >= 0)
                    increment += response[_part[k]] * increments[_layout.Row(cell, (Field)_promoted[k])];
            own[_condensed[i]] = increment;
        }
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
                own[k] = increments[_layout.Row(cell, (Field)_promoted[k])];
        return own;
    }

    private double Heating(int system, ReadOnlySpan<double> increments) =>
        _layout.Has(Cells[system], Field.Temperature) ? increments[_layout.Row(Cells[system], Field.Temperature)] : 0;

    private double Temperature(int system) => _fields.ReferenceTemperature + _fields.Temperature[Cells[system]];

    private int CellOf(int system, Field field) => field == Field.ElectronicPotential ? _sites.Conductor[system] : _sites.Electrolyte[system];
}
