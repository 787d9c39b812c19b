using System.Buffers;
using System.Collections.Concurrent;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>The same program with a modem of each family, written by another reader of the same reference.</summary>
public sealed class FamilyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<VirtualModemModel> Models =>
        [VirtualModemModel.Sim800L, VirtualModemModel.Sim7000G, VirtualModemModel.A7670E, VirtualModemModel.Sim7600E];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Models))]
    public async Task Bytes_come_back_as_they_were_sent(VirtualModemModel model)
    {
        await using var world = new EchoWorld(options => options with { Model = model });
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        var sent = new byte[100_000];
        new Random(1).NextBytes(sent);

        var writing = connection.Output.WriteAsync(sent, Ct).AsTask();
        var received = await ReadAsync(connection, sent.Length);
        await writing;

        Assert.Equal(sent, received);
        Assert.NotNull(modem.LocalAddress);
        Assert.Equal(0, (await connection.ReadAcknowledgementAsync(Ct)).Unacknowledged);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Models))]
    public async Task A_second_connection_opens_where_the_first_was_closed(VirtualModemModel model)
    {
        await using var world = new EchoWorld(options => options with { Model = model });
        await using var modem = await world.OpenAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            await connection.Output.WriteAsync(new[] { (byte)turn }, Ct);
            Assert.Equal([(byte)turn], await ReadAsync(connection, 1));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(VirtualModemModel.Sim800L, 6)]
    [InlineData(VirtualModemModel.Sim7000G, 8)]
    [InlineData(VirtualModemModel.A7670E, 10)]
    [InlineData(VirtualModemModel.Sim7600E, 10)]
    public async Task Every_link_of_the_family_is_used_and_one_more_is_refused(VirtualModemModel model, int links)
    {
        await using var world = new EchoWorld(options => options with { Model = model });
        await using var modem = await world.OpenAsync();
        Assert.Equal(links, modem.MaxConnections);
        var connections = new List<ModemTcpConnection>();
        for (var i = 0; i < links; i++)
        {
            connections.Add(await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct));
        }

        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct));
        Assert.Equal(TcpConnectReason.NoFreeLink, refused.Reason);
        await Task.WhenAll(connections.Select(async connection =>
        {
            var sent = Enumerable.Repeat((byte)connection.Link, 3000).ToArray();
            await connection.Output.WriteAsync(sent, Ct);
            Assert.Equal(sent, await ReadAsync(connection, sent.Length));
        }));
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(VirtualModemModel.A7670E)]
    [InlineData(VirtualModemModel.Sim7600E)]
    public async Task A_host_that_does_not_exist_is_told_from_one_that_does_not_listen(VirtualModemModel model)
    {
        await using var world = new EchoWorld(options => options with { Model = model });
        await using var modem = await world.OpenAsync(world.Options with { Recovery = new ModemRecoveryOptions { Highest = ModemRecoveryRung.Reopen } });
        var unknown = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("no.such.host", 7, Ct));
        Assert.Equal(TcpConnectReason.HostNotFound, unknown.Reason);
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync(EchoWorld.Host, 8, Ct));
        Assert.Equal((TcpConnectReason.Failed, "AT+CIPOPEN"), (refused.Reason, refused.Command));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("reboot")]
    [InlineData("remote-close")]
    [InlineData("closed-in-send")]
    [InlineData("pdp-deact=30s")]
    [InlineData("registration-lost=30s")]
    [InlineData("truncated-read")]
    [InlineData("prompt-lost")]
    [InlineData("brown-out")]
    [InlineData("byte-loss=0.0002")]
    [InlineData("echo-back")]
    public async Task After_a_fault_every_family_is_connected_again(string fault)
    {
        foreach (var model in (VirtualModemModel[])[VirtualModemModel.Sim7000G, VirtualModemModel.A7670E, VirtualModemModel.Sim7600E])
        {
            await using var world = new EchoWorld(options => options with { Model = model });
            await using var modem = await world.OpenAsync();
            var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            world.Sim.Inject(Fault.Parse(fault));
            await EchoUntilLostAsync(connection, turns: 20, Ct);
            await connection.DisposeAsync();
            Assert.Equal(3, await ConnectAgainAsync(modem));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("late-result=30s")]
    [InlineData("urcs-before-result")]
    [InlineData("netopen-fails=2")]
    [InlineData("creg-denied")]
    [InlineData("dns-fails")]
    [InlineData("prompt-space=5")]
    [InlineData("blank-before-ok=5")]
    [InlineData("payload-echo=5")]
    [InlineData("cadataind")]
    [InlineData("no-data=3")]
    [InlineData("missing-receive-notice=5")]
    [InlineData("slow-answers=2s")]
    [InlineData("incoming-message")]
    [InlineData("under-voltage")]
    public async Task An_LTE_module_may_do_that_and_nothing_is_lost(string fault)
    {
        foreach (var model in (VirtualModemModel[])[VirtualModemModel.A7670E, VirtualModemModel.Sim7600E])
        {
            await using var world = new EchoWorld(options => options with { Model = model, Faults = FaultPlan.Parse(fault) });
            await using var modem = await world.OpenAsync();
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            Assert.Equal(10, await EchoAsync(connection, turns: 10));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task An_LTE_module_tells_of_a_weak_supply_like_a_SIM800()
    {
        foreach (var model in (VirtualModemModel[])[VirtualModemModel.Sim800L, VirtualModemModel.A7670E, VirtualModemModel.Sim7600E])
        {
            await using var world = new EchoWorld(options => options with { Model = model });
            var told = new ConcurrentQueue<ModemEventKind>();
            await using var modem = await world.OpenAsync(world.Options with { Events = new Listener(told) });
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            world.Sim.Inject(Fault.Parse("under-voltage=2"));
            Assert.Equal(10, await EchoAsync(connection, turns: 10));
            Assert.Equal([ModemEventKind.UnderVoltage, ModemEventKind.UnderVoltage], told);
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("silent-loss")]
    [InlineData("nothing-confirmed")]
    [InlineData("open-refused")]
    [InlineData("reboot-in-open")]
    [InlineData("cs-fallback")]
    public async Task An_LTE_module_may_do_that_and_is_connected_again(string fault)
    {
        foreach (var model in (VirtualModemModel[])[VirtualModemModel.A7670E, VirtualModemModel.Sim7600E])
        {
            await using var world = new EchoWorld(options => options with { Model = model });
            await using var modem = await world.OpenAsync();
            var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            world.Sim.Inject(Fault.Parse(fault));
            world.Sim.ReceiveMessage("+491700000001", "hello");
            using (var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10), world.Clock))
            {
                await EchoUntilLostAsync(connection, turns: 20, patience.Token);
            }

            await connection.DisposeAsync();
            Assert.Equal(3, await ConnectAgainAsync(modem));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(VirtualModemModel.A7670E)]
    [InlineData(VirtualModemModel.Sim7600E)]
    public async Task Another_access_point_and_its_credentials_are_taken_in_either_order(VirtualModemModel model)
    {
        foreach (var faults in new[] { FaultPlan.None, FaultPlan.Parse("cgauth-user-first") })
        {
            await using var world = new EchoWorld(
                options => options with { Model = model, Apn = "internet", ApnUser = "web", ApnPassword = "secret", Faults = faults });
            await using var modem = await world.OpenAsync(world.Options with { ApnUser = "web", ApnPassword = "secret" });
            Assert.Equal(3, await ConnectAgainAsync(modem));
        }
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Models))]
    public async Task The_identity_names_family_and_firmware(VirtualModemModel model)
    {
        await using var world = new EchoWorld(options => options with { Model = model });
        await using var modem = await world.OpenAsync();
        var identity = await modem.ReadIdentityAsync(Ct);
        Assert.Equal(modem.Family, identity.Family);
        Assert.Contains(model.ToString()[..5], identity.Model, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(identity.Firmware);
        Assert.NotNull(identity.Imei);
        Assert.NotNull(identity.Iccid);
        Assert.Empty(identity.Unread);
        Assert.NotNull((await modem.Network.ReadSignalAsync(Ct)).Dbm);
        Assert.True((await modem.Network.ReadRegistrationAsync(Ct)).IsRegistered);
        Assert.NotNull(await modem.Network.ReadOperatorAsync(Ct));
        Assert.InRange((await modem.Power.ReadBatteryAsync(Ct)).Millivolts, 3000, 5000);
    }

    internal static async Task<int> ConnectAgainAsync(CellularModem modem)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
                return await EchoAsync(connection, turns: 3);
            }
            catch (ModemException) when (attempt < 12)
            {
                // the ladder of the modem itself decides what is done next
            }
        }
    }

    internal static async Task<int> EchoAsync(ModemTcpConnection connection, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            await connection.Output.WriteAsync(new[] { (byte)turn, (byte)(turn >> 8) }, Ct);
            Assert.Equal([(byte)turn, (byte)(turn >> 8)], await ReadAsync(connection, 2));
        }

        return turns;
    }

    private static async Task EchoUntilLostAsync(ModemTcpConnection connection, int turns, CancellationToken cancellationToken)
    {
        try
        {
            for (var turn = 0; turn < turns; turn++)
            {
                await connection.Output.WriteAsync(new[] { (byte)turn, (byte)(turn >> 8) }, cancellationToken);
                var result = await connection.Input.ReadAtLeastAsync(2, cancellationToken);
                if (result.Buffer.Length < 2)
                {
                    return;
                }

                Assert.Equal([(byte)turn, (byte)(turn >> 8)], result.Buffer.Slice(0, 2).ToArray());
                connection.Input.AdvanceTo(result.Buffer.GetPosition(2));
            }
        }
        catch (ModemException)
        {
            // lost, as it should be
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            Assert.Fail("The link has died without a word, and nobody has noticed.");
        }
    }

    private static async Task<byte[]> ReadAsync(ModemTcpConnection connection, int count)
    {
        var result = await connection.Input.ReadAtLeastAsync(count, Ct);
        var bytes = result.Buffer.Slice(0, Math.Min(count, result.Buffer.Length)).ToArray();
        connection.Input.AdvanceTo(result.Buffer.GetPosition(bytes.Length));
        return bytes;
    }

    /// <summary>In the order in which they happen, as <see cref="Progress{T}"/> does not promise.</summary>
    private sealed class Listener(ConcurrentQueue<ModemEventKind> told) : IProgress<ModemEvent>
    {
        public void Report(ModemEvent value) => told.Enqueue(value.Kind);
    }
}
