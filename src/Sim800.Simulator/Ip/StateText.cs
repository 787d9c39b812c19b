namespace Sim800.Simulator.Ip;

/// <summary>The states exactly as the modem prints them.</summary>
internal static class StateText
{
    internal static string Of(IpState state, string protocol) => state switch
    {
        IpState.Initial => "IP INITIAL",
        IpState.Start => "IP START",
        IpState.Config => "IP CONFIG",
        IpState.GprsAct => "IP GPRSACT",
        IpState.Status => "IP STATUS",
        IpState.TcpConnecting => protocol + " CONNECTING",
        IpState.ServerListening => "SERVER LISTENING",
        IpState.ConnectOk => "CONNECT OK",
        IpState.TcpClosing => protocol + " CLOSING",
        IpState.TcpClosed => protocol + " CLOSED",
        _ => "PDP DEACT",
    };

    internal static string Of(LinkState state) => state switch
    {
        LinkState.Initial => "INITIAL",
        LinkState.Connecting => "CONNECTING",
        LinkState.Connected => "CONNECTED",
        LinkState.RemoteClosing => "REMOTE CLOSING",
        LinkState.Closing => "CLOSING",
        _ => "CLOSED",
    };
}
