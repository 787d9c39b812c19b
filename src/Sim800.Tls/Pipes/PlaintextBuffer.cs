using System.Buffers;

namespace Sim800.Tls.Pipes;

/// <summary>What the application has written and not yet flushed, in one piece so that it becomes as few records as allowed.</summary>
internal sealed class PlaintextBuffer : IBufferWriter<byte>
{
    private const int MinSize = 512;

    private byte[] _bytes = [];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Forgets the content and gives the memory back, zeroed: others rent it next, and an idle connection needs none.</summary>
    internal void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        }

        _bytes = [];
        Length = 0;
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(MinSize, Math.Max(needed, Length * 2)));
        Written.CopyTo(larger);
        var length = Length;
        Release();
        _bytes = larger;
        Length = length;
    }
}
