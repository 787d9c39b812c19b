using System.Net;
using System.Net.Sockets;

namespace TestKit;

/// <summary>
/// Ports of this machine for servers of a test. They lie below those that the system gives out by itself, so that no connection of
/// another test takes one before the server does, and none is given twice in a process.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Processes that begin one after another begin far from each other.
    private static int s_last = Environment.ProcessId * 211 % Count;

    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref s_last) & int.MaxValue) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
