namespace Sim800.Mqtt.Client;

/// <summary>What the write loop takes at a time: all bytes gathered, and the payload that follows them, if it is a stream.</summary>
internal readonly record struct OutboxBatch(byte[] Buffer, int Count, PayloadStream? Payload);
