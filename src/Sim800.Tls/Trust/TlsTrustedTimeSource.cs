namespace Sim800.Tls;

/// <summary>Somebody who knows the time: the modem's network time (AT+CCLK after *PSUTTZ), NTP by the modem (AT+CNTP), a GPS.</summary>
/// <param name="Name">For messages and the log.</param>
/// <param name="Read">Asks, asynchronously; <c>null</c> when it does not know. What it throws counts as not knowing.</param>
public sealed record TlsTrustedTimeSource(string Name, Func<CancellationToken, ValueTask<DateTimeOffset?>> Read);
