namespace Cell3D.Mesh;

/// <summary>The geometry cannot be meshed or partitioned as asked; holds every reason found.</summary>
public sealed class MeshException : Exception
{
    /// <summary>One reason.</summary>
    public MeshException(string message)
        : this([message])
    {
    }

    /// <summary>All reasons at once.</summary>
    /// <param name="messages">One sentence each, fit for the user.</param>
    public MeshException(IReadOnlyList<string> messages)
        : base(string.Join(Environment.NewLine, messages)) => Messages = messages;

    /// <summary>One sentence per reason.</summary>
    public IReadOnlyList<string> Messages { get; }
}
