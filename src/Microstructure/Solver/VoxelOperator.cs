using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// The discrete closure operator, (A χ)ᵢ = Σ_f c_f (χᵢ − χⱼ) over the six faces of a voxel at unit size, without a matrix: conductances come from the
/// phases. Cell-centred finite volumes; Patankar, Numerical Heat Transfer and Fluid Flow (1980), section 4.2-3.
/// </summary>
/// <remarks>Differences are formed before they are weighed: neighbouring values are close, so that they are exact in single precision.</remarks>
internal abstract unsafe class VoxelOperator
{
    protected VoxelOperator(VoxelSystem system) => System = system;

    /// <summary>Conductance between two voxels by the low bits of their bytes, own number times eight plus the neighbour's; 0 from ghosts and insulators.</summary>
    public double[] Faces { get; } = new double[64];

    public VoxelSystem System { get; }

    protected VoxelGrid Grid => System.Grid;

    /// <summary>The operator that suits the phases.</summary>
    public static VoxelOperator Of(VoxelSystem system) => system.IsUniform ? new VoxelOperator<Uniform>(system) : new VoxelOperator<Contrasted>(system);

    /// <summary>y = A x; the ghosts of x are up to date. Gives this rank's xᵀA x.</summary>
    public abstract double Apply(VoxelField<float> x, VoxelField<float> y);

    /// <summary>Gauss–Seidel over the voxels of one colour, then over those of the other, and again. *Collective.*</summary>
    /// <param name="x">Values; all ghosts are up to date before and after. Not read where <paramref name="fromZero"/>.</param>
    /// <param name="b">Right-hand side.</param>
    /// <param name="firstColour">Parity of x + y + z that comes first.</param>
    /// <param name="sweeps">How often over both colours.</param>
    /// <param name="fromZero">Whether the values before count as zero.</param>
    public abstract void Smooth(VoxelField<float> x, VoxelField<float> b, int firstColour, int sweeps, bool fromZero);

    /// <summary>Sums b − A x into the parts of the blocks; ghosts of x are up to date.</summary>
    /// <param name="x">Values.</param>
    /// <param name="b">Right-hand side.</param>
    /// <param name="parts">The blocks.</param>
    /// <param name="colour">Where alone the residual does not vanish: the colour that was not smoothed last.</param>
    /// <param name="coarse">Receives the sums; one entry longer than there are parts.</param>
    public abstract void Restrict(VoxelField<float> x, VoxelField<float> b, BlockParts parts, int colour, Span<float> coarse);

    /// <summary>y = b/diagonal; 0 where nothing conducts.</summary>
    public abstract void Divide(VoxelField<float> b, VoxelField<float> y);
}
