using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>What meters and activity listeners get to see.</summary>
[Collection(VirtualTime.Name)]
public sealed class DiagnosticsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Connections_messages_and_durations_are_measured()
    {
        var measured = new ConcurrentBag<(string Name, double Value, KeyValuePair<string, object?>[] Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name is Sim800Diagnostics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add((instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add((instrument.Name, value, tags.ToArray())));
        listener.Start();
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) });
        await using (var client = await rig.ConnectAsync())
        {
            await client.PublishAsync("t", "0"u8.ToArray(), cancellationToken: Token);
            await client.PublishAsync("t", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        }

        await Assert.ThrowsAsync<Modem.TcpConnectException>(() => rig.ConnectOnceAsync(rig.Options with { Port = 4711 }));

        Assert.Equal(2, measured.Count(item => item.Name is "messaging.client.sent.messages"));
        var duration = Assert.Single(measured, item => item.Name is "messaging.client.operation.duration");
        Assert.InRange(duration.Value, 0.6, 1.5);
        Assert.Contains(duration.Tags, tag => tag is { Key: "messaging.system", Value: "mqtt" });
        Assert.Single(measured, item => item.Name is "sim800.connections");
        Assert.Single(measured, item => item.Name is "sim800.connect.duration" && item.Value > 0.6);
        var failure = Assert.Single(measured, item => item.Name is "sim800.connect.failures");
        Assert.Contains(failure.Tags, tag => tag is { Key: "error.type", Value: "Sim800.Modem.TcpConnectException" });
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_that_is_never_confirmed_is_traced_as_a_failure()
    {
        var traced = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Sim800Diagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = traced.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { UserName = "u", Password = "p" });
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options);

        await Assert.ThrowsAsync<MqttClosedException>(
            async () => await client.PublishAsync("weather", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token));

        var published = Assert.Single(traced, activity => activity.OperationName is "publish");
        Assert.Equal(ActivityStatusCode.Error, published.Status);
        Assert.Equal("Sim800.Mqtt.MqttClosedException", published.GetTagItem("error.type"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Attempts_and_confirmed_messages_are_traced()
    {
        var traced = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Sim800Diagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = traced.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using (var client = await rig.ConnectAsync())
        {
            await client.PublishAsync("weather", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
            await client.DisconnectAsync(Token);
            await Assert.ThrowsAsync<MqttClosedException>(
                async () => await client.PublishAsync("weather", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token));
        }

        await Assert.ThrowsAsync<Modem.TcpConnectException>(() => rig.ConnectOnceAsync(rig.Options with { Port = 4711 }));

        Assert.Equal(2, traced.Count(activity => activity.OperationName is "connect"));
        Assert.Single(traced, activity => activity is { OperationName: "connect", Status: ActivityStatusCode.Error });
        var published = Assert.Single(traced, activity => activity.OperationName is "publish");
        Assert.Equal("weather", published.GetTagItem("messaging.destination.name"));
        Assert.Equal(ActivityStatusCode.Unset, published.Status);
    }
}
