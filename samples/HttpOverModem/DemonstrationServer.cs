using System.IO.Pipelines;
using System.Text;
using Sim800.Simulator;

namespace HttpOverModem;

/// <summary>A web server with one page, behind a virtual modem. For the demonstration only.</summary>
internal static class DemonstrationServer
{
    internal const string Address = "http://weather.test/";

    private const string Page = "21.5 degrees, and this page came over AT+CIPSEND and AT+CIPRXGET.\n";

    internal static VirtualModemOptions Options { get; } = new()
    {
        RoundTripTime = TimeSpan.FromMilliseconds(600),
        Network = new InMemoryNetwork().Serve("weather.test", 80, ServeAsync),
    };

    private static async Task ServeAsync(IDuplexPipe client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var request = await client.Input.ReadAsync(cancellationToken);
            var isComplete = Encoding.ASCII.GetString(request.Buffer).Contains("\r\n\r\n", StringComparison.Ordinal);
            client.Input.AdvanceTo(isComplete ? request.Buffer.End : request.Buffer.Start, request.Buffer.End);
            if (isComplete)
            {
                var answer = $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Page.Length}\r\n\r\n{Page}";
                await client.Output.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
            }
            else if (request.IsCompleted)
            {
                return;
            }
        }
    }
}
