namespace Sim800.Simulator;

/// <summary>An application message a client gave to the <see cref="LoopbackBroker"/>.</summary>
/// <param name="ClientId">The publisher's client identifier.</param>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">The payload.</param>
/// <param name="QoS">0, 1 or 2.</param>
/// <param name="Retain">The RETAIN flag as published.</param>
public readonly record struct LoopbackMessage(string ClientId, string Topic, ReadOnlyMemory<byte> Payload, int QoS, bool Retain);
