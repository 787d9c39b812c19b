namespace Sim800.Modem.Serial;

/// <summary>Error numbers of Linux, the same on x64, arm64 and arm.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1; // EPERM
    internal const int NoEntry = 2; // ENOENT
    internal const int Interrupted = 4; // EINTR
    internal const int InputOutput = 5; // EIO
    internal const int NoDeviceOrAddress = 6; // ENXIO
    internal const int TryAgain = 11; // EAGAIN, EWOULDBLOCK
    internal const int AccessDenied = 13; // EACCES
    internal const int Busy = 16; // EBUSY
    internal const int NoDevice = 19; // ENODEV
    internal const int NotADirectory = 20; // ENOTDIR
    internal const int IsADirectory = 21; // EISDIR
    internal const int Invalid = 22; // EINVAL
    internal const int NotATerminal = 25; // ENOTTY
}
