using System.Security.Cryptography;
using System.Text;

namespace Sim800.Cli.Rendering;

/// <summary>What went wrong, on one line.</summary>
internal static class FailureText
{
    /// <summary>The libraries advise in terms of their options; here these have other names.</summary>
    private static readonly (string Option, string Spelling)[] Spellings =
    [
        ("TlsTrust.FromPemFile", "--cafile"),
        ("TlsClientOptions.ServerName", "-h"),
        ("TlsClientOptions.ClientCertificate", "--cert and --key"),
        ("TlsClientOptions.PreSharedKey", "--psk"),
        ("TlsPreSharedKey.Identity", "--psk-identity"),
        ("TlsEngine.BouncyCastle", "--tls-engine bouncycastle"),
        ("set TlsClientOptions.RequireExtendedMasterSecret to false if the risk is acceptable", "take --tls-engine platform"),
        ("set TlsClientOptions.Preference to NewestVersion, and Engine to Platform if need be", "give --tls-version tlsv1.3"),
        ("Set the clock, or give TlsClientOptions.TrustedTime a source such as the modem's network time", "Set the clock: the mobile network does not tell the time either"),
        ("Switch TLS on", "Switch TLS on (--tls)"),
        ("switch TLS off", "switch TLS off (--no-tls)"),
        ("Switch TLS off", "Switch TLS off (--no-tls)"),
        ("switch MQTT over WebSocket on", "switch MQTT over WebSocket on (--ws)"),
        ("Switch MQTT over WebSocket off", "Leave out --ws"),
        ("Give the PIN", "Give the PIN (--pin)"),
        ("access point name (APN)", "access point name (--apn)"),
        ("a DNS server can be set in the options", "--dns names another DNS server"),
    ];

    /// <summary>Failures of the outer world; anything else is a defect of ours and keeps its stack trace.</summary>
    internal static bool IsExpected(Exception e) =>
        e is UsageException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or TimeoutException
            or PlatformNotSupportedException;

    internal static string Of(Exception e) => Spelled(OneLine(e is ArgumentException ? WithoutParameter(e.Message) : e.Message));

    internal static string Spelled(string text) =>
        Spellings.Aggregate(text, (spelled, pair) => spelled.Replace(pair.Option, pair.Spelling, StringComparison.Ordinal));

    /// <summary>No control characters: a hostile peer's words must not steer the terminal.</summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString().Trim();
    }

    private static string WithoutParameter(string message) =>
        message.IndexOf(" (Parameter '", StringComparison.Ordinal) is > 0 and var at ? message[..at] : message;
}
