namespace Sim800.Benchmarks.Handshake;

/// <summary>A TLS client that is measured. It works on the thread of its caller alone.</summary>
internal interface IClient
{
    string Name { get; }

    /// <summary>Whether it can make such a handshake at all.</summary>
    bool Supports(HandshakeKind kind);

    /// <summary>Before a handshake, and not measured.</summary>
    void Prepare()
    {
        // Most have nothing to prepare.
    }

    /// <summary>The handshake, one message, and its echo.</summary>
    /// <returns>The connection.</returns>
    IConnected Connect(LineEnd line, ReadOnlyMemory<byte> message);
}

/// <summary>Connected and idle.</summary>
internal interface IConnected
{
    /// <summary>Starts the read that a client without traffic waits in. The line must be idle.</summary>
    void StartRead();

    void Close();
}
