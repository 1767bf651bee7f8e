using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Bpx;

/// <summary>Makes a cell of the sections of a BPX file.</summary>
internal static class BpxAssembly
{
    private const double RoomTemperature = 298.15;

    /// <summary>Reads every section; values that are wrong are reported and read as NaN.</summary>
    public static BpxCell Assemble(string path, BpxVersion version, SectionReader file, SectionReader content, BpxSections keys)
    {
        SectionReader cell = content.Open(keys.Cell);
        SectionReader electrolyte = content.Open(keys.Electrolyte);
        SectionReader separator = content.Open(keys.Separator);
        BpxState state = version.Major == 0
            ? BpxState.OfVersion0(cell, electrolyte, version)
            : BpxState.OfVersion1(file.Open(keys.State), cell);
        CheckCutOffs(cell);
        SourceNode? userDefined = content.NodeOf(BpxKeys.UserDefined);
        ReportUserDefined(content, userDefined);
        BpxHysteresis hysteresis = new(content, state.Reference);
        SectionReader negative = content.Open(keys.Negative), positive = content.Open(keys.Positive);
        return new BpxCell
        {
            File = path,
            Version = version.Text,
            Title = file.NodeOf(BpxKeys.HeaderSection)?.Member("Title")?.Text ?? "",
            NegativeElectrode = hysteresis.Apply(keys.Negative.Name, negative, BpxElectrodeReader.Read(negative, state.NegativeHysteresis, file.Report)),
            Separator = new BpxSeparator(separator.Get(BpxKeys.Thickness), Pores(separator)),
            PositiveElectrode = hysteresis.Apply(keys.Positive.Name, positive, BpxElectrodeReader.Read(positive, state.PositiveHysteresis, file.Report)),
            Electrolyte = Electrolyte(electrolyte, state.SaltConcentration),
            ElectrodeArea = cell.Get(BpxKeys.ElectrodeArea),
            ElectrodePairs = cell.Get(BpxKeys.ElectrodePairs),
            NominalCapacity = cell.Get(BpxKeys.Capacity),
            LowerCutOff = cell.Get(BpxKeys.LowerCutOff),
            UpperCutOff = cell.Get(BpxKeys.UpperCutOff),
            ReferenceTemperature = state.Reference,
            AmbientTemperature = state.Ambient,
            InitialTemperature = state.Initial,
            InitialStateOfCharge = state.StateOfCharge,
            Volume = cell.Find(BpxKeys.Volume),
            ExternalSurfaceArea = cell.Find(BpxKeys.ExternalArea),
            Density = cell.Find(BpxKeys.Density),
            SpecificHeatCapacity = cell.Find(BpxKeys.HeatCapacity),
            ThermalConductivity = ThermalConductivity(version, cell, userDefined),
            HeatTransferCoefficient = state.HeatTransferCoefficient,
            Validation = BpxMeasurements.Read(file),
        };
    }

    /// <summary>Porosity and transport efficiency of a layer.</summary>
    public static PorousMedium Pores(SectionReader layer)
    {
        double porosity = layer.Get(BpxKeys.Porosity), efficiency = layer.Get(BpxKeys.TransportEfficiency);
        if (efficiency > porosity)
            layer.Report.Warning(layer.PathOf(BpxKeys.TransportEfficiency), layer.NodeOf(BpxKeys.TransportEfficiency), $"is larger than the porosity {Interval.Write(porosity)}, so the pores would be shorter than straight ones");
        return new PorousMedium(porosity, efficiency);
    }

    private static Electrolyte Electrolyte(SectionReader electrolyte, double concentration)
    {
        Electrolyte bulk = new()
        {
            InitialConcentration = concentration,
            ReferenceConcentration = concentration,
            Conductivity = electrolyte.Get(BpxKeys.IonicConductivity, BpxKeys.IonicConductivity.Placeholder),
            ConductivityActivationEnergy = electrolyte.Get(BpxKeys.ConductivityActivation),
            Diffusivity = electrolyte.Get(BpxKeys.SaltDiffusivity, BpxKeys.SaltDiffusivity.Placeholder),
            DiffusivityActivationEnergy = electrolyte.Get(BpxKeys.DiffusivityActivation),
            TransferenceNumber = Numerics.Curve.Constant(electrolyte.Get(BpxKeys.Transference)),
        };
        const double lowest = 0.5, highest = 1.5;
        foreach ((PropertyKey key, NumberKey activation, Numerics.Function property) in new[]
        {
            (BpxKeys.IonicConductivity, BpxKeys.ConductivityActivation, bulk.Conductivity), (BpxKeys.SaltDiffusivity, BpxKeys.DiffusivityActivation, bulk.Diffusivity),
        })
        {
            key.CheckValues(property, lowest * concentration, highest * concentration, electrolyte.NodeOf(key), electrolyte.PathOf(key), electrolyte.Report);
            TellTemperature(electrolyte, key, property);
            if (PropertyKey.DependsOnTemperature(property)) RefuseActivation(electrolyte, activation, electrolyte.Get(activation));
        }
        return bulk;
    }

    /// <summary>Warns of a property of a BPX file that holds the temperature.</summary>
    public static void TellTemperature(SectionReader section, PropertyKey key, Numerics.Function property)
    {
        if (PropertyKey.DependsOnTemperature(property))
            section.Report.Warning(section.PathOf(key), section.NodeOf(key), "the temperature T in a property is not part of BPX; other programs will not read this file", withValue: false);
    }

    /// <summary>A property that holds the temperature says all about it: an activation energy beside it is a mistake.</summary>
    public static void RefuseActivation(SectionReader electrolyte, NumberKey activation, double energy)
    {
        if (energy != 0 && double.IsFinite(energy)) electrolyte.Error(activation, "stands beside a property that holds the temperature T", "0, or a property without T");
    }

    private static void CheckCutOffs(SectionReader cell)
    {
        double lower = cell.Get(BpxKeys.LowerCutOff), upper = cell.Get(BpxKeys.UpperCutOff);
        if (lower >= upper) cell.Error(BpxKeys.LowerCutOff, "is not below the upper cut-off", "< " + Interval.Write(upper));
    }

    private static void ReportUserDefined(SectionReader content, SourceNode? userDefined)
    {
        if (userDefined is null) return;
        string path = content.PathOf(BpxKeys.UserDefined);
        foreach (SourceMember member in userDefined.Members.Where(member => member.Key != BpxKeys.ThermalConductivity.Name && !BpxHysteresis.IsBranch(member.Key)))
        {
            if (member.Key.Contains("OCP", StringComparison.Ordinal))
                content.Report.Error($"{path}.{member.Key}", member.Value, "a user-defined open-circuit potential of this name is not known", "OCP [V] of the electrode, or \"… electrode delithiation OCP [V]\" and \"… electrode lithiation OCP [V]\"");
            else
                content.Report.Note($"{path}.{member.Key}", member.Value, "user-defined parameter, not used by Cell3D", withValue: false);
        }
    }

    private static double? ThermalConductivity(BpxVersion version, SectionReader cell, SourceNode? userDefined)
    {
        if (version.Major == 0) return cell.Find(BpxKeys.ThermalConductivity);
        if (userDefined?.Member(BpxKeys.ThermalConductivity.Name) is not SourceNode node) return null;
        string path = $"Parameterisation.{BpxKeys.UserDefined.Name}.{BpxKeys.ThermalConductivity.Name}";
        return BpxKeys.ThermalConductivity.TryRead(node, path, cell.Report, out double value) ? value : null;
    }

    /// <summary>Temperatures in the order in which BPX falls back: given, then the next best, then room temperature.</summary>
    internal static double FirstOf(params ReadOnlySpan<double?> candidates)
    {
        foreach (double? candidate in candidates)
            if (candidate is double value) return value;
        return RoomTemperature;
    }
}
