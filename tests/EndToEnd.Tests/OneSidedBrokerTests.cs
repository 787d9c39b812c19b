using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Tests;

/// <summary>A server that answers a message of QoS 2 with PUBACK, as RabbitMQ's MQTT plugin did up to version 3.</summary>
public sealed class OneSidedBrokerTests
{
    [Fact]
    public async Task Pub_ends_with_1_and_the_reason_within_a_bound()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var published = 0;
        var serving = ServeAsync(listener, () => Interlocked.Increment(ref published), stop.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var modem = TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"broker.test:1883=127.0.0.1:{port}"));

        await using var pub = ProgramRun.StartOurs("sim800", ["pub", "--device", modem.DevicePath, "-h", "broker.test", "-p", "1883", "-t", "a", "-m", "x", "-q", "2"]);

        Assert.Equal(1, await pub.ExitCodeAsync());
        Assert.Contains("-q 1", pub.Error, StringComparison.Ordinal);
        Assert.InRange(published, 1, 5);
        await stop.CancelAsync();
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener, Action onPublished, CancellationToken stop)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop), onPublished, stop));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private static async Task AnswerAsync(TcpClient client, Action onPublished, CancellationToken stop)
    {
        using var owned = client;
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                var header = new byte[2];
                await stream.ReadExactlyAsync(header, stop);
                var body = new byte[header[1]]; // every packet of this conversation is short
                await stream.ReadExactlyAsync(body, stop);
                switch (header[0] >> 4)
                {
                    case 1:
                        await stream.WriteAsync(new byte[] { 0x20, 2, 0, 0 }, stop);
                        break;
                    case 3:
                        onPublished();
                        var at = 2 + body[1];
                        await stream.WriteAsync(new byte[] { 0x40, 2, body[at], body[at + 1] }, stop);
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client or the test has ended it
        }
    }
}
