using System.Security.Cryptography;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;
using Sim800.Wording;

namespace Sim800.Cli.Rendering;

/// <summary>What went wrong, on one line.</summary>
internal static class FailureText
{
    /// <summary>Failures of the outer world; anything else is a defect of ours and keeps its stack trace.</summary>
    internal static bool IsExpected(Exception e) =>
        e is UsageException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or TimeoutException
            or PlatformNotSupportedException;

    /// <summary>What happened and what to do.</summary>
    internal static string Of(Exception e) => RemedyText.Of(e) is { } remedy ? $"{Happened(e)} {remedy}" : Happened(e);

    /// <summary>What happened.</summary>
    internal static string Happened(Exception e) => OneLine(e switch
    {
        ModemException modem => modem.Happened,
        TlsException tls => tls.Happened,
        MqttException mqtt => mqtt.Happened,
        ArgumentException argument => OfArgument(argument),
        _ => e.Message,
    });

    /// <summary>No control characters: a hostile peer's words must not steer the terminal.</summary>
    internal static string OneLine(string text) => VisibleText.Blanked(text).Trim();

    /// <summary>Without the name of a parameter; and where the sentence begins with it, with that of the option that sets it.</summary>
    private static string OfArgument(ArgumentException e)
    {
        var text = e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) is > 0 and var at ? e.Message[..at] : e.Message;
        return e.ParamName is { } name && OptionOf(name) is { } option && text.StartsWith(name + " ", StringComparison.Ordinal)
            ? option + text[name.Length..]
            : text;
    }

    private static string? OptionOf(string parameter) => parameter switch
    {
        nameof(TlsClientOptions.ServerName) => "-h",
        nameof(TlsClientOptions.Port) => "-p",
        nameof(TlsClientOptions.PreSharedKey) => "--psk",
        nameof(TlsClientOptions.SessionCache) => "--tls-sessions",
        nameof(TlsClientOptions.KeyLog) => "--capture",
        _ => null,
    };
}
