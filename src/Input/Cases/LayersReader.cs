using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads the layers: values of the case, else of the BPX file, else defaults.</summary>
internal sealed class LayersReader
{
    private readonly SectionReader layers;
    private readonly BpxCell? cell;
    private readonly bool resolvesHeat;
    private readonly double casingShare;
    private readonly bool isHalf;
    private readonly List<CellLayer> read = [];

    public LayersReader(SectionReader root, BpxCell? cell, SectionReader thermal, CellGeometry outline)
    {
        this.cell = cell;
        layers = root.Open(LayerKeys.Layers);
        Adapted = cell is null ? null : cell with { Electrolyte = ElectrolyteReader.Read(root.Open(LayerKeys.Electrolyte), cell.Electrolyte, cell.ReferenceTemperature) };
        resolvesHeat = thermal.Get(SettingsKeys.Model) == ThermalModel.Resolved;
        bool shared = thermal.Get(SettingsKeys.FacesReferTo) == CaseShare.WholeCell;
        casingShare = shared && cell is not null ? (double)outline.StackPairs / cell.ElectrodePairs : 1;
        isHalf = outline.Stack.IsHalf;
    }

    /// <summary>The cell with the case's own data in force; null without a cell.</summary>
    public BpxCell? Adapted { get; private set; }

    /// <summary>The layers that were read.</summary>
    public IReadOnlyList<CellLayer> All => read;

    /// <summary>Whether the case has a layer.</summary>
    public bool Has(LayerKind kind) => Find(kind) is not null;

    /// <summary>Thickness of a layer [m]; NaN when it is absent.</summary>
    public double Thickness(LayerKind kind) => Find(kind)?.Thickness ?? double.NaN;

    /// <summary>Electronic conductivity of a layer [S m⁻¹]; NaN when it is absent.</summary>
    public double Conductivity(LayerKind kind) => Find(kind)?.Material.ElectronicConductivity ?? double.NaN;

    /// <summary>ρ, c_p, k of a layer; null when it is absent.</summary>
    public ThermalProperties? ThermalOf(LayerKind kind) => Find(kind)?.Material.Thermal;

    /// <summary>All present layers in the order of x.</summary>
    public IReadOnlyList<CellLayer> Read()
    {
        ReadCasing(LayerKeys.NegativeCasing);
        LithiumFoil? foil = layers.Has(LayerKeys.CounterElectrode) ? ReadCounterElectrode() : null;
        PorousElectrode? negative = foil is null ? ReadNegativeSide() : cell?.NegativeElectrode;
        BpxSeparator? separator = ReadSeparator();
        PorousElectrode? positive = ReadElectrode(LayerKind.PositiveElectrode, LayerKeys.PositiveElectrode, cell?.PositiveElectrode);
        ReadCollector(LayerKind.PositiveCollector, LayerKeys.PositiveCollector, CaseDefaults.AluminiumConductivity);
        ReadCasing(LayerKeys.PositiveCasing);
        if (Adapted is not null && negative is not null && separator is not null && positive is not null)
            Adapted = Adapted with { NegativeElectrode = negative, CounterElectrode = foil, Separator = separator, PositiveElectrode = positive };
        return read;
    }

    /// <summary>ρ, c_p, k of a layer or tab: given, else <paramref name="otherwise"/>, else lumped.</summary>
    public ThermalProperties Thermal(SectionReader section, ThermalProperties? otherwise = null)
    {
        Curve through = Lumped(section, LayerKeys.Through, otherwise?.ThroughConductivity, cell?.ThermalConductivity, CaseDefaults.UnusedThermalConductivity);
        Curve inPlane = otherwise is not null && !section.Has(LayerKeys.Through) ? otherwise.InPlaneConductivity : through;
        return new ThermalProperties(
            Lumped(section, otherwise?.Density ?? cell?.Density),
            Lumped(section, LayerKeys.HeatCapacity, otherwise?.SpecificHeatCapacity, cell?.SpecificHeatCapacity, CaseDefaults.UnusedHeatCapacity),
            through,
            OverTemperature(section, LayerKeys.InPlane, inPlane));
    }

    private double Lumped(SectionReader section, double? lumped)
    {
        if (lumped is null) RequireWithHeat(section, LayerKeys.Density, LayerKeys.Density.Allowed);
        return section.Get(LayerKeys.Density, lumped ?? CaseDefaults.UnusedDensity);
    }

    private Curve Lumped(SectionReader section, CurveKey key, Curve? otherwise, double? lumped, double unused)
    {
        if (otherwise is null && lumped is null) RequireWithHeat(section, key, key.Allowed);
        return OverTemperature(section, key, otherwise ?? Curve.Constant(lumped ?? unused));
    }

    private void RequireWithHeat(SectionReader section, Key key, Interval allowed)
    {
        if (resolvesHeat && cell is not null && !section.Has(key))
            section.Error(key, "is needed where heat is resolved, and the BPX file has no lumped value", allowed.ToString());
    }

    /// <summary>A property over temperature, checked over the temperatures of cells.</summary>
    private static Curve OverTemperature(SectionReader section, CurveKey key, Curve otherwise)
    {
        const double coldest = 253.15, hottest = 353.15;
        Curve curve = section.Get(key, otherwise);
        if (section.Has(key)) key.CheckValues(curve, coldest, hottest, section.NodeOf(key), section.PathOf(key), section.Report);
        return curve;
    }

    private void ReadCasing(SectionKey key)
    {
        if (!layers.Has(key)) return;
        if (isHalf && key == LayerKeys.PositiveCasing)
        {
            layers.Error(key, "lies on the half of the stack that is not simulated: by its symmetry it is that of the negative side", $"{LayerKeys.NegativeCasing.Name} only, or Geometry.{StackKeys.Symmetry.Name} \"none\"");
            return;
        }
        SectionReader casing = layers.Open(key);
        Add(LayerKind.Casing, key, casing, casing.Get(LayerKeys.CasingThickness) * casingShare, new LayerMaterial { Thermal = Thermal(casing) });
    }

    private void ReadCollector(LayerKind kind, SectionKey key, double metal)
    {
        if (!layers.Has(key)) return;
        SectionReader collector = layers.Open(key);
        double conductivity = collector.Get(LayerKeys.Conductivity, metal);
        Add(kind, key, collector, collector.Get(LayerKeys.CollectorThickness), new LayerMaterial { ElectronicConductivity = conductivity, Thermal = Thermal(collector) });
    }

    private PorousElectrode? ReadNegativeSide()
    {
        ReadCollector(LayerKind.NegativeCollector, LayerKeys.NegativeCollector, CaseDefaults.CopperConductivity);
        return ReadElectrode(LayerKind.NegativeElectrode, LayerKeys.NegativeElectrode, cell?.NegativeElectrode);
    }

    /// <summary>Lithium metal, a collector of the mesh that reacts where it touches the separator.</summary>
    private LithiumFoil ReadCounterElectrode()
    {
        SectionReader foil = layers.Open(LayerKeys.CounterElectrode);
        foreach (SectionKey key in new[] { LayerKeys.NegativeCollector, LayerKeys.NegativeElectrode })
            if (layers.Has(key)) layers.Error(key, "is replaced by the lithium counter electrode", $"one of {LayerKeys.CounterElectrode.Name} and {key.Name}");
        LithiumFoil lithium = new(foil.Get(LayerKeys.FoilExchangeCurrent), foil.Get(LayerKeys.FoilActivation), foil.Get(LayerKeys.Film, 0));
        LayerMaterial material = new() { ElectronicConductivity = foil.Get(LayerKeys.FoilConductivity, CaseDefaults.LithiumConductivity), Foil = lithium, Thermal = Thermal(foil) };
        Add(LayerKind.NegativeCollector, LayerKeys.CounterElectrode, foil, foil.Get(LayerKeys.FoilThickness), material);
        return lithium;
    }

    private BpxSeparator? ReadSeparator()
    {
        SectionReader layer = layers.Open(LayerKeys.Separator);
        BpxSeparator separator = new(Thickness(layer, cell?.Separator.Thickness), Pores(layer, cell?.Separator.Pores));
        Add(LayerKind.Separator, LayerKeys.Separator, layer, separator.Thickness, new LayerMaterial { Pores = separator.Pores, Thermal = Thermal(layer) });
        return cell is null ? null : separator;
    }

    private PorousElectrode? ReadElectrode(LayerKind kind, SectionKey key, PorousElectrode? bpx)
    {
        SectionReader layer = layers.Open(key);
        double thickness = Thickness(layer, bpx?.Thickness);
        PorousMedium pores = Pores(layer, bpx?.Pores);
        double conductivity = layer.Get(LayerKeys.Optional(BpxKeys.Conductivity), bpx?.Conductivity ?? double.NaN);
        IReadOnlyList<ActiveMaterial> materials = MaterialReader.Read(layer, bpx?.ActiveMaterials, cell?.ReferenceTemperature ?? double.NaN);
        LayerMaterial material = new() { Pores = pores, ElectronicConductivity = conductivity, ActiveMaterials = materials, Thermal = Thermal(layer) };
        Add(kind, key, layer, thickness, material);
        return bpx is null ? null : new PorousElectrode(thickness, pores, conductivity, materials);
    }

    private CellLayer? Find(LayerKind kind) => read.Find(layer => layer.Kind == kind);

    private void Add(LayerKind kind, SectionKey key, SectionReader section, double thickness, LayerMaterial material) =>
        read.Add(new CellLayer { Kind = kind, Name = key.Name, Thickness = thickness, Material = material, Source = section.Get(LayerKeys.Source, "") });

    private static double Thickness(SectionReader layer, double? bpx) => layer.Get(LayerKeys.Optional(BpxKeys.Thickness), bpx ?? double.NaN);

    private static PorousMedium Pores(SectionReader layer, PorousMedium? bpx) => new(
        layer.Get(LayerKeys.Optional(BpxKeys.Porosity), bpx?.Porosity ?? double.NaN),
        layer.Get(LayerKeys.Optional(BpxKeys.TransportEfficiency), bpx?.TransportEfficiency ?? double.NaN));
}
