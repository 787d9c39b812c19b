namespace Sim800.Simulator.Ip;

/// <summary>The states AT+CIPSTATUS reports (SIM800 manual 8.2.12).</summary>
internal enum GprsState
{
    Initial,
    Start,
    Config,
    GprsAct,
    Status,
    TcpConnecting,
    ServerListening,
    ConnectOk,
    TcpClosing,
    TcpClosed,
    PdpDeact,
}
