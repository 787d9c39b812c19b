using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Network;

/// <summary>TCP: reads no more than the machine's window allows, and tells what the peer has taken.</summary>
internal sealed class NetworkConnection(long id, INetworkEvents events) : OutsideConnection<IDuplexPipe>(id, events)
{
    private readonly SemaphoreSlim _granted = new(0);
    private int _window;

    public override void Dispose()
    {
        base.Dispose();
        _granted.Dispose();
    }

    public override void Grant(int bytes)
    {
        Interlocked.Add(ref _window, bytes);
        _granted.Release();
    }

    protected override ValueTask<IDuplexPipe> ConnectAsync(IVirtualNetwork network, string host, int port) =>
        network.ConnectAsync(host, port, Closing);

    protected override async Task SendAsync(IDuplexPipe transport)
    {
        var output = transport.Output;
        Exception? failure = null;
        try
        {
            while (await ToSend.Reader.WaitToReadAsync(Closing).ConfigureAwait(false))
            {
                while (ToSend.Reader.TryRead(out var bytes))
                {
                    await output.WriteAsync(bytes, Closing).ConfigureAwait(false);
                    Events.Sent(Id, bytes.Length);
                }
            }

            Closing.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or OperationCanceledException)
        {
            failure = e;
            Events.Ended(Id);
        }

        await output.CompleteAsync(failure).ConfigureAwait(false);
    }

    protected override async Task ReceiveAsync(IDuplexPipe transport)
    {
        var input = transport.Input;
        try
        {
            while (await ReadOnceAsync(input).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            // A reset is an end like any other to the modem: it says CLOSED.
            Events.Ended(Id);
            return;
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            return;
        }

        Events.Ended(Id);
    }

    private async Task<bool> ReadOnceAsync(PipeReader input)
    {
        var result = await input.ReadAsync(Closing).ConfigureAwait(false);
        while (Volatile.Read(ref _window) <= 0)
        {
            await _granted.WaitAsync(Closing).ConfigureAwait(false);
        }

        var buffer = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, Volatile.Read(ref _window)));
        Interlocked.Add(ref _window, -(int)buffer.Length);
        if (!buffer.IsEmpty)
        {
            Events.Received(Id, buffer.ToArray());
        }

        var isLast = result.IsCompleted && buffer.Length == result.Buffer.Length;
        input.AdvanceTo(buffer.End);
        return !isLast;
    }
}
