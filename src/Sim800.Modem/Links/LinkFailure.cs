using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>Turns what the modem said, or what was thrown on the way to it, into the one reason of a link's end.</summary>
internal static class LinkFailure
{
    /// <param name="final">The line that ended CIPSEND: its own result, or an unsolicited one that interrupted it.</param>
    internal static TcpLinkException OfSend(string final) => new(
        UrcTable.Read(Encoding.Latin1.GetBytes(final)).Kind switch
        {
            UrcKind.Closed => TcpLinkReason.ClosedByPeer,
            UrcKind.PdpDeactivated => TcpLinkReason.ContextDeactivated,
            UrcKind.Started or UrcKind.PowerDown or UrcKind.VoltagePowerDown => TcpLinkReason.ModemRestarted,
            _ => TcpLinkReason.SendFailed,
        },
        final)
    {
        Command = "AT+CIPSEND",
    };

    internal static TcpLinkException Of(Exception reason) => reason switch
    {
        TcpLinkException link => link,
        AtTimeoutException => new TcpLinkException(TcpLinkReason.NoAnswer, inner: reason),
        _ => new TcpLinkException(TcpLinkReason.LineClosed, inner: reason),
    };
}
