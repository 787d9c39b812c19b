using System.Buffers;
using Sim800.Modem.At;

namespace Sim800.Modem.BringUp;

/// <summary>Switches a modem from a transparent connection to command mode: by <c>+++</c>, or by the DTR wire.</summary>
internal sealed class CommandModeSwitch(AtChannel channel, ISerialLine? line, ModemOptions options)
{
    /// <summary>The guard time: a little more than the second that the modem requires.</summary>
    internal static readonly TimeSpan Guard = TimeSpan.FromSeconds(1.1);

    private static readonly ReadOnlySequence<byte> Escape = new("+++"u8.ToArray());

    /// <summary>When the last byte will have left the wire, by the rate of the line.</summary>
    private long _quietFrom = options.TimeProvider.GetTimestamp();

    /// <summary>Whether data must not look like the escape.</summary>
    internal bool IsByPluses => options.TransparentEscape == ModemTransparentEscape.Pluses;

    /// <summary>How long nothing has been on the wire to the modem.</summary>
    internal TimeSpan Quiet
    {
        get
        {
            var quiet = options.TimeProvider.GetElapsedTime(_quietFrom);
            return quiet > TimeSpan.Zero ? quiet : TimeSpan.Zero;
        }
    }

    /// <summary>So many bytes were given to the line, which may need a while for them: ten bits each.</summary>
    internal void OnWritten(long count)
    {
        var rate = line?.BaudRate ?? options.BaudRate;
        var clock = options.TimeProvider;
        _quietFrom = Math.Max(_quietFrom, clock.GetTimestamp()) + (count * 10 * clock.TimestampFrequency / rate);
    }

    /// <summary>Tells the modem to come back. It says <c>OK</c> a second later, or nothing.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (IsByPluses)
        {
            await Task.Delay(Guard + TimeLeft(), options.TimeProvider, cancellationToken).ConfigureAwait(false);
            await channel.WriteRawAsync(Escape, cancellationToken).ConfigureAwait(false);
            OnWritten(Escape.Length);
            return;
        }

        await Task.Delay(TimeLeft(), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        SetDtr(false);
        try
        {
            await Task.Delay(Guard, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            SetDtr(true);
        }
    }

    /// <exception cref="SerialPortException">The serial device has no DTR, or has gone.</exception>
    internal void SetDtr(bool asserted)
    {
        if (line is not null)
        {
            line.SetDtr(asserted);
        }
        else
        {
            options.SetDataTerminalReady!(asserted);
        }
    }

    private TimeSpan TimeLeft()
    {
        var left = options.TimeProvider.GetElapsedTime(options.TimeProvider.GetTimestamp(), _quietFrom);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
