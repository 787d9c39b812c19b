namespace Sim800.Simulator;

/// <summary>One end of an exchange of UDP datagrams with one peer.</summary>
public interface IDatagramChannel : IAsyncDisposable
{
    /// <summary>Sends a datagram; whether it arrives is not known.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next datagram.</summary>
    /// <exception cref="OperationCanceledException">There was none before <paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default);
}
