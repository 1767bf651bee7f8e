namespace Cell3D.Mesh;

/// <summary>A can around a roll, with gaps of gas, liquid or insulation between the two. All lengths in metres, positive.</summary>
/// <param name="Wall">Thickness of the wall [m].</param>
/// <param name="SideGap">Between roll and wall [m].</param>
/// <param name="Base">Thickness of the base [m].</param>
/// <param name="BaseGap">Between the lower end of the roll and the base [m].</param>
/// <param name="Top">Thickness of the cap [m].</param>
/// <param name="TopGap">Between the upper end of the roll and the cap [m].</param>
/// <param name="Rings">Rings into which base and cap are divided below and above the layers.</param>
public sealed record CanSpec(double Wall, double SideGap, double Base, double BaseGap, double Top, double TopGap, int Rings = 4)
{
    /// <summary>Names of the regions it adds: metal, gap to the wall, gap to the base, gap to the cap.</summary>
    public static IReadOnlyList<string> RegionNames { get; } = ["Can", "Side gap", "Base gap", "Top gap"];
}
