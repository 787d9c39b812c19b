namespace Sim800.Simulator;

/// <summary>The host's end of the line: a pipe in memory, or a pseudo-terminal.</summary>
internal interface IHostPort : IAsyncDisposable
{
    /// <summary>The rate the host listens at; <c>null</c> when it has none of its own.</summary>
    int? HostRate { get; }

    /// <summary>The host still has bytes to read and flow control would hold the modem.</summary>
    bool IsFull { get; }

    /// <summary>The host has the device: without it nothing passes in either direction.</summary>
    bool IsPlugged { set; }

    /// <returns>How many bytes were lost because the host did not read.</returns>
    int Deliver(ReadOnlySpan<byte> bytes);

    /// <summary>Begins to hand the host's bytes to the modem.</summary>
    void Start(ModemShell modem);
}
