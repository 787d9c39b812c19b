using System.Globalization;
using Sim800.Modem;

namespace Sim800.Mqtt;

/// <summary>The first connection did not come about in time, and no attempt had failed before that: the time was too short for the first one.</summary>
public sealed class MqttConnectTimeoutException : MqttException
{
    internal MqttConnectTimeoutException(TimeSpan timeout, Sim800Stage stage, Exception inner)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"There was no connection within {timeout.TotalSeconds:0.#} s; stage {stage} was under way."),
            MqttRemedy.ConnectAgainOrCheckCoverage,
            inner) => (Timeout, Stage) = (timeout, stage);

    /// <summary>How long it was tried.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>How far it had come.</summary>
    public Sim800Stage Stage { get; }
}
