using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Sim800.Cli.Monitor;

/// <summary>Shows a session that another process has, for as long as that lasts.</summary>
internal sealed class AttachedMonitor(SharedSession session, MonitorOutput output, TimeProvider clock)
{
    /// <summary>A session says something every second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">The session cannot be watched, or what is there is none.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await ConnectAsync(socket, cancellationToken).ConfigureAwait(false);
        using var stream = new NetworkStream(socket);
        var lines = PipeReader.Create(stream);
        var snapshot = await NextAsync(lines, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"{session} has hung up at once: it ends, or is watched by as many as it takes.");
        var display = new MonitorDisplay(output);
        await display.EnterAsync().ConfigureAwait(false);
        try
        {
            for (var next = snapshot; next is not null; next = await NextAsync(lines, cancellationToken).ConfigureAwait(false))
            {
                await display.ShowAsync(next).ConfigureAwait(false);
            }
        }
        finally
        {
            await display.LeaveAsync().ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(SharedSessions.EndPoint(session.Path), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw e.SocketErrorCode is SocketError.AccessDenied
                ? new IOException($"{session} belongs to another user: run this as that user.", e)
                : new IOException($"No session listens at '{session.Path}': {e.Message}.", e);
        }

        if (!PeerUser.IsOwn(socket))
        {
            throw new IOException($"{session} belongs to another user: run this as that user.");
        }
    }

    /// <returns><c>null</c> when the session has ended.</returns>
    private async Task<MonitorSnapshot?> NextAsync(PipeReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(lines, cancellationToken).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new IOException($"{session} says nothing any more: its process hangs or is stopped.", e);
        }
        catch (FormatException e)
        {
            throw new IOException($"What listens at '{session.Path}' is no session of this version of sim800.", e);
        }
    }

    private static async Task<MonitorSnapshot?> ReadAsync(PipeReader lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = result.Buffer.Slice(0, end).ToArray();
                lines.AdvanceTo(result.Buffer.GetPosition(1, end));
                return SharedSnapshot.Read(line);
            }

            lines.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }

            if (result.Buffer.Length > SharedSnapshot.LongestLine)
            {
                throw new FormatException("No session writes a line as long.");
            }
        }
    }
}
