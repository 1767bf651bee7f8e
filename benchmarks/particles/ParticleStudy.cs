namespace Cell3D.Benchmarks.Particles; public static class ParticleStudy { public static int Run() => 0; }
