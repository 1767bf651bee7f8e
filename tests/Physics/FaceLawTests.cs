using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Transport;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class IonicTransportTests : FaceLawContract<IonicTransport<VariableTransference>>
{
    private ElectrolyteProperties? _properties;

    protected override IonicTransport<VariableTransference> Create(CellFields fields)
    {
        _properties = new(Electrolytes.Nonlinear, fields, [0, 1]);
        return new(fields, _properties, new(_properties), CellProperty.PerCell([0.4, 0.25]).Inverse(Factors()));
    }

    protected override void Refresh() => _properties!.Evaluate();

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        flux.IonicCurrent.Number * (fields.IonicPotential[0] - fields.IonicPotential[1]);

    [Test]
    public void OhmicLossIsPositiveAndThereIsNoDiffusionInAUniformSolution([Range(0, 9)] int seed)
    {
        IonicTransport<VariableTransference> law = Prepare(seed, out CellFields fields);
        (fields.Salt[1], fields.Temperature[1]) = (fields.Salt[0], fields.Temperature[0]);
        Refresh();
        FaceFlux<Real> flux = Flux<Real>(law, new Face(0, 1, 100, 200, FaceDirection.Through));
        Assert.That(flux.DissipationLeft.Number, Is.Positive);
        Assert.That(flux.DissipationRight.Number, Is.EqualTo(2 * 0.4 / 0.25 * flux.DissipationLeft.Number).Within(1e-14 * flux.DissipationRight.Number));
        double transference = Electrolytes.Nonlinear.TransferenceNumber.Value(fields.Salt[0]);
        Assert.That(flux.Salt.Number, Is.EqualTo(transference * flux.IonicCurrent.Number / PhysicalConstants.Faraday).Within(1e-20));
    }

    /// <summary>Without current φ_e follows (2RT/F)(1 − t₊)Θ ln c.</summary>
    [Test]
    public void TheDiffusionPotentialStopsTheCurrent()
    {
        CellFields fields = new(2, [false, false], 300);
        (fields.Salt[0], fields.Salt[1]) = (500, 1500);
        fields.IonicPotential[1] = 2 * PhysicalConstants.Gas * 300 / PhysicalConstants.Faraday * 0.7 * 1.7 * Math.Log(3);
        ElectrolyteProperties properties = new(Electrolytes.Constant, fields, [0, 1]);
        properties.Evaluate();
        FaceFlux<Real> flux = Flux<Real>(new(fields, properties, new(properties), CellProperty.PerCell([1, 1])), new Face(0, 1, 10, 30, FaceDirection.Through));
        Assert.That(flux.IonicCurrent.Number, Is.Zero.Within(1e-17));
        Assert.That(flux.Salt.Number, Is.EqualTo(-2.5e-10 * 1000 / 40).Within(1e-22));
    }
}

/// <summary>Every property of the electrolyte an expression of c and T.</summary>
public class TemperatureDependentIonicTransportTests : FaceLawContract<IonicTransport<VariableTransference>>
{
    private ElectrolyteProperties? _properties;

    protected override IonicTransport<VariableTransference> Create(CellFields fields)
    {
        _properties = new(Electrolytes.OfTemperature, fields, [0, 1]);
        return new(fields, _properties, new(_properties), CellProperty.PerCell([0.4, 0.25]).Inverse(Factors()));
    }

    protected override void Refresh() => _properties!.Evaluate();

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        flux.IonicCurrent.Number * (fields.IonicPotential[0] - fields.IonicPotential[1]);
}

/// <summary>t₊ and Θ constant, κ and D not.</summary>
public class FixedTransferenceTests : FaceLawContract<IonicTransport<FixedTransference>>
{
    private static readonly Electrolyte Electrolyte = Electrolytes.OfTemperature with { TransferenceNumber = Curve.Constant(0.3), ThermodynamicFactor = Curve.Constant(1.7) };
    private ElectrolyteProperties? _properties;

    protected override IonicTransport<FixedTransference> Create(CellFields fields)
    {
        _properties = new(Electrolyte, fields, [0, 1]);
        return new(fields, _properties, new(_properties), CellProperty.PerCell([0.4, 0.25]).Inverse(Factors()));
    }

    protected override void Refresh() => _properties!.Evaluate();

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        flux.IonicCurrent.Number * (fields.IonicPotential[0] - fields.IonicPotential[1]);

    [Test]
    public void FluxesAreThoseOfFunctionsThatAreConstant([Range(0, 4)] int seed)
    {
        Face face = new(0, 1, 3, 2, FaceDirection.Through);
        IonicTransport<FixedTransference> law = Prepare(seed, out CellFields fields);
        Assert.That(_properties!.IsTransferenceFixed, Is.True);
        FaceFlux<Dual> flux = Flux<Dual>(law, face), variable = default;
        new IonicTransport<VariableTransference>(fields, _properties!, new(_properties!), CellProperty.PerCell([0.4, 0.25]).Inverse()).Flux(face, ref variable);
        foreach ((Dual one, Dual other) in new[] { (flux.Salt, variable.Salt), (flux.IonicCurrent, variable.IonicCurrent), (flux.DissipationLeft, variable.DissipationLeft) })
        {
            Assert.That(one.Number, Is.EqualTo(other.Number).Within(1e-14 * Math.Abs(other.Number)));
            for (int k = 0; k < 4; k++)
            {
                Assert.That(one.LeftPartials[k], Is.EqualTo(other.LeftPartials[k]).Within(1e-13 * Math.Abs(other.LeftPartials[k])));
                Assert.That(one.RightPartials[k], Is.EqualTo(other.RightPartials[k]).Within(1e-13 * Math.Abs(other.RightPartials[k])));
            }
        }
    }
}

public class ElectronicConductionTests : FaceLawContract<ElectronicConduction>
{
    protected override ElectronicConduction Create(CellFields fields) => new(fields, CellProperty.PerCell([215, 0.18]).Inverse(Factors()));

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        flux.ElectronicCurrent.Number * (fields.ElectronicPotential[0] - fields.ElectronicPotential[1]);

    [Test]
    public void HeatIsSharedByResistance([Range(0, 4)] int seed)
    {
        ElectronicConduction law = Prepare(seed, out _);
        FaceFlux<Real> flux = Flux<Real>(law, new Face(0, 1, 100, 200, FaceDirection.Through));
        Assert.That(flux.DissipationLeft.Number, Is.Positive);
        Assert.That(flux.DissipationRight.Number / flux.DissipationLeft.Number, Is.EqualTo(200 / 0.18 / (100 / 215.0)).Within(1e-9));
    }
}

public class HeatConductionTests : FaceLawContract<HeatConduction>
{
    protected override HeatConduction Create(CellFields fields)
    {
        RegionFactors factors = Factors();
        return new(fields, CellProperty.PerCell([0.9, 0.3]).Inverse(factors), CellProperty.PerCell([20, 180]).Inverse(factors));
    }

    protected override double Work(CellFields fields, FaceFlux<Real> flux) => 0;

    [Test]
    public void HeatFlowsFromHotToCold([Range(0, 4)] int seed)
    {
        HeatConduction law = Prepare(seed, out CellFields fields);
        double difference = fields.Temperature[0] - fields.Temperature[1];
        Assert.That(Flux<Real>(law, new Face(0, 1, 3, 2, FaceDirection.Through)).Heat.Number, Is.EqualTo(difference / ((3 / 0.9) + (2 / 0.3))).Within(1e-14));
        Assert.That(Flux<Real>(law, new Face(0, 1, 3, 2, FaceDirection.InPlane)).Heat.Number, Is.EqualTo(difference / ((3 / 20.0) + (2 / 180.0))).Within(1e-12));
    }
}

/// <summary>Conductivities that depend on temperature in one cell, in the other not.</summary>
public class VariableHeatConductionTests : FaceLawContract<VariableHeatConduction>
{
    private static readonly Curve[] Through = [new ReciprocalCurve(ExpressionCurve.Parse("0.9 + 4e-3*(T - 298)", "T")), Curve.Constant(1 / 0.3)];
    private TemperatureProperty? _through, _inPlane;

    protected override VariableHeatConduction Create(CellFields fields)
    {
        RegionFactors factors = Factors();
        _through = new(fields, Through, [0, 1], CellProperty.PerCell([1.1, 0.8]), factors);
        _inPlane = new(fields, [Curve.Constant(0.05), new ReciprocalCurve(ExpressionCurve.Parse("180*(T/300)**-0.5", "T"))], [0, 1], CellProperty.PerCell([1, 1]), factors);
        return new(fields, _through, _inPlane);
    }

    protected override void Refresh()
    {
        _through!.Evaluate();
        _inPlane!.Evaluate();
    }

    protected override double Work(CellFields fields, FaceFlux<Real> flux) => 0;

    [Test]
    public void HalfCellsAreInSeries([Range(0, 4)] int seed)
    {
        VariableHeatConduction law = Prepare(seed, out CellFields fields);
        double left = 298.15 + fields.Temperature[0], right = 298.15 + fields.Temperature[1];
        double through = (left - right) / ((3 * 1.1 / (0.9 + (4e-3 * (left - 298)))) + (2 * 0.8 / 0.3));
        double inPlane = (left - right) / ((3 * 0.05) + (2 / (180 * Math.Pow(right / 300, -0.5))));
        Assert.That(Flux<Real>(law, new Face(0, 1, 3, 2, FaceDirection.Through)).Heat.Number, Is.EqualTo(through).Within(1e-13 * Math.Abs(through)));
        Assert.That(Flux<Real>(law, new Face(0, 1, 3, 2, FaceDirection.InPlane)).Heat.Number, Is.EqualTo(inPlane).Within(1e-12 * Math.Abs(inPlane)));
    }

    [Test]
    public void ConstantConductivitiesGiveTheCheaperLaw([Range(0, 4)] int seed)
    {
        Prepare(seed, out CellFields fields);
        TemperatureProperty property = new(fields, [Curve.Constant(2.5), Curve.Constant(0.4)], [0, 1], CellProperty.PerCell([1, 1]), RegionFactors.None);
        CellProperty resistivity = CellProperty.PerCell([2.5, 0.4]);
        FaceFlux<Real> variable = default, constant = default;
        new VariableHeatConduction(fields, property, property).Flux(new Face(0, 1, 3, 2, FaceDirection.Through), ref variable);
        new HeatConduction(fields, resistivity, resistivity).Flux(new Face(0, 1, 3, 2, FaceDirection.Through), ref constant);
        Assert.That(variable.Heat.Number, Is.EqualTo(constant.Heat.Number).Within(1e-15 * Math.Abs(constant.Heat.Number)));
    }
}

/// <summary>The same contact on both faces of the contract, which are one face seen from either side.</summary>
internal sealed class BothWays
{
    internal Dictionary<(int Left, int Right), Contact> Contacts { get; } = new()
    {
        [(0, 1)] = new(40, 3e3, LeftIsInPlane: true, RightIsInPlane: false),
        [(1, 0)] = new(40, 3e3, LeftIsInPlane: false, RightIsInPlane: true),
    };

    internal void Lengthen(double factor)
    {
        foreach (((int, int) face, Contact contact) in Contacts.ToArray())
            Contacts[face] = contact with { ElectricalResistance = factor * contact.ElectricalResistance, ThermalResistance = factor * contact.ThermalResistance };
    }
}

public class ContactCurrentTests : FaceLawContract<ContactCurrent>
{
    private readonly BothWays _contacts = new();

    protected override ContactCurrent Create(CellFields fields) => new(fields, CellProperty.PerCell([215, 0.18]).Inverse(Factors()), _contacts.Contacts);

    protected override void Lengthen(double factor) => _contacts.Lengthen(factor);

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        flux.ElectronicCurrent.Number * (fields.ElectronicPotential[0] - fields.ElectronicPotential[1]);

    [Test]
    public void ResistancesAreInSeriesAndHalfOfTheHeatOfTheContactGoesToEitherSide()
    {
        CellFields fields = new(2, [false, false], 310);
        (fields.ElectronicPotential[0], fields.ElectronicPotential[1]) = (0.3, 0.1);
        FaceFlux<Real> flux = Flux<Real>(new(fields, CellProperty.PerCell([10, 20]).Inverse(), new BothWays().Contacts), new Face(0, 1, 100, 200, FaceDirection.Contact));
        Assert.That(flux.ElectronicCurrent.Number, Is.EqualTo(0.2 / (10 + 40 + 10)).Within(1e-16));
        Assert.That((flux.DissipationLeft.Number, flux.DissipationRight.Number), Is.EqualTo((30 * Math.Pow(0.2 / 60, 2), 30 * Math.Pow(0.2 / 60, 2))).Within(1e-16));
    }
}

public class ContactHeatTests : FaceLawContract<ContactHeat<HeatConduction>>
{
    private readonly BothWays _contacts = new();

    protected override ContactHeat<HeatConduction> Create(CellFields fields)
    {
        RegionFactors factors = Factors();
        return new(fields, new(fields, CellProperty.PerCell([0.9, 0.3]).Inverse(factors), CellProperty.PerCell([20, 180]).Inverse(factors)), _contacts.Contacts);
    }

    protected override void Lengthen(double factor) => _contacts.Lengthen(factor);

    protected override double Work(CellFields fields, FaceFlux<Real> flux) => 0;

    [Test]
    public void EachSideConductsInItsOwnDirection([Range(0, 4)] int seed)
    {
        ContactHeat<HeatConduction> law = Prepare(seed, out CellFields fields);
        double difference = fields.Temperature[0] - fields.Temperature[1], expected = difference / ((300 / 20.0) + 3000 + (700 / 0.3));
        Assert.That(Flux<Real>(law, new Face(0, 1, 300, 700, FaceDirection.Contact)).Heat.Number, Is.EqualTo(expected).Within(1e-13 * Math.Abs(expected)));
    }
}

/// <summary>A contact between cells whose conductivity depends on temperature.</summary>
public class VariableContactHeatTests : FaceLawContract<ContactHeat<VariableHeatConduction>>
{
    private readonly BothWays _contacts = new();
    private TemperatureProperty? _through, _inPlane;

    protected override ContactHeat<VariableHeatConduction> Create(CellFields fields)
    {
        RegionFactors factors = Factors();
        _through = new(fields, [new ReciprocalCurve(ExpressionCurve.Parse("0.9 + 4e-3*(T - 298)", "T")), Curve.Constant(1 / 0.3)], [0, 1], CellProperty.PerCell([1.1, 0.8]), factors);
        _inPlane = new(fields, [new ReciprocalCurve(ExpressionCurve.Parse("18*(T/300)**-0.5", "T")), Curve.Constant(0.05)], [0, 1], CellProperty.PerCell([1, 1]), factors);
        return new(fields, new(fields, _through, _inPlane), _contacts.Contacts);
    }

    protected override void Refresh()
    {
        _through!.Evaluate();
        _inPlane!.Evaluate();
    }

    protected override void Lengthen(double factor) => _contacts.Lengthen(factor);

    protected override double Work(CellFields fields, FaceFlux<Real> flux) => 0;
}

/// <summary>All laws of an electrode at once.</summary>
public class JoinedLawTests : FaceLawContract<Joined<Joined<IonicTransport<VariableTransference>, ElectronicConduction>, HeatConduction>>
{
    private ElectrolyteProperties? _properties;

    protected override Joined<Joined<IonicTransport<VariableTransference>, ElectronicConduction>, HeatConduction> Create(CellFields fields)
    {
        _properties = new(Electrolytes.Nonlinear, fields, [0, 1]);
        CellProperty resistivity = CellProperty.PerCell([2, 1 / 3.0]).Inverse(Factors());
        return new(new(new(fields, _properties, new(_properties), resistivity), new(fields, resistivity)), new(fields, resistivity, resistivity));
    }

    protected override void Refresh() => _properties!.Evaluate();

    protected override double Work(CellFields fields, FaceFlux<Real> flux) =>
        (flux.IonicCurrent.Number * (fields.IonicPotential[0] - fields.IonicPotential[1]))
        + (flux.ElectronicCurrent.Number * (fields.ElectronicPotential[0] - fields.ElectronicPotential[1]));

    [Test]
    public void FlowsAreThoseOfTheSingleLaws([Range(0, 4)] int seed)
    {
        FaceFlux<Real> joined = Flux<Real>(Prepare(seed, out CellFields fields), new Face(0, 1, 3, 2, FaceDirection.Through));
        CellProperty resistivity = CellProperty.PerCell([2, 1 / 3.0]).Inverse();
        FaceFlux<Real> single = default, ionic = default;
        new IonicTransport<VariableTransference>(fields, _properties!, new(_properties!), resistivity).Flux(new Face(0, 1, 3, 2, FaceDirection.Through), ref single);
        ionic = single;
        new ElectronicConduction(fields, resistivity).Flux(new Face(0, 1, 3, 2, FaceDirection.Through), ref single);
        Assert.That(joined.DissipationLeft.Number, Is.EqualTo(single.DissipationLeft.Number).And.GreaterThan(ionic.DissipationLeft.Number));
        Assert.That((joined.Salt.Number, joined.IonicCurrent.Number, joined.ElectronicCurrent.Number), Is.EqualTo((single.Salt.Number, single.IonicCurrent.Number, single.ElectronicCurrent.Number)));
    }
}
