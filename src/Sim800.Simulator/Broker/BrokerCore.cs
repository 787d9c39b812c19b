using Microsoft.Extensions.Logging;
using Sim800.Simulator.Broker.Codec;
using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator.Broker;

/// <summary>What all connections of one broker share, under one lock.</summary>
internal sealed class BrokerCore
{
    private readonly HashSet<BrokerConnection> _open = [];
    private readonly BrokerRules _rules;
    private readonly SessionLimits _limits;
    private LoopbackBrokerCounters _counters = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    internal BrokerCore(LoopbackBrokerOptions options)
    {
        Options = options with { OnPublished = message => Count(options.OnPublished, message) };
        Logger = options.LoggerFactory.CreateLogger<LoopbackBroker>();
        _limits = new SessionLimits(options.MaxInFlight, options.MaxQueued, OmitsDuplicateFlag: options.OmitsDuplicateFlag);
        Router = new MessageRouter(_limits);
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
    internal MessageRouter Router { get; private set; }

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

    /// <summary>A copy of what would be on disk now.</summary>
    internal MessageRouter Copy()
    {
        lock (Gate)
        {
            return new MessageRouter(_limits, Router);
        }
    }

    /// <summary>Forgets everything but what was stored, at one stroke: what an open connection says afterwards is not heard.</summary>
    /// <returns>The connections that were open, for their owner to cut.</returns>
    internal IReadOnlyList<BrokerConnection> Restart(MessageRouter? stored)
    {
        lock (Gate)
        {
            Router = stored is null ? new MessageRouter(_limits) : new MessageRouter(_limits, stored);
            foreach (var connection in _open)
            {
                connection.Abandon();
            }

            return [.. _open];
        }
    }

    /// <inheritdoc cref="Restart"/>
    internal IReadOnlyList<BrokerConnection> RestartFromStore()
    {
        lock (Gate)
        {
            return Restart(Copy());
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
