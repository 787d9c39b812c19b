using Sim800.Simulator.Broker;
using TestKit;
using static Sim800.Simulator.Tests.Broker.RawClient;

namespace Sim800.Simulator.Tests.Broker;

public sealed class LoopbackBrokerTests
{
    private static LoopbackBroker InMemory(LoopbackBrokerOptions? options = null) =>
        LoopbackBroker.Start((options ?? new LoopbackBrokerOptions()) with { Listen = false });

    [Fact]
    public async Task A_message_reaches_every_subscriber_once_at_the_lower_qos()
    {
        await using var broker = InMemory();
        await using var one = await ConnectAsync(broker, "one");
        await using var two = await ConnectAsync(broker, "two");
        await using var publisher = await ConnectAsync(broker, "publisher");
        Assert.Equal("9003000100", await one.AskAsync(Subscribe(1, ("a/+", 0))));
        Assert.Equal("900400020102", await two.AskAsync(Subscribe(2, ("a/b", 1), ("a/#", 2))));

        Assert.Equal("40020009", await publisher.AskAsync(Publish("a/b", "hi", qos: 1, id: 9)));

        Assert.Equal(Publish("a/b", "hi"), await one.ReceiveAsync());
        Assert.Equal(Publish("a/b", "hi", qos: 1, id: 1), await two.ReceiveAsync());
        await one.ExpectSilenceAsync();
        await two.ExpectSilenceAsync();
        await publisher.ExpectSilenceAsync();
        Assert.Equal((1L, 2L), (broker.Counters.Published, broker.Counters.Delivered));
    }

    [Fact]
    public async Task A_repeated_qos_2_message_is_delivered_once()
    {
        await using var broker = InMemory();
        await using var client = await ConnectAsync(broker, "c");
        await client.AskAsync(Subscribe(1, ("t", 0)));
        await client.SendAsync(Publish("t", "x", qos: 2, id: 5));
        Assert.Equal(Publish("t", "x"), await client.ReceiveAsync());
        Assert.Equal("50020005", await client.ReceiveAsync());
        Assert.Equal("50020005", await client.AskAsync(Publish("t", "x", qos: 2, id: 5, duplicate: true)));
        Assert.Equal("70020005", await client.AskAsync("62020005"));
        await client.SendAsync(Publish("t", "x", qos: 2, id: 5));
        Assert.Equal(Publish("t", "x"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Qos_2_to_a_subscriber_takes_four_packets()
    {
        await using var broker = InMemory();
        await using var client = await ConnectAsync(broker, "c");
        await client.AskAsync(Subscribe(1, ("t", 2)));
        broker.Publish("t", "x"u8.ToArray(), qos: 2);
        Assert.Equal(Publish("t", "x", qos: 2, id: 1), await client.ReceiveAsync());
        Assert.Equal("62020001", await client.AskAsync("50020001"));
        await client.SendAsync("70020001");
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task The_window_holds_back_what_is_beyond_it_and_keeps_the_order()
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { MaxInFlight = 2 });
        await using var client = await ConnectAsync(broker, "c");
        await client.AskAsync(Subscribe(1, ("t", 1)));
        foreach (var text in new[] { "1", "2", "3" })
        {
            broker.Publish("t", System.Text.Encoding.UTF8.GetBytes(text), qos: 1);
        }

        Assert.Equal(Publish("t", "1", 1, 1), await client.ReceiveAsync());
        Assert.Equal(Publish("t", "2", 1, 2), await client.ReceiveAsync());
        await client.ExpectSilenceAsync();
        Assert.Equal(Publish("t", "3", 1, 3), await client.AskAsync("40020001"));
    }

    [Fact]
    public async Task A_retained_message_waits_for_its_subscriber_until_it_is_cleared()
    {
        await using var broker = InMemory();
        await using var client = await ConnectAsync(broker, "c");
        Assert.Equal("40020001", await client.AskAsync(Publish("state", "on", 1, 1, retain: true)));
        Assert.Equal("9003000201", await client.AskAsync(Subscribe(2, ("#", 1))));
        Assert.Equal(Publish("state", "on", 1, 1, retain: true), await client.ReceiveAsync());
        await client.SendAsync("40020001");

        await client.SendAsync(Publish("state", string.Empty, retain: true));
        Assert.Equal(Publish("state", string.Empty), await client.ReceiveAsync());
        Assert.Equal("9003000301", await client.AskAsync(Subscribe(3, ("#", 1))));
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_persistent_session_keeps_its_subscriptions_and_its_messages()
    {
        await using var broker = InMemory();
        await using (var first = await ConnectAsync(broker, "c", clean: false))
        {
            Assert.False(first.SessionPresent);
            await first.AskAsync(Subscribe(1, ("t", 2)));
            broker.Publish("t", "open"u8.ToArray(), qos: 1);
            Assert.Equal(Publish("t", "open", 1, 1), await first.ReceiveAsync());
        }

        broker.Publish("t", "lost"u8.ToArray(), qos: 0);
        broker.Publish("t", "kept"u8.ToArray(), qos: 1);
        await using var second = await ConnectAsync(broker, "c", clean: false);
        Assert.True(second.SessionPresent);
        Assert.Equal(Publish("t", "open", 1, 1, duplicate: true), await second.ReceiveAsync());
        Assert.Equal(Publish("t", "kept", 1, 2), await second.ReceiveAsync());
        await second.ExpectSilenceAsync();
        Assert.Equal(1, broker.Counters.Dropped);
    }

    [Fact]
    public async Task After_pubrec_a_new_connection_is_sent_pubrel_and_not_the_message()
    {
        await using var broker = InMemory();
        await using (var first = await ConnectAsync(broker, "c", clean: false))
        {
            await first.AskAsync(Subscribe(1, ("t", 2)));
            broker.Publish("t", "x"u8.ToArray(), qos: 2);
            await first.ReceiveAsync();
            Assert.Equal("62020001", await first.AskAsync("50020001"));
        }

        await using var second = await ConnectAsync(broker, "c", clean: false);
        Assert.Equal("62020001", await second.ReceiveAsync());
        await second.SendAsync("70020001");
        await second.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_clean_session_forgets()
    {
        await using var broker = InMemory();
        await using (var first = await ConnectAsync(broker, "c", clean: false))
        {
            await first.AskAsync(Subscribe(1, ("t", 1)));
        }

        await using (var clean = await ConnectAsync(broker, "c", clean: true))
        {
            Assert.False(clean.SessionPresent);
        }

        await using var last = await ConnectAsync(broker, "c", clean: false);
        Assert.False(last.SessionPresent);
        broker.Publish("t", "x"u8.ToArray(), qos: 1);
        await last.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_lost_connection_publishes_the_will_and_a_disconnect_does_not()
    {
        await using var broker = InMemory();
        await using var watcher = await ConnectAsync(broker, "watcher");
        await watcher.AskAsync(Subscribe(1, ("gone/+", 0)));
        await using (var polite = await ConnectAsync(broker, "polite", will: ("gone/polite", "x")))
        {
            Assert.Equal(string.Empty, await polite.AskAsync("E000"));
        }

        await using (await ConnectAsync(broker, "lost", will: ("gone/lost", "x")))
        {
        }

        Assert.Equal(Publish("gone/lost", "x"), await watcher.ReceiveAsync());
    }

    [Fact]
    public async Task The_same_identifier_takes_the_session_over()
    {
        await using var broker = InMemory();
        await using var first = await ConnectAsync(broker, "c", clean: false);
        await first.AskAsync(Subscribe(1, ("t", 0)));
        await using var second = await ConnectAsync(broker, "c", clean: false);
        Assert.True(second.SessionPresent);
        Assert.Equal(string.Empty, await first.ReceiveAsync());
        broker.Publish("t", "x"u8.ToArray());
        Assert.Equal(Publish("t", "x"), await second.ReceiveAsync());
    }

    [Theory]
    [InlineData("00044D51545404C200000001610001750001" + "70", "20020000")]
    [InlineData("00044D51545404C200000001610001750001" + "71", "20020005")]
    [InlineData("00044D51545404C200000001610001780001" + "70", "20020005")]
    [InlineData("00044D5154540482000000016100" + "0175", "20020005")]
    [InlineData("00044D51545404020000000161", "20020005")]
    [InlineData("00064D51497364700302000000" + "0161", "20020001")]
    [InlineData("00044D51545405020000000000", "20020001")]
    [InlineData("00044D51545404000000" + "0000", "20020002")]
    public async Task Connack_says_why_a_client_is_refused(string body, string answer)
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { UserName = "u", Password = "p" });
        await using var client = new RawClient(broker);
        Assert.Equal(answer, await client.AskAsync(Packet(0x10, body)));
        if (answer != "20020000")
        {
            Assert.Equal(string.Empty, await client.ReceiveAsync());
        }
    }

    [Fact]
    public async Task An_unavailable_broker_says_so()
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { IsUnavailable = true });
        await using var client = new RawClient(broker);
        Assert.Equal("20020003", await client.AskAsync(Connect("a", true, 0, null)));
    }

    [Fact]
    public async Task A_filter_that_is_not_allowed_or_malformed_is_refused_in_suback()
    {
        await using var broker = InMemory(new LoopbackBrokerOptions { MaySubscribe = (client, filter) => filter != client + "/secret" });
        await using var client = await ConnectAsync(broker, "c");
        Assert.Equal("90050007018080", await client.AskAsync(Subscribe(7, ("ok", 1), ("c/secret", 1), ("a#", 1))));
    }

    [Fact]
    public async Task Unsubscribing_ends_the_delivery()
    {
        await using var broker = InMemory();
        await using var client = await ConnectAsync(broker, "c");
        await client.AskAsync(Subscribe(1, ("t", 0)));
        Assert.Equal("B0020002", await client.AskAsync(Packet(0xA2, "0002" + Text("t"))));
        broker.Publish("t", "x"u8.ToArray());
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task Cut_connections_can_come_back()
    {
        await using var broker = InMemory();
        await using var client = await ConnectAsync(broker, "c");
        Assert.Equal(1, broker.DropConnections());
        Assert.Equal(string.Empty, await client.ReceiveAsync());
        await using var again = await ConnectAsync(broker, "c");
        await again.ExpectSilenceAsync();
    }

    [Fact]
    public void A_connection_that_has_ended_by_itself_is_not_cut()
    {
        var core = new BrokerCore(new LoopbackBrokerOptions { Listen = false });
        var connection = new BrokerConnection(core, new DuplexPipePair().Left);
        connection.Dispose();
        Assert.False(connection.Cut());
    }

    [Fact]
    public void A_taken_port_is_explained()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var thrown = Assert.Throws<IOException>(() => LoopbackBroker.Start(new LoopbackBrokerOptions { Port = port }));
        Assert.Contains($"127.0.0.1:{port}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LoopbackBroker.Start(new LoopbackBrokerOptions { Port = 65536 }));
        Assert.Throws<ArgumentException>(() => LoopbackBroker.Start(new LoopbackBrokerOptions { MaxInFlight = 0 }));
        Assert.Throws<ArgumentException>(() => LoopbackBroker.Start(new LoopbackBrokerOptions { ServerNames = [] }));
    }
}
