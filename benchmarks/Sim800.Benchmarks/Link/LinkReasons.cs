namespace Sim800.Benchmarks.Link;

/// <summary>Why a row is not at the least: a sentence for each, printed beside those that are far from it, and in docs/performance.md.</summary>
internal static class LinkReasons
{
    internal const string BringUp =
        "Before CIPSTART it asks whether GPRS is attached, shuts what an earlier program may have left, and sends the line of settings twice, as this firmware has no CIPSSL.";

    /// <summary>Exchanges are as few as they can be: what is left are digits.</summary>
    internal const string Digits =
        "The exchanges are the fewest there can be; each is a few characters longer than the shortest, and is written when the answer before it has been read.";

    internal const string Polls =
        "Once a second, between two CIPSENDs, the modem is asked for data whose announcement may have been lost.";

    internal const string LastAnswer =
        "Publishing stops for the acknowledgements that come meanwhile, and the last ones are waited for about a round trip longer than the least.";

    internal const string WindowsInBursts =
        "The modem's window of 32 KB is the limit, not the line: a CIPSEND waits until there is room for all of it, and room comes in bursts.";

    internal const string Gathering =
        "In transparent mode the modem waits 0.2 s for more before it sends what does not fill a packet (AT+CIPCCFG).";

    private const string LateRadio =
        "Behind the radio a piece goes on when all of it has come, up as well as down, so that less overlaps than the limit allows for.";

    /// <summary>What a handshake has more than the least, and buys with it.</summary>
    internal static string? Handshake(LinkSecurity security, bool resumed) => (security, resumed) switch
    {
        (LinkSecurity.Plain, _) => null,
        (LinkSecurity.Tls12, false) =>
            "The hello names more suites, curves and signatures than one, for servers that it does not know, and asks for a ticket, which comes down now and saves a round trip and the certificates next time.",
        (LinkSecurity.Tls12, true) =>
            "The hello can also begin a full handshake, should the server not take the ticket, and a session id of 32 bytes each way tells at once whether it has.",
        (LinkSecurity.Tls13, false) =>
            "The platform's hello offers all that the system has, tickets come down unasked, and the suite is the server's choice, with a longer hash.",
        (LinkSecurity.Tls13, true) =>
            "The platform's hello offers all that the system has, for a server that does not take the ticket, and new tickets come down unasked.",
        _ => "The hello names the server and more curves than one, and each message of the server is a record of its own.",
    };

    /// <summary>The sentence of a stream, by what limits it there.</summary>
    internal static string Stream(LinkConditions conditions, string otherwise) =>
        Radio(conditions) ?? (conditions.RoundTripTime >= TimeSpan.FromSeconds(1) && conditions.BaudRate > 115_200 ? WindowsInBursts : otherwise);

    internal static string? Radio(LinkConditions conditions) => conditions.DownlinkKbps is null ? null : LateRadio;
}
