using System.Text;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>A client's life with a broker, seen by another client: will, subscriptions, every QoS both ways, cuts, and a clean end.</summary>
internal sealed class ClientScenario : IAsyncDisposable
{
    private const int PubRec = 5;
    private const int PubRel = 6;
    private const string WaitingTopic = "to/two/waiting";
    private const string Will = "will/scenario";

    /// <summary>What has arrived, to know it again.</summary>
    private readonly HashSet<(string Topic, string Text)> _seen = [];
    private readonly int _port;
    private readonly MqttCredentials? _credentials;
    private readonly IReadOnlyList<BrokerDifference> _differences;
    private readonly CancellationToken _ct;
    private readonly MqttClient _client;
    private MqttConnection _connection = null!;
    private MutedPipe _transport = null!;
    private MqttClient _peer = null!;
    private IMqttSubscription _arrivals = null!; // at the client
    private IMqttSubscription _heard = null!; // by the peer
    private IMqttSubscription _wills = null!; // by the peer

    private ClientScenario(int port, MqttCredentials? credentials, IReadOnlyList<BrokerDifference> differences, CancellationToken cancellationToken)
    {
        (_port, _credentials, _differences, _ct) = (port, credentials, differences, cancellationToken);
        _client = MqttClient.CreateLasting(Options("scenario") with
        {
            CleanSession = false,
            Will = new MqttMessage(Will, "lost", MqttQoS.AtLeastOnce),
        });
    }

    private MqttQoS Highest => Does(BrokerHabit.HasNoQoS2) ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce;

    internal static async Task RunAsync(
        int port, MqttCredentials? credentials, IReadOnlyList<BrokerDifference> differences, CancellationToken cancellationToken)
    {
        await using var scenario = new ClientScenario(port, credentials, differences, cancellationToken);
        await scenario.ConnectAsync();
        await scenario.SubscribeAsync();
        await scenario.CarryEveryQoSBothWaysAsync();
        await scenario.CarryMuchAsync();
        await scenario.KeepRetainedAsync();
        await scenario.LeaveSubscriptionAsync();
        await scenario.ComeBackToWaitingMessagesAsync();
        await scenario.PublishOnceThoughCutAsync();
        await scenario.ReceiveOnceThoughCutAsync();
        await scenario.EndCleanlyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }
    }

    private async Task ConnectAsync()
    {
        await (await PeerAsync("scenario")).DisposeAsync(); // what an earlier run may have left of the session
        _peer = await PeerAsync("scenario-peer");
        _heard = await _peer.SubscribeAsync("from/#", MqttQoS.ExactlyOnce, _ct);
        _wills = await _peer.SubscribeAsync("will/+", MqttQoS.AtLeastOnce, _ct);
        await AttachAsync();
        Assert.Equal(MqttSessionResumption.New, _client.Resumption);
    }

    private async Task SubscribeAsync()
    {
        _arrivals = await _client.SubscribeAsync(
            [
                new MqttTopicFilter("to/zero", MqttQoS.AtMostOnce),
                new MqttTopicFilter("to/+/one", MqttQoS.AtLeastOnce),
                new MqttTopicFilter("to/two/#", MqttQoS.ExactlyOnce),
            ],
            cancellationToken: _ct);
        MqttQoS[] expected = [MqttQoS.AtMostOnce, MqttQoS.AtLeastOnce, Highest];
        Assert.Equal(Does(BrokerHabit.GrantsHighestQoSFirst) ? expected.Reverse() : expected, _arrivals.Filters.Select(filter => filter.QoS));
    }

    private async Task CarryEveryQoSBothWaysAsync()
    {
        foreach (var (topic, sent, granted) in new[]
        {
            ("to/zero", MqttQoS.AtMostOnce, MqttQoS.AtMostOnce),
            ("to/zero", Highest, MqttQoS.AtMostOnce),
            ("to/a/one", MqttQoS.AtLeastOnce, MqttQoS.AtLeastOnce),
            ("to/b/one", Highest, Does(BrokerHabit.DeliversAboveGrant) ? Highest : MqttQoS.AtLeastOnce),
            ("to/two", Highest, Highest),
            ("to/two/x/y", Highest, Highest),
            ("to/two/x", MqttQoS.AtMostOnce, MqttQoS.AtMostOnce),
        })
        {
            await _peer.PublishAsync(topic, "21.5 °C"u8.ToArray(), sent, cancellationToken: _ct);
            await AssertNextAsync(_arrivals, topic, "21.5 °C", granted);
        }

        for (var qos = MqttQoS.AtMostOnce; qos <= Highest; qos++)
        {
            await _client.PublishAsync("from/a", Encoding.UTF8.GetBytes($"{qos}"), qos, cancellationToken: _ct);
            await AssertNextAsync(_heard, "from/a", $"{qos}", qos);
        }
    }

    private async Task CarryMuchAsync()
    {
        var payload = new byte[100 * 1024];
        for (var index = 0; index < payload.Length; index++)
        {
            payload[index] = (byte)(index % 251);
        }

        await _client.PublishAsync("from/much", payload, Highest, cancellationToken: _ct);
        Assert.Equal(payload, (await _heard.ReadAsync(_ct)).Payload.ToArray());
        await _peer.PublishAsync("to/two/much", payload, Highest, cancellationToken: _ct);
        Assert.Equal(payload, (await _arrivals.ReadAsync(_ct)).Payload.ToArray());
    }

    private async Task KeepRetainedAsync()
    {
        await using (var live = await _peer.SubscribeAsync("kept/+", MqttQoS.AtLeastOnce, _ct))
        {
            await _peer.PublishAsync("kept/a", "kept"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, _ct);
            await live.ReadAsync(_ct); // aedes acknowledges a message before it keeps it, and keeps it before it passes it on
        }

        await using (var exact = await _client.SubscribeAsync("kept/a", MqttQoS.AtLeastOnce, _ct))
        {
            var message = await exact.ReadAsync(_ct);
            Assert.Equal(("kept", true), (message.PayloadText, message.Retain));
        }

        await using var wild = await _client.SubscribeAsync("kept/+", MqttQoS.AtLeastOnce, _ct);
        await _peer.PublishAsync("kept/b", "live"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: _ct);
        string[] expected = Does(BrokerHabit.KeepsRetainedFromWildcards) ? ["kept/b"] : ["kept/a", "kept/b"];
        var topics = new List<string>();
        foreach (var _ in expected)
        {
            topics.Add((await wild.ReadAsync(_ct)).Topic);
        }

        Assert.Equal(expected, topics.Order(StringComparer.Ordinal));
        await _peer.PublishAsync("kept/a", Array.Empty<byte>(), MqttQoS.AtLeastOnce, retain: true, _ct);
        await AssertNextAsync(wild, "kept/a", string.Empty, MqttQoS.AtLeastOnce); // to those who are there it is a message like any other
    }

    private async Task LeaveSubscriptionAsync()
    {
        var left = await _client.SubscribeAsync("left/+", Highest, _ct);
        await _peer.PublishAsync("left/a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: _ct);
        await AssertNextAsync(left, "left/a", "1", MqttQoS.AtLeastOnce);
        await left.UnsubscribeAsync(_ct);
        var unmatched = _client.Unmatched;
        await _peer.PublishAsync("left/a", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: _ct);
        await _peer.PublishAsync("to/a/one", "after it"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: _ct);
        await AssertNextAsync(_arrivals, "to/a/one", "after it", MqttQoS.AtLeastOnce);
        Assert.Equal(unmatched, _client.Unmatched);
    }

    private async Task ComeBackToWaitingMessagesAsync()
    {
        await SettleAsync();
        await CutAsync();
        string[] waiting = ["1", "2", "3"];
        foreach (var text in waiting)
        {
            await _peer.PublishAsync("to/a/one", Encoding.UTF8.GetBytes(text), MqttQoS.AtLeastOnce, cancellationToken: _ct);
            await _peer.PublishAsync(WaitingTopic, Encoding.UTF8.GetBytes(text), Highest, cancellationToken: _ct);
        }

        await AttachAsync();
        Assert.Equal(MqttSessionResumption.Resumed, _client.Resumption);
        var arrived = new Dictionary<string, List<string>>(StringComparer.Ordinal) { ["to/a/one"] = [], [WaitingTopic] = [] };
        while (arrived.Values.Any(texts => !texts.Contains(waiting[^1])))
        {
            var message = await _arrivals.ReadAsync(_ct);
            if (!IsRepeated(message))
            {
                arrived[message.Topic].Add(message.PayloadText);
            }

            _seen.Add((message.Topic, message.PayloadText));
        }

        foreach (var texts in arrived.Values)
        {
            Assert.Equal(waiting, texts);
        }
    }

    /// <summary>The broker has the message, and the client does not know it.</summary>
    private async Task PublishOnceThoughCutAsync()
    {
        if (Does(BrokerHabit.HasNoQoS2))
        {
            await AssertQoS2IsAnsweredWithPubAckAsync();
            return;
        }

        await SettleAsync();
        var answered = _transport.MuteFrom(PubRec);
        var publishing = _client.PublishAsync("from/once", "once"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: _ct).AsTask();
        await answered.WaitAsync(_ct);
        await CutAsync();
        await AttachAsync();
        await publishing;
        await _client.PublishAsync("from/once", "after it"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: _ct);
        await AssertNextAsync(_heard, "from/once", "once", MqttQoS.ExactlyOnce);
        if (Does(BrokerHabit.ForgetsWhatItReceivedOfQoS2))
        {
            await AssertNextAsync(_heard, "from/once", "once", MqttQoS.ExactlyOnce);
        }

        await AssertNextAsync(_heard, "from/once", "after it", MqttQoS.ExactlyOnce);
    }

    private async Task AssertQoS2IsAnsweredWithPubAckAsync()
    {
        await using var other = await PeerAsync("scenario-once");
        await QoS2.AssertPubAckEndsAsync(other, _ct);
    }

    /// <summary>The client has the message and has said so, and cannot know whether that was heard.</summary>
    private async Task ReceiveOnceThoughCutAsync()
    {
        if (Does(BrokerHabit.HasNoQoS2))
        {
            return;
        }

        await SettleAsync();
        var released = _transport.MuteFrom(PubRel);
        await _peer.PublishAsync("to/two/once", "once"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: _ct);
        var first = await AssertNextAsync(_arrivals, "to/two/once", "once", MqttQoS.ExactlyOnce);
        await released.WaitAsync(_ct);
        await CutAsync();
        await AttachAsync();
        if (Does(BrokerHabit.ForgetsWhatItSentOfQoS2))
        {
            var again = await AssertNextAsync(_arrivals, "to/two/once", "once", MqttQoS.ExactlyOnce);
            Assert.NotEqual(first.PacketId, again.PacketId); // by which alone a client could know it again
        }

        await _peer.PublishAsync("to/two/once", "after it"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: _ct);
        await AssertNextAsync(_arrivals, "to/two/once", "after it", MqttQoS.ExactlyOnce);
    }

    private async Task EndCleanlyAsync()
    {
        await _client.DisconnectAsync(_ct);
        await _client.Completion;
        await (await PeerAsync("scenario")).DisposeAsync(); // the broker forgets the session; and it has read the goodbye
        await _peer.PublishAsync("will/after", "it"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: _ct);
        await AssertNextAsync(_wills, "will/after", "it", MqttQoS.AtLeastOnce);
        Assert.False(_heard.TryRead(out _));
    }

    private async Task AttachAsync()
    {
        _transport = new MutedPipe(await TcpPipe.ConnectAsync(_port, _ct));
        _connection = await _client.AttachAsync(_transport, _ct);
    }

    /// <summary>The client is lost, and the broker has noticed.</summary>
    private async Task CutAsync()
    {
        _transport.Abort();
        await _connection.Closed.WaitAsync(_ct);
        await AssertNextAsync(_wills, Will, "lost", MqttQoS.AtLeastOnce);
    }

    /// <summary>The broker has read what the client has said to all that it has received: PUBACK, PUBREC, and PUBCOMP, which waits for an answer.</summary>
    private async Task SettleAsync()
    {
        foreach (var text in new[] { "PUBREC is read", "PUBCOMP is read" })
        {
            await _client.PublishAsync("from/settled", Encoding.UTF8.GetBytes(text), MqttQoS.AtLeastOnce, cancellationToken: _ct);
            await AssertNextAsync(_heard, "from/settled", text, MqttQoS.AtLeastOnce);
        }
    }

    private async Task<MqttMessage> AssertNextAsync(IMqttSubscription subscription, string topic, string text, MqttQoS qos)
    {
        var message = await subscription.ReadAsync(_ct);
        while ((message.Topic, message.PayloadText) != (topic, text) && (IsRepeated(message) || (message.Topic == Will && Does(BrokerHabit.MayMissTheGoodbye))))
        {
            message = await subscription.ReadAsync(_ct);
        }

        Assert.Equal((topic, text, qos), (message.Topic, message.PayloadText, message.QoS));
        _seen.Add((message.Topic, message.PayloadText));
        return message;
    }

    private bool IsRepeated(MqttMessage message) => Does(BrokerHabit.MayRepeatWhatWaited) && _seen.Contains((message.Topic, message.PayloadText));

    private bool Does(BrokerHabit habit) => _differences.Any(difference => difference.Habit == habit);

    private MqttClientOptions Options(string clientId) => new() { ClientId = clientId, Credentials = _credentials };

    private async Task<MqttClient> PeerAsync(string clientId) =>
        await MqttClient.ConnectAsync(await TcpPipe.ConnectAsync(_port, _ct), Options(clientId), _ct);
}
