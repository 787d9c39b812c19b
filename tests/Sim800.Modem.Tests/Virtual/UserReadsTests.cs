using System.Text;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>What users read, asked of a modem that was written by another reader of the same reference.</summary>
public sealed class UserReadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Modem_network_and_supply_tell_who_and_how_they_are()
    {
        await using var world = new EchoWorld(options => options with { Roaming = true, SignalStrength = 17, SupplyMillivolt = 3987 });
        await using var modem = await world.OpenAsync();

        var identity = await modem.ReadIdentityAsync(Ct);
        Assert.Equal(("SIMCOM_SIM800L", "1418B05SIM800L24"), (identity.Model, identity.Firmware));
        Assert.Equal(("867717031234567", "8949201234567890123", "262011234567890"), (identity.Imei, identity.Iccid, identity.Imsi));
        Assert.Equal(-79, (await modem.Network.ReadSignalAsync(Ct)).Dbm);
        Assert.Equal("Virtual GSM", (await modem.Network.ReadOperatorAsync(Ct))!.Name);
        Assert.Equal(3987, (await modem.Power.ReadBatteryAsync(Ct)).Millivolts);
        var registration = await modem.Network.ReadRegistrationAsync(Ct);
        Assert.Equal(ModemRegistrationStatus.Roaming, registration.Status);
        Assert.NotNull(registration.CellId);
        Assert.NotNull(registration.LocationAreaCode);
        Assert.NotEmpty(await modem.Network.ListOperatorsAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_clock_is_unset_until_NTP_sets_it_and_the_place_is_known()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        Assert.Null(await modem.Clock.ReadAsync(Ct));

        var time = await modem.Clock.SynchroniseAsync("pool.ntp.org", TimeSpan.FromHours(-5.5), Ct);
        Assert.InRange(world.Clock.GetUtcNow() - time, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromHours(-5.5), time.Offset);

        var place = await modem.Network.ReadLocationAsync(Ct);
        Assert.Equal((59.395128, 24.672608), (place.Latitude, place.Longitude));
    }

    [Fact(Timeout = 120_000)]
    public async Task USSD_raw_commands_sleep_and_switching_off_work_beside_an_open_connection()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);

        Assert.Equal("Balance: 12.34 EUR", (await modem.Network.SendUssdAsync("*100#", Ct)).Text);
        Assert.Equal(
            UssdReason.NotSupported, (await Assert.ThrowsAsync<UssdException>(() => modem.Network.SendUssdAsync("*999#", Ct))).Reason);
        Assert.StartsWith("+CIPSTATUS: 0,", Assert.Single((await modem.SendCommandAsync("AT+CIPSTATUS=0", cancellationToken: Ct)).Information), StringComparison.Ordinal);
        await modem.Power.SetSleepModeAsync(ModemSleepMode.Automatic, Ct);
        await modem.Power.WakeAsync(Ct);
        await Task.Delay(TimeSpan.FromMinutes(5), world.Clock, Ct); // asleep most of the time
        Assert.Equal(0, modem.Channel.ResynchronisationCount);
        Assert.True(connection.IsOpen);
        await connection.Output.WriteAsync("are you "u8.ToArray(), Ct);
        await Task.Delay(TimeSpan.FromSeconds(30), world.Clock, Ct);
        await modem.Power.SetSleepModeAsync(ModemSleepMode.Never, Ct);
        await connection.Output.WriteAsync("still there"u8.ToArray(), Ct);
        var read = await connection.Input.ReadAtLeastAsync(19, Ct);
        Assert.Equal("are you still there", Encoding.ASCII.GetString(read.Buffer));
        connection.Input.AdvanceTo(read.Buffer.End);

        await modem.Power.PowerOffAsync(Ct);
        await Assert.ThrowsAsync<ModemClosedException>(() => modem.Network.ReadSignalAsync(Ct));
    }
}
