namespace Sim800.Modem;

/// <summary>The serial device could not be opened or set up, or it has gone.</summary>
public sealed class SerialPortException : ModemException
{
    private SerialPortException(SerialPortReason reason, string device, string what, ModemRemedy remedy)
        : base(Sim800Stage.Line, what, remedy)
    {
        Reason = reason;
        Device = device;
    }

    /// <summary>What is wrong with the device.</summary>
    public SerialPortReason Reason { get; }

    /// <summary>The path of the device as it was given.</summary>
    public string Device { get; }

    internal static SerialPortException NotFound(string device) => new(
        SerialPortReason.NotFound,
        device,
        $"There is no serial device '{device}'.",
        ModemRemedy.ChooseDevice);

    internal static SerialPortException Busy(string device) => new(
        SerialPortReason.Busy,
        device,
        $"The serial device '{device}' is held by another process.",
        ModemRemedy.ReleaseDevice)
    {
        IsTransient = true,
    };

    internal static SerialPortException AccessDenied(string device) => new(
        SerialPortReason.AccessDenied,
        device,
        $"This user may not open the serial device '{device}'.",
        ModemRemedy.JoinDeviceGroup);

    internal static SerialPortException NotATerminal(string device) => new(
        SerialPortReason.NotATerminal,
        device,
        $"'{device}' is not a serial device.",
        ModemRemedy.GiveSerialDevice);

    internal static SerialPortException Unplugged(string device) => new(
        SerialPortReason.Unplugged,
        device,
        $"The serial device '{device}' has gone.",
        ModemRemedy.CheckAdapter)
    {
        IsTransient = true,
    };

    internal static SerialPortException BaudRateUnsupported(string device, int baudRate) => new(
        SerialPortReason.BaudRateUnsupported,
        device,
        $"The serial device '{device}' cannot run at {baudRate} baud.",
        ModemRemedy.ChooseBaudRate);

    internal static SerialPortException ControlLineUnsupported(string device, string line) => new(
        SerialPortReason.ControlLineUnsupported,
        device,
        $"The serial device '{device}' has no {line} line.",
        ModemRemedy.ChooseAdapter);

    internal static SerialPortException DeviceError(string device, string words) => new(
        SerialPortReason.DeviceError,
        device,
        $"The serial device '{device}' failed: {words}.",
        ModemRemedy.SeeSystemLog);
}
