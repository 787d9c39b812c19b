namespace Sim800.Mqtt.Client;

/// <summary>A payload that is read while it is sent.</summary>
/// <param name="Source">The application's stream.</param>
/// <param name="Length">Exactly as many bytes are read from it.</param>
internal sealed record PayloadStream(Stream Source, long Length);
