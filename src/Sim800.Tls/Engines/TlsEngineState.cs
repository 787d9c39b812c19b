namespace Sim800.Tls.Engines;

/// <summary>Where an engine is in the life of its connection.</summary>
internal enum TlsEngineState
{
    /// <summary>Not started, or the handshake is under way.</summary>
    Handshaking,

    /// <summary>Application data flows both ways.</summary>
    Open,

    /// <summary>The server sent close_notify: nothing more comes, and nothing may be sent (RFC 5246 §7.2.1).</summary>
    ClosedByServer,

    /// <summary>This side sent close_notify.</summary>
    ClosedByClient,

    /// <summary>A violation or a fatal alert: nothing works any more.</summary>
    Failed,
}
