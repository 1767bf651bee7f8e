namespace Cell3D.Discretization;

/// <summary>The term that closes the terminal voltage: its row needs a sum over all ranks.</summary>
public abstract class TerminalTerm : Term
{
    /// <summary>How the terminals are driven.</summary>
    public Control Control { get; set; } = Control.OpenCircuit;

    /// <summary>I [A], the current the cell carries; positive charges.</summary>
    public double Current => Control.PrescribedCurrent ?? TotalCurrent;

    /// <summary>Current through the positive terminal, summed over all ranks; set before each assembly.</summary>
    public double TotalCurrent { get; set; }

    /// <summary>I of the newest solved step, as an array of one so that it can be registered as a state.</summary>
    public double[] SolvedCurrent { get; } = new double[1];

    /// <summary>Current through this rank's part of the positive terminal [A].</summary>
    public abstract double LocalCurrent { get; }

    public override void EndStep() => SolvedCurrent[0] = Current;
}
