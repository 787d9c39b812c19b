using System.Diagnostics;
using System.Globalization;
using Sim800.Benchmarks.Link.Least;
using Sim800.Benchmarks.Link.Records;
using Sim800.Benchmarks.Soak;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks.Link;

/// <summary>
/// The two streams whose bytes a broker decides, against a real mosquitto behind the virtual modem, in real time: what the loopback broker
/// that writes packets singly is to be compared with.
/// </summary>
internal static class MosquittoScenarios
{
    private const int Messages = 1_000;
    private const string Topic = "t/1";

    internal static async Task<IReadOnlyList<LinkResult>> RunAsync(LinkConditions conditions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("link-");
        try
        {
            await using var broker = new SoakBroker(folder.FullName);
            await broker.StartAsync(cancellationToken);
            await using var device = VirtualModem.Create(
                conditions.Modem(SocketNetwork.FromMap([string.Create(CultureInfo.InvariantCulture, $"{SoakBroker.Host}:{broker.Port}=127.0.0.1:{broker.Port}")])));
            await using var modem = await CellularModem.OpenAsync(
                device.Line, new ModemOptions { Apn = "internet", BaudRate = conditions.BaudRate }, cancellationToken);
            return [await PublishAsync(broker, device, modem, conditions, cancellationToken), await ReceiveAsync(broker, device, modem, conditions, cancellationToken)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<LinkResult> PublishAsync(
        SoakBroker broker, VirtualModem device, CellularModem modem, LinkConditions conditions, CancellationToken cancellationToken)
    {
        var (client, security, records) = await ConnectAsync(broker, modem, cancellationToken);
        await using (client)
        {
            var measured = await RealTimeScenarios.MeasureAsync(device, records, () => Task.WhenAll(Enumerable.Range(0, Messages).Select(_ =>
                client.PublishAsync(Topic, new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken).AsTask())));
            return LinkResult.Of(
                $"mosquitto, real time: sustained publish, QoS 1, {security.Text}",
                conditions,
                traffic => LinkLimit.AnsweredStream(traffic, conditions),
                LeastTraffic.Out(security.Kind, [(LeastTraffic.Publish(Topic.Length, 100, qos: 1), Messages)], Messages, writesSingly: true),
                measured,
                Messages) with
            {
                WhyExchanges = LinkReasons.LastAnswer,
            };
        }
    }

    private static async Task<LinkResult> ReceiveAsync(
        SoakBroker broker, VirtualModem device, CellularModem modem, LinkConditions conditions, CancellationToken cancellationToken)
    {
        var (client, security, records) = await ConnectAsync(broker, modem, cancellationToken);
        await using (client)
        await using (var subscription = await client.SubscribeAsync(
            [new MqttTopicFilter(Topic, MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = Messages }, cancellationToken))
        {
            var measured = await RealTimeScenarios.MeasureAsync(device, records, async () =>
            {
                using var publisher = Process.Start(new ProcessStartInfo(
                    "mosquitto_pub", ["-p", broker.PlainPort.ToString(CultureInfo.InvariantCulture), "-t", Topic, "-l"])
                { RedirectStandardInput = true, UseShellExecute = false })!;
                for (var sent = 0; sent < Messages; sent++)
                {
                    await publisher.StandardInput.WriteLineAsync(new string('x', 100));
                }

                publisher.StandardInput.Close();
                await publisher.WaitForExitAsync(cancellationToken);
                await TakeAsync(subscription, cancellationToken);
            });
            return LinkResult.Of(
                $"mosquitto, real time: sustained receive, 100 B, {security.Text}",
                conditions,
                traffic => LinkLimit.StreamIn(traffic, conditions),
                LeastTraffic.In(security.Kind, LeastTraffic.Publish(Topic.Length, 100, qos: 0), Messages, writesSingly: true),
                measured,
                Messages) with
            {
                WhyExchanges = LinkReasons.Digits,
            };
        }
    }

    /// <summary>The default offer. What mosquitto takes of it decides over the record: ChaCha20-Poly1305 has the 21 bytes that <see cref="LinkSecurity.EcdhePsk"/> has here.</summary>
    private static async Task<(MqttClient Client, (LinkSecurity Kind, string Text) Security, (RecordCounter Sent, RecordCounter Received) Records)> ConnectAsync(
        SoakBroker broker, CellularModem modem, CancellationToken cancellationToken)
    {
        var tcp = await modem.ConnectTcpAsync(SoakBroker.Host, broker.Port, cancellationToken);
        var records = (Sent: new RecordCounter(), Received: new RecordCounter());
        var tls = await TlsConnection.ConnectAsync(
            new RecordCountingTransport(tcp, records.Sent, records.Received),
            new TlsClientOptions { ServerName = SoakBroker.Host, Port = broker.Port, Trust = TlsTrust.FromPemFile(broker.AuthorityFile) },
            cancellationToken);
        var isChaCha = tls.Info.CipherSuite.ToString().Contains("CHACHA20", StringComparison.Ordinal);
        var client = await MqttClient.ConnectAsync(tls, new MqttClientOptions { ClientId = "gateway-0001", MaxInFlight = 1000 }, cancellationToken);
        return (client, isChaCha ? (LinkSecurity.EcdhePsk, "TLS 1.2 with ChaCha20") : (LinkSecurity.Tls12, "TLS 1.2"), records);
    }

    private static async Task TakeAsync(IMqttSubscription subscription, CancellationToken cancellationToken)
    {
        var taken = 0;
        await foreach (var message in subscription.WithCancellation(cancellationToken))
        {
            _ = message;
            if (++taken == Messages)
            {
                return;
            }
        }
    }
}
