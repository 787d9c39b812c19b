using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sim800.Simulator.Line;

/// <summary>The C library's calls for pseudo-terminals. <c>termios</c> is passed as an opaque block.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Libc
{
    internal const int ReadWrite = 0x0002;
    internal const int NoControllingTerminal = 0x0100;
    internal const int NonBlocking = 0x0800;
    internal const int CloseOnExec = 0x80000;
    internal const int TryAgain = 11;
    internal const int Interrupted = 4;
    internal const short PollIn = 0x001;
    internal const short PollOut = 0x004;
    internal const short PollError = 0x008;
    internal const short PollHangUp = 0x010;

    /// <summary>Where <c>c_cflag</c> is in <c>struct termios</c>, and CLOCAL and CREAD in it.</summary>
    internal const int ControlFlags = 8;
    internal const uint IgnoreModemLines = 0x800;
    internal const uint EnableReceiver = 0x080;

    /// <summary>More than any <c>struct termios</c> takes.</summary>
    internal const int TermiosSize = 256;

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    internal static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    internal static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    internal static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    internal static partial int SlaveName(int master, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetAttributes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetAttributes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    internal static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    internal static partial int SetSpeed(byte* termios, uint speed);

    [LibraryImport("libc", EntryPoint = "cfgetospeed")]
    internal static partial uint GetSpeed(byte* termios);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Happened;
    }
}
