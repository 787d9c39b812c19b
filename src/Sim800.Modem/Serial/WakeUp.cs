using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim800.Modem.Serial;

/// <summary>An eventfd: makes a thread in poll(2) look up at once.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private const int CloseOnExec = 0x80000; // EFD_CLOEXEC
    private const int NonBlocking = 0x800; // EFD_NONBLOCK

    private WakeUp(SafeFileHandle handle) => Handle = handle;

    internal SafeFileHandle Handle { get; }

    /// <exception cref="SerialPortException">The process has no file descriptor left.</exception>
    internal static WakeUp Create(string device)
    {
        var handle = Libc.EventFd(0, CloseOnExec | NonBlocking);
        if (handle.IsInvalid)
        {
            var words = Marshal.GetLastPInvokeErrorMessage();
            handle.Dispose();
            throw SerialPortException.DeviceError(device, words);
        }

        return new WakeUp(handle);
    }

    public void Dispose() => Handle.Dispose();

    /// <summary>Wakes the thread; does nothing once it has ended.</summary>
    internal void Set()
    {
        var one = 1UL;
        try
        {
            // The only failure of this write is a counter that is full, and then the thread is awake anyway.
            _ = Libc.Write(Handle, (byte*)&one, sizeof(ulong));
        }
        catch (ObjectDisposedException) when (Handle.IsClosed)
        {
            // The thread has ended: there is nobody left to wake.
            return;
        }
    }

    internal void Reset()
    {
        ulong count;
        _ = Libc.Read(Handle, (byte*)&count, sizeof(ulong));
    }
}
