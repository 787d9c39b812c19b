using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.At;

/// <summary>Writes command lines and payload to the line.</summary>
internal sealed class AtWriter(PipeWriter output)
{
    private long _step;
    private long _cancelledStep = -1;

    /// <summary>Command lines written so far.</summary>
    internal long CommandCount { get; private set; }

    /// <summary>Begins something that has its own time: a command line, its payload.</summary>
    /// <returns>What <see cref="CancelFlush"/> knows it by.</returns>
    internal long BeginStep() => ++_step;

    /// <summary>The command, its number if it has one, and CR, the command line termination character (V.250 S3).</summary>
    internal void WriteLine(AtCommand command, int argument)
    {
        CommandCount++;
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
        foreach (var segment in payload)
        {
            output.Write(segment.Span);
        }
    }

    internal void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <returns><c>false</c> when it was given up with bytes left.</returns>
    /// <exception cref="IOException">The line is gone.</exception>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> FlushAsync()
    {
        FlushResult result;
        do
        {
            result = await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        while (result.IsCanceled && Interlocked.Read(ref _cancelledStep) != _step); // a cancellation that was meant for a step before

        if (result.IsCompleted)
        {
            throw new EndOfStreamException("The serial line was closed by the other side.");
        }

        return !result.IsCanceled;
    }

    /// <summary>The time of the step is up: its flush, which flow control holds back or is about to, is given up.</summary>
    internal void CancelFlush(long step)
    {
        Interlocked.Exchange(ref _cancelledStep, step);
        output.CancelPendingFlush();
    }
}
