using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Results;

namespace Cell3D.Cli.Commands;

/// <summary>Effective properties on the screen.</summary>
internal static class HomogenizeTables
{
    public static void Show(MicrostructureSpec spec, HomogenizedMaterial material)
    {
        Screen.Heading("Phases");
        Screen.Table([new("Phase", IsText: true), new("Share"), new("Surface\n[1/m]"), new("Error"), new("with voxels\nof twice the edge")],
            spec.Phases.Select((phase, p) => (string[])[phase.Name, Quantity.Text(material.Shares[p]), Quantity.Text(material.Areas[p]), Quantity.Text(material.AreaErrors[p], 2), Quantity.Text(material.CoarseAreas[p])]));
        Screen.Heading("Pores");
        Screen.Table([new("Direction", IsText: true), new("Connected\nporosity"), new("D_eff/D"), new("τ"), new("τ of\npaths"), new("Constric-\ntivity"), new("Bruggeman\nexponent")],
            Enumerable.Range(0, 3).Select(d => (string[])["xyz"[d].ToString(), Quantity.Text(material.ConnectedPorosity[d]), Quantity.Text(material.TransportEfficiency(d)),
                Quantity.Text(material.TransportTortuosity(d)), Quantity.Text(material.GeometricTortuosity[d]), Quantity.Text(material.Constrictivity(d)), Quantity.Text(material.BruggemanExponent(d))]));
        Screen.Heading("Effective properties");
        Screen.Table([new("Property", IsText: true), new("", IsText: true), new("Value"), new("Error\nsolver"), new("voxels"), new("sample"), new("Steps"), new("Time\n[s]")],
            material.Properties.SelectMany(property => Enumerable.Range(0, 3).Select(d => (string[])[
                d > 0 ? "" : property.Property.Unit == "1" ? property.Property.Name : $"{property.Property.Name} [{property.Property.Unit}]", "xyz"[d].ToString(),
                Quantity.Text(property.Along[d].Effective), Quantity.Text(property.Errors[d].Solver, 2), Quantity.Text(property.Errors[d].Voxels, 2), Quantity.Text(property.Errors[d].Sample, 2),
                Quantity.Count(property.Along[d].Solution.Iterations), Quantity.Text(property.Along[d].Solution.Seconds, 2)])));
        BruggemanFit fit = BruggemanFit.Of(material.Windows);
        Screen.Figures(("Porosity", Quantity.Text(material.Porosity)),
            ("Bruggeman exponent", double.IsFinite(fit.Exponent) ? $"{Quantity.Text(fit.Exponent, 3)} ± {Quantity.Text(fit.Error, 2)}, fitted through {fit.Windows} windows" : null),
            ("Representative volume", RepresentativeVolume.Verdict(material.Windows, material.TransportEfficiency(spec.Through))));
    }
}
