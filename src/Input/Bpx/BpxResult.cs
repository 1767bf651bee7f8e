namespace Cell3D.Input.Bpx;

/// <summary>A loaded cell with its warnings, or all errors of the file.</summary>
/// <param name="Cell">The cell; null when there is an error.</param>
/// <param name="Problems">Warnings and errors in the order of the file.</param>
public sealed record BpxResult(BpxCell? Cell, IReadOnlyList<InputProblem> Problems);
