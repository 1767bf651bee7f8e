namespace Cell3D.Physics;

/// <summary>Wholes that the quantities of a balance are parts of; audits ask for these and know no single law.</summary>
public static class Totals
{
    /// <summary>All lithium [mol].</summary>
    public const string Lithium = "Lithium";

    /// <summary>Charge of double layers, as ions that the pores give away for it [mol]: salt and these together stay what they are.</summary>
    public const string HeldIons = "Held ions";

    /// <summary>Electric power that is stored: chemically, in double layers [W].</summary>
    public const string StoredPower = "Stored power";

    /// <summary>Current from the solid into the electrolyte on the negative side [A].</summary>
    public const string NegativeTransfer = "Transfer current, negative side";

    /// <summary>Current from the solid into the electrolyte on the positive side [A].</summary>
    public const string PositiveTransfer = "Transfer current, positive side";

    /// <summary>Heat that leaves through the outer surfaces [W].</summary>
    public const string HeatLost = "Heat lost to surroundings";
}
