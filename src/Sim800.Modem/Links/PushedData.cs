using System.IO.Pipelines;

namespace Sim800.Modem.Links;

/// <summary>Takes what the modem pushes (<c>+RECEIVE</c>) straight into the inbound pipe. Runs in the read loop, so it never waits.</summary>
internal sealed class PushedData(PipeWriter target)
{
    private readonly Gate _gate = new();
    private int _left;
    private bool _isClosed;

    internal long ReceivedBytes { get; private set; }

    internal void Announce(int count) => _left = count;

    /// <returns><c>false</c> when the pipe is full: nothing brakes the peer, so the reader has lost.</returns>
    internal bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return true;
            }

            bytes.CopyTo(target.GetSpan(bytes.Length));
            target.Advance(bytes.Length);
            ReceivedBytes += bytes.Length;
            _left -= bytes.Length;
            return _left > 0 || target.FlushAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully;
        }
    }

    /// <summary>The link has ended, and the pipe with it: what the modem still pushes goes nowhere.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }
}
