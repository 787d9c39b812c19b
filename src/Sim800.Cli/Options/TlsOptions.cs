using System.CommandLine;

namespace Sim800.Cli.Options;

/// <summary>How to be sure of the broker, spelled as in mosquitto_pub and mosquitto_sub.</summary>
internal sealed class TlsOptions
{
    private readonly Option<bool> _on = new("--tls") { Description = "TLS whatever the port." };

    private readonly Option<bool> _off = new("--no-tls") { Description = "No TLS whatever the port: everything can be read on the way." };

    private readonly Option<string?> _authority = new("--cafile")
    {
        Description = "Certificates to trust, in PEM; the system's by default.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "Our own certificate, in PEM.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--key") { Description = "Private key of --cert, in PEM.", HelpName = "FILE" };

    private readonly Option<string?> _psk = new("--psk") { Description = "Pre-shared key in hexadecimal.", HelpName = "HEX" };

    private readonly Option<string?> _pskIdentity = new("--psk-identity") { Description = "Name of the pre-shared key.", HelpName = "NAME" };

    private readonly Option<string?> _engine = new("--tls-engine")
    {
        Description = "bouncycastle (the default) or platform.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _version = new("--tls-version")
    {
        Description = "tlsv1.2 (the default: its sessions resume in fewer bytes), or tlsv1.3 where the server has it.",
        HelpName = "VERSION",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Take any certificate: whoever sits on the way can read and change everything.",
    };

    internal void AddTo(Command command)
    {
        Option[] all = [_on, _off, _authority, _certificate, _key, _psk, _pskIdentity, _engine, _version, _insecure];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    internal bool? ReadSwitch(ParseResult result) => (result.GetValue(_on), result.GetValue(_off)) switch
    {
        (true, true) => throw new UsageException("--tls and --no-tls exclude each other."),
        (true, _) => true,
        (_, true) => false,
        _ => null,
    };

    internal TlsSettings Read(ParseResult result)
    {
        var settings = new TlsSettings
        {
            AuthorityFile = result.GetValue(_authority),
            CertificateFile = result.GetValue(_certificate),
            KeyFile = result.GetValue(_key),
            PreSharedKey = ParseKey(result.GetValue(_psk)),
            PreSharedKeyIdentity = result.GetValue(_pskIdentity),
            Engine = OneOf(result, _engine, "bouncycastle", "platform"),
            Version = OneOf(result, _version, "tlsv1.2", "tlsv1.3"),
            IsInsecure = result.GetValue(_insecure),
        };
        Check(settings);
        return settings;
    }

    private static void Check(TlsSettings settings)
    {
        if (settings.CertificateFile is null != settings.KeyFile is null)
        {
            throw new UsageException("--cert and --key go together.");
        }

        if (settings.PreSharedKey is null != settings.PreSharedKeyIdentity is null)
        {
            throw new UsageException("--psk and --psk-identity go together.");
        }

        if (settings is { PreSharedKey: not null, IsPlatform: true })
        {
            throw new UsageException("--psk needs --tls-engine bouncycastle.");
        }

        string?[] files = [settings.AuthorityFile, settings.CertificateFile, settings.KeyFile];
        if (files.FirstOrDefault(file => file is not null && !File.Exists(file)) is { } missing)
        {
            throw new UsageException($"There is no file {missing}.");
        }
    }

    private static string? OneOf(ParseResult result, Option<string?> option, params string[] allowed)
    {
        var value = result.GetValue(option);
        return value is null || allowed.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? value?.ToLowerInvariant()
            : throw new UsageException($"{option.Name} takes {string.Join(" or ", allowed)}.");
    }

    private static ReadOnlyMemory<byte>? ParseKey(string? hex)
    {
        if (hex is null)
        {
            return null;
        }

        var isHex = hex.Length is > 0 and <= 512 && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit);
        return isHex ? Convert.FromHexString(hex) : throw new UsageException("--psk takes an even number of hexadecimal digits.");
    }
}
