namespace Cell3D.Microstructure.Images;

/// <summary>Undoes PackBits (TIFF 6.0, section 9): a count, then as many bytes as they are, or one that is repeated.</summary>
internal sealed class PackBitsStream(Stream packed) : ForwardStream
{
    private int _left, _repeated = -1;

    public override int Read(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length && (_left > 0 || Next()))
        {
            int run = Math.Min(_left, buffer.Length - filled);
            Span<byte> target = buffer.Slice(filled, run);
            if (_repeated >= 0) target.Fill((byte)_repeated);
            else if ((run = packed.Read(target)) == 0) break;
            _left -= run;
            filled += run;
        }
        return filled;
    }

    /// <summary>Begins the next run; false at the end.</summary>
    private bool Next()
    {
        int count;
        do count = packed.ReadByte();
        while (count == 128);
        if (count < 0) return false;
        (_left, _repeated) = count < 128 ? (count + 1, -1) : (257 - count, packed.ReadByte());
        return count < 128 || _repeated >= 0;
    }
}
