namespace Sim800.Simulator.Ip;

/// <summary>The states exactly as the modem prints them.</summary>
internal static class StateText
{
    internal static string Of(GprsState state, string protocol) => state switch
    {
        GprsState.Initial => "IP INITIAL",
        GprsState.Start => "IP START",
        GprsState.Config => "IP CONFIG",
        GprsState.GprsAct => "IP GPRSACT",
        GprsState.Status => "IP STATUS",
        GprsState.TcpConnecting => protocol + " CONNECTING",
        GprsState.ServerListening => "SERVER LISTENING",
        GprsState.ConnectOk => "CONNECT OK",
        GprsState.TcpClosing => protocol + " CLOSING",
        GprsState.TcpClosed => protocol + " CLOSED",
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
