using System.Net;
using Microsoft.Extensions.Logging;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Network;

namespace Sim800.Simulator;

/// <summary>
/// Runs a <see cref="ModemEngine"/>: tells it the time, the host's bytes and what the network says, and carries out
/// what it wants. Decides nothing.
/// </summary>
internal sealed class ModemShell : INetworkEvents, IAsyncDisposable
{
    /// <summary>More than this on the wire makes the host wait, as a serial driver's buffer would.</summary>
    private const int MostOnTheWire = 4096;

    private readonly Lock _gate = new();
    private readonly VirtualModemOptions _options;
    private readonly IHostPort _port;
    private readonly ModemEngine _engine;
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private readonly ILogger _logger;
    private readonly Dictionary<long, INetworkConnection> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(0);
    private TimeSpan? _armedFor;
    private bool _isWaitingForRoom;
    private bool _isDisposed;

    internal ModemShell(VirtualModemOptions options, IHostPort port)
    {
        VirtualModemOptions.Validate(options);
        (_options, _port) = (options, port);
        _logger = options.LoggerFactory.CreateLogger<VirtualModem>();
        _startedAt = options.TimeProvider.GetTimestamp();
        _engine = new ModemEngine(options, options.TimeProvider.GetUtcNow()) { CommandSeen = line => _logger.Command(Redaction.Of(line)) };
        _timer = options.TimeProvider.CreateTimer(_ => Step(_ => _armedFor = null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Stopping = _stopping.Token;
        Step(static _ => { });
        port.Start(this);
    }

    internal CancellationToken Stopping { get; }

    public async ValueTask DisposeAsync()
    {
        INetworkConnection[] connections;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            connections = [.. _connections.Values];
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        _room.Release();
        foreach (var connection in connections)
        {
            connection.Abort();
        }

        await _port.DisposeAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(connections.Select(DisposeAfterwardsAsync)).ConfigureAwait(false);
        _stopping.Dispose();
        _room.Dispose();
    }

    public void Opened(long connection) => Step(engine => engine.Ip.Connector.Opened(connection));

    public void Refused(long connection) => Step(engine => engine.Ip.Connector.Refused(connection));

    public void Received(long connection, byte[] bytes) => Step(engine => engine.Ip.Receiver.Received(connection, bytes));

    public void Sent(long connection, int bytes) => Step(engine => engine.Ip.Sender.Acknowledged(connection, bytes));

    public void Ended(long connection) => Step(engine => engine.Ip.Connector.Ended(connection));

    /// <summary>Something has happened now, or only the time has passed.</summary>
    internal void Step(Action<ModemEngine> happened)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = _options.TimeProvider.GetElapsedTime(_startedAt);
            _engine.Rate.Host = _port.HostRate ?? _engine.Rate.Host;
            _engine.AdvanceTo(now);
            happened(_engine);
            _engine.AdvanceTo(now);
            while (_engine.Actions.TryDequeue(out var action))
            {
                CarryOut(action);
            }

            Plug();
            Deliver();
            Arm(now);
        }
    }

    internal T Look<T>(Func<ModemEngine, T> look)
    {
        lock (_gate)
        {
            return look(_engine);
        }
    }

    internal void Offer(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        _options.Recorder?.Host(copy);
        Step(engine => engine.Serial.Offer(copy));
    }

    internal async ValueTask OfferAsync(ReadOnlyMemory<byte> bytes)
    {
        Offer(bytes.Span);
        if (MustWait())
        {
            await _room.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Blocks until the line has room.</summary>
    internal void AwaitRoom()
    {
        if (MustWait())
        {
            _room.Wait(CancellationToken.None);
        }
    }

    private bool MustWait()
    {
        lock (_gate)
        {
            return _isWaitingForRoom = !_isDisposed && _engine.Serial.Backlog > MostOnTheWire;
        }
    }

    private void CarryOut(NetworkAction action)
    {
        switch (action)
        {
            case NetworkAction.Resolve query:
                _ = ResolveAsync(query);
                break;
            case NetworkAction.Open open:
                INetworkConnection connection = open.IsDatagram
                    ? new DatagramConnection(open.Connection, this)
                    : new NetworkConnection(open.Connection, this);
                _connections.Add(open.Connection, connection);
                _logger.Connecting(open.Host, open.Port);
                connection.Start(_options.Network, open.Host, open.Port, HoldForSockets());
                break;
            case NetworkAction.Send send when _connections.TryGetValue(send.Connection, out var to):
                to.Send(send.Bytes);
                break;
            case NetworkAction.Grant grant when _connections.TryGetValue(grant.Connection, out var from):
                from.Grant(grant.Bytes);
                break;
            case NetworkAction.Close close when _connections.Remove(close.Connection, out var closing):
                closing.Close();
                _ = DisposeAfterwardsAsync(closing);
                break;
            default:
                break;
        }
    }

    private static async Task DisposeAfterwardsAsync(INetworkConnection connection)
    {
        await connection.Running.ConfigureAwait(false);
        connection.Dispose();
    }

    /// <summary>A virtual clock does not see the system's sockets: without this it would have run out every time-out by the time they answer.</summary>
    private IDisposable? HoldForSockets() => _options is { Network: SocketNetwork, TimeProvider: VirtualClock clock } ? clock.Hold() : null;

    private async Task ResolveAsync(NetworkAction.Resolve query)
    {
        using var hold = HoldForSockets();
        IPAddress? address = null;
        try
        {
            address = await _options.Network.ResolveAsync(query.Host, Stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            _logger.NameServerFailed(e);
        }

        Step(engine => engine.Ip.Connector.Resolved(query.Query, address));
    }

    /// <summary>A device that cannot come back now is tried again at the next step.</summary>
    private void Plug()
    {
        try
        {
            _port.IsPlugged = _engine.IsPlugged;
        }
        catch (PseudoTerminalException e)
        {
            _logger.DeviceStaysAway(e);
        }
    }

    private void Deliver()
    {
        var bytes = _engine.Serial.ToHost.WrittenSpan;
        if (!bytes.IsEmpty && !(_port.IsFull && _engine.Profile.FlowControl.HoldModem == 2))
        {
            _options.Recorder?.Modem(bytes);
            _engine.Counters.HostOverrunBytes += _port.Deliver(bytes);
            _engine.Serial.ToHost.ResetWrittenCount();
        }

        if (_isWaitingForRoom && _engine.Serial.Backlog <= MostOnTheWire)
        {
            _isWaitingForRoom = false;
            _room.Release();
        }
    }

    private void Arm(TimeSpan now)
    {
        if (_engine.NextDue is not { } due || due == _armedFor)
        {
            return;
        }

        _armedFor = due;

        var wait = due > now ? due - now : TimeSpan.Zero;

        // The system's timers count whole milliseconds and would fire early otherwise.
        var whole = ReferenceEquals(_options.TimeProvider, TimeProvider.System)
            ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds))
            : wait;
        _timer.Change(whole, Timeout.InfiniteTimeSpan);
    }
}
