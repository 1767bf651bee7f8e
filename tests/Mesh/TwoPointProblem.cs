using Cell3D.Mesh;

namespace Cell3D.Tests.Mesh;

/// <summary>−∇·(k∇u) = f by two-point fluxes on any cell mesh, solved by conjugate gradients with Jacobi scaling.</summary>
internal sealed class TwoPointProblem
{
    private readonly CellMesh _mesh;
    private readonly double[] _conductance;
    private readonly double[] _diagonal;
    private readonly double[] _load;

    /// <summary>Boundary faces with a fixed value hold it; the others pass no flux.</summary>
    internal TwoPointProblem(CellMesh mesh, Func<int, double> conductivity, Func<BoundaryFace, double?> fixedValue)
    {
        _mesh = mesh;
        _diagonal = new double[mesh.CellCount];
        _load = new double[mesh.CellCount];
        _conductance = Array.ConvertAll(mesh.Faces, face => 1 / (
            face.LeftLength / conductivity(face.Left) + face.RightLength / conductivity(face.Right)));
        for (int i = 0; i < _conductance.Length; i++)
        {
            _diagonal[mesh.Faces[i].Left] += _conductance[i];
            _diagonal[mesh.Faces[i].Right] += _conductance[i];
        }
        foreach (BoundaryFace face in mesh.Boundaries)
        {
            if (fixedValue(face) is not double value)
                continue;
            double conductance = conductivity(face.Cell) * face.Area / face.Distance;
            _diagonal[face.Cell] += conductance;
            _load[face.Cell] += conductance * value;
        }
    }

    internal double[] Solve(double[]? source = null)
    {
        int n = _diagonal.Length;
        double[] u = new double[n], r = new double[n], p = new double[n];
        for (int i = 0; i < n; i++)
        {
            r[i] = _load[i] + (source?[i] ?? 0);
            p[i] = r[i] / _diagonal[i];
        }
        double rho = Dot(r, p), stop = 1e-26 * rho;
        for (int iteration = 0; iteration < 20 * n && rho > stop; iteration++)
        {
            double[] q = Multiply(p);
            double alpha = rho / Dot(p, q), old = rho;
            rho = 0;
            for (int i = 0; i < n; i++)
            {
                u[i] += alpha * p[i];
                r[i] -= alpha * q[i];
                rho += r[i] * r[i] / _diagonal[i];
            }
            for (int i = 0; i < n; i++)
                p[i] = r[i] / _diagonal[i] + rho / old * p[i];
        }
        return u;
    }

    private double[] Multiply(double[] p)
    {
        double[] q = new double[p.Length];
        for (int i = 0; i < p.Length; i++)
            q[i] = _diagonal[i] * p[i];
        for (int i = 0; i < _conductance.Length; i++)
        {
            (int left, int right) = (_mesh.Faces[i].Left, _mesh.Faces[i].Right);
            q[left] -= _conductance[i] * p[right];
            q[right] -= _conductance[i] * p[left];
        }
        return q;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
