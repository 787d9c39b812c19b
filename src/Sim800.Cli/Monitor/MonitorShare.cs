using System.Net.Sockets;
using System.Text;
using Sim800.Files;

namespace Sim800.Cli.Monitor;

/// <summary>Writes how a session goes to every process of the same user that connects to its socket, one object a second; hears nothing.</summary>
internal sealed class MonitorShare : IDisposable
{
    private const int MostReaders = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Who takes nothing for so long is let go.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MonitorFeed _feed;
    private readonly Socket _listener;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private int _readers;

    private MonitorShare(MonitorFeed feed, Socket listener, string path, TimeProvider clock) =>
        (_feed, _listener, _path, _clock) = (feed, listener, path, clock);

    internal bool IsWatched => Volatile.Read(ref _readers) > 0;

    /// <summary>Listens under the name of the device and of this process.</summary>
    /// <exception cref="IOException">Nothing can be listened on.</exception>
    internal static MonitorShare Open(MonitorFeed feed, CliHost host, string device)
    {
        var path = SharedSessions.Claim(host, device);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(SharedSessions.EndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OwnersFile.Mode); // nobody gets through before Listen
            }

            listener.Listen(MostReaders);
            return new MonitorShare(feed, listener, path, host.TimeProvider);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"--share-monitor cannot listen on '{path}': {e.Message}.", e);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_path);
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var telling = new List<Task>();
        try
        {
            while (true)
            {
                telling.RemoveAll(task => task.IsCompleted);
                var reader = await AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (telling.Count < MostReaders && PeerUser.IsOwn(reader))
                {
                    telling.Add(TellAsync(reader, cancellationToken));
                }
                else
                {
                    reader.Dispose();
                }
            }
        }
        finally
        {
            await Task.WhenAll(telling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A process out of descriptors gets some back, and the session is not to suffer meanwhile.</summary>
    private async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                await Task.Delay(Second, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(Socket reader, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readers);
        try
        {
            using var stream = new NetworkStream(reader, ownsSocket: true);
            using var timer = new PeriodicTimer(Second, _clock);
            var pace = new MonitorPace();
            do
            {
                var line = Encoding.UTF8.GetBytes(SharedSnapshot.Write(_feed.Look(pace)) + "\n");
                await stream.WriteAsync(line, cancellationToken).AsTask().WaitAsync(Patience, _clock, cancellationToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return; // it has left, or reads nothing
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }
}
