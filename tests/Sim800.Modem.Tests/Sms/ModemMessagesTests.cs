using System.Text;
using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Sms;

public sealed class ModemMessagesTests
{
    private const string Hello = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";

    private static readonly string[] Announce = [">> AT+CMGF=0;+CNMI=2,1,0,0,0\r", "<< \r\nOK\r\n"];
    private static readonly string[] Memories = [">> AT+CPMS?\r", "<< \r\n+CPMS: \"SM\",1,10,\"SM\",1,10,\"SM\",1,10\r\n\r\nOK\r\n"];
    private static readonly string[] EmptyStore = [.. Memories, ">> AT+CMGF=0;+CMGL=4\r", "<< \r\nOK\r\n"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_text_is_sent_at_the_prompt_and_ends_with_Ctrl_Z()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CMGF=0\r", "<< \r\nOK\r\n",
            ">> AT+CMGS=22\r", "<< \r\n> ",
            ">> 0001000B916407281553F800000AE8329BFD4697D9EC37\u001a", "<< \r\n+CMGS: 12\r\n\r\nOK\r\n");

        Assert.Equal(1, await talk.Modem.Messages.SendAsync("+46708251358", "hellohello", Ct));
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_long_text_is_sent_in_parts_that_the_receiver_can_join()
    {
        var text = string.Concat(Enumerable.Range(0, 30).Select(i => $"Messwert {i}: 21,5 °C; "));
        var assembler = new SmsAssembler();
        await using var talk = await Talk.OpenAsync();
        var sending = talk.Modem.Messages.SendAsync("+46708251358", text, Ct);
        await talk.PlayAsync(">> AT+CMGF=0\r", "<< \r\nOK\r\n");

        SmsMessage? message = null;
        var parts = 0;
        for (; message is null; parts++)
        {
            var length = int.Parse((await talk.HearAsync('\r'))["AT+CMGS=".Length..], System.Globalization.CultureInfo.InvariantCulture);
            await talk.SayAsync("\r\n> ");
            var hex = await talk.HearAsync('\u001a');
            Assert.Equal(2 * (length + 1), hex.Length);
            await talk.SayAsync("\r\n+CMGS: 1\r\n\r\nOK\r\n");
            message = assembler.Add(SmsDeliver.Read(Deliver.From(new SmsSubmit(hex, length))), null);
        }

        Assert.Equal(text, message.Text);
        Assert.Equal(parts, await sending);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\r\n+CMS ERROR: 38\r\n", 38, "The network is out of order")]
    [InlineData("\r\n+CMS ERROR: 9999\r\n", 9999, "The modem gives no known reason")]
    [InlineData("\r\nERROR\r\n", null, "The modem gives no known reason")]
    public async Task A_refusal_is_explained(string answer, int? code, string what)
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CMGF=0\r", "<< \r\nOK\r\n",
            ">> AT+CMGS=14\r", "<< \r\n> ",
            ">> 0001000B916407281553F800000141\u001a", "<< " + answer);

        var e = await Assert.ThrowsAsync<SmsException>(() => talk.Modem.Messages.SendAsync("+46708251358", "A", Ct));

        Assert.Equal((SmsReason.Refused, code, 0), (e.Reason, e.Code, e.PartsSent));
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0141", e.Message, StringComparison.Ordinal);
        Assert.Equal((answer.Trim(), Sim800Stage.Network), (e.Answer, e.Stage));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_instead_of_the_prompt_ends_a_long_message_and_says_how_far_it_came()
    {
        await using var talk = await Talk.OpenAsync();
        var sending = talk.Modem.Messages.SendAsync("112", new string('x', 400), Ct);
        await talk.PlayAsync(">> AT+CMGF=0\r", "<< \r\nOK\r\n", ">> AT+CMGS=149\r", "<< \r\n> ");
        await talk.HearAsync('\u001a');
        await talk.PlayAsync("<< \r\n+CMGS: 1\r\n\r\nOK\r\n", ">> AT+CMGS=149\r", "<< \r\n+CMS ERROR: 331\r\n");

        var e = await Assert.ThrowsAsync<SmsException>(() => sending);

        Assert.Equal((1, 331), (e.PartsSent, e.Code));
        Assert.Contains("cut off after 1 of 3 parts", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Numbers_are_checked_before_anything_is_sent()
    {
        await using var talk = await Talk.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => talk.Modem.Messages.SendAsync("12 34", "hi", Ct));
        await Assert.ThrowsAsync<ArgumentNullException>(() => talk.Modem.Messages.SendAsync(null!, "hi", Ct));
        await Assert.ThrowsAsync<ArgumentNullException>(() => talk.Modem.Messages.SendAsync("1234", null!, Ct));
        Assert.Equal(4, talk.Modem.CommandCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_store_is_read_and_what_cannot_be_read_is_left_there()
    {
        var parts = SmsSubmit.Split("1", new string('x', 200), 7).Select(part => Deliver.From(part)).ToList();
        await using var talk = await Talk.OpenAsync(Conversations.Of(Memories, [
            ">> AT+CMGF=0;+CMGL=4\r",
            $"<< \r\n+CMGL: 1,1,,28\r\n{Hello}\r\n+CMGL: 2,1,,20\r\nFFFF\r\n+CMGL: 3,1,,150\r\n{parts[1]}\r\n" +
            $"+CMGL: 4,3,,22\r\n0001000B916407281553F800000AE8329BFD4697D9EC37\r\n+CMGL: 9,0,,150\r\n{parts[0]}\r\n\r\nOK\r\n"]));

        var messages = await talk.Modem.Messages.ReadAllAsync(Ct);

        Assert.Equal(["hellohello", new string('x', 200)], messages.Select(message => message.Text));
        Assert.Equal([9, 3], messages[1].StorageIndexes);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Messages_are_received_one_by_one_and_deleted_when_the_next_is_asked_for()
    {
        var parts = SmsSubmit.Split("1", new string('ж', 100), 7).Select(part => Deliver.From(part)).ToList();
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Announce, Memories, [">> AT+CMGF=0;+CMGL=4\r", $"<< \r\n+CMGL: 5,1,,28\r\n{Hello}\r\n\r\nOK\r\n"]));
        await using var inbox = talk.Modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);

        Assert.True(await inbox.MoveNextAsync());
        Assert.Equal(("hellohello", "27838890001"), (inbox.Current.Text, inbox.Current.Sender));
        await talk.PlayedAsync(); // nothing was deleted yet

        var next = inbox.MoveNextAsync();
        await talk.PlayAsync(
            ">> AT+CMGD=5\r", "<< \r\nOK\r\n\r\n+CMTI: \"SM\",7\r\n",
            Memories[0], Memories[1], ">> AT+CMGF=0;+CMGR=7\r", $"<< \r\n+CMGR: 0,,150\r\n{parts[1]}\r\n\r\n+CMTI: \"SM\",8\r\n\r\nOK\r\n",
            Memories[0], Memories[1], ">> AT+CMGF=0;+CMGR=8\r", $"<< \r\n+CMGR: 0,,150\r\n{parts[0]}\r\n\r\nOK\r\n");

        Assert.True(await next);
        Assert.Equal(new string('ж', 100), inbox.Current.Text);
        Assert.Equal([8, 7], inbox.Current.StorageIndexes);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_that_was_deleted_meanwhile_is_passed_over_and_one_that_was_not_stored_needs_no_deleting()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(Announce, EmptyStore));
        await using var inbox = talk.Modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);
        var first = inbox.MoveNextAsync();
        await talk.PlayAsync(
            "<< \r\n+CMTI: \"SM\",7\r\n",
            Memories[0], Memories[1], ">> AT+CMGF=0;+CMGR=7\r", "<< \r\nOK\r\n",
            $"<< \r\n+CMT: ,28\r\n{Hello}\r\n");

        Assert.True(await first);
        Assert.Equal("hellohello", inbox.Current.Text);
        Assert.Empty(inbox.Current.StorageIndexes);

        var second = inbox.MoveNextAsync();
        await talk.HangUpAsync();
        await Assert.ThrowsAsync<ModemClosedException>(() => second.AsTask());
    }

    [Fact(Timeout = 120_000)]
    public async Task When_more_is_announced_than_can_be_noted_the_store_is_listed_again()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Announce, Memories, [">> AT+CMGF=0;+CMGL=4\r", $"<< \r\n+CMGL: 1,1,,28\r\n{Hello}\r\n\r\nOK\r\n"]));
        await using var inbox = talk.Modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);
        Assert.True(await inbox.MoveNextAsync());

        await talk.SayAsync(string.Concat(Enumerable.Range(0, 70).Select(i => $"\r\n+CMTI: \"SM\",{i}\r\n")));
        await talk.SayAsync($"\r\n+CMT: ,28\r\n{Hello}\r\n"); // beyond the capacity: lost, and the store is listed
        var next = inbox.MoveNextAsync();
        await talk.PlayAsync(
            ">> AT+CMGD=1\r", "<< \r\nOK\r\n",
            Memories[0], Memories[1], ">> AT+CMGF=0;+CMGL=4\r", $"<< \r\n+CMGL: 69,0,,28\r\n{Hello}\r\n\r\nOK\r\n");

        Assert.True(await next);
        Assert.Equal([69], inbox.Current.StorageIndexes);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_caller_who_leaves_ends_the_waiting()
    {
        using var cancel = new CancellationTokenSource();
        await using var talk = await Talk.OpenAsync(Conversations.Of(Announce, EmptyStore));
        await using var inbox = talk.Modem.Messages.ReceiveAsync(cancel.Token).GetAsyncEnumerator(Ct);

        var next = inbox.MoveNextAsync();
        await talk.PlayedAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.AsTask());
    }

    [Fact(Timeout = 120_000)]
    public async Task Messages_come_and_go_while_a_connection_is_open()
    {
        var clock = new FakeTimeProvider(); // stands still: the connection does not poll
        await using var talk = await Talk.OpenAsync(clock, WithAccessPoint(Conversations.Of(
            Conversations.Attach, Conversations.Connect, Announce, EmptyStore)));
        var connection = await talk.Modem.ConnectTcpAsync("broker.example.org", 8883, Ct);
        await using var inbox = talk.Modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);
        var received = inbox.MoveNextAsync();
        await talk.PlayedAsync();

        var written = connection.Output.WriteAsync("hello"u8.ToArray(), Ct);
        await talk.PlayAsync(
            ">> AT+CIPSEND=0,5\r", "<< \r\n+CMTI: \"SM\",3\r\n\r\n> ",
            ">> hello", "<< \r\nDATA ACCEPT:0,5\r\n",
            Memories[0], Memories[1], ">> AT+CMGF=0;+CMGR=3\r", $"<< \r\n+CMGR: 0,,28\r\n{Hello}\r\n\r\n+CIPRXGET: 1,0\r\n\r\nOK\r\n",
            ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,17,0\r\n\r\n+CMTI: \"SM\",9\r\n\r\nOK\r\n");
        await written;

        Assert.True(await received);
        Assert.Equal("hellohello", inbox.Current.Text);
        var read = await connection.Input.ReadAtLeastAsync(17, Ct);
        Assert.Equal("\r\n+CMTI: \"SM\",9\r\n", Encoding.ASCII.GetString(read.Buffer.FirstSpan));
        connection.Input.AdvanceTo(read.Buffer.End);

        var next = inbox.MoveNextAsync(); // the payload that looked like an announcement is none
        await talk.PlayAsync(Memories[0], Memories[1], ">> AT+CMGD=3\r", "<< \r\nOK\r\n");
        Assert.False(next.IsCompleted);
        await talk.HangUpAsync();
        await Assert.ThrowsAsync<ModemClosedException>(() => next.AsTask());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_in_the_other_memory_is_read_there_once_and_the_selected_memory_stays()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(Announce, EmptyStore));
        await using var inbox = talk.Modem.Messages.ReceiveAsync(Ct).GetAsyncEnumerator(Ct);
        var first = inbox.MoveNextAsync();
        await talk.PlayAsync(
            "<< \r\n+CMTI: \"ME\",3\r\n",
            Memories[0], Memories[1],
            ">> AT+CPMS=\"ME\"\r", "<< \r\n+CPMS: 1,50,1,10,1,10\r\n\r\nOK\r\n",
            ">> AT+CMGF=0;+CMGR=3\r", $"<< \r\n+CMGR: 0,,28\r\n{Hello}\r\n\r\nOK\r\n",
            ">> AT+CPMS=\"SM\"\r", "<< \r\n+CPMS: 1,10,1,10,1,10\r\n\r\nOK\r\n");

        Assert.True(await first);
        Assert.Equal(("hellohello", 3), (inbox.Current.Text, Assert.Single(inbox.Current.StorageIndexes)));

        var second = inbox.MoveNextAsync();
        await talk.PlayAsync(
            Memories[0], Memories[1],
            ">> AT+CPMS=\"ME\"\r", "<< \r\n+CPMS: 1,50,1,10,1,10\r\n\r\nOK\r\n",
            ">> AT+CMGD=3\r", "<< \r\n+CMS ERROR: 321\r\n",
            ">> AT+CPMS=\"SM\"\r", "<< \r\n+CPMS: 1,10,1,10,1,10\r\n\r\nOK\r\n"); // whatever came of it
        await Assert.ThrowsAsync<AtCommandException>(() => second.AsTask());
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_messages_are_received_in_another_memory_both_are_listed()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CPMS?\r", "<< \r\n+CPMS: \"SM\",1,10,\"SM\",1,10,\"ME\",1,50\r\n\r\nOK\r\n",
            ">> AT+CMGF=0;+CMGL=4\r", $"<< \r\n+CMGL: 2,1,,28\r\n{Hello}\r\n\r\nOK\r\n",
            ">> AT+CPMS?\r", "<< \r\n+CPMS: \"SM\",1,10,\"SM\",1,10,\"ME\",1,50\r\n\r\nOK\r\n",
            ">> AT+CPMS=\"ME\"\r", "<< \r\n+CPMS: 1,50,1,10,1,50\r\n\r\nOK\r\n",
            ">> AT+CMGF=0;+CMGL=4\r", "<< \r\n+CMGL: 2,1,,28\r\nFFFF\r\n+CMGL: 5,1,,0\r\n\r\nOK\r\n",
            ">> AT+CPMS=\"SM\"\r", "<< \r\n+CPMS: 1,10,1,10,1,50\r\n\r\nOK\r\n");

        var stored = await talk.Modem.Messages.ListStoredAsync(Ct);

        Assert.Equal([(null, 2, true), ("ME", 2, false), ("ME", 5, false)], stored.Select(one => (one.Memory, one.Index, one.Unreadable is null)));
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_cannot_be_read_is_listed_with_its_reason_and_can_be_deleted()
    {
        const string Report = "07917283010010F506070B916407281553F86211229030548062112290305480" + "00";
        var parts = SmsSubmit.Split("1", new string('x', 200), 7).Select(part => Deliver.From(part)).ToList();
        await using var talk = await Talk.OpenAsync(Conversations.Of(Memories, [
            ">> AT+CMGF=0;+CMGL=4\r",
            $"<< \r\n+CMGL: 1,1,,28\r\n{Hello}\r\n+CMGL: 2,1,,20\r\nFFFF\r\n+CMGL: 3,1,,150\r\n{parts[1]}\r\n" +
            $"+CMGL: 4,3,,22\r\n0001000B916407281553F800000AE8329BFD4697D9EC37\r\n+CMGL: 6,1,,0\r\n\r\n+CMGL: 7,1,,25\r\n{Report}\r\n\r\nOK\r\n",
            ">> AT+CMGD=2\r", "<< \r\nOK\r\n"]));

        var stored = await talk.Modem.Messages.ListStoredAsync(Ct);

        Assert.Equal([1, 2, 3, 4, 6, 7], stored.Select(one => one.Index));
        Assert.Equal([2, 4, 6], stored.Where(one => one.Unreadable is not null).Select(one => one.Index));
        Assert.Equal(("hellohello", 2, 2), (stored[0].Text, stored[2].PartNumber, stored[2].PartCount));
        Assert.Equal((7, "+46708251358", SmsDelivery.Delivered), (stored[5].Report!.Reference, stored[5].Report!.Recipient, stored[5].Report!.Delivery));
        await talk.Modem.Messages.DeleteAsync(stored[1], Ct);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_report_that_was_asked_for_is_delivered_as_one()
    {
        await using var talk = await Talk.OpenAsync(">> AT+CMGF=0;+CNMI=2,1,0,1,0\r", "<< \r\nOK\r\n");
        await using var reports = talk.Modem.Messages.ReceiveReportsAsync(Ct).GetAsyncEnumerator(Ct);
        var first = reports.MoveNextAsync();
        await talk.PlayedAsync();
        var sending = talk.Modem.Messages.SendWithReportAsync("+46708251358", "hellohello", Ct);
        await talk.PlayAsync(
            ">> AT+CMGF=0\r", "<< \r\nOK\r\n",
            ">> AT+CMGS=22\r", "<< \r\n> ",
            ">> 0021000B916407281553F800000AE8329BFD4697D9EC37\u001a", "<< \r\n+CMGS: 12\r\n\r\nOK\r\n",
            "<< \r\n+CDS: 25\r\n07917283010010F5060C0B916407281553F8621122903054806211229040548046\r\n");

        Assert.Equal([12], await sending);
        Assert.True(await first);
        Assert.Equal((12, SmsDelivery.Failed, 0x46), (reports.Current.Reference, reports.Current.Delivery, reports.Current.Status));
        Assert.Equal(TimeSpan.FromSeconds(0), reports.Current.SentAt - new DateTimeOffset(2026, 11, 22, 9, 3, 45, TimeSpan.FromHours(2)));
        Assert.NotNull(reports.Current.DischargedAt);
    }

    [Fact]
    public void Every_known_refusal_has_a_sentence_and_a_remedy()
    {
        foreach (var code in (int[])[1, 8, 10, 21, 27, 28, 29, 30, 38, 41, 42, 47, 50, 69, 302, 304, 310, 311, 313, 314, 321, 322, 330, 331, 332, 500, 512])
        {
            var (what, remedy) = SmsRefusal.Of(code);
            Assert.DoesNotContain("no known reason", what, StringComparison.Ordinal);
            Assert.EndsWith(".", ModemRemedyText.Of(remedy), StringComparison.Ordinal);
        }
    }

    private static string[] WithAccessPoint(string[] conversation) =>
        [.. conversation.Select(line => line.Replace("\"internet\",\"\",\"\"", "\"internet\",\"web\",\"secret\"", StringComparison.Ordinal))];
}
