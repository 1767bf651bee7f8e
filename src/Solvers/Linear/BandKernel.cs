using System.Runtime.Intrinsics;

namespace Cell3D.Solvers.Linear;

/// <summary>Banded LU without pivoting of eight systems side by side: every number stands for eight lanes.</summary>
internal static unsafe class BandKernel
{
    private const int Lanes = SegmentBatches.Lanes, Half = Lanes / 2;

    /// <summary>Factors A and brings right-hand sides along: each row holds 2 b + 1 entries of the band, then the right-hand sides.</summary>
    /// <remarks>Afterwards multipliers replace the lower part, the inverse the diagonal, and right-hand sides have the forward substitution behind them.</remarks>
    /// <param name="rows">First row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="halfBandwidth">b.</param>
    /// <param name="columns">Right-hand sides.</param>
    /// <param name="stride">Numbers from row to row, eight lanes each.</param>
    internal static void Factor(double* rows, int count, int halfBandwidth, int columns, int stride)
    {
        int width = 2 * halfBandwidth + 1;
        for (int k = 0; k < count; k++)
        {
            double* pivotRow = rows + ((nint)k * stride * Lanes), diagonal = pivotRow + (halfBandwidth * Lanes);
            Vector256<double> low = Vector256<double>.One / Vector256.Load(diagonal), high = Vector256<double>.One / Vector256.Load(diagonal + Half);
            low.Store(diagonal);
            high.Store(diagonal + Half);
            double* right = pivotRow + (width * Lanes);
            int below = Math.Min(halfBandwidth, count - 1 - k);
            for (int i = 1; i <= below; i++)
            {
                double* row = pivotRow + (i * stride * Lanes), eliminated = row + ((halfBandwidth - i) * Lanes);
                Vector256<double> ml = Vector256.Load(eliminated) * low, mh = Vector256.Load(eliminated + Half) * high;
                ml.Store(eliminated);
                mh.Store(eliminated + Half);
                double* from = diagonal + Lanes, to = eliminated + Lanes;
                for (int j = 0; j < below; j++, from += Lanes, to += Lanes)
                {
                    Vector256.MultiplyAddEstimate(-ml, Vector256.Load(from), Vector256.Load(to)).Store(to);
                    Vector256.MultiplyAddEstimate(-mh, Vector256.Load(from + Half), Vector256.Load(to + Half)).Store(to + Half);
                }
                from = right;
                to = row + (width * Lanes);
                for (int j = 0; j < columns; j++, from += Lanes, to += Lanes)
                {
                    Vector256.MultiplyAddEstimate(-ml, Vector256.Load(from), Vector256.Load(to)).Store(to);
                    Vector256.MultiplyAddEstimate(-mh, Vector256.Load(from + Half), Vector256.Load(to + Half)).Store(to + Half);
                }
            }
        }
    }

    /// <summary>Backward substitution of the right-hand sides that <see cref="Factor"/> brought along.</summary>
    internal static void Substitute(double* rows, int count, int halfBandwidth, int columns, int stride)
    {
        int width = 2 * halfBandwidth + 1;
        for (int k = count - 1; k >= 0; k--)
        {
            double* row = rows + ((nint)k * stride * Lanes), diagonal = row + (halfBandwidth * Lanes);
            Vector256<double> low = Vector256.Load(diagonal), high = Vector256.Load(diagonal + Half);
            int below = Math.Min(halfBandwidth, count - 1 - k);
            for (int column = 0; column < columns; column++)
            {
                double* to = row + ((width + column) * Lanes), from = to + (stride * Lanes), entry = diagonal + Lanes;
                Vector256<double> suml = Vector256.Load(to), sumh = Vector256.Load(to + Half);
                for (int j = 0; j < below; j++, from += stride * Lanes, entry += Lanes)
                {
                    suml = Vector256.MultiplyAddEstimate(-Vector256.Load(entry), Vector256.Load(from), suml);
                    sumh = Vector256.MultiplyAddEstimate(-Vector256.Load(entry + Half), Vector256.Load(from + Half), sumh);
                }
                (suml * low).Store(to);
                (sumh * high).Store(to + Half);
            }
        }
    }

    /// <summary>x = A⁻¹ x with factors packed band by band.</summary>
    /// <param name="factors">2 b + 1 numbers per row, as <see cref="Factor"/> left them.</param>
    /// <param name="x">One number per row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="halfBandwidth">b.</param>
    internal static void Solve(double* factors, double* x, int count, int halfBandwidth)
    {
        int width = (2 * halfBandwidth) + 1;
        for (int k = 0; k < count; k++)
        {
            double* to = x + (k * Lanes);
            int above = Math.Min(halfBandwidth, k);
            double* entry = factors + ((((nint)k * width) + halfBandwidth - above) * Lanes), from = to - (above * Lanes);
            Vector256<double> low = Vector256.Load(to), high = Vector256.Load(to + Half);
            for (int j = 0; j < above; j++, entry += Lanes, from += Lanes)
            {
                low = Vector256.MultiplyAddEstimate(-Vector256.Load(entry), Vector256.Load(from), low);
                high = Vector256.MultiplyAddEstimate(-Vector256.Load(entry + Half), Vector256.Load(from + Half), high);
            }
            low.Store(to);
            high.Store(to + Half);
        }
        for (int k = count - 1; k >= 0; k--)
        {
            double* to = x + (k * Lanes), diagonal = factors + ((((nint)k * width) + halfBandwidth) * Lanes), entry = diagonal + Lanes, from = to + Lanes;
            int below = Math.Min(halfBandwidth, count - 1 - k);
            Vector256<double> low = Vector256.Load(to), high = Vector256.Load(to + Half);
            for (int j = 0; j < below; j++, entry += Lanes, from += Lanes)
            {
                low = Vector256.MultiplyAddEstimate(-Vector256.Load(entry), Vector256.Load(from), low);
                high = Vector256.MultiplyAddEstimate(-Vector256.Load(entry + Half), Vector256.Load(from + Half), high);
            }
            (low * Vector256.Load(diagonal)).Store(to);
            (high * Vector256.Load(diagonal + Half)).Store(to + Half);
        }
    }

    /// <summary>y −= W x, W with some columns and as many rows as y.</summary>
    internal static void Respond(double* y, double* responses, double* x, int count, int columns)
    {
        for (int row = 0; row < count; row++, y += Lanes)
        {
            Vector256<double> low = Vector256.Load(y), high = Vector256.Load(y + Half);
            for (int column = 0; column < columns; column++, responses += Lanes)
            {
                low = Vector256.MultiplyAddEstimate(-Vector256.Load(responses), Vector256.Load(x + (column * Lanes)), low);
                high = Vector256.MultiplyAddEstimate(-Vector256.Load(responses + Half), Vector256.Load(x + (column * Lanes) + Half), high);
            }
            low.Store(y);
            high.Store(y + Half);
        }
    }

    /// <summary>Adds entries of eight rows, one of each lane, to targets.</summary>
    /// <param name="rows">First entry of each lane.</param>
    /// <param name="targets">Target of each entry.</param>
    /// <param name="to">Target 0.</param>
    internal static void Add(double** rows, ushort[] targets, double* to)
    {
        for (int entry = 0; entry < targets.Length; entry++)
            AddTo(to + (targets[entry] * Lanes), rows, entry);
    }

    /// <summary>The same with entries that are picked.</summary>
    internal static void Add(double** rows, (ushort Entry, ushort Target)[] picked, double* to)
    {
        foreach ((ushort entry, ushort target) in picked)
            AddTo(to + (target * Lanes), rows, entry);
    }

    /// <summary>Numbers at the same place of eight rows side by side.</summary>
    internal static void Gather(double** rows, int place, double* to)
    {
        Four(rows, place).Store(to);
        Four(rows + Half, place).Store(to + Half);
    }

    private static void AddTo(double* to, double** rows, int place)
    {
        (Vector256.Load(to) + Four(rows, place)).Store(to);
        (Vector256.Load(to + Half) + Four(rows + Half, place)).Store(to + Half);
    }

    private static Vector256<double> Four(double** rows, int place) => Vector256.Create(rows[0][place], rows[1][place], rows[2][place], rows[3][place]);
}
