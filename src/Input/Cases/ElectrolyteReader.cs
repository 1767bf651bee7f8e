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

    public static Electrolyte Read(SectionReader section, Electrolyte bpx)
    {
        double concentration = section.Get(LayerKeys.Optional(BpxKeys.Concentration), bpx.InitialConcentration);
        return bpx with
        {
            InitialConcentration = concentration,
            ReferenceConcentration = section.Get(LayerKeys.ReferenceConcentration, bpx.ReferenceConcentration),
            Diffusivity = Curve(section, BpxKeys.SaltDiffusivity, bpx.Diffusivity, concentration),
            DiffusivityActivationEnergy = section.Get(LayerKeys.Optional(BpxKeys.DiffusivityActivation), bpx.DiffusivityActivationEnergy),
            Conductivity = Curve(section, BpxKeys.IonicConductivity, bpx.Conductivity, concentration),
            ConductivityActivationEnergy = section.Get(LayerKeys.Optional(BpxKeys.ConductivityActivation), bpx.ConductivityActivationEnergy),
            TransferenceNumber = Curve(section, LayerKeys.Transference, bpx.TransferenceNumber, concentration),
            ThermodynamicFactor = Curve(section, LayerKeys.ThermodynamicFactor, bpx.ThermodynamicFactor, concentration),
        };
    }

    private static Curve Curve(SectionReader section, CurveKey key, Curve bpx, double concentration)
    {
        CurveKey optional = LayerKeys.Optional(key);
        Curve curve = section.Get(optional, bpx);
        if (section.Has(key))
            key.CheckValues(curve, LowestShare * concentration, HighestShare * concentration, section.NodeOf(key), section.PathOf(key), section.Report);
        return curve;
    }
}
