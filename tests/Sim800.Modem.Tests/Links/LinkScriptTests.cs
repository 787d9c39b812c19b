using System.Buffers;
using System.Text;
using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests.Links;

/// <summary>What happens on an open link, byte for byte.</summary>
public sealed class LinkScriptTests
{
    private static readonly string[] UpToLink = Of(Conversations.Open, Attach, Connect);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_gathers_while_the_modem_is_busy_goes_out_at_once()
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPSEND=0,1\r", "<< \r\n> ", ">> a"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        using (script.Clock.Hold())
        {
            await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
            await script.PlayedAsync();
            foreach (var letter in "bcd")
            {
                await connection.Output.WriteAsync(new[] { (byte)letter }, Ct);
            }

            await script.PlayOnAsync(
                "<< \r\nDATA ACCEPT:0,1\r\n", ">> AT+CIPSEND=0,3\r", "<< \r\n> ", ">> bcd", "<< \r\nDATA ACCEPT:0,3\r\n");
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_not_accepted_is_sent_again()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,5\r", "<< \r\n> ", ">> hello", "<< \r\nDATA ACCEPT:0,2\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 2, 0, 2\r\n\r\nOK\r\n", // or a digit was lost on the line
                ">> AT+CIPSEND=0,3\r", "<< \r\n> ", ">> llo", "<< \r\nDATA ACCEPT:0,0\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 2, 0, 2\r\n\r\nOK\r\n",
                ">> AT+CIPSEND=0,3\r", "<< \r\n> ", ">> llo", "<< \r\nDATA ACCEPT:0,3\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("hello"u8.ToArray(), Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_large_write_asks_for_the_limit_once_and_keeps_to_it()
    {
        var payload = new string('x', 3000);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND?\r", "<< \r\n+CIPSEND: 0,1460\r\n+CIPSEND: 1,0\r\n+CIPSEND: 2,0\r\n+CIPSEND: 3,0\r\n+CIPSEND: 4,0\r\n+CIPSEND: 5,0\r\n\r\nOK\r\n",
                ">> AT+CIPSEND=0,1460\r", "<< \r\n> ", ">> " + payload[..1460], "<< \r\nDATA ACCEPT:0,1460\r\n",
                ">> AT+CIPSEND=0,1460\r", "<< \r\n> ", ">> " + payload[..1460], "<< \r\nDATA ACCEPT:0,1460\r\n",
                ">> AT+CIPSEND=0,80\r", "<< \r\n> ", ">> " + payload[..80], "<< \r\nDATA ACCEPT:0,80\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
        while (connection.SentBytes < 3000)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_size_that_the_modem_refuses_is_made_smaller()
    {
        var payload = new string('x', 1200);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND?\r", "<< \r\nERROR\r\n",
                ">> AT+CIPSEND=0,1024\r", "<< \r\n> ", ">> " + payload[..1024], "<< \r\nDATA ACCEPT:0,1024\r\n",
                ">> AT+CIPSEND=0,176\r", "<< \r\n> ", ">> " + payload[..176], "<< \r\nDATA ACCEPT:0,176\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task The_largest_block_is_refused_by_modems_that_want_less_than_their_limit()
    {
        var payload = new string('x', 1460);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND?\r", "<< \r\n+CIPSEND: 0,1460\r\n\r\nOK\r\n",
                ">> AT+CIPSEND=0,1460\r", "<< \r\nERROR\r\n",
                ">> AT+CIPSEND?\r", "<< \r\n+CIPSEND: 0,1460\r\n\r\nOK\r\n",
                ">> AT+CIPSEND=0,1024\r", "<< \r\n> ", ">> " + payload[..1024], "<< \r\nDATA ACCEPT:0,1024\r\n",
                ">> AT+CIPSEND=0,436\r", "<< \r\n> ", ">> " + payload[..436], "<< \r\nDATA ACCEPT:0,436\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_option_keeps_blocks_at_1024()
    {
        var payload = new string('x', 1100);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1024\r", "<< \r\n> ", ">> " + payload[..1024], "<< \r\nDATA ACCEPT:0,1024\r\n",
                ">> AT+CIPSEND=0,76\r", "<< \r\n> ", ">> " + payload[..76], "<< \r\nDATA ACCEPT:0,76\r\n",
            ]);
        await using var modem = await script.OpenAsync(script.Options with { MaxSendSize = 1024 });
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\r\n0, SEND FAIL\r\n", TcpLinkReason.SendFailed)]
    [InlineData("\r\nSEND FAIL\r\n", TcpLinkReason.SendFailed)]
    [InlineData("\r\n0, CLOSED\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData("\r\n+PDP: DEACT\r\n", TcpLinkReason.ContextDeactivated)]
    [InlineData("\r\nRDY\r\n", TcpLinkReason.ModemRestarted)]
    public async Task A_send_that_ends_otherwise_is_the_end_of_the_link(string answer, TcpLinkReason reason)
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPSEND=0,1\r", "<< \r\n> ", ">> a", "<< " + answer]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        await script.PlayedAsync();
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => WriteUntilLostAsync(connection));
        Assert.Equal(reason, lost.Reason);
        Assert.False(connection.IsOpen);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refused_send_is_the_end_of_the_link()
    {
        await using var script = new ModemScript(UpToLink, [
                ">> AT+CIPSEND=0,1\r", "<< \r\n+CME ERROR: operation not allowed\r\n",
                ">> AT+CIPSEND?\r", "<< \r\n+CIPSEND: 0,0\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => WriteUntilLostAsync(connection));
        Assert.Equal((TcpLinkReason.SendFailed, "+CME ERROR: operation not allowed"), (lost.Reason, lost.Answer));
        Assert.Equal("AT+CIPSEND=0,1", lost.Command);
        Assert.StartsWith("The connection is no longer open.", lost.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_the_peers_close_the_rest_is_read_before_the_end()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< \r\n+CIPRXGET: 1,0\r\n\r\n0, CLOSED\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,3,4\r\nabc\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,4,0\r\ndefg\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        Assert.Equal("abcdefg", await ReadToEndAsync(connection));
        await connection.DisposeAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_came_before_a_failed_send_is_read_before_the_reason()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1\r", "<< \r\n> ", ">> a", "<< \r\n0, SEND FAIL\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,3,4\r\nabc\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,4,0\r\ndefg\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        await script.PlayedAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), script.Clock, Ct); // the clock stands still until all is settled
        using var stream = connection.AsStream();
        var read = new byte[7];
        await stream.ReadExactlyAsync(read.AsMemory(0, 2), Ct);
        await stream.ReadExactlyAsync(read.AsMemory(2), Ct);
        Assert.Equal("abcdefg"u8, read);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await stream.ReadExactlyAsync(read, Ct));
        Assert.Equal(TcpLinkReason.SendFailed, lost.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_lost_announcement_costs_a_second_after_a_write()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1\r", "<< \r\n> ", ">> a", "<< \r\nDATA ACCEPT:0,1\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\nb\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var before = script.Clock.Elapsed;
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        await connection.Input.ReadAtLeastAsync(1, Ct);
        Assert.InRange(script.Clock.Elapsed - before, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.1));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("CLOSED", null)]
    [InlineData("REMOTE CLOSING", null)]
    [InlineData("INITIAL", TcpLinkReason.Vanished)]
    public async Task A_refused_read_asks_what_became_of_the_link(string state, TcpLinkReason? reason)
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< \r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\nERROR\r\n",
                ">> AT+CIPSTATUS=0\r", $"<< \r\n+CIPSTATUS: 0,0,\"TCP\",\"1.2.3.4\",\"8883\",\"{state}\"\r\n\r\nOK\r\n",
            ],
            reason is null ? [">> AT+CIPRXGET=2,0,1460\r", "<< \r\nERROR\r\n"] : []);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        if (reason is null)
        {
            Assert.Equal("", await ReadToEndAsync(connection));
        }
        else
        {
            Assert.Equal(reason, (await Assert.ThrowsAsync<TcpLinkException>(() => ReadToEndAsync(connection))).Reason);
        }

        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Bytes_that_were_lost_on_the_line_end_the_link_and_are_not_given_to_anyone()
    {
        await using var script = new ModemScript(
            UpToLink, ["<< \r\n+CIPRXGET: 1,0\r\n", ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,7,0\r\nhello\r\nOK\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => ReadToEndAsync(connection));
        Assert.Equal(TcpLinkReason.BytesLost, lost.Reason);
        Assert.Equal(0, connection.ReceivedBytes);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_that_comes_too_late_loses_nothing()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< \r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r",
                ">> \u001bAT\r", "<< \r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n\r\nOK\r\n",
                ">> ATE0\r", "<< \r\nOK\r\n",
                ">> AT+CMEE=2\r", "<< \r\nOK\r\n",
                ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var read = await connection.Input.ReadAtLeastAsync(5, Ct);
        Assert.Equal("hello", Encoding.ASCII.GetString(read.Buffer));
    }

    [Fact(Timeout = 120_000)]
    public async Task Closing_waits_until_the_peer_has_acknowledged()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,3\r", "<< \r\n> ", ">> bye", "<< \r\nDATA ACCEPT:0,3\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 3, 0, 3\r\n\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 3, 3, 0\r\n\r\nOK\r\n",
            ],
            Close);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("bye"u8.ToArray(), Ct);
        await connection.DisposeAsync();
        await connection.DisposeAsync();
        await script.PlayedAsync();
        Assert.False(connection.IsOpen);
    }

    [Fact(Timeout = 120_000)]
    public async Task Closing_does_not_wait_for_a_reader_that_does_not_read()
    {
        var block = new string('x', 1460);
        string[] read = [">> AT+CIPRXGET=2,0,1460\r", $"<< \r\n+CIPRXGET: 2,0,1460,9999\r\n{block}\r\nOK\r\n"];
        await using var script = new ModemScript([UpToLink, ["<< \r\n+CIPRXGET: 1,0\r\n"], .. Enumerable.Repeat(read, 23), Close]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        while (connection.ReceivedBytes < 23 * 1460) // more than the pipe takes: the receiver waits for its reader
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await connection.DisposeAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_question_about_the_link_that_is_not_answered_loses_nothing_of_the_stream()
    {
        string[] backInStep =
        [
            ">> \u001bAT\r", "<< \r\nOK\r\n", ">> ATE0\r", "<< \r\nOK\r\n",
            ">> AT+CMEE=2\r", "<< \r\nOK\r\n", ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n",
        ];
        string[] nothing = [">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
        [
            UpToLink,
            ["<< \r\n+CIPRXGET: 1,0\r\n", ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\na\r\nOK\r\n"],
            .. Enumerable.Repeat(nothing, 9),
            [">> AT+CIPSTATUS=0\r"], // after a minute, and no answer
            backInStep,
            [">> AT+CIPSTATUS=0\r", "<< \r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"CONNECTED\"\r\n\r\nOK\r\n"],
            ["<< \r\n+CIPRXGET: 1,0\r\n", ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\nb\r\nOK\r\n"],
        ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var read = await connection.Input.ReadAtLeastAsync(2, Ct);
        Assert.Equal("ab", Encoding.ASCII.GetString(read.Buffer));
    }

    [Fact(Timeout = 120_000)]
    public async Task Users_who_send_without_waiting_do_not_take_the_line_from_the_links()
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CSQ\r"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var flood = Enumerable.Range(0, 70).Select(_ => modem.Network.ReadSignalAsync(Ct)).ToList();
        var written = connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        await script.PlayedAsync();
        Assert.Equal(5, flood.Count(call => call.Exception?.InnerException is InvalidOperationException)); // 1 in flight, 64 wait
        await written;
        Assert.True(connection.IsOpen);
    }

    [Fact(Timeout = 120_000)]
    public async Task With_a_limit_what_is_unacknowledged_holds_writes_back()
    {
        var payload = new string('x', 2048);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1024\r", "<< \r\n> ", ">> " + payload[..1024], "<< \r\nDATA ACCEPT:0,1024\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 1024, 0, 1024\r\n\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 1024, 300, 724\r\n\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 1024, 824, 200\r\n\r\nOK\r\n",
                ">> AT+CIPSEND=0,824\r", "<< \r\n> ", ">> " + payload[..824], "<< \r\nDATA ACCEPT:0,824\r\n",
                ">> AT+CIPACK=0\r", "<< \r\nERROR\r\n", // a modem that does not know is not asked for much
                ">> AT+CIPSEND=0,200\r", "<< \r\n> ", ">> " + payload[..200], "<< \r\nDATA ACCEPT:0,200\r\n",
            ]);
        await using var modem = await script.OpenAsync(script.Options with { MaxUnacknowledgedBytes = 1024, MaxSendSize = 1024 });
        var connection = await ConnectAsync(modem);
        var before = script.Clock.Elapsed;
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(300), script.Clock.Elapsed - before); // 100 and 200 ms
    }

    [Fact(Timeout = 120_000)]
    public async Task A_completed_writer_leaves_the_reader_open()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,3\r", "<< \r\n> ", ">> bye", "<< \r\nDATA ACCEPT:0,3\r\n\r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,5,0\r\nworld\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("bye"u8.ToArray(), Ct);
        await connection.Output.CompleteAsync();
        var read = await connection.Input.ReadAtLeastAsync(5, Ct);
        Assert.Equal("world", Encoding.ASCII.GetString(read.Buffer));
    }

    [Fact(Timeout = 120_000)]
    public async Task Acknowledged_bytes_can_be_asked_for()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 30, 20, 10\r\n\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\nERROR\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        Assert.Equal(new TcpAcknowledgement(30, 20, 10), await connection.ReadAcknowledgementAsync(Ct));
        await Assert.ThrowsAsync<AtCommandException>(() => connection.ReadAcknowledgementAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task It_is_a_stream_too()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,2\r", "<< \r\n> ", ">> hi", "<< \r\nDATA ACCEPT:0,2\r\n\r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,2,0\r\nho\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await using var stream = connection.AsStream();
        Assert.True(stream is { CanRead: true, CanWrite: true, CanSeek: false });
        await stream.WriteAsync("hi"u8.ToArray(), Ct);
        await stream.FlushAsync(Ct);
        var answer = new byte[2];
        await stream.ReadExactlyAsync(answer, Ct);
        Assert.Equal("ho"u8.ToArray(), answer);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_disposes_its_stream_closes_it(bool withoutWaiting)
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var stream = connection.AsStream();
        if (withoutWaiting)
        {
            CloseTwice(stream);
        }
        else
        {
            await stream.DisposeAsync();
        }

        await script.PlayedAsync();
        Assert.False(connection.IsOpen);
    }

    /// <summary>As libraries do that were written for the streams of sockets.</summary>
    private static void CloseTwice(Stream stream)
    {
        stream.Close();
        stream.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task It_outlives_a_stream_that_was_asked_to_leave_it_open()
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPSEND=0,2\r", "<< \r\n> ", ">> hi", "<< \r\nDATA ACCEPT:0,2\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.AsStream(leaveOpen: true).DisposeAsync();
        Assert.True(connection.IsOpen);
        await connection.Output.WriteAsync("hi"u8.ToArray(), Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_dead_serial_line_ends_everything_with_its_reason()
    {
        var script = new ModemScript(UpToLink);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await script.PlayedAsync();
        await script.DisposeAsync();
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => ReadToEndAsync(connection));
        Assert.Equal(TcpLinkReason.LineClosed, lost.Reason);
        await Assert.ThrowsAsync<ModemClosedException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        await connection.DisposeAsync();
    }

    private static Task<ModemTcpConnection> ConnectAsync(CellularModem modem) => modem.ConnectTcpAsync("broker.example.org", 8883, Ct);

    private static async Task WriteUntilLostAsync(ModemTcpConnection connection)
    {
        while (true)
        {
            await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<string> ReadToEndAsync(ModemTcpConnection connection)
    {
        var text = new StringBuilder();
        while (true)
        {
            var result = await connection.Input.ReadAsync(Ct);
            text.Append(Encoding.Latin1.GetString(result.Buffer.ToArray()));
            connection.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return text.ToString();
            }
        }
    }
}
