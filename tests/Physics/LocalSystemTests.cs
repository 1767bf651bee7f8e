using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using Cell3D.Physics.Transport;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>The contract of every local system, in one control volume or on one face at a state far from any reference value.</summary>
public class LocalSystemTests
{
    public enum Kind
    {
        Intercalation,
        VariableDiffusivity,
        DiffusivityOfTemperature,
        DiffusivityOfBoth,
        PotentialOfBoth,
        UnequalTransfer,
        Hysteresis,
        HysteresisOfBoth,
        Film,
        FilmAndHysteresis,
        DoubleLayer,
        OtherGeometry,
        OtherGeometryAndDiffusivityOfBoth,
        Foil,
        PhaseSeparation,
    }

    private const double Reference = 298.15;

    [Test]
    public void ResidualAndJacobianAgree([Values] Kind kind, [Values] bool charges, [Values] bool withHeat)
    {
        OneSystem one = new(kind, charges, withHeat);
        one.Solve();
        (double[] withJacobian, _) = one.Assemble(withJacobian: true);
        (double[] alone, _) = one.Assemble(withJacobian: false);
        for (int row = 0; row < alone.Length; row++)
            Assert.That(alone[row], Is.EqualTo(withJacobian[row]).Within(1e-9 * Math.Abs(withJacobian[row])), $"row {row}");
    }

    /// <summary>Condensed derivatives against differences of what is given with the own unknowns solved.</summary>
    [Test]
    public void CondensedPartialsAreTheDerivatives([Values] Kind kind, [Values] bool charges, [Values] bool withHeat)
    {
        OneSystem one = new(kind, charges, withHeat);
        one.Solve();
        (_, double[,] jacobian) = one.Assemble(withJacobian: true);
        double[] steps = [1e-2, 1e-6, 1e-6, 1e-3];
        int column = 0;
        for (int field = 0; field < 4; field++)
        {
            if (!withHeat && field == 3)
                continue;
            double[] high = one.Shifted((Field)field, steps[field]), low = one.Shifted((Field)field, -2 * steps[field]);
            one.Shifted((Field)field, steps[field]);
            double largest = Enumerable.Range(0, high.Length).Max(row => Math.Abs(jacobian[row, column]));
            for (int row = 0; row < high.Length; row++)
                Assert.That((high[row] - low[row]) / (2 * steps[field]), Is.EqualTo(jacobian[row, column]).Within(3e-6 * largest), $"row {row} by {(Field)field}");
            column++;
        }
    }

    /// <summary>Charge leaves the solid and enters the electrolyte; salt comes with the faradaic part of it.</summary>
    [Test]
    public void ChargeIsConserved([Values] Kind kind, [Values] bool charges)
    {
        OneSystem one = new(kind, charges, withHeat: true);
        one.Solve();
        (double[] residual, _) = one.Assemble(withJacobian: false);
        Assert.That(residual[1] + residual[2], Is.Zero.Within(1e-14 * Math.Abs(residual[1])));
        if (kind == Kind.DoubleLayer)
            Assert.That(residual[0], Is.Not.EqualTo(residual[1]).Within(1e-6 * Math.Abs(residual[1])), "a double layer carries no salt");
        else if (kind is not (Kind.Film or Kind.FilmAndHysteresis))
            Assert.That(residual[0], Is.EqualTo(residual[1]).Within(1e-14 * Math.Abs(residual[1])));
    }

    /// <summary>What the electrolyte receives is what particles, films and foil lose, by the time formula.</summary>
    [Test]
    public void LithiumIsConserved([Values] Kind kind, [Values] bool charges)
    {
        OneSystem one = new(kind, charges, withHeat: true);
        double[] before = [one.Lithium(1), one.Lithium(0)];
        one.Solve();
        (double[] residual, _) = one.Assemble(withJacobian: false);
        one.Conclude();
        double rate = one.RateOf(one.Lithium(-1), before[1], before[0]), received = -residual[0] / PhysicalConstants.Faraday;
        Assert.That(received, Is.EqualTo(-rate).Within(1e-9 * Math.Abs(received)));
    }

    [Test]
    public void NothingFlowsAtRest([Values(Kind.Intercalation, Kind.VariableDiffusivity, Kind.DiffusivityOfTemperature, Kind.DiffusivityOfBoth, Kind.PotentialOfBoth, Kind.UnequalTransfer, Kind.Hysteresis, Kind.HysteresisOfBoth, Kind.DoubleLayer, Kind.OtherGeometry, Kind.OtherGeometryAndDiffusivityOfBoth, Kind.Foil)] Kind kind)
    {
        OneSystem one = new(kind, charges: true, withHeat: true, atRest: true);
        one.Solve();
        (double[] residual, _) = one.Assemble(withJacobian: false);
        Assert.That(residual, Is.All.Zero.Within(1e-12 * one.Scale));
    }

    [Test]
    public void PolarisationBecomesHeat([Values(Kind.Intercalation, Kind.UnequalTransfer, Kind.DoubleLayer, Kind.Film, Kind.Foil)] Kind kind, [Values] bool charges)
    {
        OneSystem one = new(kind, charges, withHeat: true);
        one.Solve();
        one.Conclude();
        Assert.That(one.Report()["Reaction heat"], Is.Positive);
    }

    /// <summary>Electric power is loss, stored power, and nothing else.</summary>
    [Test]
    public void PowerIsLossAndStorage([Values(Kind.Intercalation, Kind.PhaseSeparation, Kind.VariableDiffusivity, Kind.DiffusivityOfTemperature, Kind.DiffusivityOfBoth, Kind.PotentialOfBoth, Kind.DoubleLayer, Kind.Film, Kind.Foil)] Kind kind, [Values] bool charges)
    {
        OneSystem one = new(kind, charges, withHeat: true);
        one.Solve();
        (double[] residual, _) = one.Assemble(withJacobian: false);
        one.Conclude();
        Balance balance = one.Report();
        double power = residual[2] * one.Potential;
        Assert.That(balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower), Is.EqualTo(power).Within(1e-9 * Math.Abs(power)));
        Assert.That(balance.SumOf(Totals.PositiveTransfer), Is.EqualTo(residual[2]).Within(1e-9 * Math.Abs(residual[2])));
    }

    /// <summary>j as a macroscopic unknown: eliminating its row afterwards gives what condensation gives.</summary>
    [Test]
    public void PromotedAndCondensedAreTheSame([Values(Kind.Intercalation, Kind.PhaseSeparation, Kind.VariableDiffusivity, Kind.DiffusivityOfTemperature, Kind.DiffusivityOfBoth, Kind.PotentialOfBoth, Kind.UnequalTransfer, Kind.Hysteresis, Kind.HysteresisOfBoth, Kind.Film, Kind.FilmAndHysteresis, Kind.OtherGeometry, Kind.OtherGeometryAndDiffusivityOfBoth)] Kind kind, [Values] bool withHeat)
    {
        OneSystem condensed = new(kind, charges: true, withHeat), promoted = new(kind, charges: true, withHeat, promotes: true);
        condensed.Perturb(0.3);
        promoted.Perturb(0.3);
        (double[] residual, double[,] jacobian) = condensed.Assemble(withJacobian: true);
        (double[] whole, double[,] wholeJacobian) = promoted.Assemble(withJacobian: true);
        int n = residual.Length;
        for (int row = 0; row < n; row++)
        {
            double factor = wholeJacobian[row, n] / wholeJacobian[n, n];
            Assert.That(whole[row] - (factor * whole[n]), Is.EqualTo(residual[row]).Within(1e-12 * condensed.Scale), $"residual {row}");
            for (int column = 0; column < n; column++)
                Assert.That(wholeJacobian[row, column] - (factor * wholeJacobian[n, column]), Is.EqualTo(jacobian[row, column]).Within(1e-12 * Math.Abs(jacobian[2, 2])), $"{row}, {column}");
        }
    }

    /// <summary>Jᵀ (λ, μ) = (r_p, r_y) by condensation and with all unknowns at once.</summary>
    [Test]
    public void TransposedEliminationIsThatOfTheWholeSystem([Values] Kind kind, [Values] bool charges, [Values] bool withHeat) =>
        CompareTransposed(new(kind, charges, withHeat));

    [Test]
    public void TransposedEliminationLeavesPromotedUnknownsAlone(
        [Values(Kind.Intercalation, Kind.DiffusivityOfBoth, Kind.Film, Kind.FilmAndHysteresis)] Kind kind, [Values] bool withHeat) =>
        CompareTransposed(new(kind, charges: true, withHeat, promotes: true));

    /// <summary>Derivatives by every parameter against differences of what is given with the own unknowns solved.</summary>
    [Test]
    public void DerivativesByParametersAreThoseOfDifferences([Values] Kind kind, [Values] bool charges, [Values] bool withHeat)
    {
        OneSystem one = new(kind, charges, withHeat);
        one.Solve();
        Parameter[] parameters = [.. one.Parameters];
        Assert.That(parameters, Has.Length.GreaterThanOrEqualTo(2));
        foreach (Parameter parameter in parameters)
        {
            double value = parameter.Value, change = value == 0 ? 1e-5 : 1e-4 * value;
            double[] derivative = one.ByParameter(parameter), high = one.With(parameter, value + change), low = one.With(parameter, value - change);
            one.With(parameter, value);
            double largest = derivative.Max(Math.Abs);
            Assert.That(largest, Is.Positive, parameter.Name);
            for (int row = 0; row < high.Length; row++)
                Assert.That((high[row] - low[row]) / (2 * change), Is.EqualTo(derivative[row]).Within(1e-5 * largest), $"row {row} by {parameter.Name}");
        }
    }

    [Test]
    public void DerivativesByParametersDoNotDependOnPromotion(
        [Values(Kind.Intercalation, Kind.DiffusivityOfBoth, Kind.Film, Kind.FilmAndHysteresis)] Kind kind, [Values] bool withHeat)
    {
        OneSystem condensed = new(kind, charges: true, withHeat), promoted = new(kind, charges: true, withHeat, promotes: true);
        condensed.Solve();
        promoted.Solve();
        (_, double[,] jacobian) = promoted.Assemble(withJacobian: true);
        foreach ((Parameter one, Parameter other) in condensed.Parameters.Zip(promoted.Parameters))
        {
            double[] derivative = condensed.ByParameter(one), whole = promoted.ByParameter(other);
            double largest = derivative.Max(Math.Abs);
            for (int row = 0, n = derivative.Length; row < n; row++)
                Assert.That(whole[row] - (jacobian[row, n] / jacobian[n, n] * whole[n]), Is.EqualTo(derivative[row]).Within(1e-10 * largest), one.Name);
        }
    }

    /// <summary>With the α of the step small changes have the derivatives of the step.</summary>
    [Test]
    public void SmallSignalWithARealAlphaIsTheJacobian([Values] Kind kind, [Values] bool charges, [Values] bool withHeat)
    {
        OneSystem one = new(kind, charges, withHeat);
        one.Solve();
        (_, double[,] jacobian) = one.Assemble(withJacobian: true);
        double alpha = one.Alpha;
        one.Conclude();
        CompareSmallSignal(one.SmallSignal(alpha), (row, column) => jacobian[row, column], jacobian.GetLength(0), 1e-13);
    }

    /// <summary>Complex blocks condensed against elimination in the whole complex matrix; j may be a macroscopic unknown.</summary>
    [Test]
    public void ComplexBlocksAreCondensedExactly([Values] Kind kind, [Values(0.0, 0.02)] double growth, [Values(1e-4, 0.3, 1e3)] double frequency) =>
        CompareCondensation(new(kind, charges: true, withHeat: true), new(growth, frequency));

    [Test]
    public void ComplexBlocksKeepPromotedUnknowns(
        [Values(Kind.Intercalation, Kind.DiffusivityOfBoth, Kind.Film, Kind.FilmAndHysteresis)] Kind kind, [Values] bool withHeat) =>
        CompareCondensation(new(kind, charges: true, withHeat, promotes: true), new(0, 0.3));

    private static void CompareCondensation(OneSystem one, Complex alpha)
    {
        one.Solve();
        one.Conclude();
        Complex[,] condensed = one.SmallSignal(alpha), whole = one.UncondensedSmallSignal(alpha);
        int n = condensed.GetLength(0), size = whole.GetLength(0);
        for (int own = size - 1; own >= n; own--)
            for (int row = 0; row < own; row++)
            {
                Complex factor = whole[row, own] / whole[own, own];
                for (int column = 0; column <= own; column++)
                    whole[row, column] -= factor * whole[own, column];
            }
        CompareSmallSignal(condensed, (row, column) => whole[row, column], n, 1e-12);
    }

    /// <summary>Derivatives are an analytic function of α, real on the real axis: parity in ω, and slopes across and along the axis are the same.</summary>
    [Test]
    public void SmallSignalIsAnalyticInAlpha([Values] Kind kind, [Values] bool charges)
    {
        OneSystem one = new(kind, charges, withHeat: true);
        one.Solve();
        double alpha = one.Alpha, step = 1e-4 * alpha;
        one.Conclude();
        Complex[,] above = one.SmallSignal(new(0.1, 0.4)), below = one.SmallSignal(new(0.1, -0.4));
        int n = above.GetLength(0);
        CompareSmallSignal(above, (row, column) => Complex.Conjugate(below[row, column]), n, 1e-14);
        Complex[,] beside = one.SmallSignal(new(alpha, step)), next = one.SmallSignal(alpha + step), last = one.SmallSignal(alpha - step);
        for (int row = 0; row < n; row++)
        {
            double[] along = [.. Enumerable.Range(0, n).Select(column => (next[row, column] - last[row, column]).Real)];
            for (int column = 0; column < n; column++)
                Assert.That(2 * beside[row, column].Imaginary, Is.EqualTo(along[column]).Within(1e-6 * along.Max(Math.Abs)), $"{row}, {column}");
        }
    }

    /// <summary>1/Z = 1/(R_f + R_ct + U′ x_surf/j) + iω C_dl at rest, R_ct = RT/(F j0).</summary>
    [Test]
    public void InterfaceWithADoubleLayerHasTheImpedanceOfItsCircuit([Values(1e-6, 1e-3, 1, 1e3, 1e9)] double frequency)
    {
        OneSystem one = new(Kind.DoubleLayer, charges: true, withHeat: false, atRest: true);
        one.Solve();
        one.Conclude();
        ActiveMaterial material = OneSystem.Material(Kind.DoubleLayer);
        const double temperature = Reference + 15, area = 3.8e5 * 1e-11;
        double rateConstant = material.ReactionRateConstant * Arrhenius(material.ReactionActivationEnergy);
        double exchangeCurrent = PhysicalConstants.Faraday * rateConstant * Math.Sqrt(0.85 * 0.5 * 0.5);
        double resistance = material.FilmResistance + (PhysicalConstants.Gas * temperature / (PhysicalConstants.Faraday * exchangeCurrent));
        double capacity = material.ActiveVolumeFraction * PhysicalConstants.Faraday * material.MaximumConcentration;
        double slope = -1 + (15 * 1e-4), uptake = material.SurfaceAreaPerVolume / capacity;
        double rate = 2e-14 * Arrhenius(material.DiffusivityActivationEnergy) / (material.ParticleRadius * material.ParticleRadius);
        SpectralBasis basis = new(5);
        Complex alpha = new(0, frequency), surface = 0;
        for (int k = 0; k < basis.Modes; k++)
            surface -= basis.Surface[k] * basis.Surface[k] * uptake / (alpha + (basis.Eigenvalues[k] * rate));
        Complex expected = (1 / (resistance + (slope * surface))) + (alpha * material.DoubleLayerCapacitance);
        Complex admittance = one.SmallSignal(alpha)[2, 2] / area;
        Assert.That(Complex.Abs(admittance - expected), Is.LessThan(1e-12 * Complex.Abs(expected)));
        // Slow changes fill particles, fast ones the double layer.
        if (frequency == 1e-6)
            Assert.That(admittance.Imaginary / frequency, Is.EqualTo(material.DoubleLayerCapacitance - (1 / (slope * uptake))).Within(0.01).Percent);
        if (frequency == 1e9)
        {
            Assert.That(admittance.Real, Is.EqualTo(1 / resistance).Within(1e-4).Percent);
            Assert.That(admittance.Imaginary / frequency, Is.EqualTo(material.DoubleLayerCapacitance).Within(1e-4).Percent);
        }

        static double Arrhenius(double energy) => new Arrhenius(energy, Reference).At(temperature).Factor;
    }

    private static void CompareSmallSignal(Complex[,] actual, Func<int, int, Complex> expected, int rows, double tolerance)
    {
        for (int row = 0; row < rows; row++)
        {
            double largest = Enumerable.Range(0, rows).Max(column => expected(row, column).Magnitude);
            for (int column = 0; column < rows; column++)
                Assert.That(Complex.Abs(actual[row, column] - expected(row, column)), Is.LessThanOrEqualTo(tolerance * largest), $"{row}, {column}");
        }
    }

    private static void CompareTransposed(OneSystem one)
    {
        one.Solve();
        (_, double[,] condensed) = one.Assemble(withJacobian: true);
        double[,] whole = one.Uncondensed();
        int n = condensed.GetLength(0), size = whole.GetLength(0);
        double largest = condensed.Cast<double>().Max(Math.Abs);
        for (int row = 0; row < n; row++)
        {
            // What neighbours add in a mesh; a cell alone has no potential of reference.
            condensed[row, row] += (1 + row) * largest;
            whole[row, row] += (1 + row) * largest;
        }
        double[] right = [.. Enumerable.Range(0, size).Select(i => Math.Cos(1 + i))];
        double[] expected = SolveTransposed(whole, right);
        double[] adjoint = SolveTransposed(condensed, one.EliminatedTransposed(right[n..], right[..n]));
        Assert.That(adjoint, Is.EqualTo(expected[..n]).Within(1e-12 * expected[..n].Max(Math.Abs)), "λ");
        if (size > n)
            Assert.That(one.OwnAdjoint(adjoint, right[n..]), Is.EqualTo(expected[n..]).Within(1e-12 * expected[n..].Max(Math.Abs)), "μ");
    }

    private static double[] SolveTransposed(double[,] matrix, double[] right)
    {
        double[] factors = [.. matrix.Cast<double>()], x = [.. right];
        int[] pivots = new int[right.Length];
        Assert.That(DenseFactor.Factor(factors, pivots), Is.True);
        DenseFactor.SolveTransposed(factors, pivots, x);
        return x;
    }

    /// <summary>Whoever takes over the registered states goes on in the same way.</summary>
    [Test]
    public void StatesAreAllThatARestartNeeds([Values] Kind kind)
    {
        OneSystem one = new(kind, charges: true, withHeat: true), other = new(kind, charges: false, withHeat: true);
        one.Solve();
        one.Conclude();
        one.Advance();
        other.TakeOver(one);
        one.Solve();
        other.Solve();
        Assert.That(other.Assemble(withJacobian: true).Residual, Is.EqualTo(one.Assemble(withJacobian: true).Residual).Within(1e-14 * one.Scale));
    }

    /// <summary>What films and double layers hold per area is kept because areas stand: whoever gave them cannot change them, and what follows a state is refused.</summary>
    [Test]
    public void AreasStand()
    {
        double[] given = [3.8e5];
        CellProperty area = CellProperty.PerCell(given), region = CellProperty.PerRegion(given, [0]);
        LocalSites sites = LocalSites.InVolumes([0], area, [1]);
        given[0] = 1;
        Assert.That((sites.Area(0), region[0]), Is.EqualTo((3.8e5, 3.8e5)));
        CellProperty evolving = area.Following(given);
        Assert.That(() => LocalSites.InVolumes([0], evolving, [1]), Throws.ArgumentException);
        Assert.That(() => new ParticleGeometry(new("Electrode", [0]), 3e4, evolving, region, region), Throws.ArgumentException);
    }

    /// <summary>One system with its cell, or two cells and a face between them, in the third of three time steps.</summary>
    private sealed class OneSystem
    {
        /// <summary>Of the cell [m³].</summary>
        private const double Volume = 1e-11;

        private readonly double[] _steps = [10, 7, 12];
        private readonly bool _withHeat;
        private readonly FieldLayout _layout;
        private readonly CellFields _fields;
        private readonly StateRegistry _states = new();
        private readonly Term[] _terms;
        private ElectrolyteProperties? _properties;
        private readonly SparsePattern _pattern;
        private readonly RowScale _rowScale;
        private readonly Balance _balance = new();
        private readonly TimeCoefficients _time = new();
        private readonly Field? _promoted;
        private readonly int _conductor;
        private readonly double _area;
        private readonly List<double> _lithium = [];
        private readonly List<double> _times = [0];

        public OneSystem(Kind kind, bool charges, bool withHeat, bool atRest = false, bool promotes = false)
        {
            _withHeat = withHeat;
            ActiveMaterial material = Material(kind);
            bool isOther = kind is Kind.OtherGeometry or Kind.OtherGeometryAndDiffusivityOfBoth;
            Geometry = new(new("Electrode", [0]), material.MaximumConcentration, CellProperty.PerRegion([(isOther ? 1.25 * 0.7 : 1) * material.SurfaceAreaPerVolume], [0]),
                CellProperty.PerRegion([(isOther ? 1.25 : 1) * material.ActiveVolumeFraction], [0]), CellProperty.PerRegion([(isOther ? 1.4 : 1) * material.ParticleRadius], [0]));
            UnknownTable unknowns = CellUnknowns.Of(Reference, withHeat);
            if (promotes)
                unknowns = unknowns.With(PromotedCurrent.Declaration);
            _promoted = promotes ? (Field)(unknowns.Count - 1) : null;
            _rowScale = unknowns.Scale;
            bool onFace = kind == Kind.Foil;
            _conductor = onFace ? 1 : 0;
            FieldSet[] sets = onFace
                ? [unknowns.In(LayerKind.Separator), unknowns.In(LayerKind.NegativeCollector)]
                : [unknowns.In(LayerKind.PositiveElectrode)];
            _layout = new(sets, sets.Length, ownsTerminal: false);
            _fields = new(sets.Length, new bool[sets.Length], Reference, unknowns.Count);
            LocalSites sites = onFace
                ? LocalSites.OnFaces([0], [1], [2.5e-6])
                : LocalSites.InVolumes([0], Geometry.AreaPerVolume, [Volume]);
            _area = sites.Area(0);
            _terms = Terms(kind, sites, unknowns);
            PatternBuilder builder = new(_layout);
            foreach (Term term in _terms)
                term.AddCouplings(builder);
            _pattern = builder.Build();
            foreach (Term term in _terms)
            {
                term.Bind(_pattern);
                term.RegisterQuantities(_balance);
            }
            double sign = charges ? 1 : -1;
            SetFields(850, 0.12, atRest ? Equilibrium(kind) + 0.12 : Equilibrium(kind) + 0.12 + (0.02 * sign), atRest && kind == Kind.Foil ? 9 : 15);
            foreach (Term term in _terms)
                term.Start();
            _states.Accept();
            Record();
            for (int step = 0; step < 2; step++)
            {
                Begin();
                if (!atRest)
                    SetFields(850 + (30 * step), 0.12, Equilibrium(kind) + 0.12 + ((0.02 + (0.01 * step)) * sign), 15 + step);
                Solve();
                Conclude();
                Advance(begin: false);
            }
            Begin();
            if (!atRest)
                SetFields(930, 0.11, Equilibrium(kind) + 0.11 + (0.045 * sign), 18);
        }

        private ParticleGeometry Geometry { get; }

        /// <summary>Amperes that the rows are measured by.</summary>
        public double Scale { get; } = 3.8e5 * Volume;

        /// <summary>α of the step [s⁻¹].</summary>
        public double Alpha => _time.Alpha;

        public double Potential => _fields.ElectronicPotential[_conductor] - _fields.IonicPotential[0];

        /// <summary>Solves the own unknowns at the present macroscopic state.</summary>
        public void Solve()
        {
            for (int iteration = 0; iteration < 40; iteration++)
            {
                (double[] residual, double[,] jacobian) = Assemble(withJacobian: true);
                double[] increments = new double[_layout.Rows];
                if (_promoted is { } field)
                {
                    increments[_layout.Row(0, field)] = -residual[^1] / jacobian[_layout.Rows - 1, _layout.Rows - 1];
                    _fields[field][0] += increments[_layout.Row(0, field)];
                }
                foreach (LocalSystems systems in _terms.OfType<LocalSystems>())
                    systems.BackSubstitute(increments, 1);
            }
        }

        /// <summary>Moves the own current away from the solution.</summary>
        public void Perturb(double current)
        {
            Solve();
            foreach (StateVariable state in _states.Variables.Where(state => state.Quantity == ReactingParticles.CurrentQuantity))
                state.Values[0] += current;
            if (_promoted is { } field)
                _fields[field][0] = _states.Variables.First(state => state.Quantity == ReactingParticles.CurrentQuantity).Values[0];
        }

        /// <summary>Residual and Jacobian in the order of the rows.</summary>
        public (double[] Residual, double[,] Jacobian) Assemble(bool withJacobian)
        {
            _properties?.Evaluate();
            double[] residual = new double[_layout.Rows], values = new double[withJacobian ? _pattern.NonZeros : 0];
            foreach (Term term in _terms)
                term.AddTo(new(residual, values, default, _rowScale));
            return ([.. Enumerable.Range(0, residual.Length).OrderBy(Order).Select(row => residual[row])], withJacobian ? InRows(values, 0) : new double[0, 0]);
        }

        /// <summary>The Jacobian before anything is eliminated: unknowns in the order of the rows, eliminated own ones behind them.</summary>
        public double[,] Uncondensed()
        {
            LocalBlock block = Systems.Linearised(0);
            double[] values = new double[_pattern.NonZeros];
            foreach (Term term in _terms.Where(term => term is not LocalSystems))
                term.AddTo(new(new double[_layout.Rows], values, default, _rowScale));
            return Uncondensed(values, row => block.Source(row), own => block.Equation(own));
        }

        public IEnumerable<Parameter> Parameters => _terms.SelectMany(term => term.Parameters);

        /// <summary>∂F/∂θ in the order of the rows.</summary>
        public double[] ByParameter(Parameter parameter)
        {
            _properties?.Evaluate();
            double[] residual = new double[_layout.Rows];
            parameter.Seed = 1;
            foreach (Term term in _terms)
                term.AddByParameters(new(residual, default, default, _rowScale));
            parameter.Seed = 0;
            return [.. Enumerable.Range(0, residual.Length).OrderBy(Order).Select(row => residual[row])];
        }

        /// <summary>The residual with another value of a parameter, own unknowns solved.</summary>
        public double[] With(Parameter parameter, double value)
        {
            parameter.Value = value;
            Solve();
            return Assemble(withJacobian: false).Residual;
        }

        /// <summary>The derivatives of small changes ∝ exp(αt) of the accepted state, in the order of the rows.</summary>
        public Complex[,] SmallSignal(Complex alpha) => SmallSignal(alpha, _terms, (real, imaginary) => (InRows(real, 0), InRows(imaginary, 0)));

        /// <summary>The same before anything is eliminated.</summary>
        public Complex[,] UncondensedSmallSignal(Complex alpha)
        {
            LocalBlock block = Systems.LinearisedSmallSignal(0, alpha);
            return SmallSignal(alpha, _terms.Where(term => term is not LocalSystems), (real, imaginary) => (
                Uncondensed(real, row => block.Source(row), own => block.Equation(own)),
                Uncondensed(imaginary, row => block.ImaginarySource(row), own => block.ImaginaryEquation(own))));
        }

        private Complex[,] SmallSignal(Complex alpha, IEnumerable<Term> terms, Func<double[], double[], (double[,] Real, double[,] Imaginary)> arranged)
        {
            _properties?.Evaluate();
            double[] real = new double[_pattern.NonZeros], imaginary = new double[_pattern.NonZeros], unused = new double[_layout.Rows];
            foreach (Term term in terms)
                term.AddSmallSignal(alpha, new(unused, real, default, _rowScale), new(unused, imaginary, default, _rowScale));
            (double[,] realPart, double[,] imaginaryPart) = arranged(real, imaginary);
            Complex[,] sum = new Complex[realPart.GetLength(0), realPart.GetLength(0)];
            for (int row = 0; row < sum.GetLength(0); row++)
                for (int column = 0; column < sum.GetLength(0); column++)
                    sum[row, column] = new(realPart[row, column], imaginaryPart[row, column]);
            return sum;
        }

        /// <summary>Entries of the pattern and a block that nothing has been eliminated from.</summary>
        private double[,] Uncondensed(double[] values, Func<Field, LocalBlock.Entry> source, Func<int, LocalBlock.Entry> equation)
        {
            double[,] whole = InRows(values, Systems.Eliminated);
            foreach (Field row in Seen)
                Add(Place(row), -_area * _rowScale[row], source(row));
            for (int own = 0; own < OwnUnknowns; own++)
                Add(OwnPlace(own), _promoted is { } field && own == 0 ? _rowScale[field] : 1, equation(own));
            return whole;

            void Add(int row, double factor, in LocalBlock.Entry entry)
            {
                foreach (Field column in Seen)
                    whole[row, Place(column)] += factor * entry.ByMacroscopic[(int)column];
                for (int own = 0; own < OwnUnknowns; own++)
                    whole[row, OwnPlace(own)] += factor * entry.ByOwn[own];
            }
        }

        /// <summary>r_p with r_y eliminated, in the order of the rows.</summary>
        public double[] EliminatedTransposed(double[] own, double[] rightSide)
        {
            double[] rows = [.. Enumerable.Range(0, rightSide.Length).Select(row => rightSide[Order(row)])];
            Systems.EliminateTransposed(own, rows);
            return [.. Enumerable.Range(0, rows.Length).OrderBy(Order).Select(row => rows[row])];
        }

        /// <summary>μ from λ in the order of the rows.</summary>
        public double[] OwnAdjoint(double[] adjoint, double[] own)
        {
            CellFields fields = new(_layout.Cells, new bool[_layout.Cells], Reference, _promoted is null ? 4 : 5);
            foreach (Field field in Seen)
                fields[field][field == Field.ElectronicPotential ? _conductor : 0] = adjoint[Place(field)];
            if (_promoted is { } promoted)
                fields[promoted][0] = adjoint[OwnPlace(0)];
            double[] result = [.. own];
            Systems.BackSubstituteTransposed(fields, _rowScale, result);
            return result;
        }

        /// <summary>The residual after a change of an unknown, own unknowns solved.</summary>
        public double[] Shifted(Field field, double change)
        {
            _fields[field][field == Field.ElectronicPotential ? _conductor : 0] += change;
            Solve();
            return Assemble(withJacobian: false).Residual;
        }

        public void Conclude()
        {
            foreach (Term term in _terms)
                term.EndStep();
        }

        private LocalSystems Systems => _terms.OfType<LocalSystems>().Single();

        private int OwnUnknowns => Systems.Eliminated + (_promoted is null ? 0 : 1);

        /// <summary>Macroscopic unknowns that the system sees.</summary>
        private IEnumerable<Field> Seen => _withHeat
            ? [Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Temperature]
            : [Field.Salt, Field.IonicPotential, Field.ElectronicPotential];

        private int Place(Field field) => Order(_layout.Row(field == Field.ElectronicPotential ? _conductor : 0, field));

        /// <summary>Own unknowns stand behind the rows; one that is promoted has the row of its field.</summary>
        private int OwnPlace(int own) => _promoted is not { } field ? _layout.Rows + own : own == 0 ? Order(_layout.Row(0, field)) : _layout.Rows + own - 1;

        /// <summary>Entries of the pattern in the order of the rows, and room for more unknowns behind them.</summary>
        private double[,] InRows(double[] values, int more)
        {
            double[,] matrix = new double[_layout.Rows + more, _layout.Rows + more];
            for (int row = 0; row < _layout.Rows; row++)
                for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                    matrix[Order(row), Order(_pattern.DiagonalColumns[entry])] = values[entry];
            return matrix;
        }

        public void Advance() => Advance(begin: true);

        private void Advance(bool begin)
        {
            _states.Accept();
            _times.Insert(0, _time.Time);
            Record();
            if (begin)
                Begin();
        }

        /// <summary>Takes all states, present and past, and the fields of another system.</summary>
        public void TakeOver(OneSystem other)
        {
            for (int i = _states.Variables.Count - 1; i >= 0; i--)
                for (int age = 2; age >= -1; age--)
                {
                    if (age >= 0)
                        other._states.Variables[i].Past(Math.Min(age, TimeCoefficients.DefaultOrder - 1)).CopyTo(_states.Variables[i].Values);
                    else
                        other._states.Variables[i].Values.CopyTo(_states.Variables[i].Values, 0);
                    if (age >= 0)
                        _states.Variables[i].Accept();
                }
            foreach (Field field in new[] { Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Temperature })
                other._fields[field].CopyTo(_fields[field], 0);
            _times.Clear();
            _times.AddRange(other._times);
            _time.Set(other._time.Time, [.. _times.Take(2)], 2);
            foreach (Term term in _terms)
                term.BeginStep(_time);
        }

        public Balance Report()
        {
            _balance.Clear();
            _properties?.Evaluate();
            foreach (Term term in _terms)
                term.Report(_balance);
            return _balance;
        }

        /// <summary>Lithium outside the salt of the pores as they were [mol]: accepted steps ago, or now for −1.</summary>
        public double Lithium(int age) => age >= 0 ? _lithium[age] : Report().SumOf(Totals.Lithium);

        /// <summary>∂/∂t by the formula of the step.</summary>
        public double RateOf(double now, double before, double earlier) => (_time.Alpha * now) + (_time.History[0] * before) + (_time.History[1] * earlier);

        private void Record() => _lithium.Insert(0, Report().SumOf(Totals.Lithium));

        private void Begin()
        {
            int order = Math.Min(2, _times.Count);
            _time.Set(_times[0] + _steps[(_times.Count - 1) % 3], [.. _times.Take(order)], order);
            foreach (Term term in _terms)
                term.BeginStep(_time);
        }

        /// <summary>c, φ_e, φ_s, T first, whatever cells they live in; a promoted unknown last.</summary>
        private int Order(int row)
        {
            int place = 0;
            foreach (Field field in new[] { Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Temperature })
            {
                int cell = field == Field.ElectronicPotential ? _conductor : 0;
                if (!_layout.Has(cell, field))
                    continue;
                if (_layout.Row(cell, field) == row)
                    return place;
                place++;
            }
            return _layout.Rows - 1 - (_conductor == 1 && _withHeat && row != _layout.Rows - 1 ? 1 : 0);
        }

        private void SetFields(double salt, double ionic, double electronic, double heating)
        {
            (_fields.Salt[0], _fields.IonicPotential[0]) = (salt, ionic);
            _fields.ElectronicPotential[_conductor] = electronic;
            _fields.Temperature.AsSpan().Fill(heating);
        }

        private static double Equilibrium(Kind kind) => kind == Kind.Foil ? 0 : kind == Kind.PhaseSeparation ? UniformPotential : Material(kind).EquilibriumPotentialOf(Reference).Value(0.5, Reference + 15);

        /// <summary>Of a stable phase.</summary>
        private const double Filling = 0.93;

        private static double UniformPotential =>
            Material(Kind.PhaseSeparation).PhaseSeparation is { } separation ? separation.ReferencePotential - (separation.Host.At(Filling, Reference + 15).Potential / PhysicalConstants.Faraday) : double.NaN;

        private Term[] Terms(Kind kind, LocalSites sites, UnknownTable unknowns)
        {
            if (kind == Kind.Foil)
            {
                _properties = new(Electrolytes.OfTemperature, _fields, [0]);
                FaceApproach approach = new([0], [2e-6], [1e-8], _properties, CellProperty.PerRegion([1 / 0.3], [0, 0]));
                LithiumSurface surface = new(new("Foil", [0]) { Opposite = [1] }, new(20, 30000, 1e-3), approach, Reference, 1000, _states);
                return [new CondensedSystems<InterfaceLaw<MetalDeposition>>(new(new(surface), "Foil", Totals.PositiveTransfer), sites, _fields, _layout)];
            }
            ReactingParticles particles = new(Geometry, Material(kind), kind == Kind.PhaseSeparation ? 25 : 5, [Volume], _fields, _states, new(1e-5, 0), 1000);
            particles.SetUniform(kind == Kind.PhaseSeparation ? Filling : 0.5);
            ElectrodeInterface electrode = new(particles, sites, Totals.PositiveTransfer, unknowns, _fields, _layout, _states, pores: null);
            return [.. electrode.Terms];
        }

        public static ActiveMaterial Material(Kind kind)
        {
            ActiveMaterial plain = Particles.ParticleRun.Material(Curve.Constant(2e-14)) with
            {
                OpenCircuitPotential = new FunctionCurve(x => 0.6 - x, _ => -1),
                EntropicCoefficient = new FunctionCurve(x => 1e-4 * x, _ => 1e-4),
                ReactionActivationEnergy = 20000,
                FilmResistance = 2e-3,
                SurfaceAreaPerVolume = 3.8e5,
            };
            PotentialHysteresis hysteresis = new(new FunctionCurve(x => 0.63 - (0.98 * x), _ => -0.98), new FunctionCurve(x => 0.57 - (1.02 * x), _ => -1.02), 200);
            FilmGrowth film = new()
            {
                InitialThickness = 5e-9,
                Resistivity = 2e5,
                MolarVolume = 9.6e-5,
                LithiumPerMolecule = 2,
                EquilibriumPotential = 0.4,
                ExchangeCurrent = 1e-2,
                ActivationEnergy = 38000,
                SolventSupply = 3e-14,
            };
            return kind switch
            {
                Kind.VariableDiffusivity => plain with { Diffusivity = ExpressionCurve.Parse("2e-14*(0.5 + x)") },
                Kind.DiffusivityOfTemperature => plain with { Diffusivity = ExpressionFunction.Parse("2e-14*exp(3000*(1/298.15 - 1/T))", "x", "T"), DiffusivityActivationEnergy = 0 },
                Kind.DiffusivityOfBoth => plain with { Diffusivity = ExpressionFunction.Parse("2e-14*(0.5 + x)*exp((2000 + 1500*x)*(1/298.15 - 1/T))", "x", "T"), DiffusivityActivationEnergy = 0 },
                Kind.PotentialOfBoth => plain with { OpenCircuitPotential = Potential("0.6 - x + 0.02*sin(9*x)*(T/300)**3 + 0.01*exp(-x*T/100)"), EntropicCoefficient = Curve.Constant(0) },
                Kind.HysteresisOfBoth => OfBranches(plain, Potential("0.63 - 0.98*x + 2e-6*x*(T - 290)**2"), Potential("0.57 - 1.02*x*(T/300)**0.1")),
                Kind.UnequalTransfer => plain with { AnodicTransferCoefficient = 0.35, CathodicTransferCoefficient = 0.6 },
                Kind.PhaseSeparation => plain with
                {
                    ParticleRadius = 3e-8,
                    SurfaceAreaPerVolume = 3.8e5,
                    Diffusivity = ExpressionFunction.Parse("1e-18*(0.5 + x)*exp((2000 + 1500*x)*(1/298.15 - 1/T))", "x", "T"),
                    DiffusivityActivationEnergy = 0,
                    OpenCircuitPotential = Curve.Constant(0.3),
                    EntropicCoefficient = Curve.Constant(0),
                    PhaseSeparation = new(new RedlichKister(-500, 2, [11000, 700], [3, -1]), 0.3, 2.2e-14) { SurfaceWetting = -0.003 },
                },
                Kind.Hysteresis => plain with { Hysteresis = hysteresis },
                Kind.Film => plain with { Film = film },
                Kind.FilmAndHysteresis => plain with { Film = film, Hysteresis = hysteresis },
                Kind.DoubleLayer => plain with { DoubleLayerCapacitance = 0.3 },
                Kind.OtherGeometry => plain with { Hysteresis = hysteresis },
                Kind.OtherGeometryAndDiffusivityOfBoth => Material(Kind.DiffusivityOfBoth) with { Hysteresis = hysteresis },
                _ => plain,
            };

            static Function Potential(string text) => ExpressionFunction.Parse(text, "x", "T");

            static ActiveMaterial OfBranches(ActiveMaterial plain, Function delithiation, Function lithiation)
            {
                PotentialHysteresis hysteresis = new(delithiation, lithiation, 200);
                return plain with { OpenCircuitPotential = hysteresis.Mean, EntropicCoefficient = Curve.Constant(0), Hysteresis = hysteresis };
            }
        }
    }
}
