namespace Cell3D.Simulation.Recording;

/// <summary>Lowest, mean (by volume) and highest temperature of all cells [K].</summary>
public readonly record struct TemperatureRange(double Minimum, double Mean, double Maximum);
