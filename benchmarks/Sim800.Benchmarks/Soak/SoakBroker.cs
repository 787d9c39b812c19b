using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestKit;

namespace Sim800.Benchmarks.Soak;

/// <summary>A mosquitto with its sessions on disk, written at each change, that can be killed at any moment.</summary>
internal sealed class SoakBroker : IAsyncDisposable
{
    internal const string Host = "broker.example";
    private const string Database = "mosquitto.db";
    private readonly string _folder;
    private readonly X509Certificate2 _authority;
    private Process? _process;

    internal SoakBroker(string folder)
    {
        (_folder, Port, PlainPort) = (folder, FreePort.Next(), FreePort.Next());
        _authority = CreateAuthority();
        AuthorityFile = Path.Combine(folder, "authority.pem");
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        RenewCertificate();
        File.WriteAllText(Path.Combine(folder, "mosquitto.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            user root
            listener {PlainPort} 127.0.0.1
            listener {Port} 127.0.0.1
            certfile {Path.Combine(folder, "server.pem")}
            keyfile {Path.Combine(folder, "server.key")}
            allow_anonymous true
            persistence true
            persistence_location {folder}/
            autosave_interval 1
            autosave_on_changes true
            max_inflight_messages 200
            max_queued_messages 0
            log_dest stderr
            log_type all
            """));
    }

    /// <summary>With TLS, for the modem.</summary>
    internal int Port { get; }

    /// <summary>For those on the other side.</summary>
    internal int PlainPort { get; }

    internal string AuthorityFile { get; }

    internal string LogFile => Path.Combine(_folder, "mosquitto.log");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _authority.Dispose();
    }

    /// <summary>Starts it; ends when it listens.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Process.Start("sh", ["-c", "exec mosquitto -c \"$0\" 2>> \"$1\"", Path.Combine(_folder, "mosquitto.conf"), LogFile]);
        while (!await IsListeningAsync(cancellationToken))
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"mosquitto ended with {_process.ExitCode}; see {LogFile}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    /// <summary>What is on disk now, to be put back later.</summary>
    internal byte[] Snapshot() => File.ReadAllBytes(Path.Combine(_folder, Database));

    /// <summary>Puts back what was on disk, while the broker does not run.</summary>
    /// <param name="snapshot">Null for an empty disk.</param>
    internal void Restore(byte[]? snapshot)
    {
        var path = Path.Combine(_folder, Database);
        if (snapshot is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllBytes(path, snapshot);
        }
    }

    /// <summary>Writes a new certificate of the same authority, which the next start shows.</summary>
    internal void RenewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        var request = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(20), [1, .. RandomNumberGenerator.GetBytes(15)]);
        File.WriteAllText(Path.Combine(_folder, "server.pem"), issued.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Soak", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private async Task<bool> IsListeningAsync(CancellationToken cancellationToken)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false; // not yet
        }
    }
}
