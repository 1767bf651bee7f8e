namespace Cell3D.Benchmarks.Scaling; public static class Lagging { public static int Run(string[] _) => 0; }
