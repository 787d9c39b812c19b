using Sim800.Tls.Engines;
using Sim800.Tls.Records;

namespace Sim800.Tls.Handshake;

/// <summary>What a completed handshake leaves behind.</summary>
internal sealed record HandshakeOutcome(NegotiatedParameters Negotiated, RecordKeys Keys, TlsSession? Session);
