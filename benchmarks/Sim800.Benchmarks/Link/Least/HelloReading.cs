using System.Buffers.Binary;

namespace Sim800.Benchmarks.Link.Least;

/// <summary>What the product's own ClientHello tells: how long the ticket in it is, which is the server's choice and nobody's waste.</summary>
internal static class HelloReading
{
    private const int SessionTicket = 35;
    private const int PreSharedKey = 41;

    /// <returns>The bytes of the ticket; 0 when the hello has none.</returns>
    internal static int TicketLength(ReadOnlySpan<byte> record)
    {
        var rest = record[(5 + 4 + 2 + 32)..];
        rest = rest[(1 + rest[0])..];
        rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))..];
        rest = rest[(1 + rest[0])..];
        rest = rest.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(rest));
        while (!rest.IsEmpty)
        {
            var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            var data = rest.Slice(4, length);
            switch (type)
            {
                case SessionTicket:
                    return length;
                case PreSharedKey:
                    return BinaryPrimitives.ReadUInt16BigEndian(data[2..]); // of the first identity; the length of all stands before it
                default:
                    rest = rest[(4 + length)..];
                    break;
            }
        }

        return 0;
    }
}
