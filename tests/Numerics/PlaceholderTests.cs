using NUnit.Framework;
namespace Cell3D.Tests;
public class PlaceholderTests { [Test] public void Runs() => Assert.That(1 + 1, Is.EqualTo(2)); }
