using Sim800.Modem;
using Sim800.Tls;

namespace StreamDoor;

/// <summary>
/// The door for other libraries: TLS through the modem as one Stream. MQTTnet from 5.2 on takes a Stream from a provider of
/// yours; have that provider call <see cref="OpenAsync"/> and dispose the returned connection when the client has disconnected.
/// </summary>
public static class ModemDoor
{
    /// <summary>Opens TCP through the modem and TLS over it.</summary>
    /// <returns>The connection; its <see cref="TlsConnection.AsStream"/> is what the other library gets.</returns>
    public static async Task<TlsConnection> OpenAsync(
        Sim800Modem modem, string host, int port, TlsTrust? trust = null, CancellationToken cancellationToken = default)
    {
        var connection = await modem.ConnectTcpAsync(host, port, cancellationToken);
        try
        {
            var options = new TlsClientOptions { ServerName = host, Port = port, Trust = trust ?? TlsTrust.System };
            return await TlsConnection.ConnectAsync(connection, options, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync(); // a failed handshake leaves the connection to its opener
            throw;
        }
    }
}
