namespace Cell3D.Discretization;

/// <summary>The term that closes the terminal voltage: its row needs a sum over all ranks.</summary>
public abstract class TerminalTerm : Term
{
    /// <summary>I, the current the cell is made to carry [A]; positive charges.</summary>
    public double AppliedCurrent { get; set; }

    /// <summary>Current through the positive terminal, summed over all ranks; set before each assembly.</summary>
    public double TotalCurrent { get; set; }

    /// <summary>Current through this rank's part of the positive terminal [A].</summary>
    public abstract double LocalCurrent { get; }
}
