using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using Sim800.Benchmarks.Link.Records;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks.Link;

/// <summary>
/// The same once with a real clock, a real pseudo-terminal and real sockets: shows that virtual time tells the truth. Timers of the
/// operating system and the processor come on top here.
/// </summary>
internal static class RealTimeScenarios
{
    private const int Messages = 300;
    private const int Port = 8883;

    internal static async Task<IReadOnlyList<LinkResult>> RunAsync(LinkConditions conditions, CancellationToken cancellationToken)
    {
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Tls = true, ServerNames = [LinkRig.Host], MaxInFlight = 1000 });
        await using var device = VirtualModem.OnPseudoTerminal(
            conditions.Modem(SocketNetwork.FromMap([string.Create(CultureInfo.InvariantCulture, $"{LinkRig.Host}:{Port}=127.0.0.1:{broker.Port}")])));
        await using var modem = await CellularModem.OpenAsync(
            device.DevicePath, new ModemOptions { Apn = "internet", BaudRate = conditions.BaudRate }, cancellationToken);
        await using var tcp = await modem.ConnectTcpAsync(LinkRig.Host, Port, cancellationToken);
        var (sent, received) = (new RecordCounter(), new RecordCounter());
        var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "gateway-0001", MaxInFlight = 1000 });
        await using (client)
        {
            var first = await MeasureAsync(device, (sent, received), () => PublishFirstAsync(client, new RecordCountingTransport(tcp, sent, received), broker, cancellationToken));
            var many = await MeasureAsync(device, (sent, received), () => PublishManyAsync(client, cancellationToken));
            return
            [
                new LinkResult("real time: first PUBACK, TLS 1.2", conditions, LinkLimit.Conversation(3, first.Counts, conditions), first.Time, first.Counts),
                new LinkResult(
                    "real time: sustained publish, QoS 1, TLS 1.2",
                    conditions,
                    LinkLimit.AnsweredStream(many.Counts, conditions),
                    many.Time,
                    many.Counts,
                    Messages),
            ];
        }
    }

    private static async Task PublishFirstAsync(
        MqttClient client, IDuplexPipe tcp, LoopbackBroker broker, CancellationToken cancellationToken)
    {
        var published = client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
        var options = new TlsClientOptions { ServerName = LinkRig.Host, Trust = TlsTrust.FromPem(broker.CertificateAuthorityPem) };
        await client.AttachAsync(await TlsConnection.ConnectAsync(tcp, options, cancellationToken), cancellationToken);
        await published;
    }

    private static Task PublishManyAsync(MqttClient client, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Messages).Select(_ =>
            client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken).AsTask()));

    /// <summary>The time by the system's clock, and what passed meanwhile.</summary>
    internal static async Task<(TimeSpan Time, LinkCounts Counts)> MeasureAsync(
        VirtualModem device, (RecordCounter Sent, RecordCounter Received) records, Func<Task> what)
    {
        var before = LinkCounts.Of(device.Counters, records.Sent, records.Received);
        var start = Stopwatch.GetTimestamp();
        await what();
        return (Stopwatch.GetElapsedTime(start), LinkCounts.Of(device.Counters, records.Sent, records.Received) - before);
    }
}
