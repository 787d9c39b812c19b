using System.Net.Sockets;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>Waits until somebody listens on a port of this machine.</summary>
internal static class ListenerProbe
{
    internal static async Task WaitAsync(int port, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            try
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync("127.0.0.1", port, deadline.Token);
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // Not up yet: the timer below decides when to look again.
            }
        }
        while (await timer.WaitForNextTickAsync(deadline.Token));
    }
}
