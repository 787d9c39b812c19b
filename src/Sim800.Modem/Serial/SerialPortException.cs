namespace Sim800.Modem;

/// <summary>The serial device could not be opened or set up, or it has gone.</summary>
public sealed class SerialPortException : ModemException
{
    /// <summary>A failure of a serial line, for who implements <see cref="ISerialLine"/>.</summary>
    /// <param name="reason">What is wrong with the device.</param>
    /// <param name="device">The path or name of the device as it was given.</param>
    /// <param name="detail">What belongs to the reason: the baud rate, the control line, or the words of the operating system.</param>
    /// <param name="inner">What the operating system or its library has thrown.</param>
    public SerialPortException(SerialPortReason reason, string device, string? detail = null, Exception? inner = null)
        : base(Sim800Stage.Line, Describe(reason, device, detail), RemedyOf(reason), inner)
    {
        (Reason, Device) = (reason, device);
        IsTransient = reason is SerialPortReason.Busy or SerialPortReason.Unplugged;
    }

    /// <summary>What is wrong with the device.</summary>
    public SerialPortReason Reason { get; }

    /// <summary>The path or name of the device as it was given.</summary>
    public string Device { get; }

    internal static SerialPortException NotFound(string device) => new(SerialPortReason.NotFound, device);

    internal static SerialPortException Busy(string device) => new(SerialPortReason.Busy, device);

    internal static SerialPortException AccessDenied(string device) => new(SerialPortReason.AccessDenied, device);

    internal static SerialPortException NotATerminal(string device) => new(SerialPortReason.NotATerminal, device);

    internal static SerialPortException Unplugged(string device) => new(SerialPortReason.Unplugged, device);

    internal static SerialPortException BaudRateUnsupported(string device, int baudRate) =>
        new(SerialPortReason.BaudRateUnsupported, device, $"{baudRate}");

    internal static SerialPortException ControlLineUnsupported(string device, string line) =>
        new(SerialPortReason.ControlLineUnsupported, device, line);

    internal static SerialPortException DeviceError(string device, string words) => new(SerialPortReason.DeviceError, device, words);

    private static string Describe(SerialPortReason reason, string device, string? detail) => reason switch
    {
        SerialPortReason.NotFound => $"There is no serial device '{device}'.",
        SerialPortReason.Busy => $"The serial device '{device}' is held by another process.",
        SerialPortReason.AccessDenied => $"This user may not open the serial device '{device}'.",
        SerialPortReason.NotATerminal => $"'{device}' is not a serial device.",
        SerialPortReason.Unplugged => $"The serial device '{device}' has gone.",
        SerialPortReason.BaudRateUnsupported => $"The serial device '{device}' cannot run at {detail} baud.",
        SerialPortReason.ControlLineUnsupported => $"The serial device '{device}' has no {detail} line.",
        SerialPortReason.DeviceError => $"The serial device '{device}' failed: {detail}.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "There is no such reason."),
    };

    private static ModemRemedy RemedyOf(SerialPortReason reason) => reason switch
    {
        SerialPortReason.NotFound => ModemRemedy.ChooseDevice,
        SerialPortReason.Busy => ModemRemedy.ReleaseDevice,
        SerialPortReason.AccessDenied => ModemRemedy.JoinDeviceGroup,
        SerialPortReason.NotATerminal => ModemRemedy.GiveSerialDevice,
        SerialPortReason.Unplugged => ModemRemedy.CheckAdapter,
        SerialPortReason.BaudRateUnsupported => ModemRemedy.ChooseBaudRate,
        SerialPortReason.ControlLineUnsupported => ModemRemedy.ChooseAdapter,
        _ => ModemRemedy.SeeSystemLog,
    };
}
