namespace Sim800.Modem.Links;

/// <summary>What the modem itself says on a transparent link.</summary>
internal enum TransparentWord
{
    /// <summary>Nothing: it was data.</summary>
    None,

    /// <summary>The peer closed.</summary>
    Closed,

    /// <summary>The network took the context away.</summary>
    PdpDeactivated,

    /// <summary>The escape has worked: command mode.</summary>
    Ok,
}
