using System.Buffers;
using System.Threading.Channels;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>An application holds <see cref="IMqttClient"/>, and replaces or decorates it with nothing but public members.</summary>
public sealed class DecorationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_short_forms_publish_the_same_message_through_any_client()
    {
        var client = new FakeClient();
        await client.PublishAsync("t", "21.5 °C", MqttQoS.AtLeastOnce, retain: true, Ct);
        await client.PublishAsync("t", "21.5 °C"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Ct);
        await client.PublishAsync("t", Pieces("21.5 "u8.ToArray(), "°C"u8.ToArray()), MqttQoS.AtLeastOnce, retain: true, Ct);
        await client.PublishAsync("t", new ReadOnlySequence<byte>("21.5 °C"u8.ToArray()), MqttQoS.AtLeastOnce, retain: true, Ct);
        await client.PublishAsync("t", new MemoryStream("21.5 °C and more"u8.ToArray()), 8, MqttQoS.AtLeastOnce, retain: true, Ct);

        Assert.Equal(Enumerable.Repeat(new MqttMessage("t", "21.5 °C", MqttQoS.AtLeastOnce, retain: true), 5), client.Published);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_request_finds_its_response_through_a_replaced_client()
    {
        var client = new FakeClient();
        client.OnPublish = message => client.Say(new MqttMessage("answer", $"re: {message.PayloadText}"));

        var response = await client.RequestAsync("ask", "why"u8.ToArray(), "answer", TimeSpan.FromSeconds(1), cancellationToken: Ct);

        Assert.Equal("re: why", response.PayloadText);
        Assert.True(client.Subscription.IsDisposed);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_request_is_timed_by_the_clock_of_its_client()
    {
        var clock = new ManualTimeProvider();
        var requesting = new FakeClient { TimeProvider = clock }
            .RequestAsync("ask", default, "answer", TimeSpan.FromHours(1), cancellationToken: Ct);
        clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<MqttRequestTimeoutException>(() => requesting);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_decorator_changes_what_passes_and_acknowledgements_still_reach_the_server()
    {
        var (inner, peer) = await Peer.ConnectAsync();
        IMqttClient client = new Prefixed(inner, "site/7/");
        var subscribing = client.SubscribeAsync(["in"], new MqttSubscribeOptions { Acknowledgement = MqttAcknowledgement.Manual }, Ct);
        Assert.Equal("site/7/in", (await peer.GrantAsync()).Requests[0].Filter);
        var subscription = await subscribing;
        await peer.PublishAsync("site/7/in", "x", MqttQoS.AtLeastOnce, id: 5);
        var copy = await subscription.ReadAsync(Ct) with { Topic = "in" };
        copy.Acknowledge();
        copy.Acknowledge();
        Assert.Equal(5, await peer.ExpectAckAsync(Sim800.Mqtt.Codec.PacketType.PubAck));

        await client.PublishAsync(copy with { QoS = MqttQoS.AtMostOnce }, Ct);
        var sent = await peer.ExpectPublishAsync();
        Assert.Equal(("site/7/in", false), (sent.Topic, sent.Duplicate));
        await client.DisposeAsync();
    }

    private static ReadOnlySequence<byte> Pieces(byte[] first, byte[] second)
    {
        var start = new Segment(first);
        return new ReadOnlySequence<byte>(start, 0, start.Append(second), second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(byte[] bytes) => Memory = bytes;

        internal Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }

    private sealed class Prefixed(IMqttClient inner, string prefix) : FakeClient
    {
        public override ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken = default) =>
            inner.PublishAsync(message with { Topic = prefix + message.Topic }, cancellationToken);

        public override Task<IMqttSubscription> SubscribeAsync(
            IReadOnlyCollection<MqttTopicFilter> filters, MqttSubscribeOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.SubscribeAsync([.. filters.Select(filter => filter with { Filter = prefix + filter.Filter })], options, cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    private class FakeClient : IMqttClient
    {
        public List<MqttMessage> Published { get; } = [];

        public Action<MqttMessage>? OnPublish { get; set; }

        public FakeSubscription Subscription { get; } = new();

        public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

        public MqttClientStatus Status { get; } = new(MqttClientState.Connected, default, null, 0, null, 1);

        public Task Completion => Task.CompletedTask;

        public MqttSessionResumption Resumption => MqttSessionResumption.New;

        public int Unacknowledged => 0;

        public int HeldBack => 0;

        public long UnknownAcknowledgements => 0;

        public long Unmatched => 0;

        public int Withdraw(Predicate<MqttMessage> which) => Published.RemoveAll(which);

        public void Say(MqttMessage message) => Subscription.Messages.Writer.TryWrite(message);

        public IAsyncEnumerable<MqttClientStatus> WatchAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public virtual ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken = default)
        {
            Published.Add(message with { Payload = message.Payload.ToArray() });
            OnPublish?.Invoke(message);
            return ValueTask.CompletedTask;
        }

        public async Task PublishAsync(MqttMessage message, Stream payload, long length, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[length];
            await payload.ReadExactlyAsync(bytes, cancellationToken);
            await PublishAsync(message with { Payload = bytes }, cancellationToken);
        }

        public virtual Task<IMqttSubscription> SubscribeAsync(
            IReadOnlyCollection<MqttTopicFilter> filters, MqttSubscribeOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<IMqttSubscription>(Subscription);

        public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FakeSubscription : IMqttSubscription
    {
        public Channel<MqttMessage> Messages { get; } = Channel.CreateUnbounded<MqttMessage>();

        public bool IsDisposed { get; private set; }

        public IReadOnlyList<MqttTopicFilter> Filters => [];

        public long Dropped => 0;

        public long HandlerFailures => 0;

        public Task Completion => Messages.Reader.Completion;

        public bool TryRead(out MqttMessage message) => Messages.Reader.TryRead(out message);

        public ValueTask<MqttMessage> ReadAsync(CancellationToken cancellationToken = default) => Messages.Reader.ReadAsync(cancellationToken);

        public IAsyncEnumerator<MqttMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            Messages.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        public Task UnsubscribeAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
