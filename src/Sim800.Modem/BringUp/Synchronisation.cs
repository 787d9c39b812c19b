using System.Buffers;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Known;

namespace Sim800.Modem.BringUp;

/// <summary>
/// Establishes communication with the modem: finds its baud rate, leaves a prompt or a transparent connection that an earlier program may
/// have left open, and sets echo, error format, baud rate and flow control.
/// </summary>
internal sealed class Synchronisation(
    AtChannel channel, IModemDialect dialect, ISerialLine? line, CommandModeSwitch commandMode, Identification identification, ModemMemory memory, ModemOptions options, ILogger logger)
{
    private const int Calls = 3;
    private const int CallsPerGuess = 2;
    private static readonly ReadOnlySequence<byte> Escape = new("+++"u8.ToArray());

    /// <summary>A prompt that was left open takes commands for payload until the announced count is reached.</summary>
    private static readonly ReadOnlySequence<byte> Padding = new([.. Enumerable.Repeat((byte)'\r', 1460)]);

    private static readonly int[] UsualRates = [115200, 9600, 57600, 38400, 19200, 230400, 460800, 4800, 2400, 1200];

    /// <returns>At which rate the modem was found and what became of that, when it was not the wanted one; otherwise <c>null</c>.</returns>
    /// <exception cref="AtTimeoutException">The modem did not answer; the reason says what was received instead.</exception>
    /// <exception cref="ModemFamilyException">There is no driver for this modem, or it cannot do what the options ask for.</exception>
    /// <exception cref="SerialPortException">The device has gone.</exception>
    internal async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        var found = options.BaudRate;
        if (!await TryCallAsync(StandardCommands.Probe, Calls, started, cancellationToken).ConfigureAwait(false))
        {
            found = await FindAsync(started, cancellationToken).ConfigureAwait(false);
        }

        channel.BeginWatchingLine();
        var greeted = await GreetAsync(cancellationToken).ConfigureAwait(false);
        await identification.RunAsync(greeted, cancellationToken).ConfigureAwait(false);
        var isFixed = line is not null && await FixBaudRateAsync(line, found, cancellationToken).ConfigureAwait(false);
        await memory.KeepAsync(cancellationToken).ConfigureAwait(false);
        if (options.HardwareFlowControl)
        {
            await channel.SendAsync(StandardCommands.HardwareFlowControl, cancellationToken).ConfigureAwait(false);
        }

        return found == options.BaudRate ? null
            : isFixed ? FormattableString.Invariant($"found at {found} baud, set to {options.BaudRate} and saved ({dialect.SetBaudRate(options.BaudRate).Text};&W)")
            : FormattableString.Invariant($"found at {found} baud and not at {options.BaudRate}: ask for {found} to find it at once, {dialect.SetBaudRate(found).Text};&W keeps it there");
    }

    /// <summary>A modem that does not know one command of a line carries out none behind it.</summary>
    private async Task<AtResponse> GreetAsync(CancellationToken cancellationToken)
    {
        var greeted = await channel.SendAsync(identification.Greeting, cancellationToken).ConfigureAwait(false);
        if (!greeted.FinalResult.IsSuccess)
        {
            await channel.SendAsync(StandardCommands.VerboseErrorsEchoOff, cancellationToken).ConfigureAwait(false);
        }

        return greeted;
    }

    /// <returns>The rate at which the modem answers.</returns>
    private async Task<int> FindAsync(long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var rate in Rates())
            {
                line?.SetBaudRate(rate);
                var isGuess = rate != options.BaudRate;
                if (await TryCallAsync(
                    isGuess ? StandardCommands.QuickProbe : StandardCommands.Probe,
                    isGuess ? CallsPerGuess : Calls,
                    started,
                    cancellationToken).ConfigureAwait(false))
                {
                    // A slow modem may still answer the earlier probes: the query is the fence behind which none of their answers follows.
                    await channel.SendAsync(StandardCommands.ErrorFormat, cancellationToken).ConfigureAwait(false);
                    return rate;
                }
            }

            await LeaveOldSessionAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private IEnumerable<int> Rates() =>
        line is null ? [options.BaudRate] : UsualRates.Where(rate => rate != options.BaudRate).Append(options.BaudRate);

    private async Task<bool> TryCallAsync(AtCommand probe, int calls, long started, CancellationToken cancellationToken)
    {
        for (var call = 0; call < calls; call++)
        {
            try
            {
                await channel.SendAsync(probe, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (AtTimeoutException) when (options.TimeProvider.GetElapsedTime(started) < options.SynchronisationTimeout)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return false;
    }

    private async Task LeaveOldSessionAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(CommandModeSwitch.Guard, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        await channel.WriteRawAsync(Escape, cancellationToken).ConfigureAwait(false);
        await Task.Delay(CommandModeSwitch.Guard, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        if (!commandMode.IsByPluses)
        {
            await commandMode.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        await channel.WriteRawAsync(Padding, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A fixed rate survives a restart and makes the modem announce it (RDY); automatic detection does neither (2.2.41).</summary>
    /// <returns>Whether the modem has been set to the wanted rate.</returns>
    private async Task<bool> FixBaudRateAsync(ISerialLine port, int found, CancellationToken cancellationToken)
    {
        if (!options.FixBaudRate || (memory.Known?.SavedRate is { } saved && saved == found && found == options.BaudRate))
        {
            return false;
        }

        var rate = await channel.SendAsync(StandardCommands.BaudRateQuery, cancellationToken).ConfigureAwait(false);
        if (!rate.FinalResult.IsSuccess || (found == options.BaudRate && rate.Information is not [.., "+IPR: 0" or "+IPR:0"]))
        {
            memory.LearnRate(rate.FinalResult.IsSuccess ? found : null);
            return false;
        }

        memory.LearnRate(null);

        if (await TrySetRateAsync(cancellationToken).ConfigureAwait(false) && await ChangeAsync(port, found, cancellationToken).ConfigureAwait(false))
        {
            await channel.SendAsync(StandardCommands.Save, cancellationToken).ConfigureAwait(false);
            memory.LearnRate(options.BaudRate);
            Log.BaudRateFixed(logger, found, options.BaudRate);
            return true;
        }

        return false;
    }

    /// <returns><c>false</c> when the module cannot run at this rate.</returns>
    private async Task<bool> TrySetRateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await channel.SendAsync(dialect.SetBaudRate(options.BaudRate), cancellationToken).ConfigureAwait(false)).FinalResult.IsSuccess;
        }
        catch (AtTimeoutException)
        {
            return true; // the answer was garbled: the rate may have changed already
        }
    }

    /// <returns><c>false</c> when the modem does not answer at the new rate: the old one is still in force.</returns>
    private async Task<bool> ChangeAsync(ISerialLine port, int found, CancellationToken cancellationToken)
    {
        port.SetBaudRate(options.BaudRate);
        if (await TryCallAsync(StandardCommands.Probe, Calls, options.TimeProvider.GetTimestamp(), cancellationToken).ConfigureAwait(false))
        {
            await channel.SendAsync(StandardCommands.ErrorFormat, cancellationToken).ConfigureAwait(false);
            return true;
        }

        port.SetBaudRate(found);
        return false;
    }
}
