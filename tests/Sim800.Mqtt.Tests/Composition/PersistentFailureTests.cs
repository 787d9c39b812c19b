using System.Buffers;
using System.IO.Pipelines;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Failures that no further attempt can mend, after a connection that was accepted.</summary>
[Collection(VirtualTime.Name)]
public sealed class PersistentFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_server_without_QoS_2_is_told_as_such_and_no_longer_tried_in_seconds_when_it_is_so_again_and_again()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        rig.Serve(1883, AnswerWithPubAckAsync);
        await using var client = await rig.ConnectAsync();

        var publishing = client.PublishAsync("t", "x"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Token).AsTask();
        var told = await client.WatchAsync(Token).FirstAsync(status => status.Failure is MqttFailureClass.Persistent, Token);

        AssertIsTheBreach(told.Reason);
        Assert.Equal((3, TimeSpan.FromMinutes(1), "Mqtt"), (told.Failures, told.RetryAfter, told.Stage));
        Assert.Equal(told.Since + TimeSpan.FromMinutes(1), told.NextAttempt);
        Assert.Equal(1, client.Unacknowledged);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bounded_number_of_them_ends_the_client_with_the_reason()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        rig.Serve(1883, AnswerWithPubAckAsync);
        var options = rig.Options;
        await using var client = await rig.ConnectAsync(options with { Reconnect = options.Reconnect with { PersistentFailures = 3 } });

        var publishing = client.PublishAsync("t", "x"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Token).AsTask();

        AssertIsTheBreach(await Assert.ThrowsAnyAsync<IOException>(() => client.Completion.WaitAsync(Token)));
        AssertIsTheBreach((await Assert.ThrowsAsync<MqttClosedException>(() => publishing)).InnerException);
        Assert.Equal(MqttClientState.Closed, client.Status.State);
    }

    private static void AssertIsTheBreach(Exception? reason)
    {
        var breach = reason as MqttProtocolException ?? Assert.IsType<MqttProtocolException>(reason?.InnerException);
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, breach.Error);
        Assert.Contains("QoS 1", breach.RemedyText, StringComparison.Ordinal);
    }

    /// <summary>What RabbitMQ up to version 3 does: it takes QoS 2 for QoS 1.</summary>
    private static async Task AnswerWithPubAckAsync(IDuplexPipe pipe, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.Input.ReadAsync(cancellationToken);
            var input = result.Buffer;
            while (MqttFrame.TryRead(ref input, Wire.AnySize, out var frame))
            {
                Answer(frame, pipe.Output);
            }

            pipe.Input.AdvanceTo(input.Start, input.End);
            if (result.IsCompleted)
            {
                return;
            }

            await pipe.Output.FlushAsync(cancellationToken);
        }
    }

    private static void Answer(in MqttFrame frame, IBufferWriter<byte> output)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write(output);
                break;
            case PacketType.Publish:
                new AckPacket(PacketType.PubAck, PublishPacket.Read(frame).PacketId).Write(output);
                break;
        }
    }
}
