namespace Cell3D.Discretization;

/// <summary>What control volumes of one kind store of an unknown, per capacity: m(y).</summary>
public interface IStored
{
    /// <summary>Whether m = y; then nothing needs to be evaluated. Constant for the compiler.</summary>
    static abstract bool IsProportional { get; }

    /// <summary>Evaluates m and dm/dy at many values of y.</summary>
    /// <param name="unknown">y as stored.</param>
    /// <param name="stored">Receives as many m.</param>
    /// <param name="slope">Receives as many dm/dy.</param>
    void Evaluate(ReadOnlySpan<double> unknown, Span<double> stored, Span<double> slope);
}

/// <summary>m = y.</summary>
public readonly struct Proportional : IStored
{
    public static bool IsProportional => true;

    public void Evaluate(ReadOnlySpan<double> unknown, Span<double> stored, Span<double> slope)
    {
        unknown.CopyTo(stored);
        slope.Fill(1);
    }
}
