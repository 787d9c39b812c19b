using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Sim800.Mqtt.Tests.Composition;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Tests.Diagnostics;

/// <summary>docs/metrics.md, and what the gauges read.</summary>
[Collection(VirtualTime.Name)]
public sealed partial class MetricsPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_page_lists_each_instrument_with_its_kind_and_unit()
    {
        var instruments = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is Sim800Diagnostics.MeterName)
                {
                    instruments.Add($"{instrument.Name} {instrument.GetType().Name.Split('`')[0]} {instrument.Unit}");
                }
            },
        };
        listener.Start();
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(); // makes the instruments

        var page = await File.ReadAllTextAsync(Checkout.PathOf("docs", "metrics.md"), Token);
        var rows = Row().Matches(page).Select(row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]}");
        Assert.Equal(instruments, rows);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_gauges_read_what_the_client_and_the_modem_have_counted()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync(rig.Options with
        {
            Mqtt = rig.Options.Mqtt with { ClientId = "measured" },
            MeasureEvery = TimeSpan.FromMinutes(1),
        });
        await using var messages = await client.SubscribeAsync("t", MqttQoS.AtLeastOnce, Token);
        await client.PublishAsync("t", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: Token);
        await messages.ReadAsync(Token);
        await Task.Delay(TimeSpan.FromMinutes(2), clock, Token);

        var read = Collect("measured");
        var counters = rig.Modem.Counters;
        Assert.Equal(1, read["sim800.client.connected"]);
        Assert.Equal(1, read["messaging.client.consumed.messages"]);
        Assert.Equal(0, read["sim800.store.messages"]);
        Assert.Equal(counters.TcpBytesSent, read["sim800.io tcp transmit"]);
        Assert.Equal(counters.TcpBytesReceived, read["sim800.io tcp receive"]);
        Assert.Equal(counters.TcpBytesSent + counters.TcpBytesReceived, read["sim800.io.today"]);
        Assert.InRange(read["sim800.io mqtt transmit"], 100, counters.TcpBytesSent);
        Assert.InRange(read["sim800.io mqtt receive"], 100, counters.TcpBytesReceived);
        Assert.Equal(counters.CipSends, read["sim800.modem.sends"]);
        Assert.Equal(-113 + (2 * 21), read["sim800.modem.signal"]);
        Assert.Equal(4012, read["sim800.modem.supply"]);

        await client.DisposeAsync();
        Assert.Empty(Collect("measured"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_lost_connection_is_counted_with_its_stage_and_reason()
    {
        var lost = new List<string>();
        using var listener = Listen(instrument => instrument.Name is "sim800.connections.lost", (_, tags) =>
            lost.Add(string.Join(' ', tags.Where(tag => tag.Key is "sim800.stage" or "error.type").Select(tag => tag.Value))));
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync();
        rig.Broker.DropConnections();
        await Task.Delay(TimeSpan.FromMinutes(1), clock, Token);
        Assert.Equal(["Sim800.Mqtt.MqttLinkException Mqtt"], lost);
    }

    /// <summary>What is read off one client, by instrument and its own attributes.</summary>
    private static Dictionary<string, long> Collect(string clientId)
    {
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = Listen(static instrument => instrument.IsObservable, (item, tags) =>
        {
            if (tags.Any(tag => tag.Key is "messaging.client.id" && clientId.Equals(tag.Value)))
            {
                var own = tags.Where(tag => tag.Key is "sim800.layer" or "network.io.direction").Select(tag => $" {tag.Value}");
                read.Add(item.Instrument.Name + string.Concat(own), item.Value);
            }
        });
        listener.RecordObservableInstruments();
        return read;
    }

    private static MeterListener Listen(
        Func<Instrument, bool> isWanted, Action<(Instrument Instrument, long Value), KeyValuePair<string, object?>[]> take)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name is Sim800Diagnostics.MeterName && isWanted(instrument))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => take((instrument, value), tags.ToArray()));
        listener.Start();
        return listener;
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9._]+)` \| (?<kind>\w+) \| (?<unit>\S+) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
