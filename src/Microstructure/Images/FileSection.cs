namespace Cell3D.Microstructure.Images;

/// <summary>Some bytes of a file, one section after another.</summary>
internal sealed class FileSection(FileStream file) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _offset, _end;
    private int _at, _known;

    /// <summary>Goes to a section.</summary>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length; what lies behind the end of the file is missing.</param>
    public FileSection From(long offset, long count)
    {
        (_offset, _end, _at, _known) = (offset, offset + count, 0, 0);
        return this;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _known && !Fill()) return 0;
        int count = Math.Min(buffer.Length, _known - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int ReadByte() => _at < _known || Fill() ? _buffer[_at++] : -1;

    private bool Fill()
    {
        (_at, _known) = (0, RandomAccess.Read(file.SafeFileHandle, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, _end - _offset)), _offset));
        _offset += _known;
        return _known > 0;
    }
}
