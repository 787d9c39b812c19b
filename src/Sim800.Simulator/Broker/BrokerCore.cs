using Microsoft.Extensions.Logging;
using Sim800.Simulator.Broker.Codec;
using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator.Broker;

/// <summary>What all connections of one broker share, under one lock.</summary>
internal sealed class BrokerCore
{
    private readonly HashSet<BrokerConnection> _open = [];
    private readonly BrokerRules _rules;
    private LoopbackBrokerCounters _counters = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    internal BrokerCore(LoopbackBrokerOptions options)
    {
        Options = options with { OnPublished = message => Count(options.OnPublished, message) };
        Logger = options.LoggerFactory.CreateLogger<LoopbackBroker>();
        Router = new MessageRouter(new SessionLimits(options.MaxInFlight, options.MaxQueued));
        _rules = new BrokerRules(Options);
    }

    internal LoopbackBrokerOptions Options { get; }

    internal ILogger Logger { get; }

#if NET9_0_OR_GREATER
    internal Lock Gate { get; } = new();
#else
    internal object Gate { get; } = new();
#endif

    /// <summary>Use under <see cref="Gate"/> only.</summary>
    internal MessageRouter Router { get; }

    internal LoopbackBrokerCounters Counters
    {
        get
        {
            lock (Gate)
            {
                return _counters with { OpenConnections = _open.Count, Delivered = Router.Delivered, Dropped = Router.Dropped };
            }
        }
    }

    internal IReadOnlyList<BrokerConnection> OpenConnections
    {
        get
        {
            lock (Gate)
            {
                return [.. _open];
            }
        }
    }

    internal ClientLink NewLink(Outbox outbox) => new(Router, outbox, _rules);

    internal long Accepted()
    {
        lock (Gate)
        {
            _counters = _counters with { Connections = _counters.Connections + 1 };
            return _counters.Connections;
        }
    }

    internal void RefusedTls()
    {
        lock (Gate)
        {
            _counters = _counters with { TlsRefused = _counters.TlsRefused + 1 };
        }
    }

    internal void Opened(BrokerConnection connection)
    {
        lock (Gate)
        {
            _open.Add(connection);
        }
    }

    internal void Receive(ClientLink link, in Frame frame)
    {
        lock (Gate)
        {
            _counters = _counters with { Packets = _counters.Packets + 1 };
            link.Receive(frame);
        }
    }

    internal void Ended(BrokerConnection connection, ConnectionEnd end)
    {
        lock (Gate)
        {
            _open.Remove(connection);
            _counters = _counters with
            {
                ProtocolErrors = _counters.ProtocolErrors + (end == ConnectionEnd.ProtocolError ? 1 : 0),
                TimedOut = _counters.TimedOut + (end == ConnectionEnd.TimedOut ? 1 : 0),
            };
        }
    }

    private void Count(Action<LoopbackMessage>? onPublished, LoopbackMessage message)
    {
        _counters = _counters with { Published = _counters.Published + 1 };
        onPublished?.Invoke(message);
    }
}
