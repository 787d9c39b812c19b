using System.IO.Pipelines;
using Sim800.Modem.At;
using Sim800.Pipes;

namespace Sim800.Modem.Links;

/// <summary>What is behind a <see cref="ModemTcpConnection"/>: the two pipes that its user holds, and their common end.</summary>
internal abstract class TcpLink
{
    private readonly LinkWriter _output;

    /// <summary>
    /// The sender runs on inside the caller's flush until it has to wait, one task switch less; the receiver must not run the reader.
    /// </summary>
    /// <param name="outbound">Bytes from which on a flush waits, and down to which.</param>
    /// <param name="inbound">Bytes from which on received data waits, and down to which.</param>
    protected TcpLink((int Pause, int Resume) outbound, (int Pause, int Resume) inbound)
    {
        var sent = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: outbound.Pause,
            resumeWriterThreshold: outbound.Resume,
            useSynchronizationContext: false));
        var received = new Pipe(new PipeOptions(
            pauseWriterThreshold: inbound.Pause, resumeWriterThreshold: inbound.Resume, useSynchronizationContext: false));
        End = new LinkEnd(Stop);
        Input = new ReasonedReader(received.Reader, () => End.OfReader);
        _output = new LinkWriter(sent.Writer, End);
        (Outbound, Inbound) = (sent.Reader, received.Writer);
    }

    internal PipeReader Input { get; }

    internal PipeWriter Output => _output;

    /// <summary>Whether it has ended, and why.</summary>
    internal LinkEnd End { get; }

    internal abstract long SentBytes { get; }

    internal abstract long ReceivedBytes { get; }

    /// <summary>Commands that were given to send bytes; none where data goes without.</summary>
    internal virtual long Sends => 0;

    /// <inheritdoc cref="ModemTcpConnection.AwaitsAnswer" />
    internal virtual Func<bool>? AwaitsAnswer { get; set; }

    /// <summary>Who takes the bytes that come from the line.</summary>
    internal abstract IReceivedBytes Received { get; }

    /// <summary>What is to be sent.</summary>
    protected PipeReader Outbound { get; }

    /// <summary>Where received bytes go.</summary>
    protected PipeWriter Inbound { get; }

    /// <summary>Asks for what the peer has acknowledged.</summary>
    internal abstract ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken);

    /// <summary>Sends the rest and closes.</summary>
    internal abstract ValueTask CloseAsync();

    /// <summary>An unsolicited result code of this link. Called in the read loop: returns at once.</summary>
    internal abstract void OnUrc(in Urc urc);

    /// <summary>The link has ended: sender and receiver stop, and readers learn of it.</summary>
    protected abstract void OnEnded();

    private void Stop()
    {
        _output.CancelPendingFlush();
        OnEnded();
    }
}
