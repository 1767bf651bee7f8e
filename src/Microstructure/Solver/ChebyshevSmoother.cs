using System.Numerics;

namespace Cell3D.Microstructure.Solver;

/// <summary>Chebyshev's iteration of third degree for D⁻¹A on the upper part of its spectrum, [2/8, 2]. It depends neither on order nor on ranks.</summary>
/// <remarks>Adams, Brezina, Hu, Tuminaro, Parallel multigrid smoothing: polynomial versus Gauss–Seidel, J. Comput. Phys. 188 (2003) 593.</remarks>
internal sealed class ChebyshevSmoother(PartMatrix matrix)
{
    private const int Degree = 3;
    private const double High = 2, Low = High / 8, Middle = (High + Low) / 2, Half = (High - Low) / 2;

    private readonly float[] _step = new float[matrix.Columns0], _applied = new float[matrix.Columns0], _inverse = [.. matrix.Diagonal.Select(diagonal => diagonal > 0 ? 1 / diagonal : 0)];

    /// <summary>*Collective.* Smooths the error of x; its ghosts are not up to date afterwards.</summary>
    public void Smooth(float[] b, float[] x, bool fromZero)
    {
        if (fromZero) Array.Clear(x);
        double sigma = Middle / Half, rho = 1 / sigma;
        for (int k = 0; k < Degree; k++)
        {
            double next = k == 0 ? 0 : 1 / ((2 * sigma) - rho);
            float keep = k == 0 ? 0 : (float)(next * rho), take = k == 0 ? (float)(1 / Middle) : (float)(2 * next / Half);
            if (k > 0 || !fromZero) matrix.Apply(x, _applied);
            else Array.Clear(_applied);
            Advance(b, x, keep, take);
            if (k > 0) rho = next;
        }
    }
    /// <summary>s = keep s + take D⁻¹(b − A x), x += s.</summary>
    private void Advance(float[] b, float[] x, float keep, float take)
    {
        int i = 0;
        Vector<float> of = new(keep), by = new(take);
        for (; i <= matrix.Rows - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> step = (of * new Vector<float>(_step, i)) + (by * new Vector<float>(_inverse, i) * (new Vector<float>(b, i) - new Vector<float>(_applied, i)));
            step.CopyTo(_step, i);
            (new Vector<float>(x, i) + step).CopyTo(x, i);
        }
        for (; i < matrix.Rows; i++)
        {
            _step[i] = (keep * _step[i]) + (take * _inverse[i] * (b[i] - _applied[i]));
            x[i] += _step[i];
        }
    }
}
