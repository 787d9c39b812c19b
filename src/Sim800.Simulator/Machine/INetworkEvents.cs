namespace Sim800.Simulator.Machine;

/// <summary>What the network outside tells the machine.</summary>
internal interface INetworkEvents
{
    void Opened(long connection);

    void Refused(long connection);

    void Received(long connection, byte[] bytes);

    /// <summary>The peer has taken so many of the bytes sent.</summary>
    void Sent(long connection, int bytes);

    void Ended(long connection);
}
