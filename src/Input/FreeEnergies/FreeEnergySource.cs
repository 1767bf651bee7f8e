using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.FreeEnergies;

/// <summary>A free energy as a file gives it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Title">Its title; empty when absent.</param>
/// <param name="Kind">What it is, in words.</param>
/// <param name="Host">f(θ, T).</param>
/// <param name="Temperature">T at which U(θ) is wanted [K].</param>
/// <param name="ReferencePotential">U_ref [V].</param>
public sealed record FreeEnergySource(string File, string Title, string Kind, HostFreeEnergy Host, double Temperature, double ReferencePotential);

/// <summary>What stands in place of a file's own values.</summary>
/// <param name="Temperature">T [K].</param>
/// <param name="Noise">Rms error of a table [J mol⁻¹].</param>
/// <param name="ReferencePotential">U_ref [V].</param>
public sealed record FreeEnergyOptions(double? Temperature = null, double? Noise = null, double? ReferencePotential = null);

/// <summary>What became of a file.</summary>
/// <param name="Source">The free energy; null with errors.</param>
/// <param name="Problems">Everything there is to say.</param>
/// <param name="FileMissing">Whether the file does not exist.</param>
public sealed record FreeEnergyResult(FreeEnergySource? Source, IReadOnlyList<InputProblem> Problems, bool FileMissing);
