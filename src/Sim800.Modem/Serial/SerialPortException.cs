namespace Sim800.Modem;

/// <summary>The serial device could not be opened or set up, or it has gone.</summary>
public sealed class SerialPortException : ModemException
{
    private SerialPortException(SerialPortReason reason, string device, string what, string remedy)
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
        "Plug in the adapter or give another device: 'ls /dev/ttyUSB* /dev/ttyAMA* /dev/serial*' shows what is there.");

    internal static SerialPortException Busy(string device) => new(
        SerialPortReason.Busy,
        device,
        $"The serial device '{device}' is held by another process.",
        $"End that process ('fuser {device}' names it; ModemManager and a login console are the usual ones).")
    {
        IsTransient = true,
    };

    internal static SerialPortException AccessDenied(string device) => new(
        SerialPortReason.AccessDenied,
        device,
        $"This user may not open the serial device '{device}'.",
        "Join the group that owns it, usually with 'sudo usermod -aG dialout $USER', and log in again.");

    internal static SerialPortException NotATerminal(string device) => new(
        SerialPortReason.NotATerminal,
        device,
        $"'{device}' is not a serial device.",
        "Give a device such as /dev/ttyUSB0 or /dev/serial0.");

    internal static SerialPortException Unplugged(string device) => new(
        SerialPortReason.Unplugged,
        device,
        $"The serial device '{device}' has gone.",
        "Check the cable and the adapter's supply, then open the device again.")
    {
        IsTransient = true,
    };

    internal static SerialPortException BaudRateUnsupported(string device, int baudRate) => new(
        SerialPortReason.BaudRateUnsupported,
        device,
        $"The serial device '{device}' cannot run at {baudRate} baud.",
        $"Choose one of {string.Join(", ", Serial.BaudRate.Supported)}, or another adapter.");

    internal static SerialPortException ControlLineUnsupported(string device, string line) => new(
        SerialPortReason.ControlLineUnsupported,
        device,
        $"The serial device '{device}' has no {line} line.",
        $"Use an adapter that has {line}, or do without it.");

    internal static SerialPortException DeviceError(string device, string words) => new(
        SerialPortReason.DeviceError,
        device,
        $"The serial device '{device}' failed: {words}.",
        "Look into the system's log with 'dmesg'.");
}
