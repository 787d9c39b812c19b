using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace TestKit;

/// <summary>A pseudo-terminal whose master end the test plays: the modem's side of a serial device.</summary>
public sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int OpenFlags = 0x2 | 0x100 | 0x80000; // O_RDWR, O_NOCTTY, O_CLOEXEC
    private const short Readable = 0x01; // POLLIN
    private const short Writable = 0x04; // POLLOUT

    private readonly SafeFileHandle _master;

    public PseudoTerminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals of Linux");
        _master = PosixOpenPt(OpenFlags);
        Check(_master.IsInvalid ? -1 : 0);
        Check(GrantPt(_master));
        Check(UnlockPt(_master));
        var name = stackalloc byte[64];
        Check(-PtsName(_master, name, 64));
        DevicePath = Marshal.PtrToStringUTF8((nint)name)!;
    }

    /// <summary>What the code under test opens, such as <c>/dev/pts/3</c>.</summary>
    public string DevicePath { get; }

    /// <summary>Sends bytes; waits on a thread of its own for room.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => WriteAll(bytes.Span, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Receives exactly so many bytes; waits on a thread of its own.</summary>
    public Task<byte[]> ReadAsync(int count, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => ReadAll(count, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Another descriptor of the same open file, as a child process has between fork and exec.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle descriptor)
    {
        var copy = Dup(descriptor);
        Check(copy.IsInvalid ? -1 : 0);
        return copy;
    }

    /// <summary>Hangs up, as when the adapter is unplugged.</summary>
    public void Dispose() => _master.Dispose();

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private void WriteAll(ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            Wait(Writable, cancellationToken);
            fixed (byte* start = bytes)
            {
                // Small pieces: a write that fits whole never blocks after poll(2) said there is room.
                var written = (int)Write(_master, start, (nuint)Math.Min(bytes.Length, 256));
                Check(written);
                bytes = bytes[written..];
            }
        }
    }

    private byte[] ReadAll(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            Wait(Readable, cancellationToken);
            fixed (byte* start = &bytes[filled])
            {
                var read = (int)Read(_master, start, (nuint)(count - filled));
                Check(read);
                filled += read;
            }
        }

        return bytes;
    }

    private void Wait(short wanted, CancellationToken cancellationToken)
    {
        PollEntry entry;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            entry = new PollEntry { Descriptor = (int)_master.DangerousGetHandle(), Wanted = wanted };
            Check(Poll(&entry, 1, 50));
        }
        while ((entry.Happened & wanted) == 0);
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial SafeFileHandle PosixOpenPt(int flags);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial SafeFileHandle Dup(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int GrantPt(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int UnlockPt(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int PtsName(SafeFileHandle master, byte* name, nuint size);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Happened;
    }
}
