namespace Sim800.Modem.Links;

internal enum LinkSlotState
{
    /// <summary>Neither the driver nor the modem uses the number.</summary>
    Free,

    /// <summary>CIPSTART was sent and its outcome is awaited.</summary>
    Connecting,

    /// <summary>A connection has the number.</summary>
    Open,

    /// <summary>The driver gave up, the modem may still be trying.</summary>
    Abandoned,

    /// <summary>The modem has the link open and the driver does not use it.</summary>
    Orphaned,
}
