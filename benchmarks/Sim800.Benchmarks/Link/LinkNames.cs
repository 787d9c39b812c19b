namespace Sim800.Benchmarks.Link;

/// <summary>How the table calls what lies between MQTT and the link, and how many flights it needs.</summary>
internal static class LinkNames
{
    internal static string Of(LinkSecurity security, bool resumed = false) => security switch
    {
        LinkSecurity.Plain => "plain",
        LinkSecurity.Tls12 => "TLS 1.2",
        LinkSecurity.Tls13 => "TLS 1.3",
        _ => "ECDHE-PSK",
    } + (resumed ? " resumed" : string.Empty);

    /// <summary>A broker that gives each packet a record of its own, as mosquitto does.</summary>
    internal static string Broker(bool writesSingly) => writesSingly ? ", a record each" : string.Empty;

    /// <summary>Flights of the client from the first byte to the message, each answered before the next.</summary>
    internal static int Flights(LinkSecurity security, bool resumed) => (security, resumed) switch
    {
        (LinkSecurity.Plain, _) => 1,
        (LinkSecurity.Tls12 or LinkSecurity.EcdhePsk, false) => 3,
        _ => 2,
    };
}
