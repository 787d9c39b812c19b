using System.Text;

namespace Sim800.Tls.Handshake;

/// <summary>The application_layer_protocol_negotiation extension (RFC 7301 §3.1).</summary>
internal static class ApplicationProtocols
{
    /// <summary>The server's choice: exactly one, and one of ours.</summary>
    /// <exception cref="TlsProtocolException">It is neither.</exception>
    internal static string DecodeChoice(byte[] extension, IReadOnlyList<string> offered)
    {
        if (extension.Length < 4 || extension[0] != 0 || extension[1] != extension.Length - 2 || extension[2] != extension.Length - 3)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }

        var choice = Encoding.ASCII.GetString(extension, 3, extension.Length - 3);
        return offered.Contains(choice, StringComparer.Ordinal)
            ? choice
            : throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
    }
}
