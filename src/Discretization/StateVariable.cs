using System.Numerics.Tensors;

namespace Cell3D.Discretization;

/// <summary>One state that evolves in time: its present values and as many past ones as the time formula needs.</summary>
public sealed class StateVariable
{
    /// <summary>Entries that are combined together.</summary>
    private const int Block = 256;

    /// <summary>What counts as the error of a step over which something grows faster than it follows: many times what is allowed.</summary>
    private const double RatioOfOutgrown = 100;

    private double[][] _past = [];
    private double[][]? _steps, _substeps;

    /// <summary>Takes the turn of the oldest past value while a pair of formulas is under way.</summary>
    private double[]? _spare;

    /// <summary>Creates a state over an array that its owner goes on writing to.</summary>
    /// <param name="quantity">What it is.</param>
    /// <param name="values">Present values.</param>
    /// <param name="owned">Leading entries that count in norms (the rest are ghosts).</param>
    /// <param name="tolerance">Error weights, or null when the state is not in the error test.</param>
    /// <param name="predicted">Whether the state starts a step from extrapolated values; needs one more past value.</param>
    /// <remarks>Past values are kept once there is room for them: <see cref="Reserve"/>, which registering does.</remarks>
    public StateVariable(Quantity quantity, double[] values, int owned, ErrorTolerance? tolerance = null, bool predicted = true) =>
        (Quantity, Values, Owned, Tolerance, IsPredicted) = (quantity, values, owned, tolerance, predicted);

    /// <summary>What it is.</summary>
    public Quantity Quantity { get; }

    /// <summary>Where its entries are; null for one that belongs to the cell as a whole.</summary>
    public StateSites? Sites { get; init; }

    /// <summary>Entries per site, one behind the other.</summary>
    public int Components { get; init; } = 1;

    /// <summary>Name shown to users, unique in the registry.</summary>
    public string Name => Sites is { Owner.Length: > 0 } sites ? $"{sites.Owner}: {Quantity.InWords}" : Quantity.Name;

    /// <summary>Present values; owned entries first.</summary>
    public double[] Values { get; }

    /// <summary>Entries that count in norms.</summary>
    public int Owned { get; }

    /// <summary>Weights of the local error test; null: algebraic, not tested.</summary>
    public ErrorTolerance? Tolerance { get; }

    public bool IsPredicted { get; }

    /// <summary>Entries that an equation determines, ascending; null for all. The others keep their value bit by bit: they are neither
    /// predicted nor tested, for an extrapolation that nothing corrects would be extrapolated again and again.</summary>
    public int[]? Determined { get; init; }

    /// <summary>Per site, whether something grows there faster than the formula of the step follows: it would be damped, and the step is to be repeated with a shorter one. Null where nothing grows by itself.</summary>
    public bool[]? Outgrown { get; init; }

    /// <summary>Whether only positive values make sense: where the extrapolation is not, a step starts from the last accepted value.</summary>
    public bool IsPositive { get; init; }

    /// <summary>Where the extrapolation moves a value by more than this, a step starts from the last accepted value: after a jump, a polynomial leaves all bounds.</summary>
    public double LargestExtrapolation { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the state keeps its value through a sudden change of current; an algebraic one follows at once.</summary>
    public bool IsDifferential { get; init; } = true;

    /// <summary>Memory of the values and their history [byte].</summary>
    public long Bytes => sizeof(double) * (long)Values.Length * (1 + _past.Length + (_spare is null ? 0 : 1));

    /// <summary>Makes room for the past values that a formula needs; what was kept before is lost.</summary>
    /// <param name="order">Largest order of the run.</param>
    public StateVariable Reserve(int order)
    {
        _past = new double[order + (IsPredicted ? 1 : 0)][];
        for (int i = 0; i < _past.Length; i++)
            _past[i] = new double[Values.Length];
        return this;
    }

    /// <summary>Values accepted i + 1 steps ago: 0 is the newest accepted state.</summary>
    public ReadOnlySpan<double> Past(int i) => _past[i];

    /// <summary>Past values that there is room for.</summary>
    public int PastCount => _past.Length;

    /// <summary>Makes the present values those accepted i + 1 steps ago.</summary>
    public void KeepAsPast(int i) => Values.CopyTo(_past[i], 0);

    /// <summary>Makes the present values the newest past ones.</summary>
    public void Accept()
    {
        double[] oldest = _past[^1];
        for (int i = _past.Length - 1; i > 0; i--)
            _past[i] = _past[i - 1];
        _past[0] = oldest;
        Values.CopyTo(oldest, 0);
    }

    /// <summary>Begins a history of substeps at the present values; that of steps is left as it is.</summary>
    public void Branch()
    {
        _substeps ??= [new double[Values.Length], new double[Values.Length]];
        (_steps, _past) = (_past, _substeps);
        Values.CopyTo(_past[0], 0);
    }

    /// <summary>Ends the history of substeps.</summary>
    public void Join() => (_past, _steps) = (_steps ?? _past, null);

    /// <summary>Makes the present values, those within a step, the newest past ones until <see cref="DropStage"/> or the next accepted state.</summary>
    public void KeepStage()
    {
        double[] stage = _spare ?? new double[Values.Length];
        _spare = _past[^1];
        for (int i = _past.Length - 1; i > 0; i--)
            _past[i] = _past[i - 1];
        _past[0] = stage;
        Values.CopyTo(stage, 0);
    }

    /// <summary>Forgets the values within a step: the past is that before them.</summary>
    public void DropStage()
    {
        double[] stage = _past[0];
        for (int i = 0; i < _past.Length - 1; i++)
            _past[i] = _past[i + 1];
        _past[^1] = _spare ?? throw new InvalidOperationException("No values within a step were kept.");
        _spare = stage;
    }

    /// <summary>Takes the newest accepted values back.</summary>
    public void Restore() => _past[0].CopyTo(Values, 0);

    /// <summary>Starts a step from the extrapolated values (from the last accepted ones when not predicted, or too far from them).</summary>
    public void Predict(TimeCoefficients time)
    {
        if (!IsPredicted)
        {
            Restore();
            return;
        }
        Combine(time.StartOf(IsDifferential));
        if (!double.IsFinite(LargestExtrapolation))
            return;
        for (int k = 0; k < Values.Length; k++)
            Values[k] = Math.Abs(Values[k] - _past[0][k]) <= LargestExtrapolation ? Values[k] : _past[0][k];
    }

    /// <summary>Takes the values at a time between accepted ones; a state that is not predicted keeps its newest ones.</summary>
    /// <param name="weights">Of the accepted values, newest first.</param>
    public void Interpolate(ReadOnlySpan<double> weights)
    {
        if (IsPredicted)
            Combine(weights);
    }

    /// <summary>Keeps the present values as those of a trial beyond the next step, and takes the newest accepted ones back.</summary>
    public void KeepScout()
    {
        if (IsPredicted)
            Values.CopyTo(_past[1], 0);
        Restore();
    }

    /// <summary>Largest |local error| / (absolute + relative·|y|) over the owned entries, and the entry that has it; 0 when the state is not tested,
    /// infinite where a value is beyond what is physically possible.</summary>
    public (double Ratio, int Entry) ErrorRatio(TimeCoefficients time)
    {
        if (Tolerance is not { } tolerance)
            return (0, 0);
        double worst = 0, least = Quantity.Range?.Least ?? double.NegativeInfinity, most = Quantity.Range?.Most ?? double.PositiveInfinity;
        Span<double> predicted = stackalloc double[Block];
        int entry = 0, count = Determined?.Length ?? Owned;
        for (int first = 0; first < count; first += Block)
        {
            int length = Math.Min(Block, count - first);
            Combine(time.Predictor, first, predicted[..length]);
            for (int i = 0; i < length; i++)
            {
                int k = Determined?[first + i] ?? first + i;
                double value = Values[k], ratio = Math.Abs(value - predicted[i]) / (tolerance.Absolute + (tolerance.Relative * Math.Abs(value)));
                if (ratio > worst)
                    (worst, entry) = (ratio, k);
                if (value < least || value > most)
                    return (double.PositiveInfinity, k);
            }
        }
        (worst, int site) = (worst * time.ErrorConstant, Outgrown is null ? -1 : Array.IndexOf(Outgrown, true));
        return site < 0 || worst > RatioOfOutgrown ? (worst, entry) : (RatioOfOutgrown, site * Components);
    }

    private void Combine(ReadOnlySpan<double> weights)
    {
        Span<double> sums = stackalloc double[Block];
        int count = Determined?.Length ?? Values.Length;
        for (int first = 0; first < count; first += Block)
        {
            int length = Math.Min(Block, count - first);
            Combine(weights, first, sums[..length]);
            for (int i = 0; i < length; i++)
            {
                int k = Determined?[first + i] ?? first + i;
                Values[k] = sums[i] > 0 || !IsPositive ? sums[i] : _past[0][k];
            }
        }
    }

    /// <summary>Σ w_i y_{n−i} of the determined entries from the first on.</summary>
    private void Combine(ReadOnlySpan<double> weights, int first, Span<double> sums)
    {
        sums.Clear();
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<double> past = _past[i];
            if (Determined is null)
                TensorPrimitives.MultiplyAdd(past.Slice(first, sums.Length), weights[i], sums, sums);
            else
                for (int at = 0; at < sums.Length; at++)
                    sums[at] += weights[i] * past[Determined[first + at]];
        }
    }
}

/// <summary>Allowed local error of one step: absolute + relative·|y|.</summary>
public sealed record ErrorTolerance(double Absolute, double Relative)
{
    /// <summary>How much more the estimate for a pair of formulas may be: it measures what the pair adds before the equations of the cell damp it, and in contrast to a backward formula a pair hands none of it on as
    /// roughness of its history.</summary>
    public double InPairs { get; init; } = 4.5;
}
