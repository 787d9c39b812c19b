using System.IO.Pipelines;
using System.Security.Authentication;
using Sim800.Simulator.Broker;
using TestKit;
using static Sim800.Simulator.Tests.Broker.RawClient;

namespace Sim800.Simulator.Tests.Broker;

/// <summary>What goes wrong at brokers: the loopback broker does each on demand.</summary>
public sealed class BrokerFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LoopbackBroker InMemory(LoopbackBrokerOptions? options = null) =>
        LoopbackBroker.Start((options ?? new LoopbackBrokerOptions()) with { Listen = false });

    [Fact]
    public async Task It_hangs_up_on_one_message_by_topic_and_takes_the_others()
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { HangsUpOn = message => message.Topic.Contains('\u0001') });
        await using var client = await ConnectAsync(broker, "c");
        Assert.Equal("40020001", await client.AskAsync(Publish("good", "x", qos: 1, id: 1)));
        Assert.Equal("", await client.AskAsync(Publish("bad\u0001", "x", qos: 1, id: 2)));
        Assert.Equal((1, 1), (broker.Counters.ProtocolErrors, broker.Counters.Published));
        await using var again = await ConnectAsync(broker, "c");
        Assert.Equal("40020003", await again.AskAsync(Publish("good", "x", qos: 1, id: 3)));
    }

    [Fact]
    public async Task It_hangs_up_on_a_message_that_is_too_large()
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { MaxPacketSize = 30 });
        await using var client = await ConnectAsync(broker, "c");
        Assert.Equal("40020001", await client.AskAsync(Publish("t", "short", qos: 1, id: 1)));
        Assert.Equal("", await client.AskAsync(Publish("t", new string('x', 40), qos: 1, id: 2)));
    }

    [Fact]
    public async Task Restarted_from_its_store_it_knows_sessions_messages_and_retained_ones()
    {
        await using var broker = InMemory();
        await SubscribeAndLeaveAsync(broker);
        broker.Publish("t", "1"u8.ToArray(), qos: 1);
        broker.Publish("kept", "r"u8.ToArray(), retain: true);
        await using var open = await ConnectAsync(broker, "other", will: ("t", "will"));
        Assert.Equal(1, broker.RestartFromStore());
        Assert.Equal("", await open.ReceiveAsync());

        await using var client = await ConnectAsync(broker, "s", clean: false);
        Assert.True(client.SessionPresent);
        Assert.Equal(Publish("t", "1", 1, 1), await client.ReceiveAsync());
        await client.ExpectSilenceAsync();
        Assert.Equal("9003000200", await client.AskAsync(Subscribe(2, ("kept", 0))));
        Assert.Equal(Publish("kept", "r", retain: true), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Restarted_without_its_store_it_knows_nobody()
    {
        await using var broker = InMemory();
        await SubscribeAndLeaveAsync(broker);
        broker.Restart();
        await using var client = await ConnectAsync(broker, "s", clean: false);
        Assert.False(client.SessionPresent);
    }

    [Fact]
    public async Task Restored_from_an_older_snapshot_it_uses_packet_identifiers_again()
    {
        await using var broker = InMemory();
        await SubscribeAndLeaveAsync(broker);
        var snapshot = broker.TakeSnapshot();
        broker.Publish("t", "new"u8.ToArray(), qos: 2);
        await using (var client = await ConnectAsync(broker, "s", clean: false))
        {
            Assert.Equal(Publish("t", "new", 2, 1), await client.ReceiveAsync());
            Assert.Equal("62020001", await client.AskAsync("50020001"));
            broker.Restart(snapshot);
        }

        broker.Publish("t", "other"u8.ToArray(), qos: 1);
        await using var again = await ConnectAsync(broker, "s", clean: false);
        Assert.True(again.SessionPresent);
        Assert.Equal(Publish("t", "other", 1, 1), await again.ReceiveAsync());
        await again.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_snapshot_can_be_restored_more_than_once()
    {
        await using var broker = InMemory();
        await SubscribeAndLeaveAsync(broker);
        broker.Publish("t", "1"u8.ToArray(), qos: 1);
        var snapshot = broker.TakeSnapshot();
        for (var i = 0; i < 2; i++)
        {
            await using (var client = await ConnectAsync(broker, "s", clean: false))
            {
                Assert.Equal(Publish("t", "1", 1, 1), await client.ReceiveAsync());
                await client.SendAsync("40020001");
                await client.ExpectSilenceAsync();
            }

            broker.Restart(snapshot);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_message_is_repeated_with_the_flag_or_without(bool omits, bool duplicate)
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { OmitsDuplicateFlag = omits });
        await SubscribeAndLeaveAsync(broker);
        broker.Publish("t", "1"u8.ToArray(), qos: 2);
        await using (var first = await ConnectAsync(broker, "s", clean: false))
        {
            Assert.Equal(Publish("t", "1", 2, 1), await first.ReceiveAsync());
        }

        await using var client = await ConnectAsync(broker, "s", clean: false);
        Assert.Equal(Publish("t", "1", 2, 1, duplicate: duplicate), await client.ReceiveAsync());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Packets_go_together_or_each_by_itself(bool singly, int writes)
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { WritesPacketsSingly = singly });
        var pair = new DuplexPipePair();
        var counted = new CountedWriter(pair.Right.Output);
        var served = broker.ServeAsync(new Line(pair.Right.Input, counted), Token);
        await pair.Left.Output.WriteAsync(Convert.FromHexString(Connect("c", clean: true, keepAlive: 0, will: null)), Token);
        var connected = await pair.Left.Input.ReadAtLeastAsync(4, Token);
        pair.Left.Input.AdvanceTo(connected.Buffer.End);
        var before = counted.Flushes;
        await pair.Left.Output.WriteAsync(Convert.FromHexString(Publish("t", "1", 1, 1) + Publish("t", "2", 1, 2) + Publish("t", "3", 1, 3)), Token);
        var answer = await pair.Left.Input.ReadAtLeastAsync(12, Token);
        Assert.Equal("40020001" + "40020002" + "40020003", Convert.ToHexString(System.Buffers.BuffersExtensions.ToArray(answer.Buffer)));
        pair.Left.Input.AdvanceTo(answer.Buffer.End);
        Assert.Equal(writes, counted.Flushes - before);
        await pair.Left.Output.CompleteAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_certificate_is_shown_from_the_next_handshake_on(bool keepsAuthority)
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { Tls = true });
        var (authority, first) = (broker.CertificateAuthorityPem, await CertificateOfAsync(broker));
        broker.ChangeCertificate(keepsAuthority);
        Assert.NotEqual(first, await CertificateOfAsync(broker));
        Assert.Equal(keepsAuthority, broker.CertificateAuthorityPem == authority);
        await using var plain = InMemory();
        Assert.Throws<InvalidOperationException>(() => plain.ChangeCertificate());
    }

    private static async Task<string> CertificateOfAsync(LoopbackBroker broker)
    {
        var pair = new DuplexPipePair();
        var served = broker.ServeAsync(pair.Right, Token);
        string? shown = null;
        await using (var tls = new System.Net.Security.SslStream(new DuplexPipeStream(pair.Left)))
        {
            await tls.AuthenticateAsClientAsync(
                new System.Net.Security.SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    EnabledSslProtocols = SslProtocols.None,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate!.GetCertHashString()).Length > 0,
                },
                Token);
        }

        await served.WaitAsync(TimeSpan.FromSeconds(60), Token);
        return shown!;
    }

    private static async Task SubscribeAndLeaveAsync(LoopbackBroker broker)
    {
        await using var client = await ConnectAsync(broker, "s", clean: false);
        Assert.Equal("9003000102", await client.AskAsync(Subscribe(1, ("t", 2))));
        Assert.Equal("", await client.AskAsync("E000"));
    }

    private sealed record Line(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class CountedWriter(PipeWriter inner) : PipeWriter
    {
        internal int Flushes { get; private set; }

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Flushes++;
            return inner.FlushAsync(cancellationToken);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
