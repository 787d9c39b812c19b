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
    internal const int WriteOnly = 0x0001;
    internal const int Create = 0x0040;

    /// <summary>O_NOFOLLOW, whose value differs between the processors .NET runs on.</summary>
    internal static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>The error of <see cref="NoFollow"/> that meets a symbolic link.</summary>
    internal const int TooManyLinks = 40;

    /// <summary>For the owner alone to read and write.</summary>
    internal const int OwnerOnly = 0x180;

    /// <summary>LOCK_EX and LOCK_NB of flock.</summary>
    internal const int LockExclusively = 2 | 4;

    /// <summary>TIOCEXCL and TIOCNXCL: nobody else may open the terminal, or may again.</summary>
    internal const nuint ExclusiveUse = 0x540C;

    /// <inheritdoc cref="ExclusiveUse"/>
    internal const nuint SharedUse = 0x540D;

    /// <summary>TCGETS2 and TCSETS2, whose <c>struct termios2</c> carries any rate (<c>asm-generic/termbits.h</c>).</summary>
    internal const nuint GetAnyRate = 0x802C542A;

    /// <inheritdoc cref="GetAnyRate"/>
    internal const nuint SetAnyRate = 0x402C542B;

    /// <summary>Where <c>c_ispeed</c> and <c>c_ospeed</c> are in <c>struct termios2</c>.</summary>
    internal const int InputRate = 36;

    /// <inheritdoc cref="InputRate"/>
    internal const int OutputRate = 40;

    /// <summary>CBAUD with its input half, and BOTHER in it.</summary>
    internal const uint RateMask = 0x100F100F;

    /// <inheritdoc cref="RateMask"/>
    internal const uint AnyRate = 0x1000;

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

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(int descriptor, nuint request);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(int descriptor, nuint request, byte* argument);

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
