using System.Globalization;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>
/// The options of PETSc that a case file may set: those that choose and tune the linear solver. Options that read, write, load or
/// start anything are not among them, so that a case from elsewhere can be run without reading it first. What the user types behind
/// "--" is not limited.
/// </summary>
/// <remarks>An option is "-", one of <see cref="Blocks"/>, one of <see cref="InnerSolvers"/>, and a name of <see cref="Rules"/>.</remarks>
public static class AllowedSolverOptions
{
    /// <summary>The whole system, one block of the field split, the Schur complement on the collectors, or a block of that.</summary>
    public static IReadOnlyList<string> Blocks { get; } = ["", "fieldsplit_salt_", "fieldsplit_temperature_", "fieldsplit_potential_", "collector_fieldsplit_temperature_", "collector_fieldsplit_potential_", "collector_"];

    /// <summary>The solver of a block itself, of the subdomains of bjacobi and asm, of the levels of gamg.</summary>
    public static IReadOnlyList<string> InnerSolvers { get; } = ["", "sub_", "mg_levels_", "mg_coarse_"];

    private const string Switch = "nothing, true or false", Bare = "no value";
    private static readonly Interval Positive = new(0, double.PositiveInfinity, AboveMinimum: true);

    /// <summary>Names with what may follow them.</summary>
    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["ksp_type"] = Word("preonly", "richardson", "chebyshev", "cg", "gmres", "fgmres", "lgmres", "gcr", "bcgs", "bcgsl", "ibcgs", "tfqmr"),
        ["ksp_rtol"] = Number(new(0, 1)),
        ["ksp_atol"] = Number(new(0, double.PositiveInfinity)),
        ["ksp_divtol"] = Number(Positive),
        ["ksp_max_it"] = Count(1, 1_000_000),
        ["ksp_gmres_restart"] = Count(1, 10_000),
        ["ksp_gmres_modifiedgramschmidt"] = OnOff(),
        ["ksp_pc_side"] = Word("left", "right", "symmetric"),
        ["ksp_norm_type"] = Word("none", "preconditioned", "unpreconditioned", "natural"),
        ["ksp_richardson_scale"] = Number(Positive),
        ["ksp_chebyshev_esteig_steps"] = Count(1, 1000),
        ["ksp_monitor"] = NoValue(),
        ["ksp_monitor_true_residual"] = NoValue(),
        ["ksp_converged_reason"] = NoValue(),
        ["ksp_view"] = NoValue(),
        ["pc_type"] = Word("none", "jacobi", "pbjacobi", "bjacobi", "sor", "asm", "ilu", "icc", "lu", "cholesky", "hypre", "gamg", "fieldsplit"),
        ["pc_fieldsplit_type"] = Word("additive", "multiplicative", "symmetric_multiplicative"),
        ["pc_factor_mat_solver_type"] = Word("petsc", "mumps", "superlu", "superlu_dist", "umfpack", "klu"),
        ["pc_factor_mat_ordering_type"] = Word("natural", "nd", "1wd", "rcm", "qmd", "external"),
        ["pc_factor_levels"] = Count(0, 100),
        ["pc_factor_fill"] = Number(new(1, 1000)),
        ["pc_factor_shift_type"] = Word("none", "nonzero", "positive_definite", "inblocks"),
        ["pc_factor_shift_amount"] = Number(new(0, double.PositiveInfinity)),
        ["pc_factor_zeropivot"] = Number(new(0, double.PositiveInfinity)),
        ["pc_bjacobi_blocks"] = Count(1, 1_000_000),
        ["pc_asm_overlap"] = Count(0, 100),
        ["pc_asm_type"] = Word("basic", "restrict", "interpolate", "none"),
        ["pc_sor_its"] = Count(1, 1000),
        ["pc_sor_lits"] = Count(1, 1000),
        ["pc_sor_omega"] = Number(new(0, 2, AboveMinimum: true, BelowMaximum: true)),
        ["pc_hypre_type"] = Word("boomeramg"),
        ["pc_hypre_boomeramg_coarsen_type"] = Word("CLJP", "Ruge-Stueben", "modifiedRuge-Stueben", "Falgout", "PMIS", "HMIS"),
        ["pc_hypre_boomeramg_interp_type"] = Word("classical", "direct", "multipass", "multipass-wts", "ext+i", "ext+i-cc", "standard", "standard-wts", "FF", "FF1", "ext"),
        ["pc_hypre_boomeramg_relax_type_all"] = Word(Smoothers),
        ["pc_hypre_boomeramg_relax_type_down"] = Word(Smoothers),
        ["pc_hypre_boomeramg_relax_type_up"] = Word(Smoothers),
        ["pc_hypre_boomeramg_relax_type_coarse"] = Word([.. Smoothers, "Gaussian-elimination"]),
        ["pc_hypre_boomeramg_relax_weight_all"] = Number(new(-10, 10)),
        ["pc_hypre_boomeramg_cycle_type"] = Word("V", "W"),
        ["pc_hypre_boomeramg_measure_type"] = Word("local", "global"),
        ["pc_hypre_boomeramg_grid_sweeps_all"] = Count(1, 100),
        ["pc_hypre_boomeramg_max_iter"] = Count(1, 1000),
        ["pc_hypre_boomeramg_max_levels"] = Count(2, 100),
        ["pc_hypre_boomeramg_tol"] = Number(new(0, 1)),
        ["pc_hypre_boomeramg_strong_threshold"] = Number(new(0, 1)),
        ["pc_hypre_boomeramg_max_row_sum"] = Number(new(0, 1)),
        ["pc_hypre_boomeramg_truncfactor"] = Number(new(0, 1)),
        ["pc_hypre_boomeramg_P_max"] = Count(0, 100),
        ["pc_hypre_boomeramg_agg_nl"] = Count(0, 100),
        ["pc_hypre_boomeramg_agg_num_paths"] = Count(1, 100),
        ["pc_gamg_type"] = Word("agg"),
        ["pc_gamg_agg_nsmooths"] = Count(0, 10),
        ["pc_gamg_threshold"] = Number(new(-1, 1)),
        ["pc_gamg_coarse_eq_limit"] = Count(1, 1_000_000),
        ["mat_mumps_icntl_7"] = Count(0, 7),
        ["mat_mumps_icntl_14"] = Count(0, 10_000),
        ["mat_mumps_icntl_24"] = Count(0, 1),
        ["mat_mumps_cntl_1"] = Number(new(0, 1)),
    };

    private static string[] Smoothers =>
    [
        "Jacobi", "sequential-Gauss-Seidel", "SOR/Jacobi", "backward-SOR/Jacobi", "symmetric-SOR/Jacobi", "l1scaled-SOR/Jacobi",
        "l1-Gauss-Seidel", "backward-l1-Gauss-Seidel", "CG", "Chebyshev", "FCF-Jacobi", "l1scaled-Jacobi",
    ];

    /// <summary>Names without dash and prefix, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How an option is put together, and all names.</summary>
    public static string Description { get; } =
        $"{string.Join(", ", Blocks.Select(block => $"\"-{block}NAME\""))}, each with {string.Join(", ", InnerSolvers.Skip(1))} before NAME or without; each NAME one of {string.Join(", ", Names)}";

    /// <summary>Whether an item of an option list opens an option; by PETSc's rule a dash and a number is a value.</summary>
    public static bool IsName(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    /// <summary>Null when an option may be set so, else what is wrong and what is allowed.</summary>
    /// <param name="option">Name with its dash.</param>
    /// <param name="value">Value; null for none.</param>
    public static (string Text, string Allowed)? Problem(string option, string? value)
    {
        string name = NameOf(option);
        if (Rules.TryGetValue(name, out Rule rule))
            return rule.Accepts(value) ? null : ($"{option} does not take {(value is null ? "nothing" : $"\"{Json.SourceNode.Printable(value)}\"")}", rule.Allowed);
        string? near = Spelling.Nearest(name, Names);
        string shown = Json.SourceNode.Printable(option);
        string text = near is null ? $"{shown} is not an option that a case file may set" : $"{shown} is not an option that a case file may set, did you mean \"{near}\"?";
        return (text, Description + "; any other option of PETSc only behind '--' on the command line");
    }

    private static string NameOf(string option)
    {
        string rest = option[1..];
        if (Blocks.Skip(1).FirstOrDefault(block => rest.StartsWith(block, StringComparison.Ordinal)) is string found) rest = rest[found.Length..];
        return InnerSolvers.Skip(1).FirstOrDefault(inner => rest.StartsWith(inner, StringComparison.Ordinal)) is string prefix ? rest[prefix.Length..] : rest;
    }

    private static Rule Word(params string[] words) => new(string.Join(", ", words), value => value is not null && words.Contains(value));

    private static Rule OnOff() => new(Switch, value => value is null or "true" or "false");

    private static Rule NoValue() => new(Bare, value => value is null);

    private static Rule Number(Interval allowed) => new(allowed.ToString(), value =>
        double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && allowed.Contains(number));

    private static Rule Count(int least, int most) => new(new Interval(least, most).ToString(), value =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most);

    private readonly record struct Rule(string Allowed, Func<string?, bool> Accepts);
}
