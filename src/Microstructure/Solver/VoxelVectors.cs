using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>What conjugate gradients do with whole fields, in memory's order, ghosts included: a residual and what an operator gives are zero there, the others up to date.</summary>
internal static unsafe class VoxelVectors
{
    /// <summary>rᵀz and aᵀz of this rank.</summary>
    public static (double Rz, double Az) Products(VoxelGrid grid, VoxelField<float> r, VoxelField<float> a, VoxelField<float> z)
    {
        Vector256<double> rz = Vector256<double>.Zero, az = rz;
        float* pr = r.Values, pa = a.Values, pz = z.Values;
        for (nint i = 0; i < grid.Size; i += VoxelGrid.Lanes)
        {
            Vector256<float> value = Vector256.Load(pz + i);
            rz += Sums(value * Vector256.Load(pr + i));
            az += Sums(value * Vector256.Load(pa + i));
        }
        return (Vector256.Sum(rz), Vector256.Sum(az));
    }

    /// <summary>p = z + β p.</summary>
    public static void Advance(VoxelGrid grid, VoxelField<float> p, VoxelField<float> z, float beta)
    {
        float* pp = p.Values, pz = z.Values;
        Vector256<float> factor = Vector256.Create(beta);
        for (nint i = 0; i < grid.Size; i += VoxelGrid.Lanes) Fma.MultiplyAdd(factor, Vector256.Load(pp + i), Vector256.Load(pz + i)).Store(pp + i);
    }

    /// <summary>χ += α p, r −= α a; gives this rank's ‖r‖².</summary>
    public static double Update(VoxelGrid grid, double alpha, VoxelField<float> p, VoxelField<float> a, VoxelField<double> chi, VoxelField<float> r)
    {
        Vector256<double> sum = Vector256<double>.Zero, step = Vector256.Create(alpha);
        Vector256<float> minus = Vector256.Create((float)-alpha);
        float* pp = p.Values, pa = a.Values, pr = r.Values;
        double* s = chi.Values;
        for (nint i = 0; i < grid.Size; i += VoxelGrid.Lanes)
        {
            Vector256<float> direction = Vector256.Load(pp + i), left = Fma.MultiplyAdd(minus, Vector256.Load(pa + i), Vector256.Load(pr + i));
            left.Store(pr + i);
            Fma.MultiplyAdd(step, Avx.ConvertToVector256Double(direction.GetLower()), Vector256.Load(s + i)).Store(s + i);
            Fma.MultiplyAdd(step, Avx.ConvertToVector256Double(direction.GetUpper()), Vector256.Load(s + i + 4)).Store(s + i + 4);
            sum += Sums(left * left);
        }
        return Vector256.Sum(sum);
    }

    /// <summary>Eight numbers in double precision, the first four and the last four added.</summary>
    public static Vector256<double> Sums(Vector256<float> values) => Avx.ConvertToVector256Double(values.GetLower()) + Avx.ConvertToVector256Double(values.GetUpper());
}
