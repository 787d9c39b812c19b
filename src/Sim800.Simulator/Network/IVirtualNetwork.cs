using System.IO.Pipelines;
using System.Net;

namespace Sim800.Simulator;

/// <summary>The network behind a virtual modem. Distance and speed are the modem's business: see <see cref="VirtualModemOptions.RoundTripTime"/>.</summary>
public interface IVirtualNetwork
{
    /// <summary>What the operator's name server answers.</summary>
    /// <returns>The address, or <c>null</c> when the name is unknown.</returns>
    ValueTask<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a TCP connection. The modem completes its output after the last byte it sends, with an exception when it resets the connection
    /// instead; then what is returned is disposed, if it can be.
    /// </summary>
    /// <exception cref="IOException">Nobody listens there; a <see cref="System.Net.Sockets.SocketException"/> says the same.</exception>
    ValueTask<IDuplexPipe> ConnectAsync(string host, int port, CancellationToken cancellationToken = default);

    /// <summary>Opens an exchange of UDP datagrams. What is returned is disposed when the modem closes it.</summary>
    /// <exception cref="IOException">This network carries no datagrams, as is so unless an implementation says otherwise.</exception>
    ValueTask<IDatagramChannel> OpenDatagramsAsync(string host, int port, CancellationToken cancellationToken = default) =>
        throw new IOException("This network carries no datagrams.");
}
