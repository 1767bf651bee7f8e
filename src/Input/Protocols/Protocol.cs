namespace Cell3D.Input.Protocols;

/// <summary>One step at constant current. It ends at the first of duration, target voltage and the cell's cut-off.</summary>
/// <param name="Text">The sentence as written.</param>
/// <param name="Current">Terminal current of the simulated part [A], positive when charging.</param>
/// <param name="Duration">[s]; null without a limit.</param>
/// <param name="UntilVoltage">Target voltage [V]; null when none is given.</param>
public sealed record ProtocolStep(string Text, double Current, double? Duration, double? UntilVoltage);

/// <summary>Steps in order.</summary>
/// <param name="Steps">At least one.</param>
/// <param name="CurrentShare">Simulated current over the current of the whole cell: the simulated electrode area over the cell's.</param>
/// <param name="LowerCutOff">Voltage that ends any discharge [V].</param>
/// <param name="UpperCutOff">Voltage that ends any charge [V].</param>
public sealed record Protocol(IReadOnlyList<ProtocolStep> Steps, double CurrentShare, double LowerCutOff, double UpperCutOff);
