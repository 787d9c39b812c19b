using System.IO.Pipelines;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>What a message costs the collector once everything is warm.</summary>
[Collection("Alone")]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Messages = 2000;
    private const int Burst = 200;

    private static readonly byte[] Payload = new byte[100];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Publishing_with_QoS_0_allocates_nothing()
    {
        await using var line = new EchoLine();
        await using var client = await MqttClient.ConnectAsync(line, new MqttClientOptions { ClientId = "c" }, Ct);
        var onThisThread = long.MaxValue;

        // Waiting for the flush of a burst is what is left.
        const double Nothing = 3;
        var perMessage = await MeasureAsync(Nothing, async () =>
        {
            for (var burst = 0; burst < Messages / Burst; burst++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var message = 0; message < Burst; message++)
                {
                    await client.PublishAsync("site/7/temperature", Payload, cancellationToken: CancellationToken.None);
                }

                onThisThread = Math.Min(onThisThread, GC.GetAllocatedBytesForCurrentThread() - before);
                await client.FlushAsync(CancellationToken.None);
            }
        });
        Assert.Equal(0, onThisThread);
        Assert.InRange(perMessage, 0, Nothing);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, 16)]
    [InlineData(MqttQoS.ExactlyOnce, 16)]
    public async Task Publishing_with_an_acknowledgement_allocates_nothing_once_warm(MqttQoS qos, int limit)
    {
        await using var line = new EchoLine();
        await using var client = await MqttClient.ConnectAsync(line, new MqttClientOptions { ClientId = "c" }, Ct);
        var perMessage = await MeasureAsync(limit, async () =>
        {
            for (var message = 0; message < Messages; message++)
            {
                await client.PublishAsync("site/7/temperature", Payload, qos, cancellationToken: Ct);
            }
        });
        output.WriteLine($"{perMessage:0} bytes");
        Assert.InRange(perMessage, 0, limit);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtMostOnce)]
    [InlineData(MqttQoS.AtLeastOnce)]
    public async Task Receiving_allocates_the_payload_alone(MqttQoS qos)
    {
        await using var line = new EchoLine();
        await using var client = await MqttClient.ConnectAsync(line, new MqttClientOptions { ClientId = "c" }, Ct);
        await using var subscription = await client.SubscribeAsync("site/+/temperature", qos, Ct);
        var messages = Wire.Bytes(output =>
        {
            for (ushort index = 1; index <= Burst; index++)
            {
                var id = qos > MqttQoS.AtMostOnce ? index : (ushort)0;
                new PublishPacket("site/7/temperature", new(Payload), qos, false, false, id).Write(output);
            }
        });
        var kept = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new byte[Payload.Length]);
        kept = GC.GetAllocatedBytesForCurrentThread() - kept;
        var perMessage = await MeasureAsync(kept + 5, async () =>
        {
            for (var index = 0; index < Messages; index++)
            {
                if (index % Burst == 0)
                {
                    line.Say(messages);
                }

                await subscription.ReadAsync(CancellationToken.None);
            }
        });
        output.WriteLine($"{perMessage:0.0} bytes, of which {kept} are the payload");
        Assert.InRange(perMessage, kept, kept + 5);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(64 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(10_000_000)]
    public async Task A_large_message_allocates_its_payload_alone(int size)
    {
        await using var line = new EchoLine();
        await using var client = await MqttClient.ConnectAsync(line, new MqttClientOptions { ClientId = "c", MaxPacketSize = 16 * 1024 * 1024 }, Ct);
        await using var subscription = await client.SubscribeAsync("large", MqttQoS.AtMostOnce, Ct);
        var packet = Wire.Bytes(output => new PublishPacket("large", new(new byte[size]), MqttQoS.AtMostOnce, false, false, 0).Write(output));
        var allocated = await SteadyState.LeastBytesAsync(
            async () =>
            {
                var reading = subscription.ReadAsync(CancellationToken.None);
                for (var start = 0; start < packet.Length; start += 1460)
                {
                    await line.PourAsync(packet.AsMemory(start, Math.Min(1460, packet.Length - start)));
                }

                Assert.Equal(size, (await reading).Payload.Length);
            },
            (long)(size * 1.1),
            Ct);
        output.WriteLine($"{allocated / (double)size:0.000} bytes a byte");
        Assert.InRange(allocated, size, (long)(size * 1.1));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_connected_client_holds_twelve_kilobytes_at_most()
    {
        const int Clients = 200;
        const int Most = 12 * 1024;
        var clients = new List<(MqttClient Client, IMqttSubscription Subscription)>();
        async Task ConnectAsync(int count)
        {
            for (var number = 0; number < count; number++)
            {
                var client = await MqttClient.ConnectAsync(new EchoLine(bufferSize: 256), new MqttClientOptions { ClientId = "c" }, Ct);
                clients.Add((client, await client.SubscribeAsync("site/+/temperature", MqttQoS.AtLeastOnce, Ct)));
            }
        }

        await ConnectAsync(20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ConnectAsync(Clients);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Clients;
        output.WriteLine($"{each} bytes");
        Assert.InRange(each, 0, Most);
        foreach (var (client, _) in clients)
        {
            await client.DisposeAsync();
        }
    }

    /// <returns>Bytes for each message.</returns>
    private static async Task<double> MeasureAsync(double enough, Func<Task> run) =>
        await SteadyState.LeastBytesAsync(run, (long)(enough * Messages), Ct) / (double)Messages;

    /// <summary>A server without a thread or an allocation of its own: it answers in the flush that asks.</summary>
    private sealed class EchoLine(int bufferSize = 128 * 1024) : PipeWriter, IDuplexPipe, IAsyncDisposable
    {
        private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));
        private readonly byte[] _buffer = new byte[bufferSize];
        private readonly byte[] _answer = [0x40, 2, 0, 0];
        private int _count;

        public PipeReader Input => _toClient.Reader;

        public PipeWriter Output => this;

        public void Say(byte[] bytes)
        {
            lock (_toClient)
            {
                bytes.CopyTo(_toClient.Writer.GetSpan(bytes.Length));
                _toClient.Writer.Advance(bytes.Length);
#pragma warning disable CA2012 // within the limit of its buffer a pipe has flushed when the call returns
                _ = _toClient.Writer.FlushAsync(CancellationToken.None);
#pragma warning restore CA2012
            }
        }

        /// <summary>Waits while the client is behind.</summary>
        public ValueTask<FlushResult> PourAsync(ReadOnlyMemory<byte> bytes) => _toClient.Writer.WriteAsync(bytes, CancellationToken.None);

        public override void Advance(int bytes) => _count += bytes;

        public override void CancelPendingFlush()
        {
            // Flushes are never pending here.
        }

        public override void Complete(Exception? exception = null) => _toClient.Writer.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            var input = _buffer.AsSpan(0, _count);
            while (input.Length >= 2 && input.Length >= input[1] + 2)
            {
                var size = input[1] + 2;
                Answer(input[..size]);
                input = input[size..];
            }

            input.CopyTo(_buffer); // a flush may end within a packet
            _count = input.Length;
            return default;
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_count);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_count);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Answer(ReadOnlySpan<byte> packet)
        {
            switch ((PacketType)(packet[0] >> 4))
            {
                case PacketType.Connect:
                    Say([0x20, 2, 0, 0]);
                    break;
                case PacketType.Subscribe:
                    Say([0x90, 3, packet[2], packet[3], packet[^1]]);
                    break;
                case PacketType.Publish when (packet[0] & 6) == 0:
                    break;
                case PacketType.Publish:
                    var id = 4 + packet[3];
                    Say((packet[0] & 6) == 2 ? (byte)0x40 : (byte)0x50, packet[id], packet[id + 1]);
                    break;
                case PacketType.PubRel:
                    Say(0x70, packet[2], packet[3]);
                    break;
            }
        }

        private void Say(byte type, byte high, byte low)
        {
            (_answer[0], _answer[2], _answer[3]) = (type, high, low);
            Say(_answer);
        }
    }
}
