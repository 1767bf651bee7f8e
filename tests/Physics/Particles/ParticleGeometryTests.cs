using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>Particles of one class that differ from place to place, beside models of their own, 17 K above the reference temperature.</summary>
public class ParticleGeometryTests
{
    private const double Reference = 298.15, Temperature = Reference + 17;
    private static readonly double[] Area = [1.2, 0.35, 1], Fraction = [0.8, 1.1, 1], Radius = [0.7, 2, 1], Currents = [0.9, -1.4, 0.5];
    private static readonly SpectralBasis Basis = new(7);

    /// <summary>The cells of the places, not in a row.</summary>
    private static readonly int[] Cells = [1, 3, 4];

    [Test]
    public void PlacesOfOneClassAreAsManyModels([Values("2e-14", "2e-14*(0.5 + x)")] string diffusivity)
    {
        ActiveMaterial material = ParticleRun.Material(ExpressionCurve.Parse(diffusivity));
        ParticleDiffusion together = ParticleDiffusion.Create(material, Basis, Reference, Together(material));
        ParticleDiffusion[] apart = [.. Cells.Select((_, place) => ParticleDiffusion.Create(material, Basis, Reference, Apart(material, place)))];
        foreach (ParticleDiffusion diffusion in apart.Append(together))
        {
            diffusion.SetUniform(0.5);
            diffusion.Coefficients.Reserve(TimeCoefficients.DefaultOrder).Accept();
        }
        double[] surfaces = new double[Cells.Length];
        SurfaceResponse[] responses = new SurfaceResponse[Cells.Length];
        double[] temperatures = [.. Cells.Select(_ => Temperature)];
        for (int step = 0; step < 6; step++)
        {
            foreach (ParticleDiffusion diffusion in apart.Append(together))
                diffusion.BeginStep(Time(step));
            for (int iteration = 0; iteration < 5; iteration++)
            {
                together.Respond(0, Currents, temperatures, responses);
                for (int place = 0; place < Cells.Length; place++)
                {
                    SurfaceResponse alone = apart[place].Respond(0, Currents[place], Temperature);
                    Assert.That(responses[place].Stoichiometry, Is.EqualTo(alone.Stoichiometry).Within(1e-14));
                    Assert.That(responses[place].ByCurrent, Is.EqualTo(alone.ByCurrent).Within(1e-13 * Math.Abs(alone.ByCurrent)));
                    Assert.That(responses[place].ByTemperature, Is.EqualTo(alone.ByTemperature).Within(1e-15));
                    together.BackSubstitute(place, 0, 0, 1);
                    apart[place].BackSubstitute(0, 0, 0, 1);
                }
            }
            for (int place = 0; place < Cells.Length; place++)
            {
                together.Conclude(place, Currents[place], Temperature);
                apart[place].Conclude(0, Currents[place], Temperature);
                surfaces[place] = together.Surface(place);
                Assert.That(surfaces[place], Is.EqualTo(apart[place].Surface(0)).Within(1e-14));
            }
            foreach (ParticleDiffusion diffusion in apart.Append(together))
                diffusion.Coefficients.Accept();
        }
        for (int place = 0; place < Cells.Length; place++)
        {
            (Complex byCurrent, Complex byTemperature) = together.Respond(place, new Complex(0, 0.02), Temperature);
            (Complex alone, Complex aloneByTemperature) = apart[place].Respond(0, new Complex(0, 0.02), Temperature);
            Assert.That(Complex.Abs(byCurrent - alone), Is.LessThan(1e-13 * alone.Magnitude));
            Assert.That(Complex.Abs(byTemperature - aloneByTemperature), Is.LessThan(1e-12 * aloneByTemperature.Magnitude));
        }
        Assert.That(surfaces.Distinct().Count(), Is.EqualTo(Cells.Length));
    }

    /// <summary>At the same j the mean moves with a/ε_s, whatever the radius; surface and mean lie apart by a R_p² j/(15 F ε_s c_max D_s).</summary>
    [Test]
    public void ADifferenceOfStoichiometryGoesWithTheSquareOfTheRadius()
    {
        ActiveMaterial material = ParticleRun.Material(Curve.Constant(2e-14));
        ParticleDiffusion diffusion = ParticleDiffusion.Create(material, Basis, Reference, Together(material));
        diffusion.SetUniform(0.5);
        diffusion.Coefficients.Reserve(TimeCoefficients.DefaultOrder).Accept();
        const double current = 0.2;
        for (int step = 0; step < 1000; step++)
        {
            diffusion.BeginStep(Time(step));
            for (int place = 0; place < Cells.Length; place++)
                diffusion.Conclude(place, current, Reference);
            diffusion.Coefficients.Accept();
        }
        for (int place = 0; place < Cells.Length; place++)
        {
            ActiveMaterial own = Own(material, place);
            double flux = ParticleRun.Flux(own, current);
            Assert.That(diffusion.Surface(place) - diffusion.Mean(place), Is.EqualTo(-flux / (5 * 2e-14)).Within(1e-6).Percent);
            Assert.That(diffusion.Mean(place), Is.EqualTo(0.5 - (3 * flux / (own.ParticleRadius * own.ParticleRadius) * Step * 1000)).Within(1e-12));
        }
    }

    [Test]
    public void HysteresisFollowsTheFillingOfItsPlace()
    {
        ActiveMaterial material = ParticleRun.Material(Curve.Constant(2e-14)) with { Hysteresis = new(Curve.Constant(0.02), Curve.Constant(-0.02), 80) };
        (StateRegistry registry, StateRegistry[] registries) = (new(), [.. Cells.Select(_ => new StateRegistry())]);
        HysteresisState together = new(Together(material), material, registry, new(1e-5, 0));
        HysteresisState[] apart = [.. Cells.Select((_, place) => new HysteresisState(Apart(material, place), Own(material, place), registries[place], new(1e-5, 0)))];
        registry.Accept();
        foreach (StateRegistry own in registries)
            own.Accept();
        for (int step = 0; step < 20; step++)
        {
            together.BeginStep(Time(step));
            for (int place = 0; place < Cells.Length; place++)
            {
                apart[place].BeginStep(Time(step));
                together.Conclude(place, Currents[place]);
                apart[place].Conclude(0, Currents[place]);
                Assert.That(together.Values[place], Is.EqualTo(apart[place].Values[0]).Within(1e-14));
                registries[place].Accept();
            }
            registry.Accept();
        }
        for (int place = 0; place < Cells.Length; place++)
        {
            double filled = ParticleRun.Flux(Own(material, place), Currents[place]) * 3 / Math.Pow(Own(material, place).ParticleRadius, 2) * 20 * Step;
            Assert.That(together.Values[place], Is.EqualTo(Math.Sign(filled) * (1 - Math.Exp(-80 * Math.Abs(filled)))).Within(0.01));
        }
    }

    private const double Step = 5;

    private static TimeCoefficients Time(int step)
    {
        TimeCoefficients time = new();
        double[] past = step == 0 ? [0] : [Step * step, Step * (step - 1)];
        time.Set(Step * (step + 1), past, past.Length);
        return time;
    }

    private static ActiveMaterial Own(ActiveMaterial material, int place) => material with
    {
        SurfaceAreaPerVolume = Area[place] * material.SurfaceAreaPerVolume,
        ActiveVolumeFraction = Fraction[place] * material.ActiveVolumeFraction,
        ParticleRadius = Radius[place] * material.ParticleRadius,
    };

    private static ParticleGeometry Apart(ActiveMaterial material, int place) => ParticleGeometry.Uniform(new($"place {place}", [0]), Own(material, place));

    private static ParticleGeometry Together(ActiveMaterial material) => new(new("together", Cells), material.MaximumConcentration,
        PerCell(Area, material.SurfaceAreaPerVolume), PerCell(Fraction, material.ActiveVolumeFraction), PerCell(Radius, material.ParticleRadius));

    /// <summary>In the cells of the places; NaN in all others.</summary>
    private static CellProperty PerCell(double[] factors, double own)
    {
        double[] values = [.. Enumerable.Repeat(double.NaN, 5)];
        for (int place = 0; place < Cells.Length; place++)
            values[Cells[place]] = factors[place] * own;
        return CellProperty.PerCell(values);
    }
}
