namespace Sim800.Simulator.Broker;

/// <summary>How a connection to the broker ended.</summary>
internal enum ConnectionEnd
{
    Closed,
    Lost,
    TimedOut,
    ProtocolError,
}
