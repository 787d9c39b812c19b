using System.Diagnostics;

namespace Sim800.Modem.SerialPorts;

/// <summary>What the exceptions of System.IO.Ports mean. Its documentation names types, the error numbers tell more.</summary>
internal static class SerialPortFailure
{
    private const int FileNotFound = unchecked((int)0x8007_0002); // ERROR_FILE_NOT_FOUND
    private const int PathNotFound = unchecked((int)0x8007_0003); // ERROR_PATH_NOT_FOUND
    private const int InvalidParameter = unchecked((int)0x8007_0057); // ERROR_INVALID_PARAMETER

    // The same on Linux and macOS, but for EAGAIN.
    private const int NotPermitted = 1; // EPERM
    private const int NoEntry = 2; // ENOENT
    private const int InputOutput = 5; // EIO
    private const int NoDeviceOrAddress = 6; // ENXIO
    private const int TryAgain = 11; // EAGAIN
    private const int AccessDenied = 13; // EACCES
    private const int Busy = 16; // EBUSY
    private const int NoDevice = 19; // ENODEV
    private const int NotADirectory = 20; // ENOTDIR
    private const int IsADirectory = 21; // EISDIR
    private const int NotATerminal = 25; // ENOTTY

    /// <summary>Whether an exception tells of the port, and not of a fault in this program.</summary>
    internal static bool IsOfThePort(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or OperationCanceledException
            or TimeoutException;

    internal static SerialPortException OfOpening(string device, int baudRate, Exception e, bool isWindows)
    {
        var reason = e switch
        {
            // Windows refuses a port that another program has open with the same error as one that the user may not open, and hardly a
            // port of Windows is closed to anybody.
            UnauthorizedAccessException when isWindows => SerialPortReason.Busy,
            UnauthorizedAccessException => OfUnix(e.InnerException?.HResult ?? AccessDenied), // so it says whatever open(2) said
            ArgumentOutOfRangeException => SerialPortReason.BaudRateUnsupported,
            ArgumentException => SerialPortReason.NotATerminal, // a name that is no port's
            FileNotFoundException or DirectoryNotFoundException => SerialPortReason.NotFound,
            IOException => isWindows ? OfWindows(e.HResult) : OfUnix(e.HResult),
            _ => SerialPortReason.DeviceError,
        };
        return new SerialPortException(reason, device, Detail(reason, baudRate, e), e);
    }

    internal static SerialPortException OfRate(string device, int baudRate, Exception e)
    {
        var reason = e is ArgumentOutOfRangeException || e.HResult == InvalidParameter ? SerialPortReason.BaudRateUnsupported : SerialPortReason.Unplugged;
        return new SerialPortException(reason, device, Detail(reason, baudRate, e), e);
    }

    /// <summary>Reading or writing an open port fails when it has gone, whatever the exception.</summary>
    internal static SerialPortException OfTraffic(string device, Exception? e) => new(SerialPortReason.Unplugged, device, inner: e);

    /// <summary>Leaves a trace of a failure that changes nothing.</summary>
    internal static void Ignore(Exception e, string because) => Debug.WriteLine($"{e.GetType().Name}: {because}");

    private static SerialPortReason OfWindows(int code) => code switch
    {
        FileNotFound or PathNotFound => SerialPortReason.NotFound,
        InvalidParameter => SerialPortReason.BaudRateUnsupported,
        _ => SerialPortReason.DeviceError,
    };

    private static SerialPortReason OfUnix(int code) => code switch
    {
        NoEntry or NotADirectory or NoDevice or NoDeviceOrAddress or InputOutput => SerialPortReason.NotFound,
        NotPermitted or AccessDenied => SerialPortReason.AccessDenied,
        Busy or TryAgain => SerialPortReason.Busy,
        IsADirectory or NotATerminal => SerialPortReason.NotATerminal,
        _ => SerialPortReason.DeviceError,
    };

    private static string? Detail(SerialPortReason reason, int baudRate, Exception e) => reason switch
    {
        SerialPortReason.BaudRateUnsupported => $"{baudRate}",
        SerialPortReason.DeviceError => e.Message.TrimEnd('.'),
        _ => null,
    };
}
