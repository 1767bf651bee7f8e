namespace Cell3D.Mesh;

/// <summary>Equal flat-wound rolls side by side through the thickness of one can. Lengths in metres.</summary>
/// <param name="Count">How many, at least two.</param>
/// <param name="Gap">Between neighbours, where they come closest [m].</param>
/// <param name="SideConductivity">k of what lies between rolls and around them [W m⁻¹ K⁻¹].</param>
/// <param name="BaseConductivity">k between rolls and base [W m⁻¹ K⁻¹].</param>
/// <param name="TopConductivity">k between rolls and cap [W m⁻¹ K⁻¹].</param>
public sealed record RollGroup(int Count, double Gap, double SideConductivity, double BaseConductivity, double TopConductivity);
