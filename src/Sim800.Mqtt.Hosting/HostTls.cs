using System.Security.Cryptography;
using Sim800.Tls;

namespace Sim800.Mqtt.Hosting;

/// <summary>Makes the TLS options of the host's, with its files read.</summary>
internal static class HostTls
{
    /// <param name="host">What was configured.</param>
    /// <param name="onFailure">Told what cannot be read: the key, and what is wrong.</param>
    internal static TlsClientOptions Create(Sim800MqttHostOptions host, Action<string, string> onFailure)
    {
        var tls = host.Tls;
        if (tls.CaFile.Length > 0 && tls.PinnedKey.Length > 0)
        {
            onFailure("Tls:PinnedKey", "is set beside CaFile; allowed is one of them.");
        }

        return new TlsClientOptions
        {
            ServerName = host.Host,
            Port = host.Port,
            Engine = tls.Engine,
            Preference = tls.Preference,
            Trust = TrustOf(tls, onFailure) ?? TlsTrust.System,
            ClientCertificate = Read("Tls:CertificateFile", tls.CertificateFile, onFailure, path => CertificateOf(path, tls)),
            PreSharedKey = Read("Tls:Psk", tls.PskIdentity + tls.Psk, onFailure, _ => TlsPreSharedKey.FromHex(tls.PskIdentity, tls.Psk)),
            SessionCache = Read("Tls:SessionFolder", tls.SessionFolder, onFailure, folder => new TlsFileSessionCache(folder)),
            DangerousAcceptAnyCertificate = tls.DangerousAcceptAnyCertificate,
        };
    }

    private static TlsTrust? TrustOf(Sim800MqttHostTls tls, Action<string, string> onFailure) =>
        Read("Tls:CaFile", tls.CaFile, onFailure, TlsTrust.FromPemFile)
        ?? Read("Tls:PinnedKey", tls.PinnedKey, onFailure, TlsTrust.PinnedPublicKey);

    private static TlsClientCertificate CertificateOf(string path, Sim800MqttHostTls tls)
    {
        var (key, password) = (tls.KeyFile.Length > 0 ? tls.KeyFile : null, tls.KeyPassword.Length > 0 ? tls.KeyPassword : null);
        return key is null && Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12"
            ? TlsClientCertificate.FromPfxFile(path, password)
            : TlsClientCertificate.FromPemFiles(path, key, password);
    }

    private static T? Read<T>(string key, string value, Action<string, string> onFailure, Func<string, T> read)
        where T : class
    {
        if (value.Length == 0)
        {
            return null;
        }

        try
        {
            return read(value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            var parameter = e is ArgumentException { ParamName: { } name } ? $" (Parameter '{name}')" : "\0";
            onFailure(key, $"cannot be used: {e.Message.Replace(parameter, "", StringComparison.Ordinal)}");
            return null;
        }
    }
}
