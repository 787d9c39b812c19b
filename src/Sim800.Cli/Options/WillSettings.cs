namespace Sim800.Cli.Options;

/// <summary>What the broker publishes when we vanish.</summary>
internal sealed record WillSettings(string Topic, string Payload, int QoS, bool Retain);
