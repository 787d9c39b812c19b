namespace Sim800.Tls.Handshake;

/// <summary>Lines of the NSS key log format, which Wireshark reads.</summary>
internal static class KeyLogLine
{
    /// <summary>The label of a TLS 1.2 master secret.</summary>
    internal const string MasterSecret = "CLIENT_RANDOM";

    internal static string Create(string label, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> secret) =>
        $"{label} {Convert.ToHexString(clientRandom)} {Convert.ToHexString(secret)}";
}
