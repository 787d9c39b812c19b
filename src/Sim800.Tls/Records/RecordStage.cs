namespace Sim800.Tls.Records;

/// <summary>What is known about the other side when a record's header comes.</summary>
internal enum RecordStage
{
    /// <summary>Nothing: it may not speak TLS at all.</summary>
    First,

    /// <summary>It speaks TLS; the version is not settled, and an old server may refuse us in its own.</summary>
    Handshake,

    /// <summary>The version is fixed (RFC 5246 §6.2.1, RFC 8446 §5.1).</summary>
    Open,
}
