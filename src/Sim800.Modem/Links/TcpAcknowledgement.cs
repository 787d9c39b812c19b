using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>What the peer has acknowledged, counted in bytes since the connection was opened (<c>AT+CIPACK</c>).</summary>
/// <param name="Sent">Bytes that the modem has sent.</param>
/// <param name="Acknowledged">Bytes that the peer's TCP has acknowledged.</param>
/// <param name="Unacknowledged">Bytes that are still on their way. A count that stays above zero means that the connection is dead.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TcpAcknowledgement(long Sent, long Acknowledged, long Unacknowledged);
