using Cell3D.Mesh;

namespace Cell3D.Discretization;

/// <summary>One macroscopic unknown with its equation, declared once. Layout, ghosts, updates, limits, norms, field splits, messages, probes and
/// output walk the table of these and know no physics.</summary>
public sealed record Unknown
{
    /// <summary>Its number, which is its place among the unknowns of a cell.</summary>
    public required Field Field { get; init; }

    /// <summary>What it is.</summary>
    public required Quantity Quantity { get; init; }

    public string Name => Quantity.Name;

    /// <summary>SI unit.</summary>
    public string Unit => Quantity.Unit;

    /// <summary>Name inside a sentence.</summary>
    public string InWords => Quantity.InWords;

    /// <summary>The equation whose row it has, e.g. "salt balance".</summary>
    public required string Equation { get; init; }

    /// <summary>Where it lives.</summary>
    public required Func<LayerKind, bool> LivesIn { get; init; }

    /// <summary>Where it has a value, also one that nothing solves for; null for where it lives.</summary>
    public Func<LayerKind, bool>? IsKnownIn { get; init; }

    /// <summary>What turns the unit of the equation into amperes, so that one measure serves all rows.</summary>
    public required double ToAmperes { get; init; }

    /// <summary>How much more strictly than others the equation is solved.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the equation is a balance: what flows between cells then cancels in the sum over all of them.</summary>
    public bool IsBalance { get; init; } = true;

    /// <summary>Block of the field split that it belongs to.</summary>
    public required string Split { get; init; }

    /// <summary>Values below make no sense; a Newton step goes a part of the way at most.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest change in one Newton step.</summary>
    public double LargestChange { get; init; } = double.PositiveInfinity;

    /// <summary>Values are stored without this: round-off then stays far below the fluxes.</summary>
    public double StoredFrom { get; init; }

    /// <summary>Whether values on the positive side of the cell are stored relative to the terminal voltage V.</summary>
    public bool IsStoredFromTerminal { get; init; }

    /// <summary>Whether it is an electric potential: times a current it is power.</summary>
    public bool IsPotential { get; init; }

    /// <summary>Weights of the local error test; null where it is not tested.</summary>
    public ErrorTolerance? Tolerance { get; init; }

    /// <summary>Whether it keeps its value through a sudden change of current.</summary>
    public bool IsDifferential { get; init; } = true;

    /// <summary>Own unknown of local systems that it is the promoted form of; null for none.</summary>
    public Quantity? Promotes { get; init; }

    /// <summary>Whether it has a value in a kind of layer.</summary>
    public bool HasValueIn(LayerKind kind) => (IsKnownIn ?? LivesIn)(kind);
}

/// <summary>The macroscopic unknowns of a model, in the order of their numbers.</summary>
public sealed class UnknownTable
{
    private readonly Unknown[] _unknowns;

    /// <summary>Takes the declarations.</summary>
    /// <exception cref="ArgumentException">Numbers are not 0, 1, 2, …, or there are more than eight.</exception>
    public UnknownTable(params IEnumerable<Unknown> unknowns)
    {
        _unknowns = [.. unknowns];
        if (_unknowns.Length > FieldSet.Most || _unknowns.Where((unknown, i) => (int)unknown.Field != i).Any())
            throw new ArgumentException($"Unknowns are numbered from 0 on, at most {FieldSet.Most} of them.", nameof(unknowns));
        Scale = new([.. _unknowns.Select(unknown => unknown.ToAmperes * unknown.Weight)]);
    }

    public ReadOnlySpan<Unknown> All => _unknowns;

    public int Count => _unknowns.Length;

    public Unknown this[Field field] => _unknowns[(int)field];

    /// <summary>The unknown of a name; null where the table has none.</summary>
    public Unknown? Find(string name) => Array.Find(_unknowns, unknown => unknown.Name == name);

    /// <summary>Factor of every equation.</summary>
    public RowScale Scale { get; }

    /// <summary>The table with one more unknown, numbered behind the others.</summary>
    public UnknownTable With(Unknown unknown) => new([.. _unknowns, unknown with { Field = (Field)Count }]);

    /// <summary>Unknowns of a kind of layer.</summary>
    public FieldSet In(LayerKind kind) => new([.. _unknowns.Where(unknown => unknown.LivesIn(kind)).Select(unknown => unknown.Field)]);

    /// <summary>Unknowns that have a value in a kind of layer, solved for or not.</summary>
    public Unknown[] KnownIn(LayerKind kind) => [.. _unknowns.Where(unknown => unknown.HasValueIn(kind))];
}
