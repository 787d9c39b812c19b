namespace Sim800.Cli.Options;

/// <summary>The TLS part of <see cref="BrokerSettings"/>.</summary>
internal sealed record TlsSettings
{
    internal const string InsecureWarning =
        "With --insecure any certificate is taken: whoever sits on the way can read and change everything, the password too.";

    public string? AuthorityFile { get; init; }

    /// <summary>Whose files are trusted.</summary>
    public string? AuthorityFolder { get; init; }

    /// <summary>The system's authorities are trusted beside those of a file or a folder.</summary>
    public bool UsesSystemAuthorities { get; init; }

    /// <summary>What is offered by ALPN.</summary>
    public string? ApplicationProtocol { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>The password of the key, if it is encrypted.</summary>
    public string? KeyPassword { get; init; }

    /// <summary>The pre-shared key.</summary>
    public ReadOnlyMemory<byte>? PreSharedKey { get; init; }

    public string? PreSharedKeyIdentity { get; init; }

    /// <summary><c>bouncycastle</c> or <c>platform</c>.</summary>
    public string? Engine { get; init; }

    /// <summary><c>tlsv1.2</c> or <c>tlsv1.3</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Takes any certificate; <see cref="InsecureWarning"/> is then printed.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Where sessions are kept; <c>null</c> keeps none.</summary>
    public string? SessionFolder { get; init; }

    /// <summary>Whether the operating system's TLS is to be used.</summary>
    internal bool IsPlatform => Engine is "platform";

    /// <summary>Whether something was said that has no meaning without TLS.</summary>
    internal bool IsAsked =>
        (AuthorityFile ?? CertificateFile ?? KeyFile ?? PreSharedKeyIdentity ?? Engine ?? Version) is not null
        || (AuthorityFolder ?? ApplicationProtocol) is not null
        || PreSharedKey is not null
        || UsesSystemAuthorities
        || IsInsecure;

    /// <summary>Without the secrets.</summary>
    public override string ToString() => Engine ?? "TLS";
}
