using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Unknowns within segments that belong to Γ nevertheless: what flows between segments closer than their thickness flows there and not in the collectors.</summary>
/// <remarks>Only of unknowns that run from collector to collector, such as T: the others meet resistances that are larger through the layers than along the foils.</remarks>
internal sealed class HeldUnknowns
{
    /// <summary>Planes of a segment that is not slender; measured in docs/decisions/0016-collector-schur.md.</summary>
    private const int Planes = 2;

    /// <summary>Spacing over thickness below which planes are held.</summary>
    private const double Slender = 2.5;

    private readonly FieldSet[] _sets;

    internal HeldUnknowns(DiscreteSystem system, Segments segments)
    {
        FieldLayout layout = system.Layout;
        _sets = new FieldSet[layout.OwnedCells];
        for (int segment = 0; segment < segments.Count; segment++)
        {
            if (segments.SlendernessOf(segment) >= Slender || segments.LeftOf(segment) < 0 || segments.RightOf(segment) < 0)
                continue;
            ReadOnlySpan<int> cells = segments[segment];
            foreach (Unknown unknown in system.Unknowns.All)
                if (RunsThrough(unknown.Field, segment))
                    for (int plane = 1; plane <= Planes; plane++)
                    {
                        int cell = cells[cells.Length * plane / (Planes + 1)];
                        _sets[cell] = _sets[cell].With(unknown.Field);
                    }
        }

        bool RunsThrough(Field field, int segment)
        {
            foreach (int cell in segments[segment])
                if (!layout.Has(cell, field))
                    return false;
            return layout.Has(segments.LeftOf(segment), field) && layout.Has(segments.RightOf(segment), field);
        }
    }

    internal bool Contains(int cell, Field field) => _sets[cell].Contains(field);
}
