using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class TimeSeriesReaderTests
{
    [TestCase("Test Time / s,Voltage / V,Current / A\n0,4.1,-1\n69,4.0,-1\n", TestName = "Battery Data Format, labels")]
    [TestCase("test_time_second,voltage_volt,current_ampere\n0,4.1,-1\n69,4.0,-1\n", TestName = "Battery Data Format, machine-readable")]
    [TestCase("time_s,voltage_V,current_A\n0,4.1,-1\n69,4.0,-1\n", TestName = "PyBaMM tables")]
    [TestCase("Time [s],Voltage [V],Current [A]\n0.0,4.1,-1\n69.0,4.0,-1\n", TestName = "BPX and COMSOL")]
    [TestCase("\"Time [s]\";\"Voltage [V]\";\"Current [A]\"\r\n0,0;4,1;-1\r\n69,0;4,0;-1\r\n", TestName = "semicolons, decimal commas, CRLF")]
    [TestCase("Time(min)\tU/(mV)\tI(mA)\n0\t4100\t-1000\n1.15\t4000\t-1000\n", TestName = "tabs, minutes and milli-units")]
    [TestCase("# a comment\n# time [s], voltage [V], current [A]\n0, 4.1, -1\n\n69, 4.0, -1", TestName = "header in a comment, no last line break")]
    [TestCase("Time [s]\r,Voltage [V],\u2028Current [A]\r\n0,4.1,-1\r\n69,4.0,-1\r\n", TestName = "line breaks of other systems within the header")]
    [TestCase("\uFEFFtime, voltage, current\n0, 4.1, -1\n69, 4.0, -1\n\n", TestName = "names without units, byte order mark")]
    public void UnderstandsTheUsualSpellings(string text)
    {
        TimeSeries series = TimeSeriesReader.Parse(text, "curve");
        Assert.Multiple(() =>
        {
            Assert.That(series.Time, Is.EqualTo([0.0, 69.0]).Within(1e-12));
            Assert.That(series.Voltage, Is.EqualTo([4.1, 4.0]).Within(1e-12));
            Assert.That(series.Find(SeriesColumn.Current), Is.EqualTo([-1.0, -1.0]).Within(1e-12));
        });
    }

    [TestCase("20.3,4.10\n137.2,4.06\n")]
    [TestCase("20.3  4.10\n137.2  4.06\n")]
    public void TwoColumnsWithoutHeaderAreTimeAndVoltage(string text)
    {
        TimeSeries series = TimeSeriesReader.Parse(text, "curve");
        Assert.That((series.Time[1], series.Voltage[1], series.Find(SeriesColumn.Current)), Is.EqualTo((137.2, 4.06, (double[]?)null)));
    }

    [Test]
    public void OtherColumnsKeepNameAndUnit()
    {
        TimeSeries series = TimeSeriesReader.Parse("time_s,voltage_V,voltage_error_V,temperature_K,Ambient Temperature / degC\n0,4.1,1e-9,298.15,25\n1,4.0,,298.16,25\n", "curve");
        Assert.Multiple(() =>
        {
            Assert.That(series.Columns.Skip(2), Is.EqualTo([new SeriesColumn("voltage_error", "V"), new SeriesColumn("temperature", "K"), new SeriesColumn("Ambient Temperature", "degC")]));
            Assert.That(series.Column(new SeriesColumn("voltage_error", "V"))[1], Is.NaN, "an empty cell");
        });
    }

    [Test]
    public void ATornLastLineIsDropped()
    {
        TimeSeries series = TimeSeriesReader.Parse("Test Time / s,Voltage / V,Current / A\n0,4.1,-1\n1,4.0,-1\n2,3.", "curve");
        Assert.That(series.Time, Is.EqualTo([0.0, 1.0]));
    }

    [Test]
    public void AllErrorsAreTold()
    {
        const string Text = "Time [s],Voltage [V]\n0,4.1\n10,four\n20\n5,3.9\nNaN,3.8\n";
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => TimeSeriesReader.Parse(Text, "curve.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(e!.ExitCode, Is.EqualTo(65));
            Assert.That(e.Errors, Has.Count.EqualTo(4));
            Assert.That(e.Errors[0], Is.EqualTo("line 3, column 'Voltage / V': 'four' is not a number"));
            Assert.That(e.Errors[1], Is.EqualTo("line 4: 1 values where 2 columns are expected"));
            Assert.That(e.Errors[2], Is.EqualTo("line 5: time 5 s lies before 10 s of line 3"));
            Assert.That(e.Errors[3], Does.StartWith("line 6, column 'Test Time / s': 'NaN'"));
            Assert.That(e.Message, Does.Contain("curve.csv: line 4"));
        });
    }

    [TestCase("", "holds no rows of numbers")]
    [TestCase("Time [s],Voltage [V]\n", "holds 0 rows of numbers; at least 2 are needed")]
    [TestCase("Time [s],Voltage [V]\n0,4\n", "holds 1 rows of numbers; at least 2 are needed")]
    [TestCase("Zeit,Spannung\n0,1\n1,2\n", "line 1: no column is understood as 'Test Time / s' among 'Zeit', 'Spannung'")]
    [TestCase("t,V,voltage\n0,1,2\n1,2,3\n", "line 1: more than one column is understood as 'Voltage / V' among 't', 'V', 'voltage'")]
    [TestCase("1\n2\n", "line 1: at least two columns, time [s] and voltage [V], are needed")]
    [TestCase("PNG\0\u0001binary", "is not a text file")]
    public void SaysWhatIsWrong(string text, string expected)
    {
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => TimeSeriesReader.Parse(text, "curve.csv"));
        Assert.That(e!.Errors, Does.Contain(expected));
    }

    [Test]
    public void ManyErrorsAreCutShort()
    {
        string text = "Time [s],Voltage [V]\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},x\n"));
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => TimeSeriesReader.Parse(text, "curve.csv"));
        Assert.That(e!.Errors, Has.Count.EqualTo(21).And.Some.EqualTo("and 80 more errors"));
    }

    [Test]
    public void AMissingFileIsNamed()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("gone/curve.csv");
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => TimeSeriesReader.Read(path));
        Assert.That(e!.ExitCode, Is.EqualTo(66));
        Assert.That(e.Message, Does.StartWith($"{path}: cannot be opened: Could not find "));
    }

    [TestCase("Time [s],Voltage [V]{0}\n1,2\n")]
    [TestCase("1,2{0}\n3,4\n")]
    public void MemoryForMoreColumnsThanAnyCyclerWritesIsNotTaken(string text)
    {
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => TimeSeriesReader.Parse(text.Replace("{0}", string.Concat(Enumerable.Repeat(",3", 1000)), StringComparison.Ordinal), "curve.csv"));
        Assert.That(e!.Errors[0], Is.EqualTo("line 1: 1002 columns; at most 1000 are read"));
    }
}
