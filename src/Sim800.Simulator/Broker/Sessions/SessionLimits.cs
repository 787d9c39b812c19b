namespace Sim800.Simulator.Broker.Sessions;

/// <summary>What one client can make the broker keep.</summary>
/// <param name="MaxInFlight">QoS 1 and 2 messages sent and not yet acknowledged.</param>
/// <param name="MaxQueued">QoS 1 and 2 messages waiting for the window or for the client to come back.</param>
/// <param name="MaxSubscriptions">Topic filters.</param>
/// <param name="OmitsDuplicateFlag">Repetitions look like new messages.</param>
/// <param name="MaxOutboxBytes">Unwritten bytes above which QoS 0 messages are dropped.</param>
internal sealed record SessionLimits(
    int MaxInFlight = 20, int MaxQueued = 10_000, int MaxSubscriptions = 10_000, bool OmitsDuplicateFlag = false, int MaxOutboxBytes = 8 * 1024 * 1024);
