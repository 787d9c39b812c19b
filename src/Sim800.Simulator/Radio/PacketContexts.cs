using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Radio;

/// <summary>
/// The contexts of AT+CGDCONT and AT+CGACT. The one AT+CIICR brings up is another, which the modem shows as the first.
/// Definitions survive a reboot (AUTO_SAVE).
/// </summary>
internal sealed class PacketContexts(ModemEngine modem)
{
    internal const int Count = 3;

    /// <summary>What AT+CGACT=1 says when the network does not know the access point.</summary>
    private const int NotSubscribed = 133;

    private readonly string?[] _accessPoints = new string?[Count];
    private readonly bool[] _isActive = new bool[Count];

    /// <summary>Those AT+CGDCONT has defined; the first is there from the beginning.</summary>
    internal IEnumerable<(int Id, string AccessPoint)> Defined => Enumerable.Range(1, Count)
        .Select(id => (id, AccessPoint: _accessPoints[id - 1] ?? (id == 1 ? modem.Ip.Settings.AccessPoint.Apn : null)))
        .Where(context => context.AccessPoint is not null)
        .Select(context => (context.id, context.AccessPoint!));

    internal bool IsActive(int id) => _isActive[id - 1] || (id == 1 && modem.Ip.IsContextUp);

    internal string AddressOf(int id) => IsActive(id) ? modem.Ip.IsContextUp && id == 1 ? modem.Ip.Address : $"10.0.109.{100 + id}" : "0.0.0.0";

    internal void Define(int id, string? accessPoint) => _accessPoints[id - 1] = accessPoint;

    internal CommandOutcome Activate(int id)
    {
        if (modem.Radio.Attach() is { Kind: not CommandOutcomeKind.Ok } refusal)
        {
            return refusal;
        }

        // Without a name the network takes the one of the subscription.
        if (_accessPoints[id - 1] is { Length: > 0 } accessPoint && !modem.Radio.AcceptsAccessPoint(accessPoint))
        {
            return CommandOutcome.Cme(NotSubscribed);
        }

        _isActive[id - 1] = true;
        return CommandOutcome.Ok;
    }

    internal void Deactivate(int id) => _isActive[id - 1] = false;

    internal void DeactivateAll() => Array.Clear(_isActive);
}
