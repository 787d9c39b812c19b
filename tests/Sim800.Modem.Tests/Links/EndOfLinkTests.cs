using TestKit.Hostile;

namespace Sim800.Modem.Tests.Links;

/// <summary>
/// Whatever ends a link, and whichever side meets it first: reader and writer get the same reason at the same moment, a pending read and a
/// pending flush too, and nothing more is sent.
/// </summary>
public sealed class EndOfLinkTests
{
    private const int Unsent = 30_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, ModemReceiveMode> SaidByTheModem => new(
        from mode in Enum.GetValues<ModemReceiveMode>()
        from line in new[] { "0, CLOSED", "0, CLOSE OK", "0, SEND FAIL", "+PDP: DEACT", "RDY", "NORMAL POWER DOWN", "UNDER-VOLTAGE POWER DOWN" }
        where mode != ModemReceiveMode.Transparent || !line.StartsWith('0')
        select (line, mode));

    /// <summary>The sender waits for acknowledgements, the receiver for data: both hear of it from elsewhere.</summary>
    [Theory(Timeout = 120_000)]
    [MemberData(nameof(SaidByTheModem))]
    public async Task Both_sides_hear_what_the_modem_says(string line, ModemReceiveMode mode) =>
        await CheckAsync(mode, ReasonOf(line), async (modem, _, _) => await modem.SayAsync($"\r\n{line}\r\n"));

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task Both_sides_hear_of_the_end_of_the_line(ModemReceiveMode mode)
    {
        await CheckAsync(mode, TcpLinkReason.LineClosed, async (modem, _, _) => await modem.HangUpAsync());
        await CheckAsync(mode, TcpLinkReason.LineClosed, async (_, driver, _) => await driver.DisposeAsync());
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    public async Task Both_sides_hear_that_the_connection_was_disposed(ModemReceiveMode mode)
    {
        await CheckAsync(mode, TcpLinkReason.Disposed, async (_, _, connection) => await connection.DisposeAsync());
        await CheckAsync(mode, TcpLinkReason.Disposed, async (_, _, connection) => await connection.AsStream().DisposeAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Both_sides_hear_that_a_transparent_connection_was_disposed()
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Transparent);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var reading = WatchReaderAsync(modem, connection);
        await connection.Output.WriteAsync(new byte[Unsent], Ct);
        await connection.DisposeAsync();
        await AssertSameAsync(connection, TcpLinkReason.Disposed, reading, WatchWriterAsync(modem, connection), isTogether: false);
    }

    /// <summary>A modem that takes nothing any more does not hear the escape either.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Both_sides_hear_that_a_transparent_connection_could_not_be_left()
    {
        await using var modem = new ObedientModem { TakesData = false };
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Transparent);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var (reading, writing) = (WatchReaderAsync(modem, connection), WatchWriterAsync(modem, connection));
        await connection.DisposeAsync();
        await AssertSameAsync(connection, TcpLinkReason.NoAnswer, reading, writing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Both_sides_hear_of_a_transparent_connection_closed_in_its_data() =>
        await CheckAsync(ModemReceiveMode.Transparent, TcpLinkReason.ClosedByPeer, async (modem, _, _) => await modem.SayAsync("\r\nCLOSED\r\n"));

    /// <summary>The receiver meets it, in the answer to its question; the sender waits for acknowledgements.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData("AT+CIPRXGET=2", "\r\nRDY\r\n", TcpLinkReason.ModemRestarted)]
    [InlineData("AT+CIPRXGET=2", "\r\n+CIPRXGET: 2,0,7,0\r\nhello\r\nOK\r\n", TcpLinkReason.BytesLost)]
    [InlineData("AT+CIPRXGET=2", "\r\n+PDP: DEACT\r\n", TcpLinkReason.ContextDeactivated)]
    [InlineData("AT+CIPRXGET=2", "\r\n0, CLOSED\r\n\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData("AT+CIPSTATUS=0", "\r\n+CIPSTATUS: 0,,\"\",\"\",\"\",\"INITIAL\"\r\n\r\nOK\r\n", TcpLinkReason.Vanished)]
    [InlineData("AT+CIPSTATUS=0", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"CLOSED\"\r\n\r\nOK\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData("AT+CIPSTATUS=0", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"REMOTE CLOSING\"\r\n\r\nOK\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData("AT+CIPSTATUS=0", "\r\nERROR\r\n", TcpLinkReason.Vanished)]
    [InlineData("AT", "", TcpLinkReason.NoAnswer)]
    [InlineData("", "", TcpLinkReason.Unacknowledged)]
    public async Task Both_sides_hear_what_the_receiver_meets(string command, string answer, TcpLinkReason reason) =>
        await CheckAsync(ModemReceiveMode.Manual, reason, async (modem, _, _) =>
        {
            modem.Answer = line => command.Length > 0 && line.StartsWith(command, StringComparison.Ordinal) ? answer : null;
            await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
        });

    /// <summary>The sender meets it; the receiver waits for data or for the line.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData("AT+CIPSEND=", "\r\nERROR\r\n", TcpLinkReason.SendFailed)]
    [InlineData("AT+CIPSEND=", "\r\n+CME ERROR: 3\r\n", TcpLinkReason.SendFailed)]
    [InlineData("AT+CIPSEND=", "", TcpLinkReason.NoAnswer)]
    [InlineData(ScriptedModem.Payload, "\r\n0, SEND FAIL\r\n", TcpLinkReason.SendFailed)]
    [InlineData(ScriptedModem.Payload, "\r\nSEND FAIL\r\n", TcpLinkReason.SendFailed)]
    [InlineData(ScriptedModem.Payload, "\r\n0, CLOSED\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData(ScriptedModem.Payload, "\r\n+PDP: DEACT\r\n", TcpLinkReason.ContextDeactivated)]
    [InlineData(ScriptedModem.Payload, "\r\nRDY\r\n", TcpLinkReason.ModemRestarted)]
    [InlineData(ScriptedModem.Payload, "\r\nNORMAL POWER DOWN\r\n", TcpLinkReason.ModemRestarted)]
    [InlineData(ScriptedModem.Payload, "\r\nDATA ACCEPT:0,0\r\n", TcpLinkReason.SendFailed)]
    [InlineData(ScriptedModem.Payload, "", TcpLinkReason.NoAnswer)]
    public async Task Both_sides_hear_what_the_sender_meets(string command, string answer, TcpLinkReason reason)
    {
        foreach (var mode in new[] { ModemReceiveMode.Manual, ModemReceiveMode.Push })
        {
            await using var modem = new ObedientModem();
            await using var driver = await modem.OpenAsync(mode);
            var connection = await driver.ConnectTcpAsync("h", 1, Ct);
            modem.Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer
                : line.StartsWith("AT+CIPACK", StringComparison.Ordinal) ? "\r\n+CIPACK: 0, 0, 0\r\n\r\nOK\r\n" : null;
            var (reading, writing) = (WatchReaderAsync(modem, connection), WatchWriterAsync(modem, connection));
            await AssertSameAsync(connection, reason, reading, writing);
        }
    }

    /// <summary>A command of the sender is in flight that will not be answered for a minute: neither side waits for it.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData("0, SEND FAIL", TcpLinkReason.SendFailed)]
    [InlineData("+PDP: DEACT", TcpLinkReason.ContextDeactivated)]
    [InlineData("NORMAL POWER DOWN", TcpLinkReason.ModemRestarted)]
    public async Task Nobody_waits_for_a_command_in_flight(string line, TcpLinkReason reason)
    {
        await using var modem = new ObedientModem { Answer = command => command.StartsWith("AT+CIPSEND?", StringComparison.Ordinal) ? "" : null };
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var stuck = driver.SendCommandAsync("AT+CIPSEND?", TimeSpan.FromMinutes(5), Ct);
        var (reading, writing) = (WatchReaderAsync(modem, connection), WatchWriterAsync(modem, connection));
        await Task.Delay(TimeSpan.FromSeconds(30), modem.Clock, Ct); // the reader's question waits for its turn by now
        var struck = modem.Clock.Elapsed;
        await modem.SayAsync($"\r\n{line}\r\n");
        await AssertSameAsync(connection, reason, reading, writing, readerWaits: reason == TcpLinkReason.SendFailed);
        Assert.Equal(struck, (await writing).At);
        await Record.ExceptionAsync(() => stuck);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task A_writer_hears_that_the_reader_was_too_slow(ModemReceiveMode mode)
    {
        await using var modem = new ObedientModem { TakesData = false };
        await using var driver = await modem.OpenAsync(mode, window: 1024);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var writing = WatchWriterAsync(modem, connection);
        while (connection.IsOpen)
        {
            await modem.SayAsync((mode == ModemReceiveMode.Push ? "\r\n+RECEIVE,0,1000:\r\n" : "") + new string('x', 1000));
            Ct.ThrowIfCancellationRequested();
        }

        await AssertSameAsync(connection, TcpLinkReason.ReaderTooSlow, WatchReaderAsync(modem, connection), writing, isTogether: false);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+++", TcpLinkReason.NoAnswer)]
    [InlineData("ATO", TcpLinkReason.Vanished)]
    public async Task Both_sides_hear_that_a_transparent_connection_was_not_found_again(string lost, TcpLinkReason reason)
    {
        await using var modem = new ObedientModem { HearsEscape = lost != "+++", Answer = line => line == lost ? "\r\nNO CARRIER\r\n" : null };
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Transparent);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var reading = WatchReaderAsync(modem, connection);
        await Record.ExceptionAsync(() => connection.ReadAcknowledgementAsync(Ct));
        await AssertSameAsync(connection, reason, reading, WatchWriterAsync(modem, connection));
    }

    [Fact(Timeout = 120_000)]
    public async Task Both_sides_hear_that_the_modem_keeps_restarting()
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual, window: 1024);
        for (var restart = 1; restart <= 3; restart++)
        {
            var connection = await driver.ConnectTcpAsync("h", 1, Ct);
            var (reading, writing) = (WatchReaderAsync(modem, connection), WatchWriterAsync(modem, connection));
            await modem.SayAsync("\r\nRDY\r\n");
            var reason = restart < 3 ? TcpLinkReason.ModemRestarted : TcpLinkReason.ModemKeepsRestarting;
            await AssertSameAsync(connection, reason, reading, writing);
            await connection.DisposeAsync();
        }
    }

    /// <summary>The one who stops waiting leaves the link to the others.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task A_cancelled_read_or_flush_is_no_end(ModemReceiveMode mode)
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(mode, window: 1024);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        using var impatience = new CancellationTokenSource();
        var reading = connection.Input.ReadAsync(impatience.Token).AsTask();
        var writing = connection.Output.WriteAsync(new byte[mode == ModemReceiveMode.Transparent ? 1 : Unsent], impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await Record.ExceptionAsync(() => writing);
        connection.Input.CancelPendingRead();
        Assert.True((await connection.Input.ReadAsync(Ct)).IsCanceled);
        connection.Output.CancelPendingFlush();
        Assert.True((await connection.Output.FlushAsync(Ct)).IsCanceled);
        Assert.True(connection.IsOpen);
    }

    /// <summary>What either side completes its half with is its own: the other half goes on.</summary>
    [Fact(Timeout = 120_000)]
    public async Task An_exception_that_a_half_is_completed_with_is_no_end()
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        await connection.Input.CompleteAsync(new FormatException("not what I can read"));
        modem.Answer = line => line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal) ? "\r\n+CIPRXGET: 2,0,1,0\r\nx\r\nOK\r\n" : null;
        await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
        await connection.Output.WriteAsync("abc"u8.ToArray(), Ct);
        await connection.Output.CompleteAsync(new FormatException("not what I can write"));
        await Task.Delay(TimeSpan.FromMinutes(1), modem.Clock, Ct);
        Assert.Equal((true, 3), (connection.IsOpen, connection.SentBytes));
        await connection.DisposeAsync();
    }

    /// <summary>Whoever reads no more still writes: that nothing is acknowledged must be found out all the same.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData(null)]
    [InlineData(1024)]
    public async Task A_writer_without_a_reader_hears_of_a_dead_peer(int? window)
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual, window);
        var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        await connection.Input.CompleteAsync();
        modem.Answer = line => line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal) ? "\r\n+CIPRXGET: 2,0,1,0\r\nx\r\nOK\r\n" : null;
        await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () =>
        {
            while (true)
            {
                await connection.Output.WriteAsync(new byte[2000], Ct);
                await Task.Delay(TimeSpan.FromSeconds(20), modem.Clock, Ct);
            }
        });
        Assert.Equal(TcpLinkReason.Unacknowledged, lost.Reason);
        Assert.InRange(modem.Clock.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(6));
    }

    /// <summary>Strikes a link whose reader waits for data and whose writer waits for room, and then one on which nobody waits.</summary>
    private static async Task CheckAsync(
        ModemReceiveMode mode, TcpLinkReason reason, Func<ObedientModem, CellularModem, ModemTcpConnection, Task> strike)
    {
        foreach (var isPending in new[] { true, false })
        {
            await using var modem = new ObedientModem { TakesData = !isPending };
            await using var driver = await modem.OpenAsync(mode, window: 1024);
            var connection = await driver.ConnectTcpAsync("h", 1, Ct);
            if (!isPending)
            {
                await connection.Output.WriteAsync(new byte[2000], Ct); // waits in the window, and nobody for it
            }

            var (reading, writing) = isPending ? (WatchReaderAsync(modem, connection), WatchWriterAsync(modem, connection)) : default;
            if (mode != ModemReceiveMode.Transparent)
            {
                await modem.HearAsync("AT+CIPACK");
            }

            await strike(modem, driver, connection);
            while (connection.IsOpen)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), modem.Clock, Ct);
            }

            await AssertSameAsync(
                connection, reason, reading ?? WatchReaderAsync(modem, connection), writing ?? WatchWriterAsync(modem, connection));
        }
    }

    private static async Task AssertSameAsync(
        ModemTcpConnection connection,
        TcpLinkReason reason,
        Task<(TcpLinkException? Reason, TimeSpan At)> reading,
        Task<(TcpLinkException? Reason, TimeSpan At)> writing,
        bool isTogether = true,
        bool readerWaits = false)
    {
        var (written, read) = (await writing, await reading);
        Assert.Equal(reason, written.Reason?.Reason);
        Assert.Equal(reason == TcpLinkReason.ClosedByPeer ? null : written.Reason, read.Reason);
        Assert.True(!isTogether || readerWaits || written.At == read.At, $"read {read.At}, written {written.At}");
        Assert.False(connection.IsOpen);
        var sent = connection.SentBytes;
        Assert.Same(written.Reason, await Record.ExceptionAsync(async () => await connection.Output.WriteAsync("x"u8.ToArray(), Ct)));
        Assert.Same(written.Reason, await Record.ExceptionAsync(async () => await connection.Output.FlushAsync(Ct)));
        Assert.Equal(sent, connection.SentBytes);
    }

    private static async Task<(TcpLinkException? Reason, TimeSpan At)> WatchReaderAsync(ObedientModem modem, ModemTcpConnection connection)
    {
        try
        {
            while (true)
            {
                var result = await connection.Input.ReadAsync(Ct);
                connection.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return (null, modem.Clock.Elapsed);
                }
            }
        }
        catch (TcpLinkException e)
        {
            return (e, modem.Clock.Elapsed);
        }
    }

    private static async Task<(TcpLinkException? Reason, TimeSpan At)> WatchWriterAsync(ObedientModem modem, ModemTcpConnection connection)
    {
        try
        {
            for (var written = 0; ; written += Unsent)
            {
                var result = await connection.Output.WriteAsync(new byte[Unsent], Ct);
                Assert.False(result.IsCompleted || result.IsCanceled);
            }
        }
        catch (TcpLinkException e)
        {
            return (e, modem.Clock.Elapsed);
        }
    }

    private static TcpLinkReason ReasonOf(string line) => line switch
    {
        "0, SEND FAIL" => TcpLinkReason.SendFailed,
        "+PDP: DEACT" => TcpLinkReason.ContextDeactivated,
        "0, CLOSED" or "0, CLOSE OK" => TcpLinkReason.ClosedByPeer,
        _ => TcpLinkReason.ModemRestarted,
    };
}
