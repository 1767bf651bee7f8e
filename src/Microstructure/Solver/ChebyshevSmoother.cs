namespace Cell3D.Microstructure.Solver;

/// <summary>Chebyshev's iteration of third degree for D⁻¹A on the upper part of its spectrum, [2/8, 2]. It depends neither on order nor on ranks.</summary>
/// <remarks>Adams, Brezina, Hu, Tuminaro, Parallel multigrid smoothing: polynomial versus Gauss–Seidel, J. Comput. Phys. 188 (2003) 593.</remarks>
internal sealed class ChebyshevSmoother(PartMatrix matrix)
{
    private const int Degree = 3;
    private const double High = 2, Low = High / 8, Middle = (High + Low) / 2, Half = (High - Low) / 2;

    private readonly float[] _step = new float[matrix.Columns0], _applied = new float[matrix.Columns0];

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
            for (int i = 0; i < matrix.Rows; i++)
            {
                float diagonal = matrix.Diagonal[i], residual = diagonal > 0 ? (b[i] - _applied[i]) / diagonal : 0;
                _step[i] = (keep * _step[i]) + (take * residual);
                x[i] += _step[i];
            }
            if (k > 0) rho = next;
        }
    }
}
