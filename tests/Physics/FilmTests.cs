using System.Runtime.Intrinsics;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>What every law of a cooled face must do, for half cells from a foil to an insulator.</summary>
/// <typeparam name="TFilm">The law.</typeparam>
/// <param name="emissivity">ε of the surface.</param>
public abstract class FilmContract<TFilm>(double emissivity) where TFilm : struct, IFilm<TFilm>
{
    private const double Area = 0.013, Coefficient = 12, Ambient = 291;

    private static readonly double[] Resistances = [1e-9, 1e-5, 0.02, 3];

    [Test]
    public void RealAndDualGiveTheSameNumbers([ValueSource(nameof(Resistances))] double resistance, [Values(230, 290.9, 300, 420)] double temperature) =>
        Assert.That(Lost<Dual>(resistance, temperature).Number, Is.EqualTo(Lost<Real>(resistance, temperature).Number));

    [Test]
    public void ThePartialIsTheDerivative([ValueSource(nameof(Resistances))] double resistance, [Values(230, 290.9, 300, 420)] double temperature)
    {
        const double step = 1e-3;
        double difference = (Lost<Real>(resistance, temperature + step).Number - Lost<Real>(resistance, temperature - step).Number) / (2 * step);
        Vector256<double> partials = Lost<Dual>(resistance, temperature).LeftPartials;
        Assert.That(partials[3], Is.EqualTo(difference).Within(1e-8 * difference));
        Assert.That((partials[0], partials[1], partials[2]), Is.EqualTo((0.0, 0.0, 0.0)));
    }

    /// <summary>A half cell whose resistance depends on temperature: both partials together.</summary>
    [Test]
    public void ThePartialByTheResistanceIsTheDerivative([ValueSource(nameof(Resistances))] double resistance, [Values(230, 300, 420)] double temperature)
    {
        const double relative = 1e-4;
        TFilm film = Film(emissivity, 0);
        double At(double shift) => film.HeatLost(new Real(temperature), new Real(resistance * (1 + shift))).Number;
        double difference = (At(relative) - At(-relative)) / (2 * relative * resistance);
        double partial = film.HeatLost(Dual.Constant(temperature), Dual.Left(resistance, Vector256.Create(1.0, 0, 0, 0))).LeftPartials[0];
        Assert.That(partial, Is.EqualTo(difference).Within((1e-6 * Math.Abs(difference)) + (1e-11 * Math.Abs(At(0)) / resistance)));
    }

    /// <summary>What half cell and film pass is the same: T_s from the one put into the other.</summary>
    [Test]
    public void HalfCellAndFilmPassTheSameHeat([ValueSource(nameof(Resistances))] double resistance, [Values(230, 300, 420)] double temperature)
    {
        double flux = Lost<Real>(resistance, temperature).Number / Area, surface = temperature - (flux * resistance);
        double outside = (Coefficient * (surface - Ambient)) + (emissivity * PhysicalConstants.StefanBoltzmann * (Math.Pow(surface, 4) - Math.Pow(Ambient, 4)));
        Assert.That(outside, Is.EqualTo(flux).Within(1e-9 * Math.Abs(flux)));
        Assert.That(surface, Is.InRange(Math.Min(temperature, Ambient) - 1e-9, Math.Max(temperature, Ambient) + 1e-9));
    }

    [Test]
    public void NothingPassesAtTheTemperatureOfTheSurroundings([ValueSource(nameof(Resistances))] double resistance) =>
        Assert.That(Lost<Real>(resistance, Ambient).Number, Is.Zero);

    [Test]
    public void HeatFlowsFromWarmToCold([ValueSource(nameof(Resistances))] double resistance) => Assert.Multiple(() =>
    {
        Assert.That(Lost<Real>(resistance, Ambient + 1e-3).Number, Is.Positive);
        Assert.That(Lost<Real>(resistance, Ambient - 1e-3).Number, Is.Negative);
    });

    [Test]
    public void NothingIsAllocated()
    {
        TFilm film = Film(emissivity, 0);
        double sum = film.HeatLost(new Real(330), new Real(1e-3)).Number;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            sum += film.HeatLost(Dual.Constant(250 + i), Dual.Constant(1e-3)).Number;
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(sum, Is.Positive);
    }

    /// <summary>States that Newton's method may pass on its way are answered by a number.</summary>
    [Test]
    public void AStateFarOutIsANumber([Values(-500, 0, 1e5)] double temperature) =>
        Assert.That(Lost<Real>(1e-5, temperature).Number, Is.Not.NaN.And.Not.EqualTo(double.PositiveInfinity));

    [Test]
    public void TheFilmIsThatOfItsTime()
    {
        CooledFace face = new(0, Area, 1e-4, new(new([0, 100], [10, 30]), new([0, 50], [280, 320]), emissivity));
        CooledFace then = face with { Surroundings = new(TimeTable.Constant(15), TimeTable.Constant(300), emissivity) };
        Assert.That(TFilm.Over(face, 25).HeatLost(new Real(310), new Real(1e-4)).Number, Is.EqualTo(TFilm.Over(then, 0).HeatLost(new Real(310), new Real(1e-4)).Number).Within(1e-12));
    }

    private static TFilm Film(double emissivity, double time) =>
        TFilm.Over(new(0, Area, 0, new(TimeTable.Constant(Coefficient), TimeTable.Constant(Ambient), emissivity)), time);

    private T Lost<T>(double resistance, double temperature) where T : unmanaged, IScalar<T> =>
        Film(emissivity, 0).HeatLost(T.Left(temperature, Vector256.Create(0.0, 0, 0, 1)), T.Constant(resistance));
}

public class ConvectiveFilmTests() : FilmContract<ConvectiveFilm>(0);

/// <summary>A real surface, and one that stands for many of them.</summary>
[TestFixture(0.9)]
[TestFixture(30)]
public class RadiatingFilmTests(double emissivity) : FilmContract<RadiatingFilm>(emissivity);

/// <summary>The two laws where they meet.</summary>
public class FilmLimitTests
{
    [Test]
    public void WithoutEmissivityARadiatingSurfaceConvects([Values(1e-7, 1e-2)] double resistance, [Values(270, 340)] double temperature)
    {
        CooledFace face = new(0, 0.02, resistance, new(TimeTable.Constant(8), TimeTable.Constant(300)));
        double convective = ConvectiveFilm.Over(face, 0).HeatLost(new Real(temperature), new Real(resistance)).Number;
        Assert.That(RadiatingFilm.Over(face, 0).HeatLost(new Real(temperature), new Real(resistance)).Number, Is.EqualTo(convective).Within(1e-12 * Math.Abs(convective)));
    }

    /// <summary>Convection is the plain formula to the last bit, whatever path leads there.</summary>
    [Test]
    public void ConvectionIsTheSeriesOfFilmAndHalfCell([Values(0.1, 7, 1e6)] double coefficient)
    {
        const double area = 0.0137, resistance = 2.3e-5, ambient = 291.37, temperature = 307.11;
        CooledFace face = new(0, area, resistance, new(TimeTable.Constant(coefficient), TimeTable.Constant(ambient)));
        Dual lost = ConvectiveFilm.Over(face, 1234).HeatLost(Dual.Left(temperature, Vector256.Create(0.0, 0, 0, 1)), Dual.Constant(resistance));
        double conductance = area / ((1 / coefficient) + resistance);
        Assert.That((lost.Number, lost.LeftPartials[3]), Is.EqualTo((conductance * (temperature - ambient), conductance)));
    }

    [Test]
    public void WithoutConvectionAndEmissivityNothingPasses()
    {
        Surroundings none = new(TimeTable.Constant(0), TimeTable.Constant(300));
        Assert.That(none.IsAdiabatic);
        Assert.That(ConvectiveFilm.Over(new(0, 1, 1e-3, none), 0).HeatLost(new Real(350), new Real(1e-3)).Number, Is.Zero);
    }

    [Test]
    public void TheRadiativeCoefficientIsTheSlopeAtEqualTemperatures()
    {
        Surroundings outside = new(TimeTable.Constant(0), TimeTable.Constant(300), 0.8);
        double lost = RadiatingFilm.Over(new(0, 1, 0, outside), 0).HeatLost(new Real(300.001), new Real(0)).Number;
        Assert.That(lost / 0.001, Is.EqualTo(outside.RadiativeCoefficient(300.0005)).Within(1e-6));
    }
}
