namespace Sim800.Simulator.Ip;

/// <summary>The client states of AT+CIPSTATUS=n.</summary>
internal enum LinkState
{
    Initial,
    Connecting,
    Connected,
    RemoteClosing,
    Closing,
    Closed,
}
