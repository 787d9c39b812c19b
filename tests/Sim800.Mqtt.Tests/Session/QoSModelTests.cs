using FsCheck;
using FsCheck.Fluent;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>At least once and exactly once, over every loss of the connection and every death of the process.</summary>
public sealed class QoSModelTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1500).WithStartSize(5).WithEndSize(150);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_happens_QoS_1_comes_at_least_once_and_QoS_2_exactly_once(bool sendsBeforeConnAck) =>
        Check(cleanSession: false, sendsBeforeConnAck, world =>
        {
            AssertExactly(world.Published, world.Received);
            AssertExactly(world.SentDown, world.Taken);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Over_clean_sessions_every_message_still_comes_at_least_once(bool sendsBeforeConnAck) =>
        Check(cleanSession: true, sendsBeforeConnAck, world =>
        {
            Assert.Equal([], world.Published.Except(world.Received, StringComparer.Ordinal));
            Assert.Equal([], world.Confirmed.Except(world.Received, StringComparer.Ordinal));
        });

    [Theory]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public void A_loss_at_any_two_packet_boundaries_is_survived(MqttQoS qos)
    {
        for (var first = 0; first <= Packets(qos, int.MaxValue, int.MaxValue, crash: false); first++)
        {
            for (var second = first; second <= first + 8; second++)
            {
                Packets(qos, first, second, crash: false);
                Packets(qos, first, second, crash: true);
            }
        }
    }

    [Fact]
    public void First_copies_arrive_in_the_order_of_publishing()
    {
        var world = new ModelWorld(cleanSession: false, sendsBeforeConnAck: true);
        world.Connect();
        for (var message = 0; message < 20; message++)
        {
            world.Publish(MqttQoS.AtLeastOnce);
            world.MoveToServer();
            if (message % 3 == 0)
            {
                world.Lose();
                world.Connect();
            }
        }

        world.Settle();
        Assert.Equal(world.Published, world.Received.Distinct(StringComparer.Ordinal));
    }

    private static int Packets(MqttQoS qos, int first, int second, bool crash)
    {
        var world = new ModelWorld(cleanSession: false, sendsBeforeConnAck: true);
        world.Connect();
        world.Publish(qos);
        var isSent = false;
        bool hasMoved;
        do
        {
            if (world.PacketsMoved == first || world.PacketsMoved == second)
            {
                (first, second) = world.PacketsMoved == first ? (-1, second == first ? -1 : second) : (first, -1);
                if (crash)
                {
                    world.Crash();
                }
                else
                {
                    world.Lose();
                }

                world.Connect();
            }

            hasMoved = world.MoveToServer() || world.MoveToClient() || world.Take(0);
            if (world.PacketsMoved > 1 && !isSent)
            {
                world.SendDown(qos);
                isSent = world.SentDown.Count > 0;
                hasMoved |= isSent;
            }
        }
        while (hasMoved);

        world.Settle();
        AssertExactly(world.Published, world.Received);
        AssertExactly(world.SentDown, world.Taken);
        return world.PacketsMoved;
    }

    private static void Check(bool cleanSession, bool sendsBeforeConnAck, Action<ModelWorld> verify) =>
        Prop.ForAll<int[]>(commands =>
        {
            var world = new ModelWorld(cleanSession, sendsBeforeConnAck);
            world.Connect();
            Array.ForEach(commands, world.Step);
            world.Settle();
            verify(world);
        }).Check(Thorough);

    private static void AssertExactly(IEnumerable<string> sent, IReadOnlyCollection<string> came)
    {
        Assert.Equal([], sent.Except(came, StringComparer.Ordinal));
        Assert.Equal([], came.Where(text => text.StartsWith("2:", StringComparison.Ordinal))
            .GroupBy(text => text, StringComparer.Ordinal).Where(copies => copies.Count() > 1).Select(copies => copies.Key));
    }
}
