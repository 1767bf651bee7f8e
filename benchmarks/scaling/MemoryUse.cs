using System.Globalization;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>Memory of a layered pouch cell that is ready to step, per unknown of the condensed system: what stays, by the field that holds it, and the peak on the way there.</summary>
public static class MemoryUse
{
    /// <summary>Bounds of <c>--check</c>: managed memory that stays per condensed unknown [byte], and the peak over what stays.</summary>
    private const double MostManaged = 250, MostPeak = 1.3;

    /// <summary>Arrays below are not listed [byte per unknown].</summary>
    private const double LeastShown = 0.5;

    /// <summary>Arguments: [--check] [cells along an edge]...</summary>
    public static int Run(string[] arguments)
    {
        bool check = arguments.Contains("--check");
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        bool holds = true;
        foreach (int edge in arguments.Where(word => word != "--check").Select(int.Parse).DefaultIfEmpty(40))
            holds &= Measure(edge, world);
        return check && !holds ? 1 : 0;
    }

    private static bool Measure(int edge, Communicator world)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using PouchModel pouch = new(world, edge);
        long model = GC.GetTotalMemory(forceFullCollection: true) - before;
        using LinearSystem linear = new(pouch.Model.System, world, LinearMethod.FieldSplit, 1e-3);
        NewtonSolver newton = pouch.Newton(linear, world);
        newton.Assemble();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        double rows = pouch.Model.Layout.Rows, managed = GC.GetTotalMemory(forceFullCollection: true) - before;
        (double stays, double peak) = (Status("VmRSS"), Status("VmHWM"));
        if (world.IsRoot)
        {
            Console.WriteLine($"{edge}² x 32, {world.Size} rank(s), {rows:n0} unknowns and {pouch.Part.Mesh.CellCount:n0} control volumes on rank 0");
            Console.WriteLine($"  managed, of the model               {model / rows,8:f0} B per unknown");
            Console.WriteLine($"  managed, in all                     {managed / rows,8:f0} B per unknown   (bound {MostManaged})");
            foreach ((string holder, long bytes) in HeldMemory.Of(pouch).Where(held => held.Bytes >= LeastShown * rows))
                Console.WriteLine($"    {holder,-38}{bytes / rows,8:f1}");
            Console.WriteLine($"  resident, what stays                {stays / rows,8:f0} B per unknown");
            Console.WriteLine($"  resident, peak                      {peak / rows,8:f0} B per unknown   ({peak / stays:f2} of what stays; bound {MostPeak})");
        }
        return managed / rows <= MostManaged && peak / stays <= MostPeak;
    }

    private static double Status(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
