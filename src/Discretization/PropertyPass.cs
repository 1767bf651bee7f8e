namespace Cell3D.Discretization;

/// <summary>Fills material properties of cells, with exact partials, before laws are evaluated: laws never call parameter functions.</summary>
public abstract class PropertyPass
{
    /// <summary>Evaluates at the present state.</summary>
    /// <param name="start">First local cell.</param>
    /// <param name="end">One beyond the last; ghosts follow the owned cells.</param>
    public abstract void Evaluate(int start, int end);

    /// <summary>Evaluates owned cells and ghosts.</summary>
    public void Evaluate() => Evaluate(0, int.MaxValue);
}
