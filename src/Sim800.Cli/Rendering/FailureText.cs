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
        ("DangerousAcceptAnyCertificate", "--insecure"),
    ];

    /// <summary>Failures of the outer world; anything else is a defect of ours and keeps its stack trace.</summary>
    internal static bool IsExpected(Exception e) =>
        e is UsageException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or TimeoutException;

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
