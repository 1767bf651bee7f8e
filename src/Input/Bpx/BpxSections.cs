using Cell3D.Input.Keys;

namespace Cell3D.Input.Bpx;

/// <summary>The sections of one BPX file: which they are depends on its version and on its electrodes.</summary>
internal sealed class BpxSections
{
    public BpxSections(int major, SectionKey negative, SectionKey positive)
    {
        bool current = major >= 1;
        Cell = new("Cell", "The cell as a whole.", current ? BpxKeys.CellV1 : BpxKeys.CellV0) { Required = true };
        Electrolyte = new("Electrolyte", "The electrolyte.", current ? BpxKeys.ElectrolyteV1 : BpxKeys.ElectrolyteV0) { Required = true };
        Separator = new("Separator", "The separator.", BpxKeys.Separator) { Required = true };
        (Negative, Positive) = (negative, positive);
        Section content = new(Cell, Electrolyte, Negative, Positive, Separator, BpxKeys.UserDefined);
        Parameterisation = new("Parameterisation", "All parameters.", content) { Required = true };
        State = new("State", "State at the start.", BpxKeys.State);
        Root = current
            ? new Section(BpxKeys.HeaderSection, Parameterisation, State, BpxKeys.Validation)
            : new Section(BpxKeys.HeaderSection, Parameterisation, BpxKeys.Validation);
    }

    public SectionKey Cell { get; }

    public SectionKey Electrolyte { get; }

    public SectionKey Separator { get; }

    public SectionKey Negative { get; }

    public SectionKey Positive { get; }

    public SectionKey Parameterisation { get; }

    public SectionKey State { get; }

    public Section Root { get; }
}
