using Cell3D.Numerics;

namespace Cell3D.Microstructure.Structures;

/// <summary>
/// Equal spheres that do not overlap: random places, then overlapping pairs are pushed apart until none is left (after Jodrey and Tory, Phys. Rev. A 32
/// (1985) 2347, at a fixed radius). Reaches solid fractions of about 0.6.
/// </summary>
internal static class SpherePacking
{
    private const int MostSteps = 4000;

    /// <summary>Overlap that counts as none, over the diameter.</summary>
    private const double Touching = 1e-3;

    /// <exception cref="StructureException">So many do not fit.</exception>
    public static IReadOnlyList<Rod> Of(StructureSpec spec)
    {
        double[] box = [spec.Shape.X, spec.Shape.Y, spec.Shape.Z];
        int count = (int)Math.Round((1 - spec.Porosity) * spec.Shape.Count / (4.0 / 3 * Math.PI * Math.Pow(spec.Radius, 3)));
        SeededNumbers random = new(spec.Seed);
        double[][] centres = [.. Enumerable.Range(0, count).Select(_ => random.Point(box))];
        Neighbourhood cells = new(box, 2 * spec.Radius);
        double worst = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            worst = cells.PushApart(centres, 2 * spec.Radius);
            if (worst <= Touching) return [.. centres.Select(centre => new Rod(centre, [0, 0, 0]))];
        }
        throw new StructureException(FormattableString.Invariant($"{count} spheres of a porosity of {spec.Porosity} do not fit without overlap (after {MostSteps} steps pairs still overlap by {100 * worst:g2} % of the diameter); porosities above about 0.4 can be packed"));
    }

    /// <summary>Cells of at least a diameter, so that pairs are found among neighbouring cells.</summary>
    private sealed class Neighbourhood(double[] box, double diameter)
    {
        private readonly int[] _cells = [.. box.Select(length => Math.Max(1, (int)(length / diameter)))];

        /// <summary>Moves every overlapping pair apart by its overlap; gives the largest overlap before, over the diameter.</summary>
        public double PushApart(double[][] centres, double distance)
        {
            List<int>[] members = new List<int>[_cells[0] * _cells[1] * _cells[2]];
            for (int i = 0; i < centres.Length; i++) (members[Cell(centres[i])] ??= []).Add(i);
            double worst = 0;
            double[][] moves = [.. centres.Select(_ => new double[3])];
            for (int i = 0; i < centres.Length; i++)
                foreach (int j in Near(centres[i]).SelectMany(cell => members[cell] ?? []).Where(j => j > i))
                    worst = Math.Max(worst, Push(centres[i], centres[j], moves[i], moves[j], distance));
            for (int i = 0; i < centres.Length; i++)
                for (int d = 0; d < 3; d++) centres[i][d] = (((centres[i][d] + moves[i][d]) % box[d]) + box[d]) % box[d];
            return worst;
        }

        private double Push(double[] a, double[] b, double[] moveA, double[] moveB, double distance)
        {
            Span<double> gap = stackalloc double[3];
            double square = 0;
            for (int d = 0; d < 3; d++)
            {
                gap[d] = b[d] - a[d];
                gap[d] -= box[d] * Math.Round(gap[d] / box[d]);
                square += gap[d] * gap[d];
            }
            double length = Math.Sqrt(square), overlap = distance - length;
            if (!(overlap > 0) || !(length > 0)) return 0;
            for (int d = 0; d < 3; d++)
            {
                double move = 0.5 * overlap * gap[d] / length;
                moveA[d] -= move;
                moveB[d] += move;
            }
            return overlap / distance;
        }

        private int Cell(double[] centre) => ((Along(centre, 2) * _cells[1]) + Along(centre, 1)) * _cells[0] + Along(centre, 0);

        private int Along(double[] centre, int d) => Math.Clamp((int)(centre[d] / box[d] * _cells[d]), 0, _cells[d] - 1);

        private IEnumerable<int> Near(double[] centre)
        {
            int[] x = Around(centre, 0), y = Around(centre, 1), z = Around(centre, 2);
            foreach (int k in z)
                foreach (int j in y)
                    foreach (int i in x) yield return (((k * _cells[1]) + j) * _cells[0]) + i;
        }

        private int[] Around(double[] centre, int d) => [.. new[] { -1, 0, 1 }.Select(step => (Along(centre, d) + step + _cells[d]) % _cells[d]).Distinct()];
    }
}
