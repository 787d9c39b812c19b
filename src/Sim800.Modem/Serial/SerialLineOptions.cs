namespace Sim800.Modem.Serial;

/// <summary>How to set up a serial device: always 8 data bits, no parity, 1 stop bit, raw.</summary>
internal sealed record SerialLineOptions
{
    /// <summary>Bits per second, one of <see cref="Serial.BaudRate.Supported"/>.</summary>
    public int BaudRate { get; init; } = 115200;

    /// <summary>RTS/CTS flow control; only where both wires are connected, or nothing is ever sent.</summary>
    public bool HardwareFlowControl { get; init; }
}
