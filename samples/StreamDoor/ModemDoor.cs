using Sim800.Modem;
using Sim800.Tls;

namespace StreamDoor;

/// <summary>
/// The door for other libraries: TLS through the modem as one Stream. MQTTnet from 5.2 on takes a Stream from a provider of
/// yours; have that provider call <see cref="OpenAsync"/>, and leave MQTTnet's own TLS off.
/// </summary>
public static class ModemDoor
{
    /// <summary>Opens TCP through the modem and TLS over it.</summary>
    /// <returns>A stream for the other library; when that disposes it, both connections are closed.</returns>
    public static async Task<Stream> OpenAsync(
        CellularModem modem, string host, int port, TlsTrust? trust = null, CancellationToken cancellationToken = default)
    {
        var connection = await modem.ConnectTcpAsync(host, port, cancellationToken);
        try
        {
            var options = new TlsClientOptions { ServerName = host, Port = port, Trust = trust ?? TlsTrust.System };
            var secured = await TlsConnection.ConnectAsync(connection, options, cancellationToken);
            return secured.AsStream();
        }
        catch
        {
            await connection.DisposeAsync(); // a failed handshake leaves the connection to its opener
            throw;
        }
    }
}
