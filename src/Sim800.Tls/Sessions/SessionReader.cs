using System.Buffers.Binary;
using System.Text;

namespace Sim800.Tls.Sessions;

/// <summary>Reads lengths and octets from a stored session, which may be cut or changed anywhere.</summary>
internal ref struct SessionReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Something was not there; everything read since is empty.</summary>
    internal bool HasFailed { get; private set; }

    internal readonly bool IsAtEnd => _rest.IsEmpty && !HasFailed;

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || count < 0 || count > _rest.Length)
        {
            HasFailed = true;
            return [];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    internal int ReadInt32() => Take(sizeof(int)) is { IsEmpty: false } taken ? BinaryPrimitives.ReadInt32LittleEndian(taken) : 0;

    internal long ReadInt64() => Take(sizeof(long)) is { IsEmpty: false } taken ? BinaryPrimitives.ReadInt64LittleEndian(taken) : 0;

    internal byte[] ReadBytes() => Take(ReadInt32()).ToArray();

    internal string ReadText() => Encoding.UTF8.GetString(Take(ReadInt32()));
}
