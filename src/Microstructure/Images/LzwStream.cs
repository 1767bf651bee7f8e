namespace Cell3D.Microstructure.Images;

/// <summary>Undoes LZW as TIFF 6.0 has it (section 13): codes of 9 to 12 bits, the highest bit first, one bit longer one code earlier than the table needs it.</summary>
internal sealed class LzwStream(Stream packed) : ForwardStream
{
    private const int Clear = 256, End = 257, First = 258, Codes = 4096, LeastWidth = 9, MostWidth = 12;

    /// <summary>Of each code: the code of all its bytes but the last, and that byte.</summary>
    private readonly ushort[] _before = new ushort[Codes];
    private readonly byte[] _last = new byte[Codes];

    /// <summary>Bytes of the newest code that are still to be handed out, from the end on.</summary>
    private readonly byte[] _string = new byte[Codes];
    private int _waiting, _next = First, _width = LeastWidth, _previous = -1;
    private byte _firstOfPrevious;
    private uint _bits;
    private int _bitCount;
    private bool _ended;

    /// <exception cref="InvalidDataException">A code refers to one that there is not yet.</exception>
    public override int Read(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length && (_waiting > 0 || Next()))
            buffer[filled++] = _string[--_waiting];
        return filled;
    }

    /// <summary>Looks up the bytes of the next code; false at the end.</summary>
    private bool Next()
    {
        int code = End;
        while (!_ended && (code = Code()) == Clear)
            (_next, _width, _previous) = (First, LeastWidth, -1);
        if (_ended |= code == End) return false;
        if (code > _next || (code == _next && _previous < 0) || (code > Clear && _previous < 0)) throw new InvalidDataException();
        // The one code that may be met before it is known is that of the string before with its own first byte behind.
        int known = code < _next ? code : _previous;
        if (code == _next) _string[_waiting++] = _firstOfPrevious;
        for (; known >= First; known = _before[known])
            _string[_waiting++] = _last[known];
        byte first = (byte)known;
        _string[_waiting++] = first;
        if (_previous >= 0 && _next < Codes)
        {
            (_before[_next], _last[_next]) = ((ushort)_previous, first);
            _next++;
            if (_next + 1 >= 1 << _width && _width < MostWidth) _width++;
        }
        (_previous, _firstOfPrevious) = (code, first);
        return true;
    }

    /// <summary>The next code; that of the end where there is none.</summary>
    private int Code()
    {
        for (; _bitCount < _width; _bitCount += 8)
        {
            int next = packed.ReadByte();
            if (next < 0) return End;
            _bits = (_bits << 8) | (uint)next;
        }
        _bitCount -= _width;
        return (int)((_bits >> _bitCount) & ((1u << _width) - 1));
    }
}
