using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using TestKit;

namespace Sim800.Simulator.Tests.Broker;

/// <summary>A client that knows no MQTT: bytes out, packets in, as hex.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IDuplexPipe _line;

    internal RawClient(LoopbackBroker broker)
    {
        var pair = new DuplexPipePair();
        _line = pair.Left;
        Served = broker.ServeAsync(pair.Right, TestContext.Current.CancellationToken);
    }

    internal Task Served { get; }

    public async ValueTask DisposeAsync()
    {
        await _line.Output.CompleteAsync();
        await Served.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    internal static async Task<RawClient> ConnectAsync(
        LoopbackBroker broker, string id, bool clean = true, int keepAlive = 0, (string Topic, string Payload)? will = null)
    {
        var client = new RawClient(broker);
        await client.SendAsync(Connect(id, clean, keepAlive, will));
        client.SessionPresent = await client.ReceiveAsync() switch
        {
            "20020000" => false,
            "20020100" => true,
            var other => throw new InvalidOperationException($"CONNACK expected, received {other}"),
        };
        return client;
    }

    internal bool SessionPresent { get; private set; }

    internal static string Connect(string id, bool clean, int keepAlive, (string Topic, string Payload)? will)
    {
        var flags = (clean ? 2 : 0) | (will is null ? 0 : 4);
        var body = $"00044D51545404{flags:X2}{keepAlive:X4}{Text(id)}"
            + (will is { } w ? Text(w.Topic) + Text(w.Payload) : string.Empty);
        return Packet(0x10, body);
    }

    internal static string Packet(int first, string body) => $"{first:X2}{body.Length / 2:X2}{body}";

    internal static string Text(string text) =>
        $"{Encoding.UTF8.GetByteCount(text):X4}{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}";

    internal static string Bytes(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    internal static string Publish(string topic, string payload, int qos = 0, int id = 0, bool retain = false, bool duplicate = false) =>
        Packet(
            0x30 | (duplicate ? 8 : 0) | (qos << 1) | (retain ? 1 : 0),
            Text(topic) + (qos > 0 ? $"{id:X4}" : string.Empty) + Bytes(payload));

    internal static string Subscribe(int id, params (string Filter, int QoS)[] filters) =>
        Packet(0x82, $"{id:X4}" + string.Concat(filters.Select(f => $"{Text(f.Filter)}{f.QoS:X2}")));

    internal async Task SendAsync(string hex) =>
        await _line.Output.WriteAsync(Convert.FromHexString(hex), TestContext.Current.CancellationToken);

    /// <summary>Sends and returns the next packet.</summary>
    internal async Task<string> AskAsync(string hex)
    {
        await SendAsync(hex);
        return await ReceiveAsync();
    }

    /// <summary>The next packet as hex; empty when the broker has closed. Packets are shorter than 128 bytes here.</summary>
    internal async Task<string> ReceiveAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            var result = await _line.Input.ReadAsync(limit.Token);
            var buffer = result.Buffer;
            if (buffer.Length >= 2 && buffer.Length >= 2 + buffer.Slice(1).FirstSpan[0])
            {
                var packet = buffer.Slice(0, 2 + buffer.Slice(1).FirstSpan[0]);
                var hex = Convert.ToHexString(packet.ToArray());
                _line.Input.AdvanceTo(packet.End);
                return hex;
            }

            _line.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return string.Empty;
            }
        }
    }

    /// <summary>Nothing more is on its way: the answer to a ping is the next packet.</summary>
    internal async Task ExpectSilenceAsync() => Assert.Equal("D000", await AskAsync("C000"));
}
