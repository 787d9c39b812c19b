using System.IO.Pipelines;
using Sim800.Pipes;

namespace Sim800.Modem.SerialPorts;

/// <summary>
/// Empties the port into a pipe as fast as bytes arrive. The port's own reads cannot be cancelled and lose nothing; those of the pipe can.
/// </summary>
internal sealed class SerialPortReceiver
{
    private const int ReadSize = 4096;

    private readonly string _device;
    private readonly Stream _stream;
    private readonly Action<SerialPortException> _onFault;
    private readonly Pipe _received = new(new PipeOptions(useSynchronizationContext: false));
    private SerialPortException? _fault;
    private volatile bool _isClosing;

    internal SerialPortReceiver(string device, Stream stream, Action<SerialPortException> onFault)
    {
        (_device, _stream, _onFault) = (device, stream, onFault);
        Reader = new ReasonedReader(_received.Reader, () => Fault);
        Ended = Task.Run(RunAsync);
    }

    internal PipeReader Reader { get; }

    /// <summary>Ends when nothing more is read from the port.</summary>
    internal Task Ended { get; }

    /// <summary>Why the line ended; <c>null</c> while it is open and after it was closed on purpose.</summary>
    internal SerialPortException? Fault => Volatile.Read(ref _fault);

    /// <summary>From now on the end of the port is no failure.</summary>
    internal void OnClosing() => _isClosing = true;

    /// <summary>Ends the reader, also when a read of the port has not returned.</summary>
    internal void End() => _received.Reader.CancelPendingRead();

    private async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            while (await ReadAsync().ConfigureAwait(false) > 0)
            {
                var result = await _received.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                if (result.IsCompleted)
                {
                    break; // nobody reads any more
                }
            }
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            failure = e;
        }

        if (!_isClosing)
        {
            var fault = SerialPortFailure.OfTraffic(_device, failure);
            Volatile.Write(ref _fault, fault);
            _onFault(fault);
        }

        await _received.Writer.CompleteAsync().ConfigureAwait(false);
    }

    private async ValueTask<int> ReadAsync()
    {
        var count = await _stream.ReadAsync(_received.Writer.GetMemory(ReadSize), CancellationToken.None).ConfigureAwait(false);
        _received.Writer.Advance(count);
        return count;
    }
}
