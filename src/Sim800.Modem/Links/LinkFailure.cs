using System.Globalization;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>Turns what the modem said, or what was thrown on the way to it, into the one reason of a link's end.</summary>
internal static class LinkFailure
{
    /// <summary>A send that ended with a failure of its own, with a refusal, or with an unsolicited line that interrupted it.</summary>
    internal static TcpLinkException OfSend(in AtResponse response, int length, LinkCommands commands)
    {
        var command = string.Create(CultureInfo.InvariantCulture, $"{commands.Send.Text}{length}");
        if (commands.ReadRefusal(response) is { } refusal)
        {
            return new TcpLinkException(refusal.Reason, refusal.Answer) { Command = command };
        }

        if (AtResult.IsError(Encoding.Latin1.GetBytes(response.Final)))
        {
            return new TcpLinkException(Explanations.Of(new ModemFailure(Sim800Stage.Tcp, commands.Send, response)), response.Final) { Command = command };
        }

        var reason = response.Kind switch
        {
            UrcKind.Closed => TcpLinkReason.ClosedByPeer,
            UrcKind.PdpDeactivated => TcpLinkReason.ContextDeactivated,
            UrcKind.Started or UrcKind.PowerDown or UrcKind.VoltagePowerDown => TcpLinkReason.ModemRestarted,
            _ => TcpLinkReason.SendFailed,
        };
        return new TcpLinkException(reason, response.Final) { Command = command };
    }

    internal static TcpLinkException Of(Exception reason) => reason switch
    {
        TcpLinkException link => link,
        AtTimeoutException => new TcpLinkException(TcpLinkReason.NoAnswer, inner: reason),
        _ => new TcpLinkException(TcpLinkReason.LineClosed, inner: reason),
    };
}
