using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Simulator;

/// <summary>Real sockets, with a map that sends chosen destinations elsewhere, as <c>--map host:port=address:port</c> does.</summary>
public sealed class SocketNetwork : IVirtualNetwork
{
    /// <summary>Every destination is what it says.</summary>
    public static readonly SocketNetwork Direct = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    private readonly Dictionary<string, string> _map;

    /// <param name="map">From <c>host:port</c>, as the modem is told it, to <c>address:port</c>.</param>
    /// <exception cref="ArgumentException">An entry is not of that form.</exception>
    public SocketNetwork(IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _map = new Dictionary<string, string>(map, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in _map.SelectMany(pair => new[] { pair.Key, pair.Value }))
        {
            SplitEndPoint(entry);
        }
    }

    /// <summary>A network with entries as they stand on the command line: <c>host:port=address:port</c>.</summary>
    /// <exception cref="ArgumentException">An entry is not of that form.</exception>
    public static SocketNetwork FromMap(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (entry.Split('=') is not [var from, var to])
            {
                throw new ArgumentException($"'{entry}' is not host:port=address:port.", nameof(entries));
            }

            map[from] = to;
        }

        return new SocketNetwork(map);
    }

    /// <inheritdoc/>
    public async ValueTask<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken = default)
    {
        var mapped = _map.Where(pair => pair.Key.StartsWith(host + ":", StringComparison.OrdinalIgnoreCase))
            .Select(pair => SplitEndPoint(pair.Value).Host)
            .FirstOrDefault();
        if (IPAddress.TryParse(mapped ?? host, out var literal))
        {
            return literal;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(mapped ?? host, AddressFamily.InterNetwork, cancellationToken).ConfigureAwait(false);
            return addresses.FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IDuplexPipe> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await ConnectAsync(socket, host, port, cancellationToken).ConfigureAwait(false);
        return new SocketConnection(socket);
    }

    /// <inheritdoc/>
    public async ValueTask<IDatagramChannel> OpenDatagramsAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await ConnectAsync(socket, host, port, cancellationToken).ConfigureAwait(false);
        return new SocketDatagrams(socket);
    }

    private async Task ConnectAsync(Socket socket, string host, int port, CancellationToken cancellationToken)
    {
        var asked = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        var (realHost, realPort) = _map.TryGetValue(asked, out var mapped) ? SplitEndPoint(mapped) : (host, port);
        try
        {
            await socket.ConnectAsync(realHost, realPort, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static (string Host, int Port) SplitEndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            throw new ArgumentException($"'{text}' is not host:port.", nameof(text));
        }

        return (text[..colon], port);
    }
}
