using System.CommandLine;

namespace Sim800.Cli.Options;

/// <summary>How to be sure of the broker, spelled as in mosquitto_pub and mosquitto_sub.</summary>
internal sealed class TlsOptions
{
    private const int LongestPassword = 1024;

    private readonly Option<bool> _on = new("--tls") { Description = "TLS whatever the port." };

    private readonly Option<bool> _off = new("--no-tls") { Description = "No TLS whatever the port: everything can be read on the way." };

    private readonly Option<string?> _authority = new("--cafile")
    {
        Description = "Certificates to trust (PEM, DER, PKCS #7); the system's by default.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _authorities = new("--capath") { Description = "Folder of certificates to trust: its files *.pem, *.crt, *.cer, *.der and hash.0.", HelpName = "FOLDER" };

    private readonly Option<bool> _systemAuthorities = new("--tls-use-os-certs") { Description = "Trust the system's certificates, beside --cafile and --capath too." };

    private readonly Option<string?> _keyForm = new("--keyform") { Description = "pem, which is what --key is read as; engine is refused.", HelpName = "FORM" };

    private readonly Option<string?> _protocol = new("--tls-alpn") { Description = "Application protocol to offer (ALPN), such as mqtt or x-amzn-mqtt-ca.", HelpName = "NAME" };

    private readonly RefusedOption[] _refused =
    [
        new("--ciphers", string.Empty, "LIST", "the suites are those that are safe, and the shortest on this link are preferred; --tls-engine and --tls-version choose."),
        new("--tls-engine-kpass-sha1", string.Empty, "HEX", "keys are read from files alone; their password comes from --keypass-file or SIM800_KEY_PASSWORD."),
    ];

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "Our own certificate (PEM, DER, PKCS #7), or a PKCS #12 file with its key.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--key") { Description = "Private key of --cert; without it, the key is in --cert.", HelpName = "FILE" };

    private readonly Option<string?> _keyPassword = new("--keypass-file")
    {
        Description = "File whose first line is the password of the key (SIM800_KEY_PASSWORD, which other users of this machine do not see).",
        HelpName = "FILE",
    };

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
        _engine.CompletionSources.Add("bouncycastle", "platform");
        _version.CompletionSources.Add("tlsv1.2", "tlsv1.3");
        Option[] all =
        [
            _on, _off, _authority, _authorities, _systemAuthorities, _certificate, _key, _keyForm, _keyPassword, _psk, _pskIdentity, _engine, _version,
            _protocol, _insecure, .. _refused,
        ];
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

    internal TlsSettings Read(ParseResult result, CliHost host)
    {
        var settings = new TlsSettings
        {
            AuthorityFile = result.GetValue(_authority),
            AuthorityFolder = result.GetValue(_authorities),
            UsesSystemAuthorities = result.GetValue(_systemAuthorities),
            ApplicationProtocol = result.GetValue(_protocol),
            CertificateFile = result.GetValue(_certificate),
            KeyFile = result.GetValue(_key),
            KeyPassword = ReadKeyPassword(result.GetValue(_keyPassword), host),
            PreSharedKey = ParseKey(result.GetValue(_psk)),
            PreSharedKeyIdentity = result.GetValue(_pskIdentity),
            Engine = OneOf(result, _engine, "bouncycastle", "platform"),
            Version = OneOf(result, _version, "tlsv1.2", "tlsv1.3"),
            IsInsecure = result.GetValue(_insecure),
        };
        if (settings.CertificateFile is null && result.GetValue(_keyPassword) is not null)
        {
            throw new UsageException("--keypass-file goes with --cert.");
        }

        if (result.GetValue(_keyForm) is { } form && form is not "pem")
        {
            throw new UsageException(form is "engine" ? "--keyform engine is refused: keys are read from files alone. Leave it out." : "--keyform takes pem.");
        }

        Check(settings);
        return settings;
    }

    private static string? ReadKeyPassword(string? file, CliHost host)
    {
        if (file is null)
        {
            return host.Variable("SIM800_KEY_PASSWORD") is { Length: > 0 } password ? password : null;
        }

        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        using var reader = new StreamReader(file);
        var line = new char[LongestPassword + 1];
        var length = reader.ReadBlock(line);
        var first = line.AsSpan(0, length);
        var end = first.IndexOfAny('\r', '\n');
        first = end < 0 ? first : first[..end];
        return first.Length is > 0 and <= LongestPassword
            ? first.ToString()
            : throw new UsageException($"--keypass-file {file}: its first line is no password of 1 to {LongestPassword} characters.");
    }

    private static void Check(TlsSettings settings)
    {
        if (settings.CertificateFile is null && settings.KeyFile is not null)
        {
            throw new UsageException("--key goes with --cert.");
        }

        if (settings.PreSharedKey is null != settings.PreSharedKeyIdentity is null)
        {
            throw new UsageException("--psk and --psk-identity go together.");
        }

        if (settings is { PreSharedKey: not null, IsPlatform: true })
        {
            throw new UsageException("--psk needs --tls-engine bouncycastle.");
        }

        if (settings.PreSharedKey is not null && (settings.AuthorityFile ?? settings.AuthorityFolder) is not null)
        {
            throw new UsageException("--psk takes the place of certificates: it excludes --cafile and --capath.");
        }

        if (settings.AuthorityFolder is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
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
