namespace Sim800.Modem.Dialects;

/// <summary>In what the modems of the family differ.</summary>
/// <param name="Name">What they are called in a sentence.</param>
/// <param name="HasNameServers">Whether name servers can be set (<c>AT+CDNSCFG</c>).</param>
/// <param name="SleepsWhenIdle">Whether the modem can sleep while its line is idle.</param>
/// <param name="HasPayloadEcho">Whether late firmware repeats payloads until told not to (<c>AT+CIPCFG</c>).</param>
/// <param name="HasKeepAlive">Whether TCP can be told to look after idle links (<c>AT+CTCPKA</c>).</param>
internal sealed record SimcomLteTraits(string Name, bool HasNameServers, bool SleepsWhenIdle, bool HasPayloadEcho, bool HasKeepAlive)
{
    internal static SimcomLteTraits A76xx { get; } = new("an A76xx", HasNameServers: true, SleepsWhenIdle: true, HasPayloadEcho: true, HasKeepAlive: true);

    internal static SimcomLteTraits Sim7600 { get; } =
        new("a SIM7600", HasNameServers: false, SleepsWhenIdle: false, HasPayloadEcho: false, HasKeepAlive: false);

    /// <summary>The family was forced, and the modem is not asked which of them it is: what only some of them know is tried.</summary>
    internal static SimcomLteTraits Unknown { get; } = A76xx with { Name = "this family" };
}
