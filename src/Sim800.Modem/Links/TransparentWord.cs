namespace Sim800.Modem.Links;

/// <summary>What the modem itself says on a transparent link.</summary>
internal enum TransparentWord
{
    /// <summary>Nothing: it was data.</summary>
    None,

    /// <summary>The peer closed.</summary>
    Closed,

    /// <summary>The end of more than the link: the network took the context away, or the modem has restarted or switched off.</summary>
    Notice,

    /// <summary>The escape has worked: command mode.</summary>
    Ok,
}
