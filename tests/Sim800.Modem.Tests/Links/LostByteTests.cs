using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Sim800.Modem.Tests.Virtual;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Links;

/// <summary>One byte of the serial line is lost, at every place there is: what the reader gets is right as far as it goes, and it goes to the
/// end or ends with a reason.</summary>
public sealed class LostByteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Payloads whose bytes look like what stands around them, and whose count loses a digit: 10 becomes 0, 12 becomes 1.</summary>
    public static TheoryData<string> Payloads => new(
        "hello",
        "0123456789",
        "\r\n\r\n\r\n\r\n\r\n",
        "\r\r\r\r\r\r\r\r\r\r\r\r",
        "\n\n\n\n\n\n\n\n\n\n\n\n\n",
        "\r\n0, CLOSED\r",
        "\r\n+CIPRXGET: 1,0\r\n",
        "\r\nabcdefghij\r\nOK\r\n",
        "+CIPRXGET: 2,0,5,0\r\nxyzzy",
        "\u0000\u0001\u00ff\u007f\u001b\u0010\u0010\u0010\u0010\u0010",
        new string('1', 100),
        new string('\n', 110));

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Payloads))]
    public async Task A_byte_of_the_answer_to_a_read_is_never_lost_without_a_word(string payload)
    {
        var whole = $"\r\n+CIPRXGET: 2,0,{payload.Length},0\r\n{payload}\r\nOK\r\n";
        var complete = 0;
        for (var at = 0; at <= whole.Length; at++)
        {
            var damaged = at == whole.Length ? whole : whole.Remove(at, 1);
            var read = await ReadAsync(payload + "<", damaged, "\r\n+CIPRXGET: 2,0,1,0\r\n<\r\nOK\r\n");
            Assert.True((payload + "<").StartsWith(read, StringComparison.Ordinal), $"without byte {at}: {Show(read)}");
            complete += read.EndsWith('<') ? 1 : 0;
        }

        Assert.True(complete > 4, "the answer as it is, and without one of the bytes that do not matter");
    }

    [Fact(Timeout = 120_000)]
    public async Task Several_reads_of_a_transfer_without_TLS_arrive_in_order_or_end()
    {
        var sent = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 700).Select(at => (char)('a' + (at % 23)))));
        var ended = 0;
        for (var number = 1; number < 900; number += Environment.GetEnvironmentVariable("SIM800_TEST_FULL") == "1" ? 1 : 13)
        {
            foreach (var fault in new[] { "lose-byte", "lose-host-byte" })
            {
                await using var world = new EchoWorld();
                await using var modem = await world.OpenAsync();
                await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
                await connection.Output.WriteAsync(sent.AsMemory(0, 350), Ct);
                world.Sim.Inject(Fault.Parse($"{fault}={number}"));
                await connection.Output.WriteAsync(sent.AsMemory(350), Ct);
                var read = await ReadToEndAsync(connection.Input, sent.Length, world.Clock);
                Assert.True(sent.AsSpan().StartsWith(read), $"{fault}={number}: {Show(Encoding.Latin1.GetString(read))}");
                ended += read.Length < sent.Length ? 1 : 0;
            }
        }

        Assert.NotEqual(0, ended);
    }

    /// <summary>The payload of a read comes in one piece with its announcement, and is no text.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Data_on_a_healthy_line_is_no_damage()
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        await using var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        modem.Answer = line => line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal)
            ? "\r\n+CIPRXGET: 2,0,4,0\r\n\u0017\u0000\u00FF\u0003\r\nOK\r\n"
            : null;
        for (var round = 0; round < 5; round++)
        {
            await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
            var read = await connection.Input.ReadAtLeastAsync(4, Ct);
            connection.Input.AdvanceTo(read.Buffer.End);
        }

        Assert.False(driver.Channel.IsLineBad);
    }

    /// <summary>The peer's close does not make an incomplete answer a complete one.</summary>
    [Fact(Timeout = 120_000)]
    public async Task What_is_lost_behind_the_peers_close_is_no_regular_end()
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        await using var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        modem.Answer = line => line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal) ? "\r\n+CIPRXET: 2,0,5,0\r\nhello\r\nOK\r\n" : null;
        await modem.SayAsync("\r\n0, CLOSED\r\n");
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct));
        Assert.Equal(TcpLinkReason.BytesLost, lost.Reason);
    }

    /// <summary>A modem that hangs gives its answer when nobody waits for it any more.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData(12)]
    [InlineData(17)]
    [InlineData(30)]
    public async Task An_answer_that_comes_after_the_read_was_given_up_is_not_lost_without_a_word(int seconds)
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        await using var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var isHanging = true;
        modem.Answer = line => isHanging ? "" : line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal) ? "\r\n+CIPRXGET: 2,0,1,0\r\n<\r\nOK\r\n" : null;
        await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
        await Task.Delay(TimeSpan.FromSeconds(seconds), modem.Clock, Ct);
        isHanging = false;
        await modem.SayAsync("\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n");
        var read = Encoding.Latin1.GetString(await ReadToEndAsync(connection.Input, 6, modem.Clock));
        Assert.True("hello<".StartsWith(read, StringComparison.Ordinal), Show(read));
    }

    /// <summary>A line on which every seventh byte is lost lets no bring-up through, and the one who waits for it hears of that within minutes.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData(7, true)]
    [InlineData(7, false)]
    [InlineData(3, true)]
    [InlineData(29, false)]
    public async Task A_bring_up_on_a_line_that_loses_a_byte_in_every_few_ends(int period, bool bothWays)
    {
        await using var world = new EchoWorld();
        await using var line = new LossyLine(world.Sim.Line, period, bothWays);
        using var patience = new CancellationTokenSource(TimeSpan.FromHours(1), world.Clock);
        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var modem = await CellularModem.OpenAsync(line, world.Options, patience.Token);
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, patience.Token);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{world.Clock.Elapsed}: {failure?.Message}");
        Assert.True(failure is ModemException || (failure is null && period > 7), failure?.ToString());
        Assert.InRange(world.Clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(4));
    }

    /// <summary>What a reader gets of a modem that gives the first answer once, and the second from then on.</summary>
    private static async Task<string> ReadAsync(string expected, string first, string second)
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        await using var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var answers = new Queue<string>([first, second]);
        modem.Answer = line => line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal) && answers.TryDequeue(out var answer) ? answer : null;
        await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");
        return Encoding.Latin1.GetString(await ReadToEndAsync(connection.Input, expected.Length, modem.Clock));
    }

    private static async Task<byte[]> ReadToEndAsync(PipeReader input, int length, VirtualClock clock)
    {
        var read = Array.Empty<byte>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), clock);
        try
        {
            while (read.Length < length)
            {
                var result = await input.ReadAsync(patience.Token);
                read = [.. read, .. result.Buffer.ToArray()];
                input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    Assert.Fail($"a regular end after {read.Length} bytes");
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Assert.Fail($"nothing more after {read.Length} bytes");
        }
        catch (TcpLinkException e)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"after {read.Length} bytes: {e.Reason}");
        }

        return read;
    }

    private static string Show(string bytes) => string.Concat(bytes.Select(b => b is >= ' ' and <= '~' ? b.ToString() : $"\\{(int)b:X2}"));

    /// <summary>A serial line on which one byte in so many is lost.</summary>
    private sealed class LossyLine : IDuplexPipe, IAsyncDisposable
    {
        private readonly Pipe _toHost = new();
        private readonly Pipe _toModem = new();
        private readonly PipeReader _fromModem;
        private readonly Task _pumping;

        internal LossyLine(IDuplexPipe modem, int period, bool bothWays)
        {
            _fromModem = modem.Input;
            _pumping = Task.WhenAll(
                PumpAsync(modem.Input, _toHost.Writer, period),
                PumpAsync(_toModem.Reader, modem.Output, bothWays ? period : int.MaxValue));
        }

        public PipeReader Input => _toHost.Reader;

        public PipeWriter Output => _toModem.Writer;

        public async ValueTask DisposeAsync()
        {
            await _toModem.Writer.CompleteAsync();
            _fromModem.CancelPendingRead();
            await _pumping;
        }

        private static async Task PumpAsync(PipeReader from, PipeWriter to, int period)
        {
            var count = 0;
            ReadResult result;
            do
            {
                result = await from.ReadAsync(CancellationToken.None);
                byte[] heard = [.. result.Buffer.ToArray().Where(_ => ++count % period != 0)];
                from.AdvanceTo(result.Buffer.End);
                await to.WriteAsync(heard, CancellationToken.None);
            }
            while (result is { IsCompleted: false, IsCanceled: false });
            await to.CompleteAsync();
        }
    }
}
