using System.Buffers;
using System.IO.Pipelines;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>The driver against a modem that was written by another reader of the same reference.</summary>
public sealed class VirtualModemTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task Bytes_come_back_as_they_were_sent(ModemReceiveMode mode)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = mode });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var sent = new byte[20_000];
        new Random(1).NextBytes(sent);

        var writing = connection.Output.WriteAsync(sent, Ct).AsTask();
        var received = await ReadAsync(connection, sent.Length);
        await writing;

        Assert.Equal(sent, received);
        Assert.Equal(sent.Length, connection.ReceivedBytes);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task A_second_connection_opens_where_the_first_was_closed(ModemReceiveMode mode)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = mode });
        for (var turn = 0; turn < 3; turn++)
        {
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            await connection.Output.WriteAsync(new[] { (byte)turn }, Ct);
            Assert.Equal([(byte)turn], await ReadAsync(connection, 1));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task At_most_twelve_command_lines_lead_to_a_connection()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await modem.AttachAsync(Ct);
        Assert.InRange(modem.CommandCount, 1, 12);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_does_not_exist_is_explained()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("nobody.example.org", 7, Ct));
        Assert.Equal((Sim800Stage.Tcp, TcpConnectReason.HostNotFound), (refused.Stage, refused.Reason));
        Assert.Contains("nobody.example.org", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_idle_connection_hardly_talks()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var before = modem.CommandCount;
        await Task.Delay(TimeSpan.FromMinutes(10), world.Clock, Ct);
        Assert.InRange(modem.CommandCount - before, 1, 120);
    }

    [Fact(Timeout = 120_000)]
    public async Task Data_that_looks_like_the_escape_is_data()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await Task.Delay(TimeSpan.FromSeconds(3), world.Clock, Ct);
        await connection.Output.WriteAsync("+++"u8.ToArray(), Ct);
        await Task.Delay(TimeSpan.FromSeconds(5), world.Clock, Ct);
        await connection.Output.WriteAsync("\r\nCLOSED\r\n?"u8.ToArray(), Ct);
        Assert.Equal("+++\r\nCLOSED\r\n?"u8.ToArray(), await ReadAsync(connection, 14).WaitAsync(TimeSpan.FromMinutes(1), world.Clock, Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_did_not_wait_for_the_close_of_a_transparent_connection_waits_with_the_next_one()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        var first = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct));
        await first.Output.WriteAsync("a"u8.ToArray(), Ct);
        await first.Input.ReadAtLeastAsync(1, Ct);
        world.Sim.Inject(Fault.Parse("hang=8s"));
        var closing = first.DisposeAsync().AsTask();
        await using var second = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        Assert.True(closing.IsCompleted);
        await second.Output.WriteAsync("b"u8.ToArray(), Ct);
        await second.Input.ReadAtLeastAsync(1, Ct);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemTransparentEscape.Pluses)]
    [InlineData(ModemTransparentEscape.DataTerminalReady)]
    public async Task A_transparent_connection_can_be_left_for_a_question_and_goes_on(ModemTransparentEscape escape)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with
        {
            ReceiveMode = ModemReceiveMode.Transparent,
            TransparentEscape = escape,
            SetDataTerminalReady = on => world.Sim.DataTerminalReady = on,
        });
        await using (var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct))
        {
            await connection.Output.WriteAsync("before"u8.ToArray(), Ct);
            Assert.Equal("before"u8.ToArray(), await ReadAsync(connection, 6));
            var asking = connection.ReadAcknowledgementAsync(Ct);
            await connection.Output.WriteAsync("+++"u8.ToArray(), Ct); // waits meanwhile
            Assert.Equal(new TcpAcknowledgement(6, 6, 0), await asking);
            Assert.Equal("+++"u8.ToArray(), await ReadAsync(connection, 3));
            Assert.Equal(9, connection.ReceivedBytes); // nothing of what the modem said
        }

        Assert.True((await modem.Network.ReadSignalAsync(Ct)).Rssi > 0);
        await using var again = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await again.Output.WriteAsync("again"u8.ToArray(), Ct);
        Assert.Equal("again"u8.ToArray(), await ReadAsync(again, 5));
    }

    [Fact(Timeout = 120_000)]
    public async Task By_DTR_pluses_are_nothing_but_data()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with
        {
            ReceiveMode = ModemReceiveMode.Transparent,
            TransparentEscape = ModemTransparentEscape.DataTerminalReady,
            SetDataTerminalReady = on => world.Sim.DataTerminalReady = on,
        });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await Task.Delay(TimeSpan.FromSeconds(3), world.Clock, Ct);
        var before = world.Clock.Elapsed;
        await connection.Output.WriteAsync("+++"u8.ToArray(), Ct);
        Assert.Equal("+++"u8.ToArray(), await ReadAsync(connection, 3));
        Assert.InRange(world.Clock.Elapsed - before, TimeSpan.Zero, TimeSpan.FromSeconds(2)); // no pause within
    }

    [Theory(Timeout = 120_000)]
    [InlineData(9600)]
    [InlineData(1200)]
    public async Task A_slow_line_is_quiet_before_the_escape(int rate)
    {
        await using var world = new EchoWorld(options => options with { BaudRate = rate });
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent, BaudRate = rate, CloseTimeout = TimeSpan.FromMinutes(1) });
        var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await connection.Output.WriteAsync(new byte[3000], Ct); // seconds on the wire, long after the line has taken them
        await connection.DisposeAsync();
        Assert.Equal(3000, connection.SentBytes);
        await using var again = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        Assert.True(again.IsOpen);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_restart_ends_a_transparent_connection_for_what_it_is()
    {
        await using var world = new EchoWorld(options => options with { AutoBaud = false });
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        await using (var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct))
        {
            await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
            Assert.Equal("x"u8.ToArray(), await ReadAsync(connection, 1));
            world.Sim.Inject(Fault.Parse("reboot"));
            var lost = await Assert.ThrowsAsync<TcpLinkException>(() => ReadUntilLostAsync(connection));
            Assert.Equal(TcpLinkReason.ModemRestarted, lost.Reason);
        }

        await using var again = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        Assert.Equal(1, modem.RestartCount);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task After_a_reader_that_was_too_slow_the_next_connection_works(ModemReceiveMode mode)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = mode, BaudRate = 115200 });
        await using (var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct))
        {
            var lost = await Assert.ThrowsAsync<TcpLinkException>(async () =>
            {
                for (var sent = 0; sent < 3_000_000; sent += 1000)
                {
                    await connection.Output.WriteAsync(new byte[1000], Ct);
                }
            });
            Assert.Equal(TcpLinkReason.ReaderTooSlow, lost.Reason);
            await Task.Delay(TimeSpan.FromSeconds(10), world.Clock, Ct); // the modem has more, which nobody takes
        }

        await using var again = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await again.Output.WriteAsync("again"u8.ToArray(), Ct);
        Assert.Equal("again"u8.ToArray(), await ReadAsync(again, 5));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_does_not_come_back_from_the_data_is_called_out_of_it_later()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        await using (var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct))
        {
            await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
            Assert.Equal("x"u8.ToArray(), await ReadAsync(connection, 1));
            world.Sim.Inject(Fault.Parse("hang=120s"));
        }

        ModemTcpConnection? again = null;
        for (var attempt = 0; again is null && attempt < 50; attempt++)
        {
            try
            {
                again = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            }
            catch (ModemException e) when (e.IsTransient)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{world.Clock.Elapsed}: {e.GetType().Name}: {e.Message}");
            }
        }

        await again!.Output.WriteAsync("again"u8.ToArray(), Ct);
        Assert.Equal("again"u8.ToArray(), await ReadAsync(again, 5));
        await again.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_gives_up_connecting_transparently_leaves_the_line_free()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        await modem.AttachAsync(Ct);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), world.Clock); // the modem connects a second later
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => modem.ConnectTcpAsync(EchoWorld.Host, 7, impatience.Token));
        await Task.Delay(TimeSpan.FromSeconds(10), world.Clock, Ct);
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
        Assert.Equal("x"u8.ToArray(), await ReadAsync(connection, 1));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_limit_on_what_is_unacknowledged_keeps_the_way_short()
    {
        await using var world = new EchoWorld(options => options with { Network = new InMemoryNetwork().Serve(EchoWorld.Host, 7, SwallowAsync) });
        await using var modem = await world.OpenAsync(world.Options with { MaxUnacknowledgedBytes = 2000 });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var writing = connection.Output.WriteAsync(new byte[20_000], Ct).AsTask();
        while (connection.SentBytes < 20_000)
        {
            Assert.InRange((await connection.ReadAcknowledgementAsync(Ct)).Unacknowledged, 0, 2000);
            await Task.Delay(TimeSpan.FromMilliseconds(50), world.Clock, Ct);
        }

        await writing;
    }

    [Theory(Timeout = 120_000)]
    [InlineData("remote-close", null)]
    [InlineData("pdp-deact=1s", TcpLinkReason.ContextDeactivated)]
    public async Task A_transparent_connection_ends_with_the_modems_word(string fault, TcpLinkReason? reason)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        await using (var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct))
        {
            await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
            Assert.Equal("x"u8.ToArray(), await ReadAsync(connection, 1));
            world.Sim.Inject(Fault.Parse(fault));
            var ended = await Record.ExceptionAsync(async () => Assert.True((await connection.Input.ReadAsync(Ct)).IsCompleted));
            Assert.Equal(reason, (ended as TcpLinkException)?.Reason);
            var refused = await Record.ExceptionAsync(async () =>
            {
                while (true)
                {
                    await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
                    Ct.ThrowIfCancellationRequested();
                    await Task.Yield();
                }
            });
            Assert.IsType<TcpLinkException>(refused);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Pushed_data_that_nobody_reads_ends_the_connection()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = ModemReceiveMode.Push });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () =>
        {
            for (var sent = 0; sent < 200_000; sent += 1000)
            {
                await connection.Output.WriteAsync(new byte[1000], Ct);
            }
        });
        Assert.Equal(TcpLinkReason.ReaderTooSlow, lost.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unread_connection_brakes_its_peer()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var sent = new byte[150_000];
        new Random(2).NextBytes(sent);
        var writing = connection.Output.WriteAsync(sent, Ct).AsTask();
        await Task.Delay(TimeSpan.FromMinutes(2), world.Clock, Ct);
        Assert.InRange(connection.ReceivedBytes, 30_000, 40_000);
        Assert.Equal(sent, await ReadAsync(connection, sent.Length));
        await writing;
    }

    [Fact(Timeout = 120_000)]
    public async Task A_peer_that_acknowledges_nothing_is_given_up()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        world.Sim.Inject(Fault.Parse("zombie"));
        await connection.Output.WriteAsync("x"u8.ToArray(), Ct);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct));
        Assert.Equal(TcpLinkReason.Unacknowledged, lost.Reason);
        Assert.InRange(world.Clock.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10));
        for (var written = 0; written < 34_000; written += 1000)
        {
            Assert.Same(lost, await Record.ExceptionAsync(async () => await connection.Output.WriteAsync(new byte[1000], Ct)));
        }

        Assert.Equal(1, connection.SentBytes);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(2000)]
    [InlineData(null)]
    public async Task A_writer_to_a_peer_that_acknowledges_nothing_does_not_wait_for_ever(int? window)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { MaxUnacknowledgedBytes = window });
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        world.Sim.Inject(Fault.Parse("zombie"));
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () =>
        {
            while (true)
            {
                await connection.Output.WriteAsync(new byte[5000], Ct);
            }
        });
        Assert.Equal(window is null ? TcpLinkReason.NoAnswer : TcpLinkReason.Unacknowledged, lost.Reason); // a full modem does not even confirm
        Assert.Same(lost, await Record.ExceptionAsync(async () => await connection.Input.ReadAsync(Ct)));
        Assert.InRange(world.Clock.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6));
    }

    /// <summary>
    /// The limit is the exchange itself: command, delay, prompt, 1460 bytes, delay, confirmation, at ten bits a byte. The serial line has
    /// nothing better to do meanwhile, so whatever is lost is lost by the driver.
    /// </summary>
    [Fact(Timeout = 120_000)]
    public async Task A_long_send_keeps_the_line_busy()
    {
        await using var world = new EchoWorld(options => options with { Network = new InMemoryNetwork().Serve(EchoWorld.Host, 7, SwallowAsync) });
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await connection.Output.WriteAsync(new byte[2000], Ct); // the limit of CIPSEND has been asked for
        while (connection.SentBytes < 2000)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), world.Clock, Ct);
        }

        var (started, lines) = (world.Clock.Elapsed, modem.CommandCount);
        await connection.Output.WriteAsync(new byte[146_000], Ct);
        while (connection.SentBytes < 148_000)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), world.Clock, Ct);
        }

        var taken = world.Clock.Elapsed - started;
        var exchange = TimeSpan.FromSeconds((18 + 4 + 1460 + 22) * 10 / 115200.0) + TimeSpan.FromMilliseconds(10);
        TestContext.Current.TestOutputHelper?.WriteLine($"{taken / (100 * exchange):P1} of the least time, {modem.CommandCount - lines} command lines");
        Assert.InRange(modem.CommandCount - lines, 100, 118); // 100 blocks, and a question a second
        Assert.InRange(taken, 100 * exchange, 105 * exchange);
    }

    internal static async Task<byte[]> ReadAsync(ModemTcpConnection connection, int count)
    {
        var result = await connection.Input.ReadAtLeastAsync(count, Ct);
        var bytes = result.Buffer.ToArray();
        connection.Input.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    private static async Task ReadUntilLostAsync(ModemTcpConnection connection)
    {
        while (true)
        {
            var result = await connection.Input.ReadAsync(Ct);
            connection.Input.AdvanceTo(result.Buffer.End);
        }
    }

    private static async Task SwallowAsync(IDuplexPipe client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await client.Input.ReadAsync(cancellationToken);
            client.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
