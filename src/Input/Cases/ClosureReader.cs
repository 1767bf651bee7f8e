using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Closures;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads a closure of the electrolyte, from which its properties follow.</summary>
/// <param name="section">Section <c>Electrolyte</c>.</param>
/// <param name="concentration">Salt concentration at rest [mol m⁻³].</param>
/// <param name="referenceTemperature">T_ref [K].</param>
internal sealed class ClosureReader(SectionReader section, double concentration, double referenceTemperature)
{
    private static readonly Key[] Delivered =
        [BpxKeys.IonicConductivity, BpxKeys.ConductivityActivation, BpxKeys.SaltDiffusivity, BpxKeys.DiffusivityActivation, LayerKeys.Transference];

    private bool _isWhole = true;

    /// <summary>The electrolyte by its closure; null where its properties are given themselves.</summary>
    public static Electrolyte? Read(SectionReader section, Electrolyte electrolyte, double referenceTemperature)
    {
        ElectrolyteClosure closure = section.Get(ClosureKeys.Closure);
        RefuseOthers(section, closure);
        return closure == ElectrolyteClosure.GivenFunctions ? null : new ClosureReader(section, electrolyte.InitialConcentration, referenceTemperature).Read(electrolyte, closure);
    }

    private Electrolyte Read(Electrolyte electrolyte, ElectrolyteClosure kind)
    {
        IClosure closure = kind == ElectrolyteClosure.NernstPlanck
            ? new NernstPlanck(Activated(ClosureKeys.Cation), Activated(ClosureKeys.Anion))
            : new StefanMaxwell
            {
                CationSolvent = Activated(ClosureKeys.CationSolvent),
                AnionSolvent = Activated(ClosureKeys.AnionSolvent),
                CationAnion = Activated(ClosureKeys.CationAnion),
                SolventConcentration = Needed(ClosureKeys.Solvent),
                ThermodynamicFactor = Checked(LayerKeys.ThermodynamicFactor, section.Get(LayerKeys.ThermodynamicFactor, electrolyte.ThermodynamicFactor)),
            };
        Electrolyte closed = closure.In(electrolyte);
        if (!_isWhole) return closed;
        CheckDelivered(BpxKeys.IonicConductivity, closed.Conductivity, "conductivity");
        CheckDelivered(BpxKeys.SaltDiffusivity, closed.Diffusivity, "diffusivity");
        return closed;
    }

    private Function Activated(ActivatedKey key)
    {
        Function property = Needed(key.Property);
        double energy = section.Get(key.Energy);
        if (PropertyKey.DependsOnTemperature(property)) BpxAssembly.RefuseActivation(section, key.Energy, energy);
        return ThermallyActivated.Of(property, double.IsFinite(energy) ? energy : 0, referenceTemperature);
    }

    private Function Needed(PropertyKey key)
    {
        if (section.Has(key)) return Checked(key, section.Get(key, key.Placeholder));
        section.Error(key, "the key is missing", key.Allowed.ToString());
        _isWhole = false;
        return key.Placeholder;
    }

    private Function Checked(PropertyKey key, Function property)
    {
        (double lowest, double highest) = ElectrolyteReader.Range(concentration);
        _isWhole &= key.CheckValues(property, lowest, highest, section.NodeOf(key), section.PathOf(key), section.Report) && double.IsFinite(property.Widened(2).Value(concentration, referenceTemperature));
        return property;
    }

    private void CheckDelivered(PropertyKey key, Function property, string name)
    {
        (double lowest, double highest) = ElectrolyteReader.Range(concentration);
        key.CheckValues(property, lowest, highest, section.NodeOf(ClosureKeys.Closure), section.PathOf(ClosureKeys.Closure), section.Report, $"the {name} that follows ");
    }

    private static void RefuseOthers(SectionReader section, ElectrolyteClosure closure)
    {
        if (closure != ElectrolyteClosure.StefanMaxwell) Refuse(ClosureKeys.OfStefanMaxwell, "needs the closure \"Stefan-Maxwell\"");
        if (closure != ElectrolyteClosure.NernstPlanck) Refuse(ClosureKeys.OfNernstPlanck, "needs the closure \"Nernst-Planck\"");
        if (closure == ElectrolyteClosure.NernstPlanck) Refuse([LayerKeys.ThermodynamicFactor], "stands beside the closure \"Nernst-Planck\", by which it is 1");
        if (closure != ElectrolyteClosure.GivenFunctions) Refuse(Delivered, "stands beside a closure, from which it follows");

        void Refuse(Key[] keys, string text)
        {
            foreach (Key key in keys)
                if (section.Has(key)) section.Error(key, text);
        }
    }
}
