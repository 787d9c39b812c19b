using Sim800.Tls;

namespace Sim800.Benchmarks.Layers;

/// <summary>TLS 1.2 alone, with an engine of one's choice, to a canned server.</summary>
internal sealed class TlsRig : IAsyncDisposable
{
    private readonly CannedServer _server;

    private TlsRig(CannedServer server, TlsConnection connection) => (_server, Connection) = (server, connection);

    internal TlsConnection Connection { get; }

    /// <summary>A connection whose server has prepared so many records of so many bytes.</summary>
    internal static async Task<TlsRig> CreateAsync(TlsEngine engine, int records, int plaintext)
    {
        var line = new CannedTransport();
        var server = new CannedServer(line);
        var serving = server.ServeRecordsAsync(Enumerable.Repeat(new byte[plaintext], records), CancellationToken.None);
        var connection = await TlsConnection.ConnectAsync(line, new TlsClientOptions
        {
            ServerName = LayerRig.Host,
            Engine = engine,
            Preference = TlsPreference.FewestBytes,
            Trust = TlsTrust.FromPem(server.AuthorityPem),
        });
        await connection.Output.FlushAsync(); // what the handshake has held back
        await serving;
        return new TlsRig(server, connection);
    }

    /// <summary>Lets the next records come.</summary>
    internal void Send(int records) => _server.DeliverNext(records);

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _server.Dispose();
    }
}
