using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Puts the case's electrolyte data in place of those of the BPX file.</summary>
internal static class ElectrolyteReader
{
    private const double LowestShare = 0.5;
    private const double HighestShare = 1.5;

    /// <summary>Concentrations between which properties are checked [mol m⁻³].</summary>
    public static (double Lowest, double Highest) Range(double concentration) => (LowestShare * concentration, HighestShare * concentration);

    public static Electrolyte Read(SectionReader section, Electrolyte bpx, double referenceTemperature)
    {
        double concentration = section.Get(LayerKeys.Optional(BpxKeys.Concentration), bpx.InitialConcentration);
        Electrolyte bulk = bpx with
        {
            InitialConcentration = concentration,
            ReferenceConcentration = section.Get(LayerKeys.ReferenceConcentration, bpx.ReferenceConcentration),
        };
        return ClosureReader.Read(section, bulk, referenceTemperature) ?? WithProperties(section, bulk, concentration);
    }

    private static Electrolyte WithProperties(SectionReader section, Electrolyte bpx, double concentration)
    {
        Function diffusivity = Property(section, BpxKeys.SaltDiffusivity, bpx.Diffusivity, concentration);
        Function conductivity = Property(section, BpxKeys.IonicConductivity, bpx.Conductivity, concentration);
        return bpx with
        {
            Diffusivity = diffusivity,
            DiffusivityActivationEnergy = Activation(section, BpxKeys.DiffusivityActivation, diffusivity, bpx.DiffusivityActivationEnergy),
            Conductivity = conductivity,
            ConductivityActivationEnergy = Activation(section, BpxKeys.ConductivityActivation, conductivity, bpx.ConductivityActivationEnergy),
            TransferenceNumber = Property(section, LayerKeys.Transference, bpx.TransferenceNumber, concentration),
            ThermodynamicFactor = Property(section, LayerKeys.ThermodynamicFactor, bpx.ThermodynamicFactor, concentration),
        };
    }

    private static Function Property(SectionReader section, PropertyKey key, Function bpx, double concentration)
    {
        PropertyKey optional = LayerKeys.Optional(key);
        Function property = section.Get(optional, bpx);
        if (section.Has(key))
        {
            (double lowest, double highest) = Range(concentration);
            key.CheckValues(property, lowest, highest, section.NodeOf(key), section.PathOf(key), section.Report);
        }
        return property;
    }

    /// <summary>E of a property; that of the BPX file does not count beside an expression of the case that holds the temperature.</summary>
    private static double Activation(SectionReader section, NumberKey key, Function property, double bpx)
    {
        bool isComplete = PropertyKey.DependsOnTemperature(property);
        double energy = section.Get(LayerKeys.Optional(key), isComplete ? 0 : bpx);
        if (isComplete) BpxAssembly.RefuseActivation(section, key, energy);
        return energy;
    }
}
