using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Network;

/// <summary>
/// The shell of one TCP connection: carries bytes between the machine and the network outside, reads no more than the
/// machine's window allows, and decides nothing.
/// </summary>
internal sealed class NetworkConnection(long id, INetworkEvents events) : INetworkConnection
{
    private readonly Channel<byte[]> _toSend = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _granted = new(0);
    private readonly CancellationTokenSource _closing = new();
    private int _window;

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Dispose()
    {
        _closing.Dispose();
        _granted.Dispose();
    }

    public void Start(IVirtualNetwork network, string host, int port, IDisposable? hold) =>
        Running = Task.Run(() => RunAsync(network, host, port, hold), CancellationToken.None);

    public void Send(byte[] bytes) => _toSend.Writer.TryWrite(bytes);

    public void Grant(int bytes)
    {
        Interlocked.Add(ref _window, bytes);
        _granted.Release();
    }

    public void Close() => _toSend.Writer.TryComplete();

    public void Abort()
    {
        Close();
        _closing.Cancel();
    }

    private async Task RunAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        if (await OpenAsync(network, host, port, hold).ConfigureAwait(false) is not { } pipe)
        {
            return;
        }

        var receiving = ReceiveAsync(pipe.Input);
        await SendAsync(pipe.Output).ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        if (pipe is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IDuplexPipe?> OpenAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        using (hold)
        {
            try
            {
                var pipe = await network.ConnectAsync(host, port, _closing.Token).ConfigureAwait(false);
                events.Opened(id);
                return pipe;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                events.Refused(id);
                return null;
            }
        }
    }

    private async Task SendAsync(PipeWriter output)
    {
        try
        {
            while (await _toSend.Reader.WaitToReadAsync(_closing.Token).ConfigureAwait(false))
            {
                while (_toSend.Reader.TryRead(out var bytes))
                {
                    await output.WriteAsync(bytes, _closing.Token).ConfigureAwait(false);
                    events.Sent(id, bytes.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or OperationCanceledException)
        {
            events.Ended(id);
        }

        await output.CompleteAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync(PipeReader input)
    {
        try
        {
            while (await ReadOnceAsync(input).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            // A reset is an end like any other to the modem: it says CLOSED.
            events.Ended(id);
            return;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }

        events.Ended(id);
    }

    private async Task<bool> ReadOnceAsync(PipeReader input)
    {
        var result = await input.ReadAsync(_closing.Token).ConfigureAwait(false);
        while (Volatile.Read(ref _window) <= 0)
        {
            await _granted.WaitAsync(_closing.Token).ConfigureAwait(false);
        }

        var buffer = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, Volatile.Read(ref _window)));
        Interlocked.Add(ref _window, -(int)buffer.Length);
        if (!buffer.IsEmpty)
        {
            events.Received(id, buffer.ToArray());
        }

        var isLast = result.IsCompleted && buffer.Length == result.Buffer.Length;
        input.AdvanceTo(buffer.End);
        return !isLast;
    }
}
