using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sim800.Simulator.Line;

/// <summary>
/// A pseudo-terminal whose other end looks like a serial device. Hosts may open and close it as often as they like;
/// what the modem says while none has it open is lost, as on a real line.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class PseudoTerminal : IDisposable
{
    private const int LookAgain = 20;

    private readonly int _master;
    private readonly int _wakeReader;
    private readonly int _wakeWriter;
    private readonly string? _link;
    private int _isDisposed;

    internal PseudoTerminal(int rate, string? link)
    {
        _master = Checked(Libc.OpenMaster(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec));
        Checked(Libc.Grant(_master));
        Checked(Libc.Unlock(_master));
        DevicePath = NameOf(_master);
        Prepare(rate);
        var ends = stackalloc int[2];
        Checked(Libc.Pipe(ends, Libc.CloseOnExec | Libc.NonBlocking));
        (_wakeReader, _wakeWriter) = (ends[0], ends[1]);
        if (link is not null)
        {
            Link(link);
            (_link, DevicePath) = (link, link);
        }
    }

    /// <summary>Where the host opens it: the link when there is one.</summary>
    internal string DevicePath { get; }

    /// <summary>The rate the host has set; <c>null</c> when the system does not tell.</summary>
    internal int? HostRate => TermiosSpeed.Of(_master);

    /// <summary>A host has the device open.</summary>
    internal bool IsHostThere
    {
        get
        {
            var look = new Libc.PollDescriptor { Descriptor = _master, Events = 0 };
            return Libc.Poll(&look, 1, 0) >= 0 && (look.Happened & Libc.PollHangUp) == 0;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        Wake();
        if (_link is not null && new FileInfo(_link).LinkTarget is not null)
        {
            File.Delete(_link);
        }
    }

    /// <summary>Waits for bytes of the host. Blocks its thread.</summary>
    /// <returns>How many bytes there are; -1 when the terminal has been disposed.</returns>
    internal int Read(Span<byte> buffer)
    {
        var look = stackalloc Libc.PollDescriptor[2];
        while (Volatile.Read(ref _isDisposed) == 0)
        {
            look[0] = new Libc.PollDescriptor { Descriptor = _wakeReader, Events = Libc.PollIn };
            look[1] = new Libc.PollDescriptor { Descriptor = _master, Events = Libc.PollIn };

            // Without a host the master is always "ready"; it is looked at again after a while.
            var isHostThere = IsHostThere;
            Libc.Poll(look, isHostThere ? (nuint)2 : 1, isHostThere ? -1 : LookAgain);
            if ((look[1].Happened & Libc.PollIn) != 0)
            {
                fixed (byte* start = buffer)
                {
                    var count = Libc.Read(_master, start, (nuint)buffer.Length);
                    if (count > 0)
                    {
                        return (int)count;
                    }
                }
            }
        }

        return -1;
    }

    /// <returns>How many bytes the host's side had no room for.</returns>
    internal int Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Volatile.Read(ref _isDisposed) == 0 && IsHostThere)
        {
            fixed (byte* start = bytes)
            {
                var count = Libc.Write(_master, start, (nuint)bytes.Length);
                if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    return bytes.Length;
                }

                bytes = bytes[(int)Math.Max(0, count)..];
            }
        }

        return bytes.Length;
    }

    /// <summary>To be called once the reading thread has ended.</summary>
    internal void CloseDescriptors()
    {
        _ = Libc.Close(_master);
        _ = Libc.Close(_wakeReader);
        _ = Libc.Close(_wakeWriter);
    }

    private void Wake()
    {
        byte any = 0;
        _ = Libc.Write(_wakeWriter, &any, 1);
    }

    /// <summary>Raw mode at the modem's rate; closing the device once makes the absence of a host visible.</summary>
    private void Prepare(int rate)
    {
        var slave = Checked(Libc.Open(DevicePath, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec));
        var termios = stackalloc byte[Libc.TermiosSize];
        Checked(Libc.GetAttributes(slave, termios));
        Libc.MakeRaw(termios);
        Checked(Libc.SetAttributes(slave, 0, termios));

        // A rate that the terminal cannot carry is left to the host to set.
        _ = TermiosSpeed.TrySet(slave, rate);
        _ = Libc.Close(slave);
    }

    private void Link(string link)
    {
        try
        {
            if (new FileInfo(link).LinkTarget is not null)
            {
                File.Delete(link);
            }

            File.CreateSymbolicLink(link, DevicePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PseudoTerminalException($"The link {link} to {DevicePath} could not be made.", "Choose a path that does not exist, in a folder you may write to.", e);
        }
    }

    private static string NameOf(int master)
    {
        const int length = 128;
        var buffer = stackalloc byte[length];
        if (Libc.SlaveName(master, buffer, length) != 0)
        {
            throw Failed();
        }

        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }

    private static int Checked(int result) => result >= 0 ? result : throw Failed();

    private static PseudoTerminalException Failed() => new(
        $"The system gave no pseudo-terminal (error {Marshal.GetLastPInvokeError()}).",
        "Check that /dev/pts is mounted and that its limit is not reached.");
}
