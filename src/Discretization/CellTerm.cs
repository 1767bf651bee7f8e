namespace Cell3D.Discretization;

/// <summary>A term that can be added piece by piece: a <see cref="Sweep"/> takes all of them through the cells together, so that rows are
/// completed while the processor has them at hand.</summary>
public abstract class CellTerm : Term
{
    /// <summary>Adds the share of some cells; for what lies between two cells, the first of them counts.</summary>
    /// <param name="assembly">Where to; rows of all cells concerned are cleared.</param>
    /// <param name="start">First local cell.</param>
    /// <param name="end">One beyond the last; ghosts follow the owned cells.</param>
    public abstract void AddTo(in Assembly assembly, int start, int end);

    /// <summary>Cells that get a share together with another one, which is the one that counts; faces of a <see cref="FaceTerm"/> need not be named.</summary>
    public virtual IEnumerable<(int First, int Other)> Pairs => [];

    /// <summary>Called before the first piece of an assembly; the pieces come in any order.</summary>
    public virtual void BeginAssembly() { }

    /// <summary>Called after the last piece.</summary>
    public virtual void EndAssembly() { }

    public sealed override void AddTo(in Assembly assembly)
    {
        BeginAssembly();
        AddTo(assembly, 0, int.MaxValue);
        EndAssembly();
    }
}
