namespace Sim800.Modem.Tests.Virtual;

/// <summary>Short messages with a modem whose PDUs were written by another reader of the standard.</summary>
public sealed class VirtualMessagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("hello", "+491701234567")]
    [InlineData("", "12345")]
    [InlineData("Grüße, 20 °C?", "INFO")]
    [InlineData("Привет, мир", "+380501234567")]
    public async Task A_message_that_arrives_while_a_connection_is_open_is_read(string text, string sender)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await using var inbox = modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);
        var received = inbox.MoveNextAsync();

        await connection.Output.WriteAsync(new byte[3000], Ct);
        world.Sim.ReceiveMessage(sender, text);

        Assert.True(await received);
        Assert.Equal((text, sender), (inbox.Current.Text, inbox.Current.Sender));
        var echoed = await connection.Input.ReadAtLeastAsync(3000, Ct);
        Assert.Equal(3000, echoed.Buffer.Length);
        connection.Input.AdvanceTo(echoed.Buffer.End);
    }

    [Fact(Timeout = 120_000)]
    public async Task Long_messages_are_joined_and_deleting_them_makes_room()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        var texts = Enumerable.Range(0, 12).Select(i => string.Concat(Enumerable.Repeat($"{i}: äöü ", 60))).ToList();
        world.Sim.ReceiveMessage("+491701234567", texts[0]);

        var received = new List<string>();
        await foreach (var message in modem.Messages.ReceiveAsync(Ct))
        {
            received.Add(message.Text);
            if (received.Count == texts.Count)
            {
                break;
            }

            world.Sim.ReceiveMessage("+491701234567", texts[received.Count]); // the store has room for ten segments only
        }

        Assert.Equal(texts, received);
        Assert.Equal(texts[^1], Assert.Single(await modem.Messages.ReadAllAsync(Ct)).Text); // left while it was handled: not deleted
    }

    [Theory(Timeout = 120_000)]
    [InlineData("hello [€]", 1)]
    [InlineData("Привет", 1)]
    [InlineData("long", 3)]
    public async Task A_message_is_sent_in_as_many_parts_as_it_takes(string text, int parts)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        text = parts == 1 ? text : string.Concat(Enumerable.Repeat(text + "~", 70));

        Assert.Equal(parts, await modem.Messages.SendAsync("+491701234567", text, Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_of_the_network_is_explained()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await modem.SendCommandAsync("AT+CFUN=4", cancellationToken: Ct);

        var e = await Assert.ThrowsAnyAsync<ModemException>(() => modem.Messages.SendAsync("+491701234567", "hello", Ct));

        Assert.Equal(Sim800Stage.Network, e.Stage);
        Assert.DoesNotContain("hello", e.Message, StringComparison.Ordinal);
    }
}
