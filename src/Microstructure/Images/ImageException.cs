namespace Cell3D.Microstructure.Images;

/// <summary>An image file that cannot be read: says which, where and why, in words for the user.</summary>
public sealed class ImageException(string path, string problem, bool missing = false) : Exception($"{path}: {problem}")
{
    /// <summary>Whether the file is not there.</summary>
    public bool IsMissing { get; } = missing;
}
