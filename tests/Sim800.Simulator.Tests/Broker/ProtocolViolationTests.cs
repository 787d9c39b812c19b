using Sim800.Simulator.Broker;
using Sim800.Simulator.Broker.Codec;
using Sim800.Simulator.Broker.Sessions;
using TestKit;

namespace Sim800.Simulator.Tests.Broker;

public sealed class ProtocolViolationTests
{
    private const string Hello = "100D00044D5154540402000000" + "0161";

    /// <summary>Every error but the first two, which <see cref="FrameTests"/> provoke.</summary>
    public static TheoryData<string, object> Violations => new()
    {
        { "C000", ProtocolError.ConnectExpected },
        { "F000", ProtocolError.UnknownPacketType },
        { "80050001000161", ProtocolError.ReservedFlags },
        { "10FFFFFFFF7F", ProtocolError.RemainingLengthTooLong },
        { "10FFFFFF7F", ProtocolError.PacketTooLarge },
        { "100D00044D5154540403000000" + "0161", ProtocolError.ReservedConnectFlag },
        { "100D00044D5154540422000000" + "0161", ProtocolError.InvalidWill },
        { "100D00044D515454041E000000" + "0161", ProtocolError.InvalidWill },
        { "101000044D5154540442000000" + "0161" + "000178", ProtocolError.PasswordWithoutUserName },
        { "100C00044D5154540402000000" + "01", ProtocolError.TruncatedBody },
        { "100E00044D5154540402000000" + "016100", ProtocolError.TrailingBytes },
        { "100D00044D5154540402000000" + "0100", ProtocolError.MalformedText },
        { "100D00044D5154540402000000" + "01FF", ProtocolError.MalformedText },
        { "100F00044D5154540402000000" + "03EDA080", ProtocolError.MalformedText },
        { Hello + Hello, ProtocolError.SecondConnect },
        { Hello + "20020000", ProtocolError.NotForABroker },
        { Hello + "3603" + "000161", ProtocolError.InvalidQoS },
        { Hello + "3803" + "000161", ProtocolError.InvalidQoS },
        { Hello + "8206" + "0001" + "000161" + "03", ProtocolError.InvalidQoS },
        { Hello + "3003" + "000123", ProtocolError.InvalidTopicName },
        { Hello + "3002" + "0000", ProtocolError.InvalidTopicName },
        { Hello + "3205" + "000161" + "0000", ProtocolError.PacketIdZero },
        { Hello + "40020000", ProtocolError.PacketIdZero },
        { Hello + "82020001", ProtocolError.EmptySubscription },
        { Hello + "A2020001", ProtocolError.EmptySubscription },
        { Hello + "C00100", ProtocolError.TrailingBytes },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_violation_is_named(string hex, object error)
    {
        var thrown = Assert.Throws<BrokerProtocolException>(() => Feed(NewLink(), hex));
        Assert.Equal((ProtocolError)error, thrown.Error);
    }

    [Fact]
    public void Every_error_can_be_provoked() =>
        Assert.Equal(
            [ProtocolError.UnwantedMessage], // an option's doing, not the client's
            Enum.GetValues<ProtocolError>().Except(Violations.Select(row => (ProtocolError)row.Data.Item2)));

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_closes_that_connection_only(string hex, object error)
    {
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false });
        await using var bystander = await RawClient.ConnectAsync(broker, "bystander");
        await using var culprit = new RawClient(broker);
        await culprit.SendAsync(hex);
        while (await culprit.ReceiveAsync() is { Length: > 0 } answer)
        {
            Assert.Equal("20020000", answer);
        }

        await culprit.Served.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await bystander.ExpectSilenceAsync();
        Assert.Equal((1, 1), ((int)broker.Counters.ProtocolErrors, broker.Counters.OpenConnections));
        Assert.IsType<ProtocolError>(error);
    }

    [Fact]
    public async Task Random_bytes_never_hurt_the_broker()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false, MaxPacketSize = 4096 });
        await using var bystander = await RawClient.ConnectAsync(broker, "bystander");
        for (var round = 0; round < 300; round++)
        {
            var culprit = new RawClient(broker);
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            await culprit.SendAsync((round % 2 == 0 ? Hello : string.Empty) + Convert.ToHexString(noise));
            await culprit.DisposeAsync();
        }

        Assert.Equal("9003000100", await bystander.AskAsync(RawClient.Subscribe(1, ("still/here", 0))));
        Assert.Equal(1, broker.Counters.OpenConnections);
    }

    private static ClientLink NewLink()
    {
        var core = new BrokerCore(new LoopbackBrokerOptions { MaxPacketSize = 1000 });
        return core.NewLink(new Outbox(() => { }));
    }

    private static void Feed(ClientLink link, string hex)
    {
        var input = new System.Buffers.ReadOnlySequence<byte>(Convert.FromHexString(hex));
        while (Frame.TryRead(ref input, 1000, out var frame))
        {
            link.Receive(frame);
        }
    }
}
