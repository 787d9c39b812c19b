using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Sim800.Modem;

namespace Sim800.Mqtt.Composition;

/// <summary>What is read off the clients that live, whenever somebody collects. Costs nothing in between.</summary>
internal static class ClientGauges
{
    private const string Layer = "sim800.layer";
    private const string Direction = "network.io.direction";

    private static readonly ConcurrentDictionary<ClientReadings, byte> Clients = new();

    static ClientGauges()
    {
        Count("messaging.client.consumed.messages", "{message}", "Messages that were received for subscriptions.", client => client.Core.Traffic.Messages);
        Count("sim800.dropped.messages", "{message}", "Messages of QoS 0 that were dropped without a connection.", client => client.Core.Publishing.Dropped);
        Count("sim800.modem.sends", "{command}", "AT+CIPSEND commands.", client => client.Tcp.Read().Sends);
        ClientMetrics.Meter.CreateObservableCounter(
            "sim800.io", static () => Clients.Keys.SelectMany(Bytes), "By", "Bytes that MQTT and, below TLS, TCP have carried.");
        Gauge("sim800.io.today", "By", "Bytes of TCP both ways since midnight UTC.", client => client.Tcp.Read().Today);
        Gauge("sim800.client.connected", "1", "1 with a connection, else 0.", client => client.Status.State is MqttClientState.Connected ? 1 : 0);
        Gauge("sim800.client.failures", "{attempt}", "Failures in a row.", client => client.Status.Failures);
        Gauge("sim800.store.messages", "{message}", "Messages of QoS 1 and 2 that the server has not acknowledged.", client => client.Core.Session.Unacknowledged);
        Gauge("sim800.held_back.messages", "{message}", "Received messages that the server waits to have acknowledged.", client => client.Core.Session.HeldBack);
        Gauge("sim800.modem.signal", "dBm", "Received signal strength when it was last asked for.", Signal);
        Gauge("sim800.modem.supply", "mV", "Supply voltage when it was last asked for.", client => client.Modem()?.Power.LastBattery?.Millivolts);
    }

    /// <summary>A client lives until what is returned is disposed.</summary>
    internal static IDisposable Add(ClientReadings client)
    {
        Clients.TryAdd(client, 0);
        return new Registration(client);
    }

    private static void Count(string name, string unit, string description, Func<ClientReadings, long> read) =>
        ClientMetrics.Meter.CreateObservableCounter(
            name, () => Clients.Keys.Select(client => new Measurement<long>(read(client), client.Tags())), unit, description);

    private static void Gauge(string name, string unit, string description, Func<ClientReadings, long?> read) =>
        ClientMetrics.Meter.CreateObservableGauge(
            name,
            () => from client in Clients.Keys
                  let value = read(client)
                  where value is not null
                  select new Measurement<long>(value.Value, client.Tags()),
            unit,
            description);

    private static long? Signal(ClientReadings client) => client.Modem()?.Network.SignalHistory.Samples is [.., var last] ? last.Quality.Dbm : null;

    private static IEnumerable<Measurement<long>> Bytes(ClientReadings client)
    {
        var (mqtt, tcp) = (client.Core.Traffic, client.Tcp.Read());
        yield return new(mqtt.SentBytes, client.Tags(new(Layer, "mqtt"), new(Direction, "transmit")));
        yield return new(mqtt.ReceivedBytes, client.Tags(new(Layer, "mqtt"), new(Direction, "receive")));
        yield return new(tcp.SentBytes, client.Tags(new(Layer, "tcp"), new(Direction, "transmit")));
        yield return new(tcp.ReceivedBytes, client.Tags(new(Layer, "tcp"), new(Direction, "receive")));
    }

    private sealed class Registration(ClientReadings client) : IDisposable
    {
        public void Dispose() => Clients.TryRemove(client, out _);
    }
}

/// <summary>One client, as its gauges see it.</summary>
/// <param name="options">Whose server and client id are the attributes.</param>
/// <param name="core">Session and state.</param>
/// <param name="tcp">Bytes.</param>
/// <param name="modem">The modem while it is open.</param>
internal sealed class ClientReadings(Sim800MqttClientOptions options, Client.ClientCore core, TcpTraffic tcp, Func<CellularModem?> modem)
{
    internal Client.ClientCore Core => core;

    internal TcpTraffic Tcp => tcp;

    internal MqttClientStatus Status => core.Status.Current;

    internal Func<CellularModem?> Modem => modem;

    internal KeyValuePair<string, object?>[] Tags(params ReadOnlySpan<KeyValuePair<string, object?>> more) =>
    [
        new("messaging.system", "mqtt"), new("messaging.client.id", options.Mqtt.ClientId),
        new("server.address", options.Host), new("server.port", options.Port), .. more,
    ];
}
