using System.Buffers.Binary;
using System.Text;

namespace Sim800.Cli.Capture;

/// <summary>
/// Writes the pcapng format (draft-ietf-opsawg-pcapng): a section header, one interface of raw IP packets, enhanced packet
/// blocks, and decryption secrets blocks with lines of a TLS key log.
/// </summary>
internal sealed class PcapngWriter
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint DecryptionSecrets = 10;
    private const uint TlsKeyLog = 0x544C534B;
    private const ushort LinkTypeRaw = 101;

    private readonly Stream _output;

    internal PcapngWriter(Stream output)
    {
        _output = output;
        WriteBlock(SectionHeader, SectionHeaderBody());
        WriteBlock(InterfaceDescription, [(byte)LinkTypeRaw, 0, 0, 0, 0, 0, 0, 0]);
    }

    internal void WritePacket(DateTimeOffset at, ReadOnlySpan<byte> packet)
    {
        var body = new byte[20 + Padded(packet.Length)];
        var microseconds = (ulong)(at.ToUniversalTime() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)(microseconds >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), (uint)microseconds);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(12), packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(16), packet.Length);
        packet.CopyTo(body.AsSpan(20));
        WriteBlock(EnhancedPacket, body);
    }

    /// <summary>Keys for packets that come after this block.</summary>
    internal void WriteKeyLogLine(string line)
    {
        var text = Encoding.ASCII.GetBytes(line + "\n");
        var body = new byte[8 + Padded(text.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, TlsKeyLog);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), text.Length);
        text.CopyTo(body.AsSpan(8));
        WriteBlock(DecryptionSecrets, body);
    }

    private static byte[] SectionHeaderBody()
    {
        var body = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(body, 0x1A2B3C4D); // tells the reader our byte order
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(4), 1);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8), -1); // the section's length is not known yet
        return body;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private void WriteBlock(uint type, ReadOnlySpan<byte> body)
    {
        var block = new byte[12 + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        body.CopyTo(block.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(block.Length - 4), block.Length);
        _output.Write(block);
    }
}
