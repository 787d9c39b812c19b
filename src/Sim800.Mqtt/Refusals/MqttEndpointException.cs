namespace Sim800.Mqtt;

/// <summary>What answers at host and port does not speak what was spoken to it. The message says what to change.</summary>
public sealed class MqttEndpointException : MqttException
{
    internal MqttEndpointException(MqttEndpointMismatch mismatch, string message, MqttRemedy remedy, Exception? inner = null)
        : base(message, remedy, inner) => Mismatch = mismatch;

    /// <summary>In which way the two do not fit.</summary>
    public MqttEndpointMismatch Mismatch { get; }
}
