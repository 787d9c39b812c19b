namespace Sim800.Mqtt.Session;

/// <summary>What the keep-alive asks for at a deadline.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Send PINGREQ.</summary>
    Ping,

    /// <summary>The server has been silent too long: close.</summary>
    Dead,
}
