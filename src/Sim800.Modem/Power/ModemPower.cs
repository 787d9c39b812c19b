using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem;

/// <summary>Battery, sleep and switching off. Warnings of the supply come through <see cref="ModemOptions.Events"/>.</summary>
public sealed class ModemPower
{
    private const int WakeAttempts = 3;

    /// <summary>DTR must be low for 50 ms, and after a lost first character 100 ms must pass (SIM800 manual, AT+CSCLK).</summary>
    private static readonly TimeSpan WakePause = TimeSpan.FromMilliseconds(100);

    private readonly AtChannel _channel;
    private readonly IModemDialect _dialect;
    private readonly ModemOptions _options;
    private readonly ISerialLine? _line;
    private readonly Func<ValueTask> _close;
    private ModemSleepMode _mode;
    private Reading? _lastBattery;

    /// <param name="channel">The modem.</param>
    /// <param name="dialect">Its family.</param>
    /// <param name="options">For the DTR wire of a line that was opened by the caller.</param>
    /// <param name="line">The serial line when it is ours, which has a DTR wire; <c>null</c> for a line of the caller.</param>
    /// <param name="close">Closes the line.</param>
    internal ModemPower(AtChannel channel, IModemDialect dialect, ModemOptions options, ISerialLine? line, Func<ValueTask> close) =>
        (_channel, _dialect, _options, _line, _close) = (channel, dialect, options, line, close);

    /// <summary>The latest result of <see cref="ReadBatteryAsync"/>; <c>null</c> before the first.</summary>
    public ModemBatteryStatus? LastBattery => Volatile.Read(ref _lastBattery)?.Status;

    /// <summary>Reads battery and supply voltage (<c>AT+CBC</c>).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public async Task<ModemBatteryStatus> ReadBatteryAsync(CancellationToken cancellationToken = default)
    {
        var status = await _channel.AskAsync<ModemBatteryStatus>(
            StandardCommands.Battery, Sim800Stage.Modem, ModemBatteryStatus.TryRead, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastBattery, new Reading(status));
        return status;
    }

    /// <summary>
    /// Says when the modem may sleep (<c>AT+CSCLK</c>). With <see cref="ModemSleepMode.Automatic"/> every command after a pause wakes it,
    /// which takes 100 ms.
    /// </summary>
    /// <param name="mode">When.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">DTR is asked for, and the line is the caller's.</exception>
    /// <exception cref="SerialPortException">The serial device has no DTR.</exception>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task SetSleepModeAsync(ModemSleepMode mode, CancellationToken cancellationToken = default)
    {
        if (mode == ModemSleepMode.DataTerminalReady)
        {
            SetDtr(true);
        }

        await _channel.ExecuteAsync(_dialect.Sleep((int)mode), Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);
        _mode = mode;
        _channel.SleepsWhenIdle = mode == ModemSleepMode.Automatic;
    }

    /// <summary>Lets the modem sleep by releasing DTR. Until <see cref="WakeAsync"/> it receives nothing from the serial line.</summary>
    /// <exception cref="InvalidOperationException">The mode is not <see cref="ModemSleepMode.DataTerminalReady"/>.</exception>
    /// <exception cref="SerialPortException">The serial device has gone.</exception>
    public void Sleep()
    {
        if (_mode != ModemSleepMode.DataTerminalReady)
        {
            throw new InvalidOperationException("Choose ModemSleepMode.DataTerminalReady first.");
        }

        SetDtr(false);
    }

    /// <summary>Wakes the modem and waits until it answers.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AtTimeoutException">It does not wake.</exception>
    /// <exception cref="SerialPortException">The serial device has gone.</exception>
    public async Task WakeAsync(CancellationToken cancellationToken = default)
    {
        if (_mode == ModemSleepMode.DataTerminalReady)
        {
            SetDtr(true);
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _channel.ExecuteAsync(StandardCommands.Attention, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (AtTimeoutException) when (attempt < WakeAttempts)
            {
                // The first characters only woke it.
                await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Switches the modem off (<c>AT+CPOWD=1</c>) and closes the line. The power key switches it on again.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task PowerOffAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _channel.ExecuteAsync(_dialect.PowerOff, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException e) when (!_channel.IsInStep && e.Reason == AtTimeoutReason.Silence)
        {
            Log.OffWithoutAnswer(_channel.Logger, e.Message); // it was called in vain since: its last word was lost
        }

        await _close().ConfigureAwait(false);
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(WakePause, _options.TimeProvider, cancellationToken);

    private void SetDtr(bool asserted)
    {
        if (_line is not null)
        {
            _line.SetDtr(asserted);
        }
        else if (_options.SetDataTerminalReady is { } set)
        {
            set(asserted);
        }
        else
        {
            throw new InvalidOperationException(
                "The modem was opened on a line of the caller, whose DTR only the caller can set: give SetDataTerminalReady in the options.");
        }
    }

    private sealed record Reading(ModemBatteryStatus Status);
}
