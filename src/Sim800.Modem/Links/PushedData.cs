using System.IO.Pipelines;

namespace Sim800.Modem.Links;

/// <summary>Takes what the modem pushes (<c>+RECEIVE</c>) straight into the inbound pipe. Runs in the read loop, so it never waits.</summary>
internal sealed class PushedData(PipeWriter target)
{
    private int _left;
    private Task<FlushResult>? _flushing;

    internal long ReceivedBytes { get; private set; }

    internal void Announce(int count) => _left = count;

    /// <returns><c>false</c> when the pipe is full: nothing brakes the peer, so the reader has lost.</returns>
    internal bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target.GetSpan(bytes.Length));
        target.Advance(bytes.Length);
        ReceivedBytes += bytes.Length;
        _left -= bytes.Length;
        if (_left > 0)
        {
            return true;
        }

        _flushing = target.FlushAsync(CancellationToken.None).AsTask();
        return _flushing.IsCompletedSuccessfully;
    }
}
