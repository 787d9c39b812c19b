using System.Net;
using MQTTnet;
using MQTTnet.Channel;
using Sim800.Modem;
using Sim800.Tls;

namespace Architecture.Tests.Pages;

/// <summary>The code of docs/streams.md, so that the compiler reads it. It is not run.</summary>
internal static class StreamsPageSnippets
{
    internal static void OverHttp(CellularModem modem)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
                (await modem.ConnectTcpAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken)).AsStream(),
            MaxConnectionsPerServer = 2,        // the modem has six connections in all
            UseProxy = false,
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(3) };
    }

    internal static MqttClientOptions OverMqttNet(CellularModem modem)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("xyz.s2.eu.hivemq.cloud", 8883)
            .WithStreamProvider(new ModemStreamProvider(modem))
            .Build();
        return options;
    }

    internal sealed class ModemStreamProvider(CellularModem modem) : IMqttClientStreamProvider // in MQTTnet.Channel
    {
        public async Task<Stream> ConnectAsync(EndPoint broker, CancellationToken cancellationToken)
        {
            var (host, port) = broker is DnsEndPoint name ? (name.Host, name.Port) : throw new NotSupportedException("Give the broker by name.");
            var connection = await modem.ConnectTcpAsync(host, port, cancellationToken);
            try
            {
                var options = new TlsClientOptions { ServerName = host, Port = port };
                return (await TlsConnection.ConnectAsync(connection, options, cancellationToken)).AsStream();
            }
            catch
            {
                await connection.DisposeAsync();        // a failed handshake leaves the connection to its opener
                throw;
            }
        }
    }
}
