using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>A broker that hangs up when <c>sub -C</c> acknowledges the last message: all that was asked for is printed, and that is success.</summary>
public sealed class LastAcknowledgementTests
{
    [Theory]
    [Models(1)]
    [Models(2, And = VirtualModemModel.Sim7600E)]
    public async Task A_link_that_dies_at_it_does_not_make_sub_fail(VirtualModemModel model, int qos)
    {
        await using var broker = new HangingUpBroker(qos);
        await using var modem = TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"broker.test:1883=127.0.0.1:{broker.Port}"), model);

        await using var sub = ProgramRun.StartOurs(
            "sim800",
            ["sub", "--device", modem.DevicePath, "-h", "broker.test", "-p", "1883", "-t", "n", "-q", $"{qos}", "-C", $"{HangingUpBroker.Messages}"]);

        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        Assert.Equal("message 1\nmessage 2\nmessage 3\n", sub.Output);
        Assert.True(broker.HasHungUp);
    }
}

/// <summary>Sends some messages to each subscriber, one after the other's acknowledgement, and breaks the connection at the last one's.</summary>
internal sealed class HangingUpBroker : IAsyncDisposable
{
    internal const int Messages = 3;

    private const int PubAck = 4;
    private const int PubRec = 5;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _qos;
    private readonly Task _serving;

    internal HangingUpBroker(int qos)
    {
        _qos = qos;
        _listener.Start();
        _serving = ServeAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal bool HasHungUp { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>One connection at a time, as one modem has them.</summary>
    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            return; // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        var sent = 0;
        try
        {
            while (true)
            {
                var header = new byte[2];
                await stream.ReadExactlyAsync(header, _stop.Token);
                var body = new byte[header[1]]; // every packet of this conversation is short
                await stream.ReadExactlyAsync(body, _stop.Token);
                var type = header[0] >> 4;
                if (type is PubAck or PubRec && sent == Messages)
                {
                    HasHungUp = true;
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }

                var answer = type switch
                {
                    1 => [0x20, 2, 0, 0],
                    PubRec => [0x62, 2, body[0], body[1]],
                    8 => [0x90, 3, body[0], body[1], (byte)_qos, .. Publish(++sent)],
                    PubAck or 7 when sent < Messages => Publish(++sent), // 7 is PUBCOMP
                    _ => [],
                };
                await stream.WriteAsync(answer, _stop.Token);
            }
        }
        catch (IOException)
        {
            return; // the client has left
        }
    }

    private byte[] Publish(int number) =>
        [(byte)(0x30 | (_qos << 1)), 14, 0, 1, (byte)'n', 0, (byte)number, .. System.Text.Encoding.ASCII.GetBytes($"message {number}")];
}
