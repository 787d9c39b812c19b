namespace Sim800.Modem.Links;

/// <summary>Turns what the modem said, or what was thrown on the way to it, into the one reason of a link's end.</summary>
internal static class LinkFailure
{
    internal static TcpLinkException OfSend(string final) => new(
        final.EndsWith("CLOSED", StringComparison.Ordinal) ? TcpLinkReason.ClosedByPeer
        : final.StartsWith("+PDP", StringComparison.Ordinal) ? TcpLinkReason.ContextDeactivated
        : TcpLinkReason.SendFailed,
        final);

    internal static TcpLinkException Of(Exception reason) => reason switch
    {
        TcpLinkException link => link,
        AtTimeoutException => new TcpLinkException(TcpLinkReason.NoAnswer, inner: reason),
        _ => new TcpLinkException(TcpLinkReason.LineClosed, inner: reason),
    };
}
