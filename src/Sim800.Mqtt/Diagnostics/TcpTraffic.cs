using System.Runtime.InteropServices;
using Sim800.Modem;

namespace Sim800.Mqtt.Composition;

/// <summary>What the modem has carried over all TCP connections of a client, attempts that failed included.</summary>
internal sealed class TcpTraffic(TimeProvider clock)
{
    private readonly Gate _gate = new();
    private readonly DailyTraffic _day = new();
    private ModemTcpConnection? _open;
    private TcpTotals _before;

    /// <summary>A new connection; the one before it carries nothing more.</summary>
    internal void Open(ModemTcpConnection connection)
    {
        lock (_gate)
        {
            _before = Total();
            _open = connection;
            _day.Observe(clock.GetUtcNow(), _before.Bytes);
        }
    }

    /// <summary>All so far.</summary>
    internal TcpTotals Read()
    {
        lock (_gate)
        {
            var total = Total();
            return total with { Today = _day.Observe(clock.GetUtcNow(), total.Bytes) };
        }
    }

    private TcpTotals Total() => _open is null
        ? _before
        : new TcpTotals(_before.SentBytes + _open.SentBytes, _before.ReceivedBytes + _open.ReceivedBytes, _before.Sends + _open.Sends, 0);
}

/// <summary>What TCP has carried: the bytes of TLS, or of MQTT without it. What IP and TCP add, some 40 bytes a segment, nobody tells.</summary>
/// <param name="SentBytes">Bytes that the modem has taken.</param>
/// <param name="ReceivedBytes">Bytes that came from the server.</param>
/// <param name="Sends">How many <c>AT+CIPSEND</c> it took.</param>
/// <param name="Today">Bytes both ways since midnight UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpTotals(long SentBytes, long ReceivedBytes, long Sends, long Today)
{
    internal long Bytes => SentBytes + ReceivedBytes;
}
