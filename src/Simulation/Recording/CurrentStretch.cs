namespace Cell3D.Simulation.Recording;

/// <summary>What is kept of the time between two switches of the current.</summary>
public sealed record CurrentStretch
{
    /// <summary>Numbers of <see cref="ToNumbers"/>.</summary>
    public const int Length = 13;

    /// <summary>[s].</summary>
    public required double Start { get; init; }

    /// <summary>Time of the newest state [s].</summary>
    public required double End { get; init; }

    /// <summary>Step of the protocol, counted as it is carried out.</summary>
    public required int StepCount { get; init; }

    /// <summary>I right after the switch [A].</summary>
    public required double Current { get; init; }

    /// <summary>Whether it has stayed that.</summary>
    public required bool IsConstant { get; init; }

    /// <summary>V right after the switch [V].</summary>
    public required double FirstVoltage { get; init; }

    /// <summary>V at the end [V].</summary>
    public required double LastVoltage { get; init; }

    /// <summary>State of charge at the start.</summary>
    public required double FirstCharge { get; init; }

    /// <summary>State of charge at the end.</summary>
    public required double LastCharge { get; init; }

    /// <summary>Mean temperature at the start [K].</summary>
    public required double Temperature { get; init; }

    /// <summary>V after 1 s [V]; NaN where it is shorter.</summary>
    public double VoltageAt1 { get; init; } = double.NaN;

    /// <summary>V after 10 s [V].</summary>
    public double VoltageAt10 { get; init; } = double.NaN;

    /// <summary>V after 30 s [V].</summary>
    public double VoltageAt30 { get; init; } = double.NaN;

    /// <summary>[s].</summary>
    public double Duration => End - Start;

    /// <summary>All of it as numbers.</summary>
    public double[] ToNumbers() =>
        [Start, End, StepCount, Current, IsConstant ? 1 : 0, FirstVoltage, LastVoltage, FirstCharge, LastCharge, Temperature, VoltageAt1, VoltageAt10, VoltageAt30];

    /// <summary>That of such numbers.</summary>
    public static CurrentStretch Of(ReadOnlySpan<double> numbers) => new()
    {
        Start = numbers[0],
        End = numbers[1],
        StepCount = (int)numbers[2],
        Current = numbers[3],
        IsConstant = numbers[4] == 1,
        FirstVoltage = numbers[5],
        LastVoltage = numbers[6],
        FirstCharge = numbers[7],
        LastCharge = numbers[8],
        Temperature = numbers[9],
        VoltageAt1 = numbers[10],
        VoltageAt10 = numbers[11],
        VoltageAt30 = numbers[12],
    };
}
