namespace Sim800.Simulator.Machine;

/// <summary>What the machine wants done in the network outside. <c>Connection</c> tells attempts apart.</summary>
internal abstract record NetworkAction
{
    internal sealed record Resolve(long Query, string Host) : NetworkAction;

    internal sealed record Open(long Connection, string Host, int Port, bool IsDatagram = false) : NetworkAction;

    internal sealed record Send(long Connection, byte[] Bytes) : NetworkAction;

    /// <summary>The peer may send this many bytes more: the TCP window.</summary>
    internal sealed record Grant(long Connection, int Bytes) : NetworkAction;

    internal sealed record Close(long Connection) : NetworkAction;
}
