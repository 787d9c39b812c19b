using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim800.Modem.Serial;

/// <summary>An open serial device of Linux: non-blocking reads and writes, settings, control lines. Never waits.</summary>
internal sealed unsafe class SerialDevice : IDisposable
{
    private const int OpenFlags = 0x2 | 0x100 | 0x800 | 0x80000; // O_RDWR, O_NOCTTY, O_NONBLOCK, O_CLOEXEC
    private const int LockExclusiveNow = 2 | 4; // LOCK_EX, LOCK_NB
    private const int Unlock = 8; // LOCK_UN
    private const uint GetTermios = 0x802C_542A; // TCGETS2
    private const uint SetTermios = 0x402C_542B; // TCSETS2
    private const uint BecomeExclusive = 0x540C; // TIOCEXCL
    private const uint EndExclusive = 0x540D; // TIOCNXCL
    private const uint CountOutputQueue = 0x5411; // TIOCOUTQ
    private const uint FlushQueue = 0x540B; // TCFLSH
    private const nint OutputQueue = 1; // TCOFLUSH
    private const uint RaiseLines = 0x5416; // TIOCMBIS
    private const uint DropLines = 0x5417; // TIOCMBIC

    private bool _exclusive;

    private SerialDevice(string path, SafeFileHandle handle)
    {
        Path = path;
        Handle = handle;
    }

    internal string Path { get; }

    internal SafeFileHandle Handle { get; }

    /// <summary>Bytes that were written and have not left yet; 0 where the driver does not know.</summary>
    internal int QueuedOutput
    {
        get
        {
            var count = 0;
            return Libc.Ioctl(Handle, CountOutputQueue, &count) < 0 ? 0 : count;
        }
    }

    /// <exception cref="SerialPortException">The device cannot be used; the reason says why.</exception>
    internal static SerialDevice Open(string path, SerialLineOptions options)
    {
        SafeFileHandle handle;
        do
        {
            handle = Libc.Open(path, OpenFlags);
        }
        while (handle.IsInvalid && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        if (handle.IsInvalid)
        {
            throw OpenFailure(path, Marshal.GetLastPInvokeError());
        }

        var device = new SerialDevice(path, handle);
        try
        {
            device.Configure(options);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <returns>The bytes read, 0 when there are none now.</returns>
    /// <exception cref="SerialPortException">The device has gone.</exception>
    internal int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = Libc.Read(Handle, start, (nuint)buffer.Length);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return count switch
            {
                > 0 => (int)count,
                0 => throw SerialPortException.Unplugged(Path), // a terminal that is hung up reads as ended
                _ => NothingOrThrow(Marshal.GetLastPInvokeError()),
            };
        }
    }

    /// <returns>The bytes taken, 0 when there is no room now.</returns>
    /// <exception cref="SerialPortException">The device has gone.</exception>
    internal int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint count;
            do
            {
                count = Libc.Write(Handle, start, (nuint)bytes.Length);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return count >= 0 ? (int)count : NothingOrThrow(Marshal.GetLastPInvokeError());
        }
    }

    /// <exception cref="SerialPortException">The device cannot run at this rate, or has gone.</exception>
    internal void SetBaudRate(int baudRate)
    {
        var termios = ReadTermios();
        WriteTermios(termios, baudRate);
    }

    /// <exception cref="SerialPortException">The device has no such line, or has gone.</exception>
    internal void SetControlLine(ControlLine line, bool asserted)
    {
        var bit = (int)line;
        if (Libc.Ioctl(Handle, asserted ? RaiseLines : DropLines, &bit) < 0)
        {
            throw ControlLineFailure(Path, line, Marshal.GetLastPInvokeError());
        }
    }

    internal static SerialPortException OpenFailure(string path, int error) => error switch
    {
        Errno.NoEntry or Errno.NotADirectory or Errno.NoDevice or Errno.NoDeviceOrAddress or Errno.InputOutput =>
            SerialPortException.NotFound(path),
        Errno.AccessDenied or Errno.NotPermitted => SerialPortException.AccessDenied(path),
        Errno.Busy => SerialPortException.Busy(path),
        Errno.IsADirectory => SerialPortException.NotATerminal(path),
        _ => SerialPortException.DeviceError(path, Marshal.GetPInvokeErrorMessage(error)),
    };

    internal static SerialPortException Failure(string path, int error) => error switch
    {
        Errno.InputOutput or Errno.NoDevice or Errno.NoDeviceOrAddress => SerialPortException.Unplugged(path),
        Errno.NotATerminal => SerialPortException.NotATerminal(path),
        _ => SerialPortException.DeviceError(path, Marshal.GetPInvokeErrorMessage(error)),
    };

    internal static SerialPortException LockFailure(string path, int error) =>
        error == Errno.TryAgain ? SerialPortException.Busy(path) : Failure(path, error);

    internal static SerialPortException ControlLineFailure(string path, ControlLine line, int error) =>
        error is Errno.NotATerminal or Errno.Invalid
            ? SerialPortException.ControlLineUnsupported(path, line.ToString().ToUpperInvariant())
            : Failure(path, error);

    public void Dispose()
    {
        if (Handle.IsClosed)
        {
            return;
        }

        if (_exclusive)
        {
            _exclusive = false;
            if (QueuedOutput > 0)
            {
                // close(2) would wait for it, up to 30 s when the other side holds CTS.
                _ = Libc.Ioctl(Handle, FlushQueue, (void*)OutputQueue);
            }

            _ = Libc.Ioctl(Handle, EndExclusive, null);
        }

        // A process that another thread is starting has the descriptor too, for a moment, and would keep the lock as long.
        _ = Libc.Flock(Handle, Unlock);
        Handle.Dispose();
    }

    private void Configure(SerialLineOptions options)
    {
        var termios = ReadTermios();

        // TIOCEXCL keeps other users out, flock also keeps out a second process of the superuser.
        if (Libc.Flock(Handle, LockExclusiveNow) < 0)
        {
            throw LockFailure(Path, Marshal.GetLastPInvokeError());
        }

        if (Libc.Ioctl(Handle, BecomeExclusive, null) < 0)
        {
            throw Failure(Path, Marshal.GetLastPInvokeError());
        }

        _exclusive = true;
        termios.MakeRaw(options.HardwareFlowControl);
        WriteTermios(termios, options.BaudRate);
    }

    private Termios ReadTermios()
    {
        Termios termios;
        return Libc.Ioctl(Handle, GetTermios, &termios) >= 0
            ? termios
            : throw Failure(Path, Marshal.GetLastPInvokeError());
    }

    private void WriteTermios(Termios termios, int baudRate)
    {
        if (!BaudRate.TryGetCode(baudRate, out var code))
        {
            throw SerialPortException.BaudRateUnsupported(Path, baudRate);
        }

        termios.SetSpeed(baudRate, code);
        if (Libc.Ioctl(Handle, SetTermios, &termios) < 0)
        {
            throw Failure(Path, Marshal.GetLastPInvokeError());
        }

        // The call succeeds when anything could be set.
        if (!BaudRate.IsCloseEnough(baudRate, ReadTermios().OutputSpeed))
        {
            throw SerialPortException.BaudRateUnsupported(Path, baudRate);
        }
    }

    private int NothingOrThrow(int error) => error == Errno.TryAgain ? 0 : throw Failure(Path, error);
}

/// <summary>Outputs of the host beside TXD, with their bits in TIOCMBIS and TIOCMBIC.</summary>
internal enum ControlLine
{
    /// <summary>Data terminal ready.</summary>
    Dtr = 0x2,

    /// <summary>Request to send.</summary>
    Rts = 0x4,
}
