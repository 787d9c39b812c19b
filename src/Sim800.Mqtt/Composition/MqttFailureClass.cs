namespace Sim800.Mqtt;

/// <summary>What a failure of a connection asks for.</summary>
public enum MqttFailureClass
{
    /// <summary>Passes by itself: coverage, a lost link, a server that restarts. Tried again with growing pauses.</summary>
    Transient,

    /// <summary>Somebody has to change something: credentials, a certificate, the APN. Ends a client that has never been
    /// connected; one that has is tried again at the longest pause, because what worked once may work again.</summary>
    Persistent,

    /// <summary>Trying again does harm or cannot help: a refused PIN, a modem of the caller's that is closed. Ends the client.</summary>
    Fatal,
}
