using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sim800.Modem.Serial;

/// <summary>
/// The one thread that waits for a serial device: it empties the receive buffer into a pipe as fast as bytes arrive,
/// tells the writer when there is room again, and sees the device go.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and a late writer must still find it
internal sealed class SerialPoller(SerialDevice device, WakeUp wakeUp, PipeWriter received)
#pragma warning restore CA1001
{
    private const int Forever = -1;
    private const int DrainSteps = 50;
    private const int DrainStepMilliseconds = 10;
    private const int ReadSize = 4096; // what the kernel's line discipline holds at most

    private readonly SemaphoreSlim _writable = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SerialPortException? _fault;
    private volatile bool _stopping;
    private volatile bool _wantsRoom;
    private volatile bool _full;

    /// <summary>Why the line ended; <c>null</c> while it is open and after it was closed on purpose.</summary>
    internal SerialPortException? Fault => Volatile.Read(ref _fault);

    internal bool IsStopped => _stopping;

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "Serial line " + device.Path }.Start();

    /// <summary>Ends the thread; completes once it has let go of the device.</summary>
    internal Task StopAsync()
    {
        _stopping = true;
        wakeUp.Set();
        return _ended.Task;
    }

    /// <summary>Ends the line with this reason, or with the one that came first.</summary>
    internal SerialPortException Fail(SerialPortException reason)
    {
        var first = Interlocked.CompareExchange(ref _fault, reason, null) ?? reason;
        wakeUp.Set();
        return first;
    }

    /// <summary>Completes when the device may take bytes again, or when the line has ended; look again then.</summary>
    internal Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        _wantsRoom = true;
        wakeUp.Set();
        return _writable.WaitAsync(cancellationToken);
    }

    /// <summary>Ends one <see cref="WaitForRoomAsync"/>; a superfluous call costs the writer one more look.</summary>
    internal void LetWriterLook()
    {
        _wantsRoom = false;
        _writable.Release();
    }

    private void Run()
    {
        try
        {
            while (!_stopping && Fault is null)
            {
                WaitAndServe();
            }
        }
        catch (SerialPortException e)
        {
            Fail(e);
        }
        finally
        {
            received.Complete();
            LetWriterLook();
            DrainOutput();
            _ended.TrySetResult();
        }
    }

    private unsafe void WaitAndServe()
    {
        var wanted = (_full ? 0 : PollEntry.Readable) | (_wantsRoom ? PollEntry.Writable : 0);
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = (int)device.Handle.DangerousGetHandle(), Wanted = (short)wanted };
        entries[1] = new PollEntry { Descriptor = (int)wakeUp.Handle.DangerousGetHandle(), Wanted = PollEntry.Readable };
        if (Libc.Poll(entries, 2, Forever) < 0)
        {
            ThrowUnlessInterrupted(Marshal.GetLastPInvokeError());
            return;
        }

        if (entries[1].Happened != 0)
        {
            wakeUp.Reset();
        }

        Serve(entries[0].Happened);
    }

    private void Serve(short happened)
    {
        if ((happened & PollEntry.Gone) != 0)
        {
            while (!_full && ReadOnce())
            {
                // What the modem said last is often the reason, such as NORMAL POWER DOWN.
            }

            throw SerialPortException.Unplugged(device.Path);
        }

        if ((happened & PollEntry.Readable) != 0)
        {
            ReadOnce();
        }

        if ((happened & PollEntry.Writable) != 0)
        {
            LetWriterLook();
        }
    }

    private bool ReadOnce()
    {
        var count = device.Read(received.GetSpan(ReadSize));
        if (count == 0)
        {
            return false;
        }

        received.Advance(count);
        var flush = received.FlushAsync(CancellationToken.None);
        if (!flush.IsCompleted)
        {
            _full = true;
            _ = ResumeAsync(flush);
        }

        return true;
    }

    private async Task ResumeAsync(ValueTask<FlushResult> flush)
    {
        var result = await flush.ConfigureAwait(false);
        if (!result.IsCompleted)
        {
            _full = false;
            wakeUp.Set();
        }
    }

    /// <summary>Gives what was written a moment to leave. No event tells when it has, and tcdrain(3) knows no deadline.</summary>
    private unsafe void DrainOutput()
    {
        for (var step = 0; step < DrainSteps && Fault is null && device.QueuedOutput > 0; step++)
        {
            _ = Libc.Poll(null, 0, DrainStepMilliseconds);
        }
    }

    private void ThrowUnlessInterrupted(int error)
    {
        if (error != Errno.Interrupted)
        {
            throw SerialPortException.DeviceError(device.Path, Marshal.GetPInvokeErrorMessage(error));
        }
    }
}

/// <summary>One entry of poll(2): <c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    internal const short Readable = 0x01; // POLLIN
    internal const short Writable = 0x04; // POLLOUT
    internal const short Gone = 0x08 | 0x10 | 0x20; // POLLERR, POLLHUP, POLLNVAL

    internal int Descriptor;
    internal short Wanted;
    internal short Happened;
}

/// <summary>
/// The reading side of a line. A pipe that is completed with an exception throws it before the bytes still in it were
/// read; here they are handed out first, and only then comes the reason why the line ended.
/// </summary>
internal sealed class SerialLineReader(PipeReader received, SerialPoller poller) : PipeReader
{
    private const long NotYetExamined = -1;

    private ReadOnlySequence<byte> _last;
    private long _examinedAndLeft = NotYetExamined;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _examinedAndLeft = _last.Slice(examined).IsEmpty ? _last.Slice(consumed).Length : NotYetExamined;
        _last = default;
        received.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => received.CancelPendingRead();

    public override void Complete(Exception? exception = null) => received.Complete(exception);

    /// <exception cref="SerialPortException">The device has gone, and all it sent was read.</exception>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && TryRead(out var result)
            ? ValueTask.FromResult(result)
            : WaitAsync(cancellationToken);

    /// <exception cref="SerialPortException">The device has gone, and all it sent was read.</exception>
    public override bool TryRead(out ReadResult result)
    {
        if (!received.TryRead(out result))
        {
            return false;
        }

        result = Judge(result);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(CancellationToken cancellationToken) =>
        Judge(await received.ReadAsync(cancellationToken).ConfigureAwait(false));

    private ReadResult Judge(ReadResult result)
    {
        _last = result.Buffer;
        if (!result.IsCompleted || poller.Fault is not { } reason)
        {
            return result;
        }

        if (result.Buffer.IsEmpty || result.Buffer.Length == _examinedAndLeft)
        {
            received.AdvanceTo(result.Buffer.Start);
            throw reason;
        }

        return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
    }
}
