namespace Sim800.Simulator.Network;

/// <summary>The shell of one connection to the network outside: carries bytes, reports what happens, decides nothing.</summary>
internal interface INetworkConnection : IDisposable
{
    /// <summary>Ends when everything is closed.</summary>
    Task Running { get; }

    /// <param name="network">Where to open it.</param>
    /// <param name="host">As the modem was told it.</param>
    /// <param name="port">As the modem was told it.</param>
    /// <param name="hold">Disposed once it is known whether the connection is open.</param>
    void Start(IVirtualNetwork network, string host, int port, IDisposable? hold);

    void Send(byte[] bytes);

    /// <summary>The peer may send this many bytes more.</summary>
    void Grant(int bytes);

    /// <summary>Sends what is still queued, then closes.</summary>
    void Close();

    void Abort();
}
