using System.Runtime.InteropServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Transport;

namespace Cell3D.Benchmarks.Laws;

/// <summary>Ionic transport, electronic conduction and heat conduction with their derivatives over all faces, against the same loop compiled by gcc -O3 -march=native, and its share of STREAM bandwidth.</summary>
/// <remarks>Properties are ready. A box in the second-level cache shows the arithmetic, one far larger than caches what memory leaves of it. Both kinds in turn, best of many batches.</remarks>
public static unsafe class AssemblyKernel
{
    private static readonly int[] s_edges = [6, Box.Edge, 70];

    /// <summary>Largest difference between both Jacobians, relative to the largest entry.</summary>
    private const double MostDifference = 1e-12;

    /// <summary>Arguments: [--check].</summary>
    public static int Run(string[] arguments)
    {
        if (!CompiledLoops.TryLoad("laws/assembly.c", out nint library))
            return arguments.Contains("--check") ? 1 : 0;
        var assemble = (delegate* unmanaged<NativeBox*, void>)NativeLibrary.GetExport(library, "assemble");
        TriadBenchmarks triad = new();
        double bandwidth = TriadBenchmarks.BytesPerElement / Timing.Of(triad.Triad).Per(TriadBenchmarks.Elements).Best;
        Console.WriteLine($"STREAM triad {bandwidth:f1} GB/s");
        Console.WriteLine("   faces  managed      C   ns per face | C over managed | bytes per face, share of STREAM | greatest difference");
        bool passed = true;
        foreach (int edge in s_edges)
        {
            (Timing managed, Timing native, double bytes, double difference) = Compare(new(edge), assemble);
            double ratio = native.Best / managed.Best;
            passed &= ratio >= CompiledLoops.Least && difference <= MostDifference;
            int faces = 3 * edge * edge * (edge - 1);
            Console.WriteLine($"{faces,8}{managed.Per(faces).Best,9:f1}{native.Per(faces).Best,7:f1}{"",14}|{ratio,15:f2} |{bytes / faces,15:f0}, {bytes / managed.Best / bandwidth,15:f2} |{difference,10:e1}");
        }
        return arguments.Contains("--check") && !passed ? 1 : 0;
    }

    private static (Timing Managed, Timing Native, double Bytes, double Difference) Compare(Box box, delegate* unmanaged<NativeBox*, void> assemble)
    {
        int cells = box.Layout.OwnedCells;
        double[] resistivity = new double[cells];
        box.Fill(resistivity, 0.01, 0.1);
        CellProperty perCell = CellProperty.PerCell(resistivity);
        FixedTransference transference = new(box.Properties);
        Joined<Joined<IonicTransport<FixedTransference>, ElectronicConduction>, HeatConduction> laws =
            new(new(new(box.Fields, box.Properties, transference, perCell), new(box.Fields, perCell)), new(box.Fields, perCell, perCell));
        TermUnderTest term = new(new FaceTerm<Joined<Joined<IonicTransport<FixedTransference>, ElectronicConduction>, HeatConduction>>(laws, box.Faces, box.Layout), box.Layout);
        term.AddJacobian();
        double[] exact = [.. term.Jacobian], residual = [.. term.Residual];
        term.Clear();
        ElectrolyteState[] electrolyte = [.. Enumerable.Range(0, cells).Select(cell => box.Properties[cell])];
        int[] number = [.. Enumerable.Range(0, cells)], firstRow = [.. number.Select(box.Layout.FirstRow)];
        short[] distances = Distances(box, term.Pattern);
        TransferenceState state = box.Properties.Transference(0);
        fixed (Face* faces = box.Faces)
        fixed (double* salt = box.Fields.Salt, ionic = box.Fields.IonicPotential, electronic = box.Fields.ElectronicPotential, temperature = box.Fields.Temperature, inverse = resistivity)
        fixed (double* scale = term.Scale.Factors, rest = term.Residual, jacobian = term.Jacobian)
        fixed (int* numbers = number, rows = firstRow, own = term.Pattern.Starts.Own)
        fixed (short* far = distances)
        fixed (ElectrolyteState* states = electrolyte)
        {
            NativeBox native = new(faces, box.Faces.Length, salt, ionic, electronic, temperature, inverse, numbers, rows, own, far, states, scale, rest, jacobian, box.Fields.ReferenceTemperature,
                state.Number.Value, (1 - state.Number.Value) * state.ThermodynamicFactor.Value, 2 * PhysicalConstants.Gas / PhysicalConstants.Faraday, 1 / PhysicalConstants.Faraday);
            NativeBox* of = &native;
            assemble(of);
            double difference = Math.Max(Difference(exact, term.Jacobian), Difference(residual, term.Residual));
            (Timing managed, Timing compiled) = Timing.Of(term.AddJacobian, () => assemble(of));
            // The Jacobian and the residual are read and written, all else is read.
            double bytes = (2.0 * sizeof(double) * (exact.Length + residual.Length)) + ((double)box.Faces.Length * (sizeof(Face) + (8 * sizeof(short))))
                + ((double)cells * (sizeof(ElectrolyteState) + (5 * sizeof(double)) + (6 * sizeof(int))));
            return (managed, compiled, bytes, difference);
        }
    }

    private static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max() / a.Max(Math.Abs);

    /// <summary>For every face, row and side where the entries of the cell opposite begin, counted from the row's own ones.</summary>
    private static short[] Distances(Box box, SparsePattern pattern)
    {
        Field[] rows = Enum.GetValues<Field>(), ofElectrolyte = [Field.Salt, Field.IonicPotential, Field.Temperature];
        List<short> distances = [];
        foreach (Face face in box.Faces)
            foreach (Field row in rows)
                foreach ((int own, int other) in new[] { (face.Left, face.Right), (face.Right, face.Left) })
                {
                    Field[] columns = row == Field.Temperature ? rows : row == Field.ElectronicPotential ? [row] : ofElectrolyte;
                    distances.Add(checked((short)(pattern.Start(own, row, other, columns) - pattern.Starts.Own[box.Layout.Row(own, row)])));
                }
        return [.. distances];
    }

    /// <summary>As in assembly.c.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeBox(Face* faces, long count, double* salt, double* ionic, double* electronic, double* temperature, double* resistivity, int* number, int* firstRow, int* ownStart,
        short* distances, ElectrolyteState* electrolyte, double* scale, double* residual, double* jacobian, double reference, double transference, double activity, double factor, double inverseFaraday)
    {
        private readonly Face* _faces = faces;
        private readonly long _count = count;
        private readonly double* _salt = salt, _ionic = ionic, _electronic = electronic, _temperature = temperature, _resistivity = resistivity;
        private readonly int* _number = number, _firstRow = firstRow, _ownStart = ownStart;
        private readonly short* _distances = distances;
        private readonly ElectrolyteState* _electrolyte = electrolyte;
        private readonly double* _scale = scale, _residual = residual, _jacobian = jacobian;
        private readonly double _reference = reference, _transference = transference, _activity = activity, _factor = factor, _inverseFaraday = inverseFaraday;
    }
}
