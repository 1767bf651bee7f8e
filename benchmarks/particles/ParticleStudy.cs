using Cell3D.Benchmarks.Laws;
using Cell3D.Discretization;
using Cell3D.Input.Bpx;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Benchmarks.Particles;

/// <summary>Error of the surface stoichiometry, memory and time of the discretisations inside a particle, at 3C on both electrodes of two cells.</summary>
public static class ParticleStudy
{
    private const double CRate = 3, Pulse = 10, Rest = 1, Goal = 1e-4, EarliestTime = 0.01, TimeRatio = 1.05;
    private static readonly double[] Times = [1, 10, 100, 600];
    private static readonly double[] Gradings = [3, 10, 30, 100, 300];

    public static int Run()
    {
        Load[] loads = [.. Loads("chen2020.bpx.json"), .. Loads("lfp-18650.bpx.json")];
        foreach (Load load in loads)
            Console.WriteLine($"{load.Name}: flux number {load.Flux:g3}, R²/D_s = {load.DiffusionTime:g4} s");
        Console.WriteLine("largest error of x_surf over the four particles");
        Console.WriteLine($"{"method",-22}{"n",4}{string.Concat(Times.Select(t => $"{$"{t} s",10}"))}{$"{Rest} s after {Pulse} s",16}{"below 1e-4 from",17}");
        foreach (int modes in new[] { 4, 6, 8, 10, 12, 16, 24 })
            Print(ModalSphere.Spectral(modes), loads);
        foreach (int shells in new[] { 10, 15, 20, 30, 40, 60 })
            Print(Gradings.Select(grading => ModalSphere.FiniteVolumes(shells, grading)).MinBy(sphere => Times.Max(time => Error(sphere, loads, time)))!, loads);
        foreach (int shells in new[] { 10, 20, 30, 60, 120 })
            Print(ModalSphere.FiniteVolumes(shells, 1), loads);
        PrintCosts();
        return 0;
    }

    private static void Print(ModalSphere sphere, Load[] loads) =>
        Console.WriteLine($"{sphere.Name,-22}{sphere.Unknowns,4}{string.Concat(Times.Select(time => $"{Error(sphere, loads, time),10:e1}"))}{ErrorAfterPulse(sphere, loads),16:e1}{GoodFrom(sphere, loads),15:g2} s");

    /// <summary>Time after which the error stays below the goal [s].</summary>
    private static double GoodFrom(ModalSphere sphere, Load[] loads)
    {
        double time = Times[^1];
        while (time > EarliestTime && Error(sphere, loads, time) <= Goal)
            time /= TimeRatio;
        return time == Times[^1] ? double.PositiveInfinity : time * TimeRatio;
    }

    private static double Error(ModalSphere sphere, Load[] loads, double time) =>
        loads.Max(load => Math.Abs(load.Flux * (sphere.SurfaceValue(time / load.DiffusionTime) - ModalSphere.ExactSurfaceValue(time / load.DiffusionTime))));

    /// <summary>Diffusion is linear: a pulse is a constant flux minus the same one later.</summary>
    private static double ErrorAfterPulse(ModalSphere sphere, Load[] loads) => loads.Max(load =>
    {
        double whole = (Pulse + Rest) / load.DiffusionTime, rest = Rest / load.DiffusionTime;
        return Math.Abs(load.Flux * (sphere.SurfaceValue(whole) - sphere.SurfaceValue(rest)
            - ModalSphere.ExactSurfaceValue(whole) + ModalSphere.ExactSurfaceValue(rest)));
    });

    private static IEnumerable<Load> Loads(string file)
    {
        BpxCell cell = BpxFile.Load(Box.BpxPath(file)).Cell!;
        double current = CRate * cell.NominalCapacity / (cell.ElectrodeArea * cell.ElectrodePairs);
        foreach ((string name, PorousElectrode electrode) in new[] { ("negative", cell.NegativeElectrode), ("positive", cell.PositiveElectrode) })
        {
            ActiveMaterial material = electrode.ActiveMaterials[0];
            double diffusivity = material.Diffusivity.Value(0.5), radius = material.ParticleRadius;
            double flux = current / (material.SurfaceAreaPerVolume * electrode.Thickness) / PhysicalConstants.Faraday;
            yield return new($"{file}, {name}", flux * radius / (diffusivity * material.MaximumConcentration), radius * radius / diffusivity);
        }
    }

    private static void PrintCosts()
    {
        ExpressionCurve variable = ExpressionCurve.Parse("4e-15*(0.2 + 2*(1 - x)**2)");
        ActiveMaterial material = BpxFile.Load(Box.BpxPath("chen2020.bpx.json")).Cell!.PositiveElectrode.ActiveMaterials[0];
        Console.WriteLine("one linearisation of one particle, condensed to its surface");
        Console.WriteLine($"{"method",-22}{"n",4}{"D_s(T)",12}{"D_s(x, T)",12}");
        foreach (int modes in new[] { 4, 6, 8, 10, 12, 16, 20 })
            Console.WriteLine($"{"spectral",-22}{modes,4}{Cost(material, modes),9:f0} ns{Cost(material with { Diffusivity = variable }, modes),9:f0} ns");
        foreach (int shells in new[] { 10, 20, 40, 60 })
        {
            ShellDiffusion sphere = new(shells, variable);
            Timing timing = Timing.Of(() => sphere.Respond(0.1, 1e9, 1e7, 1e-3));
            Console.WriteLine($"{"shells",-22}{shells,4}{"",12}{timing.Best,9:f0} ns");
        }
        ActiveMaterial parted = material with { PhaseSeparation = new(new RedlichKister(0, 0, [11096], []), 3.422, 2.2e-8) };
        foreach (int nodes in new[] { 25, 50, 100, 200 })
            Console.WriteLine($"{"phase separation, nodes",-22}{nodes,4}{Cost(parted, nodes),9:f0} ns{Cost(parted with { Diffusivity = variable }, nodes),9:f0} ns");
    }

    private static double Cost(ActiveMaterial material, int unknowns)
    {
        const int Count = 2 * LocalBlock.Batch;
        ParticleTransport diffusion = ParticleTransport.Create(material, unknowns, 298.15, ParticleGeometry.Uniform(new("x", new int[Count]), material), new(1e-5, 0));
        diffusion.SetUniform(0.5);
        diffusion.Coefficients.Reserve(TimeCoefficients.DefaultOrder).Accept();
        TimeCoefficients time = new();
        time.Set(10, [0], 1);
        diffusion.BeginStep(time);
        double[] currents = new double[LocalBlock.Batch], temperatures = new double[LocalBlock.Batch];
        currents.AsSpan().Fill(1);
        temperatures.AsSpan().Fill(298.15);
        SurfaceResponse[] responses = new SurfaceResponse[LocalBlock.Batch];
        return Timing.Of(() =>
        {
            for (int first = 0; first < Count; first += LocalBlock.Batch)
                diffusion.Respond(first, currents, temperatures, responses);
        }).Per(Count).Best;
    }

    /// <summary>A particle under the mean flux of its electrode.</summary>
    /// <param name="Name">Cell and electrode.</param>
    /// <param name="Flux">f = R N/(D_s c_max).</param>
    /// <param name="DiffusionTime">R²/D_s [s].</param>
    private sealed record Load(string Name, double Flux, double DiffusionTime);
}
