namespace Sim800.Mqtt.Client;

/// <summary>What the server knows of a filter.</summary>
internal enum FilterState
{
    /// <summary>It has to be asked.</summary>
    Wanted,

    /// <summary>SUBSCRIBE is on its way.</summary>
    Requested,

    /// <summary>SUBACK has granted it.</summary>
    Granted,
}
