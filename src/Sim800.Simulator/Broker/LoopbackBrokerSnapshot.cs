using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator;

/// <summary>What a <see cref="LoopbackBroker"/> had stored at one moment, to restart it from.</summary>
public sealed class LoopbackBrokerSnapshot
{
    internal LoopbackBrokerSnapshot(MessageRouter state) => State = state;

    internal MessageRouter State { get; }
}
