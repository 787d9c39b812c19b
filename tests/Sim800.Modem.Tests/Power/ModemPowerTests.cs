using Sim800.Modem.Dialects;
using Sim800.Modem.Serial;
using TestKit;

namespace Sim800.Modem.Tests.Power;

public sealed class ModemPowerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_battery_is_read()
    {
        await using var talk = await Talk.OpenAsync(">> AT+CBC\r", "<< \r\n+CBC: 0,85,3987\r\n\r\nOK\r\n");

        Assert.Equal(new ModemBatteryStatus(ModemChargeState.NotCharging, 85, 3987), await talk.Modem.Power.ReadBatteryAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task Switching_off_ends_with_the_modems_farewell_and_closes_the_line()
    {
        await using var talk = await Talk.OpenAsync(">> AT+CPOWD=1\r", "<< \r\nNORMAL POWER DOWN\r\n");

        await talk.Modem.Power.PowerOffAsync(Ct);

        await talk.PlayedAsync();
        await Assert.ThrowsAsync<ModemClosedException>(() => talk.Modem.Power.ReadBatteryAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_sleeps_by_itself_is_woken_by_the_first_characters()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(
            clock,
            ">> AT+CSCLK=2\r", "<< \r\nOK\r\n",
            ">> AT\r"); // lost: it only wakes the modem
        await talk.Modem.Power.SetSleepModeAsync(ModemSleepMode.Automatic, Ct);

        var awake = talk.Modem.Power.WakeAsync(Ct);
        await talk.PlayedAsync();
        await clock.PassAsync(TimeSpan.FromSeconds(1), Ct);
        await talk.PlayAsync(
            ">> \u001bAT\r", "<< \r\nOK\r\n",
            ">> ATE0\r", "<< \r\nOK\r\n",
            ">> AT+CMEE=2\r", "<< \r\nOK\r\n",
            ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n");
        await clock.PassAsync(TimeSpan.FromMilliseconds(100), Ct);
        await talk.PlayAsync(">> AT\r", "<< \r\nOK\r\n");

        await awake;
    }

    [Fact(Timeout = 120_000)]
    public async Task A_command_after_a_pause_wakes_a_modem_that_sleeps_by_itself()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(clock, ">> AT+CSCLK=2\r", "<< \r\nOK\r\n", ">> AT+CBC\r", "<< \r\n+CBC: 0,85,3987\r\n\r\nOK\r\n");
        await talk.Modem.Power.SetSleepModeAsync(ModemSleepMode.Automatic, Ct);
        await talk.Modem.Power.ReadBatteryAsync(Ct); // at once: it is awake
        clock.Advance(TimeSpan.FromSeconds(4));

        var reading = talk.Modem.Power.ReadBatteryAsync(Ct);
        await talk.PlayAsync(">> \r");
        await clock.PassAsync(TimeSpan.FromMilliseconds(100), Ct);
        await talk.PlayAsync(">> AT+CBC\r", "<< \r\n+CBC: 0,85,3987\r\n\r\nOK\r\n");

        Assert.Equal(85, (await reading).Percent);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_does_not_wake_is_reported_after_three_attempts()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(clock);

        var awake = talk.Modem.Power.WakeAsync(Ct);
        await RunClockAsync(clock, awake);

        await Assert.ThrowsAsync<AtTimeoutException>(() => awake);
    }

    [Fact(Timeout = 120_000)]
    public async Task Sleep_by_DTR_needs_the_wire()
    {
        await using var talk = await Talk.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => talk.Modem.Power.SetSleepModeAsync(ModemSleepMode.DataTerminalReady, Ct));
        Assert.Throws<InvalidOperationException>(talk.Modem.Power.Sleep);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_without_DTR_says_so_before_the_modem_is_told_to_sleep()
    {
        using var terminal = new PseudoTerminal();
        await using var line = SerialLine.Open(terminal.DevicePath, new SerialLineOptions());
        await using var talk = await Talk.OpenAsync();
        var power = new ModemPower(talk.Modem.Channel, new Sim800Dialect(), new ModemOptions(), line, talk.Modem.DisposeAsync);

        var e = await Assert.ThrowsAsync<SerialPortException>(() => power.SetSleepModeAsync(ModemSleepMode.DataTerminalReady, Ct));

        Assert.Equal(SerialPortReason.ControlLineUnsupported, e.Reason);
    }

    /// <summary>Fires one timer after the other until the task has ended.</summary>
    private static async Task RunClockAsync(ManualTimeProvider clock, Task task)
    {
        while (!task.IsCompleted)
        {
            clock.AdvanceToNextTimer();
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
