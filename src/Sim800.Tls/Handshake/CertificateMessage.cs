namespace Sim800.Tls.Handshake;

/// <summary>The server's Certificate message of TLS 1.2, taken apart without a look into the certificates (RFC 5246 §7.4.2).</summary>
internal static class CertificateMessage
{
    internal const byte Type = 11;

    /// <param name="body">The message without its header.</param>
    /// <returns>The certificates exactly as they were sent, the server's own first.</returns>
    /// <exception cref="TlsProtocolException">It is cut short, or there is none.</exception>
    internal static List<byte[]> Read(ReadOnlySpan<byte> body)
    {
        var list = TlsVector.Take(ref body, lengthSize: 3);
        TlsVector.Require(body.IsEmpty && !list.IsEmpty);
        var certificates = new List<byte[]>();
        while (!list.IsEmpty)
        {
            certificates.Add(TlsVector.Take(ref list, lengthSize: 3).ToArray());
        }

        return certificates;
    }
}
