using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks.Link;

/// <summary>
/// <c>processor</c>: what this process spends on messages through a real pseudo-terminal, in real time. The virtual modem and the broker
/// are a process of their own, which is not counted.
/// </summary>
internal static class LineCost
{
    private const int BaudRate = 115_200;
    private const int Port = 8883;
    private const int WarmUp = 3_000;
    private const int Messages = 3_000;
    private const int OneByOne = 500;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    internal static async Task WriteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        // The end of its input tells the stand that this process has gone, however it went.
        using var stand = Process.Start(OwnProgram.Start("processor-stand"))!;
        stand.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        stand.BeginErrorReadLine();
        try
        {
            var device = await ReadAsync(stand, cancellationToken);
            var authority = Encoding.UTF8.GetString(Convert.FromBase64String(await ReadAsync(stand, cancellationToken)));
            await using var client = await Sim800MqttClient.ConnectAsync(
                device,
                new Sim800MqttClientOptions
                {
                    Host = LinkRig.Host,
                    Port = Port,
                    Modem = new ModemOptions { Apn = "internet", BaudRate = BaudRate },
                    Tls = new TlsClientOptions { ServerName = LinkRig.Host, Trust = TlsTrust.FromPem(authority) },
                    Mqtt = new MqttClientOptions { ClientId = "gateway-0001", MaxInFlight = 1000 },
                },
                cancellationToken);
            await PublishAsync(client, MqttQoS.AtLeastOnce, WarmUp, cancellationToken);
            await output.WriteLineAsync("\n| messages of 100 bytes, TLS 1.2, 115200 baud | processor ms per 1,000 | messages a second |\n| --- | --- | --- |");
            await MeasureAsync(output, "QoS 0, as many as the line takes", Messages, () => PublishAsync(client, MqttQoS.AtMostOnce, Messages, cancellationToken));
            await MeasureAsync(output, "QoS 1, as many as the line takes", Messages, () => PublishAsync(client, MqttQoS.AtLeastOnce, Messages, cancellationToken));
            await MeasureAsync(output, "QoS 1, one by one", OneByOne, () => PublishOneByOneAsync(client, cancellationToken));
        }
        finally
        {
            stand.Kill();
        }
    }

    /// <summary>The other process: says where the modem is and whom to trust, and ends with its standard input.</summary>
    internal static async Task StandAsync(CancellationToken cancellationToken)
    {
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Tls = true, ServerNames = [LinkRig.Host], MaxInFlight = 1000 });
        await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions
        {
            BaudRate = BaudRate,
            RoundTripTime = RoundTrip,
            Network = SocketNetwork.FromMap([string.Create(CultureInfo.InvariantCulture, $"{LinkRig.Host}:{Port}=127.0.0.1:{broker.Port}")]),
        });
        await Console.Out.WriteLineAsync(modem.DevicePath);
        await Console.Out.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.CertificateAuthorityPem)));
        await Console.In.ReadToEndAsync(cancellationToken);
    }

    private static async Task<string> ReadAsync(Process stand, CancellationToken cancellationToken) =>
        await stand.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The process with the virtual modem ended.");

    private static async Task MeasureAsync(TextWriter output, string what, int messages, Func<Task> publish)
    {
        var (before, start) = (ProcessorClock.OfProcess(), Stopwatch.GetTimestamp());
        await publish();
        var (spent, passed) = (ProcessorClock.OfProcess() - before, Stopwatch.GetElapsedTime(start));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {spent.TotalMilliseconds * 1000 / messages:0} | {messages / passed.TotalSeconds:0.0} |"));
    }

    /// <summary>With the last one acknowledged, so that what was written has left.</summary>
    private static async Task PublishAsync(Sim800MqttClient client, MqttQoS qos, int messages, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(1, messages).Select(_ => client.PublishAsync("t/1", new byte[100], qos, cancellationToken: cancellationToken).AsTask()));
        await client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
    }

    private static async Task PublishOneByOneAsync(Sim800MqttClient client, CancellationToken cancellationToken)
    {
        for (var message = 0; message < OneByOne; message++)
        {
            await client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
        }
    }
}
