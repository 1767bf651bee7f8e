namespace Cell3D.Simulation;

/// <summary>A value of a case that is seen to be wrong only once there is a mesh; every rank throws it.</summary>
/// <param name="message">File, key, value, place and what is allowed, fit for the user.</param>
public sealed class CaseValueException(string message) : Exception(message);
