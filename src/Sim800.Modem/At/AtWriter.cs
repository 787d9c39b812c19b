using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>Writes command lines and payload to the line.</summary>
internal sealed class AtWriter(PipeWriter output)
{
    private volatile bool _isFlushing;
    private volatile bool _isCancelled;

    /// <summary>Command lines written so far.</summary>
    internal long CommandCount { get; private set; }

    /// <summary>The command, its number if it has one, and CR: S3 is 13 and cannot be changed (SIM800 manual 2.2.17).</summary>
    internal void WriteLine(AtCommand command, int argument)
    {
        CommandCount++;
        _isCancelled = false;
        var span = output.GetSpan(command.Text.Length + 12);
        var length = Encoding.Latin1.GetBytes(command.Text, span);
        if (argument >= 0)
        {
            argument.TryFormat(span[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
        }

        span[length] = (byte)'\r';
        output.Advance(length + 1);
    }

    internal void Write(in ReadOnlySequence<byte> payload)
    {
        _isCancelled = false;
        foreach (var segment in payload)
        {
            output.Write(segment.Span);
        }
    }

    internal void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <returns><c>false</c> when it was given up with bytes left.</returns>
    /// <exception cref="IOException">The line is gone.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> FlushAsync()
    {
        FlushResult result;
        do
        {
            _isFlushing = true;
            result = await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            _isFlushing = false;
        }
        while (result.IsCanceled && !_isCancelled); // a cancellation that came too late for the flush before

        if (result.IsCompleted)
        {
            throw new EndOfStreamException("The serial line was closed by the other side.");
        }

        return !result.IsCanceled;
    }

    /// <summary>The time is up: a flush that hangs, because the modem holds back the flow control, is given up.</summary>
    internal void CancelFlush()
    {
        _isCancelled = true;
        if (_isFlushing)
        {
            output.CancelPendingFlush();
        }
    }
}
