using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;

namespace Sim800.Simulator;

/// <summary>Servers in this process, without sockets: what virtual time needs.</summary>
public sealed class InMemoryNetwork : IVirtualNetwork
{
    private static readonly PipeOptions Buffering = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    private readonly ConcurrentDictionary<string, Func<IDuplexPipe, CancellationToken, Task>> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<IDatagramChannel, CancellationToken, Task>> _datagramServers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Puts a server at <paramref name="host"/>:<paramref name="port"/>. <paramref name="serve"/> runs once for each connection; the connection
    /// closes when it ends. When the modem closes the connection, its input ends after the last byte and writing throws an
    /// <see cref="IOException"/>, as with a socket; its token is cancelled only when the modem goes away with the connection open.
    /// </summary>
    public InMemoryNetwork Serve(string host, int port, Func<IDuplexPipe, CancellationToken, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        _servers[Key(host, port)] = serve;
        return this;
    }

    /// <summary>
    /// Puts a UDP server at <paramref name="host"/>:<paramref name="port"/>. <paramref name="serve"/> runs once for each link; its token is
    /// cancelled when the modem closes it.
    /// </summary>
    public InMemoryNetwork ServeDatagrams(string host, int port, Func<IDatagramChannel, CancellationToken, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        _datagramServers[Key(host, port)] = serve;
        return this;
    }

    /// <summary>Takes the server away: further connections are refused, and datagrams lost.</summary>
    public void Remove(string host, int port)
    {
        _servers.TryRemove(Key(host, port), out _);
        _datagramServers.TryRemove(Key(host, port), out _);
    }

    /// <inheritdoc/>
    public ValueTask<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var isKnown = _servers.Keys.Concat(_datagramServers.Keys).Any(key => key.StartsWith(host + ":", StringComparison.OrdinalIgnoreCase));
        return ValueTask.FromResult(
            IPAddress.TryParse(host, out var literal) ? literal : isKnown ? AddressOf(host) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IDuplexPipe> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        if (!_servers.TryGetValue(Key(host, port), out var serve))
        {
            throw new IOException($"Nobody serves {Key(host, port)}.");
        }

        var connection = new InMemoryConnection(Buffering);
        connection.Run(serve);
        return ValueTask.FromResult<IDuplexPipe>(connection);
    }

    /// <inheritdoc/>
    /// <remarks>Where nobody serves, datagrams are sent all the same, and lost.</remarks>
    public ValueTask<IDatagramChannel> OpenDatagramsAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        var channel = new InMemoryDatagrams();
        if (_datagramServers.TryGetValue(Key(host, port), out var serve))
        {
            channel.Run(serve);
        }

        return ValueTask.FromResult<IDatagramChannel>(channel);
    }

    private static string Key(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    /// <summary>An address of the documentation range (RFC 5737), the same for the same name.</summary>
    private static IPAddress AddressOf(string host)
    {
        var sum = 0;
        foreach (var character in host)
        {
            sum = ((sum * 31) + character) & 0xFF;
        }

        return new IPAddress([203, 0, 113, (byte)sum]);
    }
}
