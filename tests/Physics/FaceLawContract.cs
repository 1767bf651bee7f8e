using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>What every two-point flux law must do, on a face between two cells in random states.</summary>
/// <typeparam name="TLaw">The law.</typeparam>
public abstract class FaceLawContract<TLaw> where TLaw : struct, IFaceLaw
{
    private const int Outputs = 6;
    private static readonly Face Face = new(0, 1, 2.1e3, 0.7e3, FaceDirection.Through), Swapped = new(1, 0, 0.7e3, 2.1e3, FaceDirection.Through);
    private static readonly double[] Steps = [1e-2, 1e-5, 1e-5, 1e-3];

    /// <summary>The law over two cells whose state it reads.</summary>
    protected abstract TLaw Create(CellFields fields);

    /// <summary>Brings properties up to date with the state.</summary>
    protected virtual void Refresh() { }

    /// <summary>Multiplies by a factor what of the path does not lie in the face.</summary>
    protected virtual void Lengthen(double factor) { }

    /// <summary>Work that the flux does against its drop, to be released as heat; 0 for laws without dissipation.</summary>
    protected abstract double Work(CellFields fields, FaceFlux<Real> flux);

    [Test]
    public void RealAndDualGiveTheSameNumbers([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out _);
        Assert.That(Duals(law, Face).Select(d => d.Number), Is.EqualTo(Numbers(law, Face)));
    }

    [Test]
    public void PartialsAreTheDerivatives([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out CellFields fields);
        Dual[] duals = Duals(law, Face);
        foreach (Field field in Enum.GetValues<Field>())
            for (int cell = 0; cell < 2; cell++)
            {
                double[] expected = Differences(law, fields, field, cell);
                for (int i = 0; i < Outputs; i++)
                {
                    double partial = (cell == 0 ? duals[i].LeftPartials : duals[i].RightPartials).GetElement((int)field);
                    double roundOff = 1e-13 * Math.Abs(duals[i].Number) / Steps[(int)field];
                    Assert.That(partial, Is.EqualTo(expected[i]).Within((1e-6 * Math.Abs(expected[i])) + roundOff), $"output {i} by {field} of cell {cell}");
                    if (!TLaw.ColumnsOf((Field)Math.Min(i, (int)Field.Temperature)).Contains(field))
                        Assert.That(partial, Is.Zero);
                }
            }
    }

    [Test]
    public void SwappingTheSidesNegatesFluxesAndSwapsHeat([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out _);
        double[] forward = Numbers(law, Face), backward = Numbers(law, Swapped);
        for (int i = 0; i < 4; i++)
            Assert.That(backward[i], Is.EqualTo(-forward[i]).Within(1e-14 * Math.Abs(forward[i])));
        Assert.That((backward[4], backward[5]), Is.EqualTo((forward[5], forward[4])).Within(1e-14 * (Math.Abs(forward[4]) + Math.Abs(forward[5]))));
    }

    [Test]
    public void AUniformStateHasNoFlux()
    {
        TLaw law = Prepare(3, out CellFields fields);
        foreach (Field field in Enum.GetValues<Field>())
            fields[field][1] = fields[field][0];
        Refresh();
        Assert.That(Numbers(law, Face), Is.All.Zero);
    }

    [Test]
    public void FluxesAreInverseToTheLength([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out _);
        double[] near = Numbers(law, Face);
        Lengthen(4);
        double[] far = Numbers(law, Face with { LeftLength = 4 * Face.LeftLength, RightLength = 4 * Face.RightLength });
        for (int i = 0; i < Outputs; i++)
            Assert.That(far[i], Is.EqualTo(near[i] / 4).Within(1e-15 * Math.Abs(near[i])));
    }

    [Test]
    public void HeatReleasedIsWorkDone([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out CellFields fields);
        FaceFlux<Real> flux = Flux<Real>(law, Face);
        double work = Work(fields, flux);
        Assert.That(flux.DissipationLeft.Number + flux.DissipationRight.Number, Is.EqualTo(work).Within(1e-14 * Math.Abs(work)));
    }

    /// <summary>A balance gets only what the law declares.</summary>
    [Test]
    public void OnlyDeclaredRowsReceiveFluxes([Range(0, 4)] int seed)
    {
        double[] values = Numbers(Prepare(seed, out _), Face);
        for (int i = 0; i < 3; i++)
            Assert.That(values[i] != 0, Is.EqualTo(TLaw.Rows.Contains((Field)i)));
        Assert.That(values[3] != 0 || values[4] != 0, Is.EqualTo(TLaw.Rows.Contains(Field.Temperature)));
    }

    /// <summary>Derivatives along each parameter, away from its reference value, against differences.</summary>
    [Test]
    public void DerivativesByParametersAreThoseOfDifferences([Range(0, 9)] int seed)
    {
        TLaw law = Prepare(seed, out _);
        Parameter[] parameters = [.. law.Parameters.Distinct()];
        Assert.That(parameters, Is.Not.Empty);
        foreach (Parameter parameter in parameters)
            parameter.Value *= 1.3;
        foreach (Parameter parameter in parameters)
        {
            double value = parameter.Value, step = 1e-4 * value;
            double[] after = At(value + step), before = At(value - step);
            At(value);
            parameter.Seed = 1;
            double[] derivatives = [.. All(Flux<Tangent>(law, Face)).Select(x => x.Derivative)];
            parameter.Seed = 0;
            double[] differences = [.. after.Zip(before, (a, b) => (a - b) / (2 * step))];
            Assert.That(derivatives.Any(derivative => derivative != 0), parameter.Name);
            for (int i = 0; i < Outputs; i++)
                Assert.That(derivatives[i], Is.EqualTo(differences[i]).Within((1e-7 * Math.Abs(differences[i])) + (1e-11 * Math.Abs(after[i]))), $"output {i} by {parameter.Name}");

            double[] At(double changed)
            {
                parameter.Value = changed;
                Refresh();
                return Numbers(law, Face);
            }
        }
    }

    /// <summary>Factors of a property, one in each cell.</summary>
    protected static RegionFactors Factors() => new([Parameter.Factor("left"), Parameter.Factor("right")], [0, 1]);

    /// <summary>The law over two cells in a random state.</summary>
    protected TLaw Prepare(int seed, out CellFields fields)
    {
        Random random = new(seed);
        fields = new(2, [false, false], 298.15);
        for (int cell = 0; cell < 2; cell++)
        {
            fields.Salt[cell] = 200 + (2000 * random.NextDouble());
            fields.IonicPotential[cell] = random.NextDouble() - 0.5;
            fields.ElectronicPotential[cell] = random.NextDouble() - 0.5;
            fields.Temperature[cell] = 40 * (random.NextDouble() - 0.5);
        }
        TLaw law = Create(fields);
        Refresh();
        return law;
    }

    /// <summary>The flux through a face.</summary>
    protected static FaceFlux<T> Flux<T>(TLaw law, in Face face) where T : unmanaged, IScalar<T>
    {
        FaceFlux<T> flux = default;
        law.Flux(face, ref flux);
        return flux;
    }

    private double[] Differences(TLaw law, CellFields fields, Field field, int cell)
    {
        double step = Steps[(int)field], value = fields[field][cell];
        double[] At(double shifted)
        {
            fields[field][cell] = shifted;
            Refresh();
            return Numbers(law, Face);
        }

        double[] after = At(value + step), before = At(value - step);
        At(value);
        return [.. after.Zip(before, (a, b) => (a - b) / (2 * step))];
    }

    private static double[] Numbers(TLaw law, in Face face) => [.. All(Flux<Real>(law, face)).Select(x => x.Number)];

    private static Dual[] Duals(TLaw law, in Face face) => All(Flux<Dual>(law, face));

    private static T[] All<T>(in FaceFlux<T> flux) where T : unmanaged, IScalar<T> =>
        [flux.Salt, flux.IonicCurrent, flux.ElectronicCurrent, flux.Heat, flux.DissipationLeft, flux.DissipationRight];
}
