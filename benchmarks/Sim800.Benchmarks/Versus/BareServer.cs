using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sim800.Simulator.Broker;

namespace Sim800.Benchmarks.Versus;

/// <summary>
/// A server on a socket for one client at a time that does as little as a server can: it confirms what has to be confirmed, and sends the same
/// bytes over and over. A broker in its place would cost more than the clients that are compared.
/// </summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly BrokerAuthority? _authority;
    private readonly Task _serving;
    private readonly CancellationTokenSource _ending = new();
    private TaskCompletionSource<Stream> _subscribed = New();

    internal BareServer(bool isSecure)
    {
        _authority = isSecure ? BrokerAuthority.Create(["localhost"], DateTimeOffset.UtcNow) : null;
        _listener.Start();
        _serving = ServeAllAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string? AuthorityPem => _authority?.Pem;

    /// <summary>The connection of the client that subscribes next.</summary>
    internal Task<Stream> Subscribed => _subscribed.Task;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _authority?.Dispose();
        _ending.Dispose();
    }

    private static TaskCompletionSource<Stream> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ServeAllAsync()
    {
        while (true)
        {
            using var socket = await _listener.AcceptSocketAsync(_ending.Token);
            socket.NoDelay = true;
            await ServeAsync(new NetworkStream(socket)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _subscribed = New();
        }
    }

    private async Task ServeAsync(Stream wire)
    {
        var stream = wire;
        if (_authority is not null)
        {
            var tls = new SslStream(wire);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = _authority.Context, EnabledSslProtocols = SslProtocols.Tls12 }, _ending.Token);
            stream = tls;
        }

        await using (stream)
        {
            while (await ReadPacketAsync(stream) is var (type, body) && type != 0)
            {
                if (Answer(type, body) is { } answer)
                {
                    await stream.WriteAsync(answer, _ending.Token);
                }

                if (type >> 4 == 8)
                {
                    _subscribed.TrySetResult(stream);
                }
            }
        }
    }

    /// <summary>CONNACK, PUBACK or PUBREC, PUBCOMP, SUBACK, PINGRESP.</summary>
    private static byte[]? Answer(byte type, byte[] body) => (type >> 4) switch
    {
        1 => [0x20, 2, 0, 0],
        3 when (type & 6) != 0 => [(type & 6) == 2 ? (byte)0x40 : (byte)0x50, 2, .. PacketId(body)],
        6 => [0x70, 2, body[0], body[1]],
        8 => [0x90, 3, body[0], body[1], 0],
        12 => [0xD0, 0],
        _ => null,
    };

    private static ReadOnlySpan<byte> PacketId(byte[] publish) => publish.AsSpan(2 + BinaryPrimitives.ReadUInt16BigEndian(publish), 2);

    /// <returns>Type 0 at the end.</returns>
    private async Task<(byte Type, byte[] Body)> ReadPacketAsync(Stream stream)
    {
        var one = new byte[1];
        if (await stream.ReadAtLeastAsync(one, 1, throwOnEndOfStream: false, _ending.Token) == 0)
        {
            return (0, []);
        }

        var (type, length) = (one[0], 0);
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(one, _ending.Token);
            length |= (one[0] & 0x7F) << shift;
            if (one[0] < 0x80)
            {
                break;
            }
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _ending.Token);
        return (type, body);
    }
}
