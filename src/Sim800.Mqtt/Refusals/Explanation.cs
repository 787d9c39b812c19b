namespace Sim800.Mqtt.Refusals;

/// <summary>One sentence for what happened, one for what to do.</summary>
internal readonly record struct Explanation(MqttEndpointMismatch Mismatch, string What, MqttRemedy Remedy)
{
    internal MqttEndpointException ToException(Exception? inner) => new(Mismatch, What, Remedy, inner);
}
