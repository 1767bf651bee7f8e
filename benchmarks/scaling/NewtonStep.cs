namespace Cell3D.Benchmarks.Scaling; public static class NewtonStep { public static int Run(string[] _) => 0; }
