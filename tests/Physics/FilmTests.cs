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

/// <summary>A plate of given temperature.</summary>
public class PlateFilmTests
{
    private const double Area = 0.013, Plate = 291;

    private static PlateFilm Film => PlateFilm.Over(new(0, Area, 0, Surroundings.Plate(TimeTable.Constant(Plate), 3e-4)), 0);

    [Test]
    public void HeatIsThatOfTheResistances([Values(1e-9, 1e-5, 3)] double resistance, [Values(230, 291, 420)] double temperature)
    {
        Dual lost = Film.HeatLost(Dual.Left(temperature, Vector256.Create(0.0, 0, 0, 1)), Dual.Left(resistance, Vector256.Create(1.0, 0, 0, 0)));
        double conductance = Area / resistance;
        Assert.That((lost.Number, lost.LeftPartials[3]), Is.EqualTo((conductance * (temperature - Plate), conductance)));
        Assert.That(lost.LeftPartials[0], Is.EqualTo(-conductance / resistance * (temperature - Plate)).Within(1e-13 * conductance / resistance));
    }

    /// <summary>Ever stronger convection comes to it.</summary>
    [Test]
    public void ItIsTheLimitOfConvection()
    {
        double convective = ConvectiveFilm.Over(new(0, Area, 0, new(TimeTable.Constant(1e12), TimeTable.Constant(Plate))), 0).HeatLost(new Real(310), new Real(1e-4)).Number;
        Assert.That(Film.HeatLost(new Real(310), new Real(1e-4)).Number, Is.EqualTo(convective).Within(1e-7 * convective));
    }

    [Test]
    public void ItHasTheTemperatureOfItsTime()
    {
        CooledFace face = new(0, Area, 0, Surroundings.Plate(new([0, 100], [280, 300])));
        Assert.That(PlateFilm.Over(face, 25).HeatLost(new Real(285), new Real(1e-4)).Number, Is.Zero);
    }
}

/// <summary>A flux that is given, alone and beside convection and radiation.</summary>
public class GivenFluxTests
{
    private const double Area = 0.013, Ambient = 291;

    /// <summary>Q = A (h (T − T_amb) + q_0)/(1 + h r), heated or cooled.</summary>
    [Test]
    public void WithConvectionItIsTheClosedForm([Values(0, 12)] double coefficient, [Values(-5000, 800)] double flux, [Values(1e-9, 1e-3, 0.05)] double resistance, [Values(250, 340)] double temperature)
    {
        double exact = Area * ((coefficient * (temperature - Ambient)) + flux) / (1 + (coefficient * resistance));
        Assert.That(Lost<Real>(coefficient, 0, flux, resistance, temperature).Number, Is.EqualTo(exact).Within(1e-11 * Math.Abs(exact)));
    }

    /// <summary>With radiation: what half cell and surface pass is the same, and partials are derivatives.</summary>
    [Test]
    public void WithRadiationTheSurfaceIsInBalance([Values(-5000, 800)] double flux, [Values(1e-9, 1e-3, 0.02)] double resistance, [Values(250, 340)] double temperature)
    {
        const double coefficient = 7, emissivity = 0.8, step = 1e-3;
        double passed = Lost<Real>(coefficient, emissivity, flux, resistance, temperature).Number / Area, surface = temperature - (passed * resistance);
        double outside = (coefficient * (surface - Ambient)) + (emissivity * PhysicalConstants.StefanBoltzmann * (Math.Pow(surface, 4) - Math.Pow(Ambient, 4))) + flux;
        Assert.That(outside, Is.EqualTo(passed).Within(1e-9 * Math.Abs(flux)));
        double difference = (Lost<Real>(coefficient, emissivity, flux, resistance, temperature + step).Number - Lost<Real>(coefficient, emissivity, flux, resistance, temperature - step).Number) / (2 * step);
        Assert.That(Lost<Dual>(coefficient, emissivity, flux, resistance, temperature).LeftPartials[3], Is.EqualTo(difference).Within(1e-6 * difference));
    }

    /// <summary>Alone it is what leaves, whatever the temperature.</summary>
    [Test]
    public void AloneItIsWhatLeaves() => Assert.Multiple(() =>
    {
        Assert.That(Lost<Dual>(0, 0, -300, 0.01, 333).Number, Is.EqualTo(-300 * Area).Within(1e-14));
        Assert.That(Lost<Dual>(0, 0, -300, 0.01, 333).LeftPartials[3], Is.Zero);
    });

    [Test]
    public void AShareOfASurfacePassesAShareOfItsHeat([Values(1.0 / 34, 5)] double share)
    {
        Surroundings whole = new(TimeTable.Constant(8), TimeTable.Constant(Ambient)) { HeatFlux = TimeTable.Constant(-200), ContactResistance = 2e-3 };
        Surroundings part = whole.Scaled(share);
        Assert.That(part.Conductance(0), Is.EqualTo(share * whole.Conductance(0)).Within(1e-13));
        double Lost(Surroundings outside) => RadiatingFilm.Over(new(0, 1, 0, outside), 0).HeatLost(new Real(320), new Real(outside.ContactResistance)).Number;
        Assert.That(Lost(part), Is.EqualTo(share * Lost(whole)).Within(1e-11));
        Assert.That(Surroundings.Plate(TimeTable.Constant(280), 1e-3).Scaled(share).Conductance(0), Is.EqualTo(share * 1000).Within(1e-10));
    }

    private static T Lost<T>(double coefficient, double emissivity, double flux, double resistance, double temperature) where T : unmanaged, IScalar<T>
    {
        Surroundings outside = new(TimeTable.Constant(coefficient), TimeTable.Constant(Ambient), emissivity) { HeatFlux = new([0, 100], [0, 2 * flux]) };
        return RadiatingFilm.Over(new(0, Area, 0, outside), 50).HeatLost(T.Left(temperature, Vector256.Create(0.0, 0, 0, 1)), T.Constant(resistance));
    }
}

/// <summary>Convection and radiation where they meet.</summary>
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
