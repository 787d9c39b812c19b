namespace Sim800.Benchmarks.Layers;

/// <summary>How much of the stack is between the application and the peer.</summary>
public enum StackDepth
{
    /// <summary>MQTT alone.</summary>
    Mqtt,

    /// <summary>MQTT over TLS 1.2.</summary>
    Tls,

    /// <summary>MQTT over TLS 1.2 over a link of the modem.</summary>
    Modem,
}
