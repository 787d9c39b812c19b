using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>The time for judging certificates on a host without a clock: what the modem knows, cheapest first.</summary>
internal static class ModemTime
{
    /// <summary>The system clock if it is set; else the network's word, the modem's clock, and NTP, which costs a round trip.</summary>
    internal static TlsTrustedTime For(TimeProvider clock, Func<CellularModem?> modem) => new(
        clock,
        [
            new TlsTrustedTimeSource("the mobile network", _ => new(modem()?.Clock.NetworkTime?.Time)),
            new TlsTrustedTimeSource("the modem's clock", async cancellationToken =>
                modem() is { } open ? await open.Clock.ReadAsync(cancellationToken).ConfigureAwait(false) : null),
            new TlsTrustedTimeSource("NTP by the modem", async cancellationToken =>
                modem() is { } open ? await open.Clock.SynchroniseAsync(cancellationToken: cancellationToken).ConfigureAwait(false) : null),
        ]);
}
