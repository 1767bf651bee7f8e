using Cell3D.Input;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Description;

/// <summary>What became of a file.</summary>
/// <param name="Spec">The description; null where there are errors.</param>
/// <param name="Problems">All problems.</param>
/// <param name="FileMissing">Whether a file is not there.</param>
public sealed record MicrostructureResult(MicrostructureSpec? Spec, IReadOnlyList<InputProblem> Problems, bool FileMissing);

/// <summary>Reads files that describe an image or a structure. All problems are collected; none is thrown.</summary>
public static class MicrostructureFile
{
    /// <summary>Size of the largest file [byte].</summary>
    public const long MostBytes = 16L << 20;

    /// <summary>Reads a file and what the file of voxels tells of its size.</summary>
    public static MicrostructureResult Load(string path)
    {
        InputReport report = new(path);
        SourceNode? root = SourceReader.ReadFile(path, report, MostBytes);
        MicrostructureSpec? spec = root is null ? null : new Reading(path, report, new(MicrostructureKeys.Root, root, "", report)).Read();
        return new(report.HasErrors ? null : spec, report.Problems, report.FileMissing);
    }

    private sealed class Reading(string path, InputReport report, SectionReader root)
    {
        public MicrostructureSpec? Read()
        {
            if (!root.Present) return null;
            double voxel = root.Get(MicrostructureKeys.VoxelSize);
            bool image = root.Has(MicrostructureKeys.Image), structure = root.Has(MicrostructureKeys.Structure);
            if (image == structure) report.Error("", root.Node, image ? "describes both an image and a structure" : "describes neither an image nor a structure", "one of the sections Image and Structure");
            ImageFile? file = image ? ReadImage() : null;
            StructureSpec? made = structure ? ReadStructure(voxel) : null;
            IReadOnlyList<PhaseSpec> phases = ReadPhases(made);
            VoxelShape? shape = made?.Shape ?? (file is not null ? ShapeOf(file) : null);
            if (shape is { Z: < MicrostructureImage.LeastPlanes } thin)
                root.Open(file is null ? MicrostructureKeys.Structure : MicrostructureKeys.Image).Error(file is null ? MicrostructureKeys.Shape : MicrostructureKeys.File,
                    FormattableString.Invariant($"has {thin.Z} plane{(thin.Z == 1 ? "" : "s")} along z"), FormattableString.Invariant($"at least {MicrostructureImage.LeastPlanes}: a plane tells nothing of the third direction"));
            (BoundaryKind boundary, BpxLayer layer, ThroughDirection through, double tolerance) =
                (root.Get(MicrostructureKeys.Boundary), root.Get(MicrostructureKeys.Layer), root.Get(MicrostructureKeys.Through), root.Get(MicrostructureKeys.Tolerance));
            string title = root.Get(MicrostructureKeys.Title, Path.GetFileNameWithoutExtension(path));
            if (report.HasErrors || shape is null) return null;
            return new()
            {
                File = path,
                Title = title,
                Image = file,
                Structure = made,
                Shape = shape.Value,
                VoxelSize = voxel,
                Phases = phases,
                Boundary = boundary,
                Layer = MicrostructureKeys.Layers.First(word => word.Value == layer).Word,
                Through = (int)through,
                Tolerance = tolerance,
            };
        }

        private ImageFile ReadImage()
        {
            SectionReader image = root.Open(MicrostructureKeys.Image);
            string name = image.Get(MicrostructureKeys.File, "");
            ImageFormat format = image.Get(MicrostructureKeys.Format);
            string dataset = image.Get(MicrostructureKeys.Dataset, "");
            if (format == ImageFormat.Hdf5 && dataset.Length == 0) image.Error(MicrostructureKeys.Dataset, "is needed for an HDF5 file", "the path of a dataset");
            if (format == ImageFormat.Raw && !image.Has(MicrostructureKeys.ImageShape)) image.Error(MicrostructureKeys.ImageShape, "is needed for a raw file", "a list of 3 numbers");
            return new(Path.Combine(Path.GetDirectoryName(path) ?? "", name), format, image.Get(MicrostructureKeys.Bytes), (long)image.Get(MicrostructureKeys.Header), dataset);
        }

        private VoxelShape? ShapeOf(ImageFile image)
        {
            SectionReader section = root.Open(MicrostructureKeys.Image);
            VoxelShape? written = section.Has(MicrostructureKeys.ImageShape) ? Shape(section, MicrostructureKeys.ImageShape) : null;
            if (report.HasErrors) return null;
            try
            {
                VoxelShape? found = ImageReader.ShapeOf(image);
                if (found is null && written is VoxelShape raw) ImageReader.RequireSize(image, raw);
                if (found is VoxelShape told && written is VoxelShape claimed && told != claimed) section.Error(MicrostructureKeys.ImageShape, $"differs from that of the file, {told}");
                return found ?? written;
            }
            catch (ImageException e)
            {
                report.FileMissing |= e.IsMissing;
                section.Error(MicrostructureKeys.File, e.Message);
                return null;
            }
        }

        private StructureSpec? ReadStructure(double voxel)
        {
            SectionReader section = root.Open(MicrostructureKeys.Structure);
            StructureKind kind = section.Get(MicrostructureKeys.Kind);
            bool round = kind is not (StructureKind.Gyroid or StructureKind.SchwarzP or StructureKind.Slabs);
            if (round && !section.Has(MicrostructureKeys.Radius)) section.Error(MicrostructureKeys.Radius, "is needed for this kind", MicrostructureKeys.Radius.Allowed.ToString());
            if (kind == StructureKind.Fibres && !section.Has(MicrostructureKeys.FibreLength)) section.Error(MicrostructureKeys.FibreLength, "is needed for fibres", MicrostructureKeys.FibreLength.Allowed.ToString());
            VoxelShape shape = Shape(section, MicrostructureKeys.Shape) ?? new(1, 1, 1);
            StructureSpec spec = new()
            {
                Kind = kind,
                Shape = shape,
                Radius = (section.Find(MicrostructureKeys.Radius) ?? 0) / voxel,
                Length = (section.Find(MicrostructureKeys.FibreLength) ?? 0) / voxel,
                Porosity = section.Get(MicrostructureKeys.Porosity),
                Shell = section.Get(MicrostructureKeys.Shell) / voxel,
                Repeats = section.Get(MicrostructureKeys.Repeats),
                Direction = (int)section.Get(MicrostructureKeys.Axis),
                Inverted = section.Get(MicrostructureKeys.Inverted),
                Seed = section.Get(MicrostructureKeys.Seed),
            };
            int shortest = Math.Min(shape.X, Math.Min(shape.Y, shape.Z));
            if (round && (spec.Radius < 1 || spec.Radius + spec.Shell > shortest / 2.0))
                section.Error(MicrostructureKeys.Radius, FormattableString.Invariant($"is {spec.Radius:g4} voxels, with the shell {spec.Radius + spec.Shell:g4}"), FormattableString.Invariant($"1 to {shortest / 2.0} voxels"));
            if (kind == StructureKind.Fibres && spec.Length > shape.X + shape.Y + shape.Z) section.Error(MicrostructureKeys.FibreLength, FormattableString.Invariant($"is {spec.Length:g4} voxels"), "at most the sum of the edges");
            return spec;
        }

        private static VoxelShape? Shape(SectionReader section, NumberListKey key)
        {
            double[] values = section.Get(key, []);
            if (values.Length != 3 || values.Any(double.IsNaN)) return null;
            if (values.Any(value => value != Math.Round(value)))
            {
                section.Error(key, "holds a number that is not whole");
                return null;
            }
            return new((int)values[0], (int)values[1], (int)values[2]);
        }

        private List<PhaseSpec> ReadPhases(StructureSpec? structure)
        {
            IReadOnlyList<SourceMember> entries = root.Entries(MicrostructureKeys.Phases);
            List<PhaseSpec> phases = [];
            if (entries.Count == 0 && structure is not null)
            {
                phases.Add(new("Pore", PhaseKind.Pore, [StructureSpec.Outside], 1, 1, 0, double.NaN));
                phases.Add(new("Active material", PhaseKind.ActiveMaterial, [StructureSpec.Inside], 0, 0, 1, double.NaN));
            }
            foreach (SourceMember entry in entries) phases.Add(ReadPhase(entry));
            if (phases.Count == 0 || phases.Count > VoxelImage.MostPhases) root.Error(MicrostructureKeys.Phases, FormattableString.Invariant($"holds {phases.Count} phases"), FormattableString.Invariant($"1 to {VoxelImage.MostPhases}"));
            foreach (IGrouping<int, int> same in phases.SelectMany(phase => phase.Labels).GroupBy(label => label).Where(same => same.Count() > 1))
                root.Error(MicrostructureKeys.Phases, FormattableString.Invariant($"list the label {same.Key} more than once"));
            if (structure is null) return phases;
            foreach (byte label in structure.Shell > 0 ? new[] { StructureSpec.Outside, StructureSpec.Inside, StructureSpec.OfShell } : [StructureSpec.Outside, StructureSpec.Inside])
                if (!phases.Any(phase => phase.Labels.Contains(label))) root.Error(MicrostructureKeys.Phases, FormattableString.Invariant($"have no phase with the label {label}, which the structure holds"));
            return phases;
        }

        private PhaseSpec ReadPhase(SourceMember entry)
        {
            SectionReader section = new(((SectionKey)MicrostructureKeys.Phases.Item).Section, entry.Value, $"{MicrostructureKeys.Phases.Name}.{entry.Key}", report);
            PhaseKind kind = section.Get(MicrostructureKeys.PhaseKindKey);
            double? inner = section.Find(MicrostructureKeys.InnerPorosity);
            if (inner is null && kind == PhaseKind.CarbonBinder) section.Error(MicrostructureKeys.InnerPorosity, "is needed for carbon-binder", MicrostructureKeys.InnerPorosity.Allowed.ToString());
            if (inner is not null && kind != PhaseKind.CarbonBinder) section.Error(MicrostructureKeys.InnerPorosity, "is for carbon-binder only");
            double porosity = kind switch { PhaseKind.Pore => 1, PhaseKind.CarbonBinder => inner ?? 0, _ => 0 };
            double[] labels = section.Get(MicrostructureKeys.Labels, []);
            if (labels.Any(label => label != Math.Round(label))) section.Error(MicrostructureKeys.Labels, "hold a number that is not whole");
            return new(SourceNode.Printable(entry.Key), kind, [.. labels.Where(label => !double.IsNaN(label)).Select(label => (int)label)], porosity,
                section.Find(MicrostructureKeys.Ionic) ?? Math.Pow(porosity, 1.5), section.Find(MicrostructureKeys.Electronic) ?? (kind == PhaseKind.Pore ? 0 : 1), section.Find(MicrostructureKeys.Thermal) ?? double.NaN);
        }
    }
}
