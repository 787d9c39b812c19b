using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Sim800.Simulator.Broker;

namespace Sim800.Benchmarks.Layers;

/// <summary>
/// An MQTT server that makes the handshakes and then says only what was written beforehand, record by record: one answer a flush, or
/// as many as are asked for. Later bytes of the client go nowhere.
/// </summary>
internal sealed class CannedServer : IPeer, IDisposable
{
    private readonly BrokerAuthority _authority = BrokerAuthority.Create([LayerRig.Host], DateTimeOffset.UtcNow);
    private readonly Pipe _fromClient = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CannedLine _line;
    private readonly ServerStream _wire;
    private readonly List<int> _ends = [];
    private byte[] _canned = [];
    private int _next;
    private volatile bool _isCanned;

    internal CannedServer(CannedLine line)
    {
        _line = line;
        _line.Peer = this;
        _wire = new ServerStream(_fromClient.Reader, line);
    }

    internal string AuthorityPem => _authority.Pem;

    /// <summary>Whether every flush of the client is answered with the next packet.</summary>
    internal bool AnswersFlushes { get; set; }

    public void Dispose() => _authority.Dispose();

    void IPeer.OnBytes(ReadOnlySpan<byte> bytes)
    {
        if (!_isCanned)
        {
            bytes.CopyTo(_fromClient.Writer.GetSpan(bytes.Length));
            _fromClient.Writer.Advance(bytes.Length);
        }
    }

    void IPeer.OnFlushed()
    {
        if (!_isCanned)
        {
#pragma warning disable CA2012 // a handshake stays below the pipe's threshold
            _ = _fromClient.Writer.FlushAsync(CancellationToken.None);
#pragma warning restore CA2012
        }
        else if (AnswersFlushes && _next < _ends.Count)
        {
            DeliverNext(1);
        }
    }

    /// <summary>The next <paramref name="count"/> packets are on their way, all at once.</summary>
    internal void DeliverNext(int count)
    {
        var start = _next == 0 ? 0 : _ends[_next - 1];
        _next += count;
        _line.Deliver(_canned.AsSpan(start, _ends[_next - 1] - start));
    }

    /// <summary>TLS, where there is any, CONNECT, SUBSCRIBE where there is one; then the packets are written, each a record.</summary>
    internal async Task ServeAsync(bool isSecure, bool expectsSubscribe, IEnumerable<byte[]> packets, CancellationToken cancellationToken)
    {
        var stream = isSecure ? await AcceptAsync(cancellationToken) : (Stream)_wire;
        _ = await ReadPacketAsync(stream, cancellationToken);
        await stream.WriteAsync(new byte[] { 0x20, 2, 0, 0 }, cancellationToken);
        if (expectsSubscribe)
        {
            var body = await ReadPacketAsync(stream, cancellationToken);
            await stream.WriteAsync(new byte[] { 0x90, 3, body[0], body[1], 0 }, cancellationToken);
        }

        await CanAsync(stream, packets, cancellationToken);
    }

    /// <summary>TLS and no MQTT; then the packets are written, each a record.</summary>
    internal async Task ServeRecordsAsync(IEnumerable<byte[]> packets, CancellationToken cancellationToken) =>
        await CanAsync(await AcceptAsync(cancellationToken), packets, cancellationToken);

    private async Task CanAsync(Stream stream, IEnumerable<byte[]> packets, CancellationToken cancellationToken)
    {
        using var canned = new MemoryStream();
        _wire.Target = canned;
        foreach (var packet in packets)
        {
            await stream.WriteAsync(packet, cancellationToken);
            _ends.Add((int)canned.Length);
        }

        _canned = canned.ToArray();
        _isCanned = true;
    }

    private async Task<SslStream> AcceptAsync(CancellationToken cancellationToken)
    {
        var tls = new SslStream(_wire);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = _authority.Context, EnabledSslProtocols = SslProtocols.Tls12 },
            cancellationToken);
        return tls;
    }

    /// <returns>The body of a packet of fewer than 128 bytes.</returns>
    private static async Task<byte[]> ReadPacketAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[2];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var body = new byte[header[1]];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return body;
    }
}
