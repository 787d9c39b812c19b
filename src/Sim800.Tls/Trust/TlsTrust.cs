using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sim800.Tls.Certificates;
using Sim800.Tls.Certificates.Files;

namespace Sim800.Tls;

/// <summary>
/// Whom a client believes: the authorities of the operating system, those of a PEM file, pinned keys, or a combination.
/// Immutable.
/// </summary>
/// <remarks>A pin without authorities replaces them: the server must have exactly that key. Its name, validity and
/// usage are checked all the same.</remarks>
/// <example>
/// <code>
/// var own = TlsTrust.FromPemFile("ca.pem");
/// var ownOrPublic = own.Or(TlsTrust.System);
/// var options = new TlsClientOptions { ServerName = "broker.example.com", Trust = ownOrPublic };
/// </code>
/// </example>
public sealed class TlsTrust
{
    private TlsTrust(bool system, IReadOnlyList<TrustedCertificate> authorities, IReadOnlyList<TlsPin> pins)
    {
        UsesSystemAuthorities = system;
        Authorities = authorities;
        Pins = pins;
        Fingerprint = FingerprintOf(system, authorities, pins);
    }

    /// <summary>The authorities of the operating system (on Debian: the package <c>ca-certificates</c>).</summary>
    public static TlsTrust System { get; } = new(system: true, [], []);

    /// <summary>Authorities of the operating system count.</summary>
    internal bool UsesSystemAuthorities { get; }

    /// <summary>Certificates given by the user: self-issued ones are authorities, others help to build the chain.</summary>
    internal IReadOnlyList<TrustedCertificate> Authorities { get; }

    /// <summary>One of these must be met, if there are any.</summary>
    internal IReadOnlyList<TlsPin> Pins { get; }

    /// <summary>Only the pins decide.</summary>
    internal bool IsPinOnly => !UsesSystemAuthorities && Authorities.Count == 0;

    /// <summary>Decoded certificates of servers that were believed.</summary>
    internal DecodedCertificates Decoded { get; } = new();

    /// <summary>SHA-256 of all the above, hexadecimal: sessions made under one trust are not resumed under another.</summary>
    internal string Fingerprint { get; }

    /// <summary>The certificates in <paramref name="pem"/>: roots, and intermediates a server may forget to send.</summary>
    /// <exception cref="ArgumentException">There is no certificate in it, or one cannot be used.</exception>
    public static TlsTrust FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using var file = CredentialFile.OfText(nameof(pem), pem);
        return Of(CertificateFile.Read(file));
    }

    /// <summary>The certificates in the file <paramref name="path"/>, read now: PEM, DER, PKCS #7, or OpenSSL's TRUSTED CERTIFICATE if it is
    /// trusted for TLS servers.</summary>
    /// <exception cref="ArgumentException">There is no certificate in it, or one cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static TlsTrust FromPemFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = CredentialFile.Load(path);
        return Of(CertificateFile.Read(file));
    }

    /// <summary>These certificates.</summary>
    /// <exception cref="ArgumentException">There are none, or one cannot be used.</exception>
    public static TlsTrust FromCertificates(IEnumerable<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        byte[][] authorities = [.. certificates.Select(certificate => certificate.RawData)];
        if (authorities.Length == 0)
        {
            throw new ArgumentException("No certificate was given.", nameof(certificates));
        }

        return Of(authorities);
    }

    /// <summary>A server with this public key, whoever certified it.</summary>
    /// <param name="sha256">SHA-256 of the SubjectPublicKeyInfo: 64 hexadecimal digits (colons allowed) or base64,
    /// with or without curl's <c>sha256//</c>.</param>
    /// <exception cref="ArgumentException">It is not a SHA-256.</exception>
    public static TlsTrust PinnedPublicKey(string sha256) => new(system: false, [], [TlsPin.OfPublicKey(sha256)]);

    /// <summary>A server with exactly this certificate.</summary>
    public static TlsTrust PinnedCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(system: false, [], [TlsPin.OfCertificate(certificate.RawData)]);
    }

    /// <summary>The authorities of both.</summary>
    /// <exception cref="ArgumentException">One of them holds a pin: authorities first, pins last.</exception>
    public TlsTrust Or(TlsTrust other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Pins.Count > 0 || other.Pins.Count > 0)
        {
            throw new ArgumentException("Combine the authorities first, then add the pins with And.", nameof(other));
        }

        return new(UsesSystemAuthorities || other.UsesSystemAuthorities, [.. Authorities, .. other.Authorities], []);
    }

    /// <summary>These authorities, and besides one of the chain's keys or certificates must be among <paramref name="pins"/>.
    /// Two pin-only trusts give a set of which one must be met: the key in use and its successor.</summary>
    /// <exception cref="ArgumentException"><paramref name="pins"/> has authorities of its own.</exception>
    public TlsTrust And(TlsTrust pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        return pins.IsPinOnly
            ? new(UsesSystemAuthorities, Authorities, [.. Pins, .. pins.Pins])
            : throw new ArgumentException("Only pins can be added; Or combines authorities.", nameof(pins));
    }

    private static TlsTrust Of(IEnumerable<byte[]> authorities) =>
        new(system: false, [.. authorities.Select((der, index) => TrustedCertificate.Read(der, index + 1))], []);

    private static string FingerprintOf(bool system, IReadOnlyList<TrustedCertificate> authorities, IReadOnlyList<TlsPin> pins)
    {
        var parts = authorities.Select(one => "authority " + Convert.ToHexString(SHA256.HashData(one.Der.Span)))
            .Concat(pins.Select(pin => pin.ToString()))
            .Order(StringComparer.Ordinal)
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"system {system}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', parts))));
    }
}
