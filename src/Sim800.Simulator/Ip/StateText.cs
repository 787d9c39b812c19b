namespace Sim800.Simulator.Ip;

/// <summary>The states exactly as the modem prints them.</summary>
internal static class StateText
{
    internal static string Of(IpState state) => state switch
    {
        IpState.Initial => "IP INITIAL",
        IpState.Start => "IP START",
        IpState.Config => "IP CONFIG",
        IpState.GprsAct => "IP GPRSACT",
        IpState.Status => "IP STATUS",
        IpState.TcpConnecting => "TCP CONNECTING",
        IpState.ConnectOk => "CONNECT OK",
        IpState.TcpClosing => "TCP CLOSING",
        IpState.TcpClosed => "TCP CLOSED",
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
