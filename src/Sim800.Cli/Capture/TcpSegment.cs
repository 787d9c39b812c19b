using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sim800.Cli.Capture;

/// <summary>Builds an IPv4 packet with one TCP segment, checksums included (RFC 791, RFC 9293).</summary>
internal static class TcpSegment
{
    private const int IpHeader = 20;
    private const int TcpHeader = 20;
    private const byte Tcp = 6;

    internal static byte[] Build(
        TcpEndPoint from, TcpEndPoint to, uint sequence, uint acknowledgement, TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[IpHeader + TcpHeader + payload.Length];
        var ip = packet.AsSpan(0, IpHeader);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)packet.Length);
        ip[6] = 0x40; // don't fragment
        ip[8] = 64;
        ip[9] = Tcp;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], from.Address);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], to.Address);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip, 0));

        var tcp = packet.AsSpan(IpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledgement);
        tcp[12] = (TcpHeader / 4) << 4;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        payload.CopyTo(tcp[TcpHeader..]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(tcp, PseudoHeader(from, to, tcp.Length)));
        return packet;
    }

    /// <summary>The one's complement of the one's complement sum (RFC 1071).</summary>
    internal static ushort Checksum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        sum += bytes.Length == 1 ? (uint)bytes[0] << 8 : 0;
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static uint PseudoHeader(TcpEndPoint from, TcpEndPoint to, int length) =>
        (from.Address >> 16) + (from.Address & 0xFFFF) + (to.Address >> 16) + (to.Address & 0xFFFF) + Tcp + (uint)length;
}

/// <summary>Control bits of a TCP segment (RFC 9293 §3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Push = 8,
    Ack = 16,
}

/// <summary>One end of a captured connection.</summary>
/// <param name="Address">IPv4 address, the first octet in the highest bits.</param>
/// <param name="Port">TCP port.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpEndPoint(uint Address, ushort Port);
