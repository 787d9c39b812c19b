using Sim800.Modem;

namespace HttpOverModem;

/// <summary>The door from HttpClient to the modem.</summary>
public static class ModemHttp
{
    /// <summary>A client whose connections are the modem's. For https, HttpClient speaks TLS over them itself.</summary>
    /// <param name="modem">An open modem; it is not disposed with the client.</param>
    public static HttpClient CreateClient(CellularModem modem)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var connection = await modem.ConnectTcpAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return connection.AsStream();
            },
            MaxConnectionsPerServer = 2, // the modem has six connections in all
            UseProxy = false,
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(3) };
    }
}
