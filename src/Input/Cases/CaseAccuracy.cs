namespace Cell3D.Input.Cases;

/// <summary>Levels of the key <c>Accuracy</c>.</summary>
internal enum AccuracyLevel
{
    /// <summary>About a millivolt.</summary>
    Draft,

    /// <summary>About a tenth of a millivolt in time.</summary>
    Default,

    /// <summary>A reference for others.</summary>
    Reference,
}

/// <summary>What mesh, particles and time steps are where a case does not say: one level sets all of them.</summary>
/// <param name="Tolerances">Factor of the default tolerances of a time step.</param>
/// <param name="MaximumOrder">Of the formulas in time.</param>
/// <param name="CellsShare">Factor of the default numbers of cells.</param>
/// <param name="ModesShare">Factor of the unknowns of a particle.</param>
internal sealed record CaseAccuracy(double Tolerances, int MaximumOrder, double CellsShare, double ModesShare)
{
    /// <summary>What a largest error of V(t) asks for; null where a level is given.</summary>
    public VoltageBudget? Budget { get; private init; }

    /// <summary>Tolerances by a budget; cells by their kind.</summary>
    public static CaseAccuracy Of(VoltageBudget budget) => new(budget.Tolerances, CaseDefaults.MaximumOrder, 1, 1) { Budget = budget };

    /// <summary>Cells through an electrode or the separator.</summary>
    public int CellsThrough(Cell3D.Mesh.LayerKind kind, int number) => Budget?.CellsThrough(kind) ?? Cells(number);

    /// <summary>Cells along width or height of a plane with tabs.</summary>
    public int CellsAlong(int number) => Budget?.InPlane ?? Cells(number);

    /// <summary>What a level means.</summary>
    public static CaseAccuracy Of(AccuracyLevel level) => level switch
    {
        AccuracyLevel.Draft => new(5, CaseDefaults.MaximumOrder, 0.5, 0.8),
        AccuracyLevel.Reference => new(0.02, 5, 2, 2),
        _ => new(1, CaseDefaults.MaximumOrder, 1, 1),
    };

    /// <summary>So many cells instead of a default number.</summary>
    public int Cells(int number) => Math.Max(1, (int)Math.Ceiling(CellsShare * number));
}
