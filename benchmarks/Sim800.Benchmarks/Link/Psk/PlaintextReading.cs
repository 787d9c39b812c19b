using Org.BouncyCastle.Tls;

namespace Sim800.Benchmarks.Link.Psk;

/// <summary>Takes decrypted bytes out of BouncyCastle's protocol, which knows arrays only.</summary>
internal static class PlaintextReading
{
    internal static int ReadInput(this TlsServerProtocol protocol, Span<byte> into, int most)
    {
        var bytes = new byte[Math.Min(most, protocol.GetAvailableInputBytes())];
        var read = protocol.ReadInput(bytes, 0, bytes.Length);
        bytes.AsSpan(0, read).CopyTo(into);
        return read;
    }
}
