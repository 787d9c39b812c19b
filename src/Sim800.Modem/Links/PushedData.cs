using System.IO.Pipelines;

namespace Sim800.Modem.Links;

/// <summary>Writes what the modem pushes straight into the inbound pipe. Runs in the read loop, so it never waits.</summary>
internal sealed class PushedData(PipeWriter target, LinkEnd end) : ICountedBytes
{
    private readonly Gate _gate = new();
    private int _left;
    private bool _isCompleted;

    internal long ReceivedBytes { get; private set; }

    internal void Announce(int count) => _left = count;

    /// <summary>Pushed data has no flow control: when the pipe is full the link has to end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!TryAppend(bytes))
        {
            end.TryEnd(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    public void Slip() => end.TryEnd(new TcpLinkException(TcpLinkReason.BytesLost));

    /// <summary>Hands what was written to the reader without waiting for it.</summary>
    /// <returns><c>false</c> when the pipe is full.</returns>
    internal static bool TryFlush(PipeWriter target)
    {
#pragma warning disable CA2012 // a flush that is pending now is never awaited: the link ends and completes the pipe
        return target.FlushAsync(CancellationToken.None).IsCompletedSuccessfully;
#pragma warning restore CA2012
    }

    /// <summary>The link has ended: what the modem still pushes goes nowhere.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            if (!_isCompleted)
            {
                _isCompleted = true;
                target.Complete();
            }
        }
    }

    private bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isCompleted)
            {
                return true;
            }

            bytes.CopyTo(target.GetSpan(bytes.Length));
            target.Advance(bytes.Length);
            ReceivedBytes += bytes.Length;
            _left -= bytes.Length;
            return _left > 0 || TryFlush(target);
        }
    }
}
