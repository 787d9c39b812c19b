using System.Buffers;
using System.IO.Pipelines;
using Xunit;

namespace TestKit;

/// <summary>What every serial line does, tried on a pseudo-terminal.</summary>
public abstract class SerialLineContract : IDisposable
{
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected SerialLineContract() => _limit.CancelAfter(TimeSpan.FromSeconds(60));

    protected CancellationToken Limit => _limit.Token;

    public void Dispose()
    {
        _limit.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_the_modem_sends_arrives_unharmed()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;
        var sent = AllValuesTwice();

        await modem.WriteAsync(sent, Limit);

        Assert.Equal(sent, await ReadExactlyAsync(line.Input, sent.Length));
    }

    [Fact]
    public async Task What_is_flushed_arrives_unharmed_at_the_modem_and_is_not_echoed()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;
        var sent = AllValuesTwice();

        await line.Output.WriteAsync(sent, Limit);

        Assert.Equal(sent, await modem.ReadAsync(sent.Length, Limit));
        Assert.False(line.Input.TryRead(out _));
    }

    [Fact]
    public async Task A_read_is_cancelled_at_once()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;
        using var cancel = new CancellationTokenSource();

        var read = line.Input.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read).WaitAsync(Limit);
    }

    [Fact]
    public async Task A_pending_read_can_be_woken_and_the_line_lives_on()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;

        var read = line.Input.ReadAsync(Limit).AsTask();
        line.Input.CancelPendingRead();
        var woken = await read;
        line.Input.AdvanceTo(woken.Buffer.Start);
        await modem.WriteAsync("OK"u8.ToArray(), Limit);

        Assert.True(woken.IsCanceled);
        Assert.Equal("OK"u8.ToArray(), await ReadExactlyAsync(line.Input, 2));
    }

    [Fact]
    public async Task A_cancelled_flush_neither_loses_nor_repeats_a_byte()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;
        using var cancel = new CancellationTokenSource();
        var sent = new byte[200_000]; // far more than the kernel keeps
        new Random(3).NextBytes(sent);

        line.Output.Write(sent);
        var flush = line.Output.FlushAsync(cancel.Token).AsTask();
        Assert.False(flush.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush).WaitAsync(Limit);
        Assert.InRange(line.Output.UnflushedBytes, 1, sent.Length);
        line.Output.Write("the end"u8);
        var rest = line.Output.FlushAsync(Limit).AsTask();

        byte[] expected = [.. sent, .. "the end"u8];
        Assert.Equal(expected, await modem.ReadAsync(sent.Length + 7, Limit));
        Assert.False((await rest).IsCanceled);
        Assert.Equal(0, line.Output.UnflushedBytes);
    }

    [Fact]
    public async Task A_pending_flush_can_be_woken()
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, 115200);
        await using var closing = (IAsyncDisposable)line;
        line.Output.Write(new byte[200_000]);

        var flush = line.Output.FlushAsync(Limit).AsTask();
        Assert.False(flush.IsCompleted);
        line.Output.CancelPendingFlush();

        Assert.True((await flush.WaitAsync(Limit)).IsCanceled);
    }

    /// <summary>Opens the line, which is disposable, without flow control.</summary>
    protected abstract IDuplexPipe Open(string device, int baudRate);

    /// <summary>Sends so many random bytes each way at once.</summary>
    protected async Task CarryBothWaysAsync(int baudRate, int count)
    {
        using var modem = new PseudoTerminal();
        var line = Open(modem.DevicePath, baudRate);
        await using var closing = (IAsyncDisposable)line;
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (up, down) = (new byte[count], new byte[count]);
        random.NextBytes(up);
        random.NextBytes(down);

        var modemSends = modem.WriteAsync(down, Limit);
        var modemReceives = modem.ReadAsync(up.Length, Limit);
        var hostSends = line.Output.WriteAsync(up, Limit).AsTask();
        var hostReceived = await ReadExactlyAsync(line.Input, down.Length);
        await Task.WhenAll(modemSends, hostSends);

        Assert.Equal(down, hostReceived);
        Assert.Equal(up, await modemReceives);
    }

    protected async Task<byte[]> ReadExactlyAsync(PipeReader reader, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var result = await reader.ReadAsync(Limit);
            var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, count - filled));
            taken.CopyTo(bytes.AsSpan(filled));
            filled += (int)taken.Length;
            reader.AdvanceTo(taken.End);
        }

        return bytes;
    }

    private static byte[] AllValuesTwice() => [.. Enumerable.Range(0, 512).Select(i => (byte)i)];
}
