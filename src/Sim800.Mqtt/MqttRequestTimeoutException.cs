namespace Sim800.Mqtt;

/// <summary>A request was confirmed by the server, but nobody answered it in time.</summary>
public sealed class MqttRequestTimeoutException : MqttException
{
    internal MqttRequestTimeoutException(string topic, TimeSpan timeout)
        : base(
            $"No answer to the request on '{topic}' came within {timeout.TotalSeconds:0.###} s.",
            MqttRemedy.CheckResponder) =>
        (Topic, Timeout) = (topic, timeout);

    /// <summary>Where the request went.</summary>
    public string Topic { get; }

    /// <summary>How long an answer was waited for.</summary>
    public TimeSpan Timeout { get; }
}
