namespace Sim800.Modem.Serial;

/// <summary>Outputs of the host beside TXD, with their bits in TIOCMBIS and TIOCMBIC.</summary>
internal enum ControlLine
{
    /// <summary>Data terminal ready.</summary>
    Dtr = 0x2,

    /// <summary>Request to send.</summary>
    Rts = 0x4,
}
