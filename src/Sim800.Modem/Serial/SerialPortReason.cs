namespace Sim800.Modem;

/// <summary>Why a serial device cannot be used.</summary>
public enum SerialPortReason
{
    /// <summary>There is no such device.</summary>
    NotFound,

    /// <summary>Another process holds the device.</summary>
    Busy,

    /// <summary>The user may not open the device.</summary>
    AccessDenied,

    /// <summary>The path names something that is not a serial device.</summary>
    NotATerminal,

    /// <summary>The device was there and has gone: unplugged, or its other end was closed.</summary>
    Unplugged,

    /// <summary>The device cannot run at the baud rate asked for.</summary>
    BaudRateUnsupported,

    /// <summary>The device has no such control line, as a pseudo-terminal has no DTR.</summary>
    ControlLineUnsupported,

    /// <summary>The operating system reported another error; the message carries its words.</summary>
    DeviceError,
}
