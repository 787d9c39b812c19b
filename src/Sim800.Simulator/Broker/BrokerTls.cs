using System.Net.Security;
using System.Security.Authentication;

namespace Sim800.Simulator.Broker;

/// <summary>The server's side of TLS: SslStream, and the refusal of clients that do not name the right host.</summary>
internal sealed class BrokerTls(LoopbackBrokerOptions options) : IDisposable
{
    /// <summary>A fatal alert, unrecognized_name (RFC 6066 §3), in a record of its own.</summary>
    private static readonly byte[] UnrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    /// <summary>The one in use is the last; those before it may still serve a handshake.</summary>
    private readonly List<BrokerAuthority> _made = [BrokerAuthority.Create(options.ServerNames, options.TimeProvider.GetUtcNow())];

    internal string AuthorityPem => InUse.Pem;

    private BrokerAuthority InUse
    {
        get
        {
            lock (_made)
            {
                return _made[^1];
            }
        }
    }

    public void Dispose() => _made.ForEach(authority => authority.Dispose());

    internal void ChangeCertificate(bool keepsAuthority)
    {
        lock (_made)
        {
            var now = options.TimeProvider.GetUtcNow();
            _made.Add(keepsAuthority ? _made[^1].Renew(options.ServerNames, now) : BrokerAuthority.Create(options.ServerNames, now));
        }
    }

    /// <exception cref="AuthenticationException">The handshake failed, or the client gave no server name or an unknown one.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    internal async Task<SslStream> AcceptAsync(Stream transport, CancellationToken cancellationToken)
    {
        var tls = new SslStream(transport, leaveInnerStreamOpen: true);
        var isRefused = false;
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    isRefused = !IsKnown(hello.ServerName);
                    return isRefused
                        ? throw new AuthenticationException($"The client asked for the server name '{hello.ServerName}'.")
                        : ValueTask.FromResult(ServerOptions());
                },
                state: null,
                cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            if (isRefused)
            {
                await transport.WriteAsync(UnrecognizedName, cancellationToken).ConfigureAwait(false);
            }

            throw;
        }
    }

    private bool IsKnown(string serverName) =>
        !options.RequireSni || options.ServerNames.Contains(serverName, StringComparer.OrdinalIgnoreCase);

    private SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = InUse.Context,
        EnabledSslProtocols = options.TlsVersions,
        ClientCertificateRequired = false,
    };
}
