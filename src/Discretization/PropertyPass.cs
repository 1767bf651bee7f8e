namespace Cell3D.Discretization;

/// <summary>Fills material properties of all local cells, with exact partials, before laws are evaluated: laws never call parameter functions.</summary>
public abstract class PropertyPass
{
    /// <summary>Evaluates at the present state of owned cells and ghosts.</summary>
    public abstract void Evaluate();
}
