using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sim800.Tls.Sessions;

/// <summary>Writes what <see cref="SessionReader"/> reads.</summary>
internal readonly ref struct SessionWriter(IBufferWriter<byte> output)
{
    internal void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }

    internal void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    internal void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        output.Write(value);
    }

    internal void WriteText(string value) => WriteBytes(Encoding.UTF8.GetBytes(value));
}
