namespace Sim800.Mqtt;

/// <summary>Base of everything that can go wrong with an MQTT connection.</summary>
public abstract class MqttException : IOException
{
    private protected MqttException(string message, string remedy, Exception? inner = null)
        : base(remedy.Length == 0 ? message : $"{message} {remedy}", inner) => (Happened, Remedy) = (message, remedy);

    /// <summary>What to do about it, in one sentence; empty when there is nothing to do.</summary>
    public string Remedy { get; }

    /// <summary>What happened, without the remedy.</summary>
    internal string Happened { get; }
}
