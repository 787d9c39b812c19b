namespace Sim800.Tls.Pipes;

/// <summary>The one door through which a connection dies: the first reason stays.</summary>
internal sealed class ConnectionFault
{
    private Exception? _reason;

    /// <summary>Why the connection died, or <c>null</c> while it lives.</summary>
    internal Exception? Reason => Volatile.Read(ref _reason);

    internal void Set(Exception reason) => Interlocked.CompareExchange(ref _reason, reason, null);

    /// <exception cref="TlsClosedException">The connection has died; the reason is this or inside.</exception>
    internal void ThrowIfSet()
    {
        if (Reason is { } reason)
        {
            throw reason as TlsClosedException ?? new TlsClosedException(TlsCloseReason.Failed, reason);
        }
    }
}
