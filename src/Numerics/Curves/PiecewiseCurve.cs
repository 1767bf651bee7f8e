namespace Cell3D.Numerics.Curves;

/// <summary>A costly curve on 0 … 1 by polynomials: interpolation of degree nine at the Chebyshev points of 256 intervals, each made when it is first needed.</summary>
/// <remarks>Near a kink or a pole, where a polynomial misses the curve by more than 1e-10 of its size or its slope by more than 1e-6 of the steepest one, and outside 0 … 1, the curve itself
/// is evaluated. Elsewhere both differ by what terms that cancel leave: published fits hold terms of 5e4 V, whose round-off is 1e-11 V. What an interval gives does not depend on when it
/// was made.</remarks>
public sealed class PiecewiseCurve : Curve
{
    private const int Intervals = 256, Order = 10, FewestTranscendental = 4;
    private const double LargestError = 1e-10, LargestSlopeError = 1e-6;

    /// <summary>Chebyshev points of −1 … 1, and the inverse of the matrix of their powers, row by row.</summary>
    private static readonly double[] Points = [.. Enumerable.Range(0, Order).Select(i => -Math.Cos(Math.PI * (i + 0.5) / Order))];
    private static readonly double[] Inverse = InverseOfPowers();

    private readonly ExpressionCurve _given;
    private readonly double[] _pieces = new double[Intervals * Order];

    /// <summary>Whether a polynomial serves an interval; 0 where none was needed so far.</summary>
    private readonly int[] _served = new int[Intervals];
    private const int Serves = 1, ServesNot = 2, None = -1;

    internal PiecewiseCurve(ExpressionCurve given) => _given = given;

    /// <summary>A curve by polynomials, which all who ask for it share, if it is an expression for which that saves time; else the curve.</summary>
    public static Curve Of(Curve curve) => curve is ExpressionCurve { Transcendental: >= FewestTranscendental } costly ? costly.ByPieces : curve;

    public override bool DependsOn(int input) => _given.DependsOn(input);

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        CheckLengths(x, value, slope);
        if (Fill(x, value, slope))
            return;
        _given.Evaluate(x, value, slope);
        Fill(x, value, slope);
    }

    public override string ToString() => _given.ToString() ?? "";

    /// <summary>Fills what polynomials serve; whether that is everything.</summary>
    private bool Fill(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        bool isWhole = true;
        for (int i = 0; i < x.Length; i++)
            if (PieceAt(x[i], out double t) is >= 0 and int piece)
                (value[i], slope[i]) = Sum(_pieces.AsSpan(piece, Order), t);
            else
                isWhole = false;
        return isWhole;
    }

    /// <summary>Where the polynomial that serves a place begins, made if need be, and −1 … 1 within its interval.</summary>
    private int PieceAt(double x, out double t)
    {
        double place = Intervals * x;
        int interval = place >= 0 && place < Intervals ? (int)place : 0;
        t = (2 * (place - interval)) - 1;
        if (t is not (>= -1 and < 1))
            return None;
        if (Volatile.Read(ref _served[interval]) == 0)
            Make(interval);
        return _served[interval] == Serves ? interval * Order : None;
    }

    /// <summary>Value and slope of a polynomial of t in −1 … 1.</summary>
    private static (double Value, double Slope) Sum(ReadOnlySpan<double> piece, double t)
    {
        double value = piece[Order - 1], slope = 0;
        for (int power = Order - 2; power >= 0; power--)
        {
            slope = Math.FusedMultiplyAdd(slope, t, value);
            value = Math.FusedMultiplyAdd(value, t, piece[power]);
        }
        return (value, 2 * Intervals * slope);
    }

    private void Make(int interval)
    {
        Span<double> piece = stackalloc double[Order];
        piece.Clear();
        Span<double> x = stackalloc double[2 * Order], value = stackalloc double[2 * Order], slope = stackalloc double[2 * Order], t = stackalloc double[2 * Order];
        for (int i = 0; i < Order; i++)
        {
            t[i] = Points[i];
            t[Order + i] = i + 1 < Order ? (Points[i] + Points[i + 1]) / 2 : 0.999;
        }
        for (int i = 0; i < x.Length; i++)
            x[i] = (interval + ((1 + t[i]) / 2)) / Intervals;
        _given.Evaluate(x, value, slope);
        // Differences from one value lose nothing where the curve changes little.
        double origin = value[Order / 2];
        for (int power = 0; power < Order; power++)
            for (int i = 0; i < Order; i++)
                piece[power] += Inverse[(power * Order) + i] * (value[i] - origin);
        piece[0] += origin;
        double size = 0, steepness = 0;
        for (int i = 0; i < x.Length; i++)
            (size, steepness) = (Math.Max(size, Math.Abs(value[i])), Math.Max(steepness, Math.Abs(slope[i])));
        bool serves = true;
        for (int i = 0; i < x.Length; i++)
        {
            (double byPiece, double slopeByPiece) = Sum(piece, t[i]);
            serves &= Math.Abs(byPiece - value[i]) <= LargestError * size && Math.Abs(slopeByPiece - slope[i]) <= LargestSlopeError * Math.Max(steepness, size);
        }
        piece.CopyTo(_pieces.AsSpan(interval * Order));
        Volatile.Write(ref _served[interval], serves ? Serves : ServesNot);
    }

    private static double[] InverseOfPowers()
    {
        double[] powers = new double[Order * Order], inverse = new double[Order * Order], column = new double[Order];
        int[] pivots = new int[Order];
        for (int i = 0; i < Order; i++)
            for (int power = 0; power < Order; power++)
                powers[(i * Order) + power] = Math.Pow(Points[i], power);
        DenseFactor.Factor(powers, pivots);
        for (int i = 0; i < Order; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            DenseFactor.Solve(powers, pivots, column);
            for (int power = 0; power < Order; power++)
                inverse[(power * Order) + i] = column[power];
        }
        return inverse;
    }
}
