namespace Sim800.Modem.Links;

/// <summary>
/// Whether a link has ended, and why: the one place that knows. Whoever finds a reason gives it here; the first one wins, and every side
/// of the link is told once. Thread-safe.
/// </summary>
/// <param name="onEnded">Called by whoever gave the winning reason, once, when <see cref="Reason"/> is set. May be called in the read loop: returns at once.</param>
internal sealed class LinkEnd(Action onEnded)
{
    private TcpLinkException? _reason;
    private TcpLinkException? _tail;
    private int _isClosing;

    /// <summary>Why the link has ended; <c>null</c> while it has not.</summary>
    internal TcpLinkException? Reason => Volatile.Read(ref _reason);

    internal bool HasEnded => Reason is not null;

    /// <summary>Whether the link may be used: it has not ended, and nobody has begun to close it.</summary>
    internal bool IsOpen => !HasEnded && Volatile.Read(ref _isClosing) == 0;

    /// <summary>The reason when it was a failure; <c>null</c> while there is none, and after a close by either side.</summary>
    internal TcpLinkException? Failure =>
        Reason is { Reason: not (TcpLinkReason.ClosedByPeer or TcpLinkReason.Disposed) } failure ? failure : null;

    /// <summary>What a reader gets behind the last byte; <c>null</c> when that is the regular end of the stream, the peer's close.</summary>
    internal TcpLinkException? OfReader =>
        Reason is { Reason: not TcpLinkReason.ClosedByPeer } reason ? reason : Volatile.Read(ref _tail);

    /// <summary>Whether the modem may still hold received bytes after this end, and gives them away when asked.</summary>
    internal bool LeavesReceivedBytes => Reason is { Reason: TcpLinkReason.ClosedByPeer or TcpLinkReason.SendFailed };

    /// <summary>Whether the modem may still hold the link open after this end, so that it has to be closed there.</summary>
    internal bool LeavesLinkOpen => Reason is
    {
        Reason: not (TcpLinkReason.ClosedByPeer or TcpLinkReason.ContextDeactivated or TcpLinkReason.ModemRestarted
            or TcpLinkReason.ModemKeepsRestarting or TcpLinkReason.Vanished or TcpLinkReason.LineClosed)
    };

    /// <summary>Ends the link for this reason, unless it has ended already.</summary>
    internal void TryEnd(TcpLinkException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            onEnded();
        }
    }

    /// <summary>
    /// Reading has ended for this reason. Where the peer has closed before, what it had sent last is not whole, and the reader must not take
    /// that for the regular end.
    /// </summary>
    internal void EndReading(TcpLinkException reason)
    {
        Volatile.Write(ref _tail, reason);
        TryEnd(reason);
    }

    internal void ThrowIfEnded()
    {
        if (Reason is { } reason)
        {
            throw reason;
        }
    }

    /// <returns>Whether the caller is the one who closes the link: the first.</returns>
    internal bool TryBeginClose() => Interlocked.Exchange(ref _isClosing, 1) == 0;
}
