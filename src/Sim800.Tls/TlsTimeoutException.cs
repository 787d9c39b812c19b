using System.Globalization;

namespace Sim800.Tls;

/// <summary>The handshake did not end in the time allowed.</summary>
public sealed class TlsTimeoutException : TlsException
{
    internal TlsTimeoutException(TimeSpan allowed, long bytesReceived, Exception? inner = null)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The TLS handshake did not end within {allowed.TotalSeconds:0.#} s; {bytesReceived} bytes came from the server."),
            bytesReceived == 0
                ? TlsRemedy.CheckPortAndLink
                : TlsRemedy.AllowMoreTime,
            inner)
    {
        Allowed = allowed;
        BytesReceived = bytesReceived;
        IsTransient = true;
    }

    /// <summary>The time that was allowed.</summary>
    public TimeSpan Allowed { get; }

    /// <summary>How many bytes the server had sent by then: none points at the port or the link, some at the speed.</summary>
    public long BytesReceived { get; }
}
