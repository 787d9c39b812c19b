using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sim800.Simulator.Line;

/// <summary>A serial device in raw mode, 8N1, modem control lines ignored, locked for this process. Each call blocks its thread until the device is closed.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SerialDevice : IDisposable
{
    /// <summary>How soon a waiting thread notices that the device is closed, in milliseconds.</summary>
    private const int LookAgain = 50;

    private readonly int _descriptor;
    private readonly string _path;
    private int _isClosed;

    /// <exception cref="SerialDeviceException">It cannot be opened, or not at this rate.</exception>
    internal SerialDevice(string path, int rate)
    {
        _path = path;
        _descriptor = Checked(Libc.Open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec));
        var termios = stackalloc byte[Libc.TermiosSize];
        Checked(Libc.GetAttributes(_descriptor, termios));
        LockLine();
        Libc.MakeRaw(termios);
        *(uint*)(termios + Libc.ControlFlags) |= Libc.IgnoreModemLines | Libc.EnableReceiver;
        Checked(Libc.SetAttributes(_descriptor, 0, termios));
        if (!TermiosSpeed.TrySet(_descriptor, rate))
        {
            _ = Libc.Close(_descriptor);
            throw new SerialDeviceException($"{path} cannot be set to {rate} bits a second.", "Choose one of the usual rates, such as 115200.");
        }
    }

    private bool IsClosed => Volatile.Read(ref _isClosed) == 1;

    public void Dispose() => Volatile.Write(ref _isClosed, 1);

    /// <returns>How many bytes came; -1 when the device is closed or gone.</returns>
    internal int Read(Span<byte> buffer)
    {
        while (!IsClosed)
        {
            if ((Await(Libc.PollIn) & Libc.PollIn) == 0)
            {
                continue;
            }

            fixed (byte* start = buffer)
            {
                var count = Libc.Read(_descriptor, start, (nuint)buffer.Length);
                if (count > 0)
                {
                    return (int)count;
                }

                if (count == 0 || !IsPassing(Marshal.GetLastPInvokeError()))
                {
                    return -1;
                }
            }
        }

        return -1;
    }

    /// <returns><c>false</c> when the device is closed or gone.</returns>
    internal bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* start = bytes)
            {
                var count = Libc.Write(_descriptor, start, (nuint)bytes.Length);
                if (IsClosed || (count < 0 && !IsPassing(Marshal.GetLastPInvokeError())))
                {
                    return false;
                }

                bytes = bytes[(int)Math.Max(0, count)..];
            }

            if (!bytes.IsEmpty)
            {
                Await(Libc.PollOut);
            }
        }

        return true;
    }

    /// <summary>To be called once no thread reads or writes.</summary>
    internal void CloseDescriptor()
    {
        _ = Libc.Control(_descriptor, Libc.SharedUse);
        _ = Libc.Close(_descriptor);
    }

    /// <summary>Two programs on one line would take each other's answers: who else locks it is refused, and who else opens it too.</summary>
    private void LockLine()
    {
        if (Libc.Lock(_descriptor, Libc.LockExclusively) != 0)
        {
            _ = Libc.Close(_descriptor);
            throw new SerialDeviceException($"{_path} is in use: another program has locked it.", "End that program, or choose another device.");
        }

        Checked(Libc.Control(_descriptor, Libc.ExclusiveUse));
    }

    private static bool IsPassing(int error) => error is Libc.TryAgain or Libc.Interrupted;

    private short Await(short events)
    {
        var look = new Libc.PollDescriptor { Descriptor = _descriptor, Events = events };
        _ = Libc.Poll(&look, 1, LookAgain);

        // A device that is unplugged is always ready; reading or writing tells why.
        return (look.Happened & (Libc.PollError | Libc.PollHangUp)) != 0 ? events : look.Happened;
    }

    private int Checked(int result)
    {
        if (result >= 0)
        {
            return result;
        }

        var error = Marshal.GetLastPInvokeError();
        if (_descriptor > 0)
        {
            _ = Libc.Close(_descriptor);
        }

        throw new SerialDeviceException($"{_path} could not be opened as a serial device (error {error}).", "Check the path, that you may read and write it, and that no other program has it open.");
    }
}
