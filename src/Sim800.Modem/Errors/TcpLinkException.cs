namespace Sim800.Modem;

/// <summary>An open TCP connection was lost.</summary>
public sealed class TcpLinkException : ModemException
{
    internal TcpLinkException(TcpLinkReason reason, string? answer = null, Exception? inner = null)
        : base(Sim800Stage.Tcp, What(reason), RemedyFor(reason), inner)
    {
        Reason = reason;
        Answer = answer;
        IsTransient = true;
    }

    /// <summary>The modem refused to send.</summary>
    internal TcpLinkException(Explanation refusal, string answer)
        : base(Sim800Stage.Tcp, refusal.What, refusal.Remedy)
    {
        Reason = TcpLinkReason.SendFailed;
        Answer = answer;
        IsTransient = true;
    }

    /// <summary>Why.</summary>
    public TcpLinkReason Reason { get; }

    private static string What(TcpLinkReason reason) => reason switch
    {
        TcpLinkReason.SendFailed => "The modem could not send on the connection.",
        TcpLinkReason.ClosedByPeer => "The peer closed the connection.",
        TcpLinkReason.ContextDeactivated => "The network took the data connection away (+PDP: DEACT).",
        TcpLinkReason.ModemRestarted => "The modem restarted or switched off.",
        TcpLinkReason.ModemKeepsRestarting => Explanations.RepeatedRestarts.What,
        TcpLinkReason.BytesLost => "Bytes were lost on the serial line.",
        TcpLinkReason.Unacknowledged => "The peer has acknowledged nothing for minutes.",
        TcpLinkReason.NoAnswer => "The modem did not answer.",
        TcpLinkReason.Vanished => "The modem no longer knows the connection.",
        TcpLinkReason.ReaderTooSlow => "Pushed data came faster than it was read.",
        TcpLinkReason.Disposed => "The connection was disposed.",
        _ => "The serial line is dead.",
    };

    private static ModemRemedy RemedyFor(TcpLinkReason reason) => reason switch
    {
        TcpLinkReason.ModemRestarted => ModemRemedy.WatchSupply,
        TcpLinkReason.ModemKeepsRestarting => Explanations.RepeatedRestarts.Remedy,
        TcpLinkReason.BytesLost => ModemRemedy.LowerBaudRate,
        TcpLinkReason.ReaderTooSlow => ModemRemedy.ReadFaster,
        TcpLinkReason.LineClosed => ModemRemedy.OpenAgain,
        TcpLinkReason.Disposed => ModemRemedy.KeepConnection,
        _ => ModemRemedy.ConnectAgain,
    };
}
