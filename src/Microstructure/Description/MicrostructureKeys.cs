using Cell3D.Input.Keys;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Description;

/// <summary>Which way the fragment for BPX looks.</summary>
public enum ThroughDirection
{
    /// <summary>Along x.</summary>
    X,

    /// <summary>Along y.</summary>
    Y,

    /// <summary>Along z.</summary>
    Z,

    /// <summary>Mean of all three.</summary>
    Mean,
}

/// <summary>Section of a BPX file.</summary>
public enum BpxLayer
{
    /// <summary>Negative electrode.</summary>
    NegativeElectrode,

    /// <summary>Positive electrode.</summary>
    PositiveElectrode,

    /// <summary>Separator.</summary>
    Separator,
}

/// <summary>Keys of a file that describes an image or a structure.</summary>
public static class MicrostructureKeys
{
    private static readonly Interval Conductivity = new(0, 1e9), Length = new(0, 1, AboveMinimum: true);

    /// <summary>Words of the layers.</summary>
    public static readonly IReadOnlyList<(string Word, BpxLayer Value)> Layers =
        [("Negative electrode", BpxLayer.NegativeElectrode), ("Positive electrode", BpxLayer.PositiveElectrode), ("Separator", BpxLayer.Separator)];

    public static readonly TextKey Title = new("Title", "What the image is called in the results.");
    public static readonly NumberKey VoxelSize = new("Voxel size [m]", "Edge of a voxel.", Length) { Required = true };
    public static readonly ChoiceKey<BoundaryKind> Boundary = new("Boundary", "What lies around: fixed potentials at the two ends and no flux through the sides, or the same image again.", [("Ends", BoundaryKind.Ends), ("Periodic", BoundaryKind.Periodic)]) { Default = BoundaryKind.Ends };
    public static readonly ChoiceKey<BpxLayer> Layer = new("Layer", "Layer of a cell that the image shows; section of the BPX fragment.", Layers) { Default = BpxLayer.NegativeElectrode };
    public static readonly ChoiceKey<ThroughDirection> Through = new("Through", "Direction of the image through the layer, which the BPX fragment takes.", [("x", ThroughDirection.X), ("y", ThroughDirection.Y), ("z", ThroughDirection.Z), ("mean", ThroughDirection.Mean)]) { Default = ThroughDirection.Z };
    public static readonly NumberKey Tolerance = new("Tolerance", "Largest relative residual of a closure problem.", new(1e-9, 1e-2)) { Default = 1e-6 };

    public static readonly TextKey File = new("File", "The file of voxels, or the folder of planes, beside this one.") { Required = true };
    public static readonly ChoiceKey<ImageFormat> Format = new("Format", "How it is stored: numbers one after another with x fastest, pages of a TIFF file, a dataset of an HDF5 file with z first, or a folder of pictures (PNG, TIFF), one for each plane of z, in the order of the numbers in their names.", [("raw", ImageFormat.Raw), ("tiff", ImageFormat.Tiff), ("hdf5", ImageFormat.Hdf5), ("slices", ImageFormat.Slices)]) { Required = true };
    public static readonly NumberListKey ImageShape = new("Shape", "Voxels along x, y and z; needed for raw files, checked for others.", new(1, VoxelShape.MostAlong)) { Count = 3 };
    public static readonly IntegerKey Bytes = new("Bytes per voxel", "Of a raw file: 1, or 2 with the lower byte first.", 1, 2) { Default = 1 };
    public static readonly NumberKey Header = new("Header bytes", "Bytes of a raw file before the voxels.", new(0, 1e9)) { Default = 0 };
    public static readonly TextKey Dataset = new("Dataset", "Path of the dataset in an HDF5 file.");
    public static readonly SectionKey Image = new("Image", "A file of labels.", new(File, Format, ImageShape, Bytes, Header, Dataset));

    public static readonly ChoiceKey<StructureKind> Kind = new("Kind", "What is generated; phase 0 lies outside of its particles, 1 inside, 2 in their shells.",
        [("Overlapping spheres", StructureKind.OverlappingSpheres), ("Packed spheres", StructureKind.PackedSpheres), ("Fibres", StructureKind.Fibres), ("Gyroid", StructureKind.Gyroid),
         ("Schwarz P", StructureKind.SchwarzP), ("Cubic spheres", StructureKind.CubicSpheres), ("Slabs", StructureKind.Slabs), ("Cylinders", StructureKind.Cylinders)])
    { Required = true };
    public static readonly NumberListKey Shape = new("Shape", "Voxels along x, y and z.", new(1, VoxelShape.MostAlong)) { Count = 3, Required = true };
    public static readonly NumberKey Radius = new("Radius [m]", "Of spheres, fibres or cylinders.", Length);
    public static readonly NumberKey FibreLength = new("Length [m]", "Of fibres, without their round ends.", Length);
    public static readonly NumberKey Porosity = new("Porosity", "Share of the volume outside; on average where particles are placed at random.", new(0.01, 0.99)) { Default = 0.5 };
    public static readonly NumberKey Shell = new("Shell [m]", "Thickness of a shell around spheres and fibres that is phase 2.", new(0, 1)) { Default = 0 };
    public static readonly IntegerKey Repeats = new("Repeats", "Repetitions of what is regular: along x, of slabs across them.", 1, 1000) { Default = 1 };
    public static readonly ChoiceKey<ThroughDirection> Axis = new("Axis", "Normal of slabs, axis of cylinders.", [("x", ThroughDirection.X), ("y", ThroughDirection.Y), ("z", ThroughDirection.Z)]) { Default = ThroughDirection.Z };
    public static readonly FlagKey Inverted = new("Inverted", "Whether phases 0 and 1 change places, so that the particles are pores.", false);
    public static readonly IntegerKey Seed = new("Seed", "Number that random places follow from, the same on every machine.", 0, int.MaxValue) { Default = 1 };
    public static readonly SectionKey Structure = new("Structure", "A structure to be generated.", new(Kind, Shape, Radius, FibreLength, Porosity, Shell, Repeats, Axis, Inverted, Seed));

    public static readonly ChoiceKey<PhaseKind> PhaseKindKey = new("Kind", "What the phase is.", [("Pore", PhaseKind.Pore), ("Active material", PhaseKind.ActiveMaterial), ("Carbon-binder", PhaseKind.CarbonBinder)]) { Required = true };
    public static readonly NumberListKey Labels = new("Labels", "Values of its voxels.", new(0, ushort.MaxValue)) { Fewest = 1, Most = 65536, Required = true };
    public static readonly NumberKey InnerPorosity = new("Porosity", "Share of pores within carbon-binder.", new(0, 0.99));
    public static readonly NumberKey Ionic = new("Ionic conductivity ratio", "Conductivity for ions over that of the electrolyte; of carbon-binder its porosity to the power of 1.5 by default.", new(0, 1));
    public static readonly NumberKey Electronic = new("Electronic conductivity [S.m-1]", "0 for pores by default, 1 for others, whose results are then ratios.", Conductivity);
    public static readonly NumberKey Thermal = new("Thermal conductivity [W.m-1.K-1]", "Heat conduction is computed where every phase has one.", Conductivity);
    public static readonly MapKey Phases = new("Phases", "Phases by name; of a generated structure, Pore and Active material by default.", new SectionKey("Phase", "A phase.", new(PhaseKindKey, Labels, InnerPorosity, Ionic, Electronic, Thermal)));

    /// <summary>The whole file.</summary>
    public static readonly Section Root = new(Title, Image, Structure, VoxelSize, Phases, Boundary, Layer, Through, Tolerance);
}
