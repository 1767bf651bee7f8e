using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Initial state, protocol, probes and output of a case file.</summary>
internal static class RunKeys
{
    private static readonly Interval Volts = new(0, 10);

    public static readonly NumberKey Soc = new("SOC", "State of charge at the start; default: that of the BPX file (1 in v0.x).", Interval.Fraction);
    public static readonly NumberKey Voltage = new("Voltage [V]", "Open-circuit voltage at the start and at the initial temperature, instead of SOC.", Volts);
    public static readonly SectionKey InitialState = new("Initial state", "State at rest at the start.", new(Soc, Voltage));

    /// <summary>Points that a case may name; each is up to four columns of the time series.</summary>
    public const int MostPoints = 1000;

    public static readonly MapKey Points = new("Points [m]", "Named points [x, y, z].", new NumberListKey("Point", "x, y, z.", Interval.Finite) { Count = 3 });
    public static readonly FlagKey LayerMeans = new("Layer means", "Record the mean of each field over each layer.", true);
    public static readonly FlagKey LayerCurrents = new("Layer currents", "Record the current through each layer.", false);
    public static readonly IntegerKey RadialPoints = new("Radial points", "Record the stoichiometry at so many radii, from the centre to the surface, of the particles at every point in an electrode; 0 for none.", 0, 100) { Default = 0 };
    public static readonly SectionKey Probes = new("Probes", "What is recorded at every step.", new(Points, LayerMeans, LayerCurrents, RadialPoints));

    public static readonly TextKey Folder = new("Folder", "Folder of the results inside the working folder, as a relative path; default: results/<name of the case>.");
    public static readonly NumberListKey FieldTimes = new("Field times [s]", "Times of field output.", new(0, 1e10)) { Most = 100_000 };
    public static readonly NumberKey FieldInterval = new("Field interval [s]", "Interval of field output.", new(1e-9, 1e10));
    public static readonly IntegerKey FieldCount = new("Field count", "Number of field outputs over the run, 0 for none; default 20.", 0, 1000000);
    public static readonly NumberKey RowPeriod = new("Row period [s]", "Interval of rows in the time series, counted from the start of each step of the protocol; the period of a step comes first. Default: one row per time step.", new(1e-6, 1e10));
    public static readonly NumberListKey RowTimes = new("Row times [s]", "Times of rows in the time series, in place of one row per time step.", new(0, 1e10)) { Most = 1_000_000 };
    public static readonly TextListKey Fields = new("Fields", "Fields that are written; default: all of them but Quasi-electrostatic potential.") { Words = [.. CaseDefaults.Fields, .. CaseDefaults.FieldsOnRequest, .. CaseDefaults.FieldsOfInterfaces.Select(field => field.Name)] };
    public static readonly TextListKey Layers = new("Layers", "Layers and tabs whose fields are written, by name, as \"Separator 3\", or by kind, as \"Separator\"; default: all of them.");
    public static readonly ChoiceKey<FieldPrecision> Precision = new("Precision", "Precision of written fields.",
        [("single", FieldPrecision.Single), ("double", FieldPrecision.Double)])
    { Default = FieldPrecision.Single };
    public static readonly SectionKey Output = new("Output", "Where results go and which.", new(Folder, FieldTimes, FieldInterval, FieldCount, RowPeriod, RowTimes, Fields, Layers, Precision));
}

/// <summary>Precision of written fields.</summary>
internal enum FieldPrecision
{
    /// <summary>float32.</summary>
    Single,

    /// <summary>float64.</summary>
    Double,
}
