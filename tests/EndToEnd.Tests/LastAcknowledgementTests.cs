using System.Globalization;
using Sim800.Simulator;
using TestKit.Hostile;

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

    private readonly PeerListener _listener;
    private readonly int _qos;
    private int _sent;

    internal HangingUpBroker(int qos)
    {
        _qos = qos;
        _listener = ScriptedBroker.Listen(Answer);
    }

    internal int Port => _listener.Port;

    internal bool HasHungUp { get; private set; }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private byte[] Answer(byte[] packet)
    {
        var type = ScriptedBroker.TypeOf(packet);
        if (type is PubAck or PubRec && _sent == Messages)
        {
            HasHungUp = true;
            throw new ConnectionResetException("All was sent.");
        }

        return type switch
        {
            1 => Begin(),
            PubRec => [0x62, 2, packet[2], packet[3]],
            8 => [0x90, 3, packet[2], packet[3], (byte)_qos, .. Publish(++_sent)],
            PubAck or 7 when _sent < Messages => Publish(++_sent), // 7 is PUBCOMP
            _ => [],
        };
    }

    /// <summary>Each connection gets all messages; one modem has one at a time.</summary>
    private byte[] Begin()
    {
        _sent = 0;
        return [.. ScriptedBroker.Accepted];
    }

    private byte[] Publish(int number) =>
        [(byte)(0x30 | (_qos << 1)), 14, 0, 1, (byte)'n', 0, (byte)number, .. System.Text.Encoding.ASCII.GetBytes($"message {number}")];
}
