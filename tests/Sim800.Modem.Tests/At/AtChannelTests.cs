using System.Buffers;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

public sealed class AtChannelTests : IAsyncDisposable
{
    private static readonly AtCommand Signal = new("AT+CSQ", TimeSpan.FromSeconds(5)) { Information = ["+CSQ:*"] };
    private static readonly AtCommand Send = Sim800Commands.Send(0);
    private readonly LineHarness _line = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task One_command_at_a_time_in_the_order_of_their_callers()
    {
        var first = _line.Channel.SendAsync(Signal, Ct).AsTask();
        var second = _line.Channel.SendAsync(StandardCommands.Attention, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        Assert.False(second.IsCompleted);
        await _line.SayAsync("\r\n+CSQ: 24,0\r\n\r\nOK\r\n");
        Assert.Equal(["+CSQ: 24,0"], (await first).Information);
        await _line.AnswerAsync("AT\r", "\r\nOK\r\n");
        Assert.True((await second).FinalResult.IsSuccess);
        Assert.Equal(2, _line.Channel.CommandCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_payload_goes_out_at_the_prompt_and_not_before()
    {
        var sending = SendAsync("hello");
        await _line.ExpectAsync("AT+CIPSEND=0,5\r");
        await _line.SayAsync("\r\n+CIPRXGET: 1,0\r\n\r\n> ");
        await _line.ExpectAsync("hello");
        await _line.SayAsync("\r\nDATA ACCEPT:0,5\r\n");
        Assert.Equal(5, (await sending).Numbers.Second);
        Assert.Equal(["DataPending"], _line.Unsolicited);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refused_payload_is_not_sent()
    {
        var sending = SendAsync("hello");
        await _line.AnswerAsync("AT+CIPSEND=0,5\r", "\r\n+CME ERROR: 3\r\n");
        Assert.Equal(3, (await sending).FinalResult.CmeError);
        var next = _line.Channel.SendAsync(StandardCommands.Attention, Ct).AsTask();
        await _line.AnswerAsync("AT\r", "\r\nOK\r\n");
        await next;
    }

    [Fact(Timeout = 120_000)]
    public async Task After_a_timeout_the_way_back_is_ESC_AT_ATE0_and_a_question_whose_answer_cannot_be_mistaken()
    {
        var late = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        _line.Clock.Advance(TimeSpan.FromSeconds(5));
        await _line.AnswerAsync("\u001bAT\r", "\r\n+CSQ: 24,0\r\n\r\nOK\r\n"); // the late answer, and not that of AT
        await _line.AnswerAsync("ATE0\r", "\r\nOK\r\n"); // that of AT
        await _line.AnswerAsync("AT+CMEE=2\r", "\r\nOK\r\n"); // that of ATE0
        await _line.AnswerAsync("AT+CMEE?\r", "\r\nOK\r\n\r\n+CMEE: 2\r\n\r\nOK\r\n");
        var timeout = await Assert.ThrowsAsync<AtTimeoutException>(() => late);
        Assert.Equal("AT+CSQ", timeout.Command);
        Assert.Equal(AtTimeoutReason.Silence, timeout.Reason);
        Assert.Equal(1, _line.Channel.ResynchronisationCount);

        var next = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.AnswerAsync("AT+CSQ\r", "\r\n+CSQ: 7,0\r\n\r\nOK\r\n");
        Assert.Equal(["+CSQ: 7,0"], (await next).Information);
        Assert.Empty(_line.Faults);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_prompt_that_never_comes_gets_no_payload_and_the_third_call_fills_its_count()
    {
        var sending = SendAsync("hello");
        await _line.ExpectAsync("AT+CIPSEND=0,5\r");
        _line.Clock.Advance(Send.PromptTimeout);
        await _line.ExpectAsync("\u001bAT\r");
        _line.Clock.Advance(TimeSpan.FromSeconds(1));
        await _line.ExpectAsync("\u001bAT\r");
        _line.Clock.Advance(TimeSpan.FromSeconds(1));
        await _line.AnswerAsync("\u001b\0\0\0\0\0AT\r", "\r\nOK\r\n");
        await _line.AnswerAsync("ATE0\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE=2\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE?\r", "\r\n+CMEE: 2\r\n\r\nOK\r\n");
        await Assert.ThrowsAsync<AtTimeoutException>(() => sending);
    }

    [Fact(Timeout = 120_000)]
    public async Task While_the_modem_stays_silent_every_command_looks_for_it_first()
    {
        var lost = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        _line.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _line.ExpectAsync("\u001bAT\r");
            _line.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Assert.ThrowsAsync<AtTimeoutException>(() => lost);
        var next = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.AnswerAsync("\u001bAT\r", "\r\nOK\r\n");
        await _line.AnswerAsync("ATE0\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE=2\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE?\r", "\r\n+CMEE: 2\r\n\r\nOK\r\n");
        await _line.AnswerAsync("AT+CSQ\r", "\r\n+CSQ: 7,0\r\n\r\nOK\r\n");
        Assert.Equal(["+CSQ: 7,0"], (await next).Information);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_is_still_silent_is_not_sent_a_command_whose_answer_would_be_awaited_for_minutes()
    {
        var lost = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        _line.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await _line.ExpectAsync("\u001bAT\r");
            if (attempt == 2)
            {
                _line.Clock.Advance(TimeSpan.FromSeconds(1));
                await Assert.ThrowsAsync<AtTimeoutException>(() => lost);
                lost = _line.Channel.SendAsync(Sim800Commands.BringUpContext, Ct).AsTask();
            }
            else
            {
                _line.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var timeout = await Assert.ThrowsAsync<AtTimeoutException>(() => lost);
        Assert.Equal(("AT+CIICR", AtTimeoutReason.Silence), (timeout.Command, timeout.Reason));
        Assert.Equal(TimeSpan.FromSeconds(11), _line.Clock.GetUtcNow() - new ManualTimeProvider().GetUtcNow());
        Assert.False(_line.Channel.IsInStep);
    }

    [Fact(Timeout = 120_000)]
    public async Task Data_that_the_modem_holds_back_for_a_minute_is_given_up()
    {
        var writing = _line.Channel.WriteRawAsync(new ReadOnlySequence<byte>(new byte[100_000]), Ct).AsTask();
        Assert.False(writing.IsCompleted);
        _line.Clock.Advance(TimeSpan.FromSeconds(60));
        var held = await Assert.ThrowsAsync<AtTimeoutException>(() => writing);
        Assert.Contains("CTS", held.RemedyText, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stream_that_cannot_end_a_read_does_not_hold_the_closing()
    {
        using var stuck = new StuckStream();
        var clock = new ManualTimeProvider();
        var channel = new AtChannel(new StreamLine(stuck), new AtChannelOptions
        {
            Tables = new Sim800Dialect().Tables,
            Urcs = new UrcRouter(),
            Data = _line,
            Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            Clock = clock,
            OnFault = _ => { },
            OnEcho = () => { },
        });
        channel.Start();
        var closing = channel.DisposeAsync().AsTask();
        await clock.PassAsync(TimeSpan.FromSeconds(2), Ct);
        await closing;
    }

    [Fact(Timeout = 120_000)]
    public async Task A_line_that_throws_something_of_its_own_is_dead_with_that_reason()
    {
        var waiting = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        var reason = new UnauthorizedAccessException("the port was pulled out");
        await _line.ToHost.CompleteAsync(reason);
        Assert.Same(reason, (await Assert.ThrowsAsync<ModemClosedException>(() => waiting)).InnerException);
        Assert.Equal([reason], _line.Faults);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("", AtTimeoutReason.Silence, "switched on")]
    [InlineData("AT+CSQ\r\r\n", AtTimeoutReason.EchoOnly, "crossed")]
    [InlineData("\u00f8\u0080\u00fe\r\n", AtTimeoutReason.Garbage, "baud rate")]
    [InlineData("\r\n+CSQ: 24,0\r\n", AtTimeoutReason.Incomplete, "supply")]
    public async Task What_came_instead_of_an_answer_is_told_with_its_remedy(string heard, AtTimeoutReason reason, string remedy)
    {
        var lost = _line.Channel.SendAsync(Signal with { IsProbe = true }, Ct).AsTask();
        await _line.AnswerAsync("AT+CSQ\r", heard);
        while (heard.Length > 0 && _line.Channel.Heard == AtTimeoutReason.Silence)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        _line.Clock.Advance(TimeSpan.FromSeconds(5));
        var timeout = await Assert.ThrowsAsync<AtTimeoutException>(() => lost);
        Assert.Equal(reason, timeout.Reason);
        Assert.Contains(remedy, timeout.RemedyText, StringComparison.Ordinal);
        Assert.True(timeout.IsTransient);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_gives_up_waiting_leaves_the_command_to_its_answer()
    {
        using var impatience = new CancellationTokenSource();
        var left = _line.Channel.SendAsync(Signal, impatience.Token).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var next = _line.Channel.SendAsync(StandardCommands.PinQuery, Ct).AsTask();
        await _line.SayAsync("\r\n+CSQ: 24,0\r\n\r\nOK\r\n");
        await _line.AnswerAsync("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        Assert.Equal(["+CPIN: READY"], (await next).Information);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_gives_up_before_his_turn_sends_nothing()
    {
        var first = _line.Channel.SendAsync(Signal, Ct).AsTask();
        using var impatience = new CancellationTokenSource();
        var left = _line.Channel.SendAsync(StandardCommands.PinQuery, impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await _line.AnswerAsync("AT+CSQ\r", "\r\nOK\r\n");
        await first;
        Assert.Equal(1, _line.Channel.CommandCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_queue_of_commands_has_an_end()
    {
        var waiting = Enumerable.Range(0, AtQueue.MaxWaiting + 1).Select(_ => _line.Channel.SendAsync(Signal, Ct).AsTask()).ToList();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _line.Channel.SendAsync(Signal, Ct).AsTask());
        foreach (var command in waiting)
        {
            await _line.AnswerAsync("AT+CSQ\r", "\r\nOK\r\n");
            await command;
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task The_line_dies_once_and_everybody_gets_the_one_reason()
    {
        var waiting = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        var reason = new IOException("pulled out");
        await _line.ToHost.CompleteAsync(reason);
        var first = await Assert.ThrowsAsync<ModemClosedException>(() => waiting);
        Assert.Same(reason, first.InnerException);
        var later = await Assert.ThrowsAsync<ModemClosedException>(() => _line.Channel.SendAsync(Signal, Ct).AsTask());
        Assert.Same(reason, later.InnerException);
        Assert.Same(reason, _line.Channel.Fault(new IOException("too late")));
        Assert.Equal([reason], _line.Faults);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_end_of_the_line_is_a_reason_too()
    {
        var waiting = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.ExpectAsync("AT+CSQ\r");
        await _line.ToHost.CompleteAsync();
        var closed = await Assert.ThrowsAsync<ModemClosedException>(() => waiting);
        Assert.IsType<EndOfStreamException>(closed.InnerException);
        Assert.True(closed.IsTransient);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_transparent_connection_has_the_line_for_itself_until_it_is_left()
    {
        var connecting = _line.Channel.SendAsync(Sim800Commands.ConnectTransparently("h", 1), Ct).AsTask();
        await _line.AnswerAsync("AT+CIPSTART=\"TCP\",\"h\",1\r", "\r\nOK\r\n\r\nCONNECT\r\n\r\nOK\r\nERROR\r\n> ");
        Assert.True((await connecting).FinalResult.IsSuccess);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _line.Channel.SendAsync(Signal, Ct).AsTask());
        await _line.Channel.WriteRawAsync(new ReadOnlySequence<byte>("raw"u8.ToArray()), Ct);
        await _line.ExpectAsync("raw");
        const string Transparent = "<transparent>\r\nOK\r\nERROR\r\n> ";
        Assert.Equal(Transparent, await _line.DataAsync(Transparent.Length));

        _line.Channel.LeaveDataMode(isConfirmed: true);
        var next = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.AnswerAsync("AT+CSQ\r", "\r\nOK\r\n");
        Assert.True((await next).FinalResult.IsSuccess);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_escape_without_an_OK_makes_the_next_command_find_its_way_first()
    {
        _line.Channel.LeaveDataMode(isConfirmed: false);
        var next = _line.Channel.SendAsync(Signal, Ct).AsTask();
        await _line.AnswerAsync("\u001bAT\r", "\r\nOK\r\n");
        await _line.AnswerAsync("ATE0\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE=2\r", "\r\nOK\r\n");
        await _line.AnswerAsync("AT+CMEE?\r", "\r\n+CMEE: 2\r\n\r\nOK\r\n");
        await _line.AnswerAsync("AT+CSQ\r", "\r\nOK\r\n");
        await next;
    }

    /// <summary>As some serial ports are: nothing but their closing ends a read.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource<int> _never = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(_never.Task);
    }

    private Task<AtResponse> SendAsync(string payload) => _line.Channel
        .SendAsync(Send, payload.Length, new ReadOnlySequence<byte>(System.Text.Encoding.ASCII.GetBytes(payload)), Ct).AsTask();
}
