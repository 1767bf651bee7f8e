using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>A factor f of a property in every region that has one, to be differentiated by.</summary>
/// <param name="factors">By region; null for none.</param>
/// <param name="region">Region of each local cell; shared, not copied.</param>
public sealed class RegionFactors(Parameter?[] factors, int[] region)
{
    /// <summary>No factor anywhere.</summary>
    public static RegionFactors None { get; } = new([], []);

    /// <summary>The factors.</summary>
    public IEnumerable<Parameter> Parameters => factors.OfType<Parameter>();

    /// <summary>f in a cell.</summary>
    public double this[int cell] => Of(cell)?.Value ?? 1;

    /// <summary>δf/f in a cell along the change of parameters.</summary>
    public double RelativeChange(int cell) => Of(cell)?.RelativeChange ?? 0;

    private Parameter? Of(int cell) => factors.Length == 0 ? null : factors[region[cell]];
}
