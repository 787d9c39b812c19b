namespace Sim800.Modem.Links;

/// <summary>
/// Judges by the peer's acknowledgements whether a link that the modem reports as connected is alive: a peer that acknowledges nothing for
/// minutes is unreachable. Pure: time is a parameter.
/// </summary>
internal sealed class DeliveryWatch
{
    /// <summary>Longer than any outage that TCP on GPRS gets over.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private long _acknowledged = -1;
    private TimeSpan _since;

    /// <returns>Whether the peer is considered unreachable.</returns>
    internal bool IsDead(in TcpAcknowledgement seen, TimeSpan now)
    {
        if (seen.Unacknowledged <= 0 || seen.Acknowledged != _acknowledged)
        {
            (_acknowledged, _since) = (seen.Acknowledged, now);
            return false;
        }

        return now - _since >= Patience;
    }

    /// <summary>Bytes came from the peer: it is there.</summary>
    internal void OnReceived() => _acknowledged = -1;
}
