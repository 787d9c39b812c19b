using System.Text;
using Sim800.Modem;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Mqtt.Tests.Composition;

public sealed class Sim800MqttClientTests
{
    private static readonly LoopbackBrokerOptions Guarded = new() { Tls = true, RequireSni = true, UserName = "u", Password = "p" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_goes_all_the_way_and_another_comes_back(bool tls)
    {
        await using var rig = new Rig(broker: new LoopbackBrokerOptions { Tls = tls });
        await using var client = await rig.ConnectAsync();
        await using var commands = await client.SubscribeAsync("commands/#", cancellationToken: Token);

        await client.PublishAsync("t", "zero"u8.ToArray(), cancellationToken: Token);
        await client.PublishAsync("t", "one"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        await client.PublishAsync("t", "two"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Token);
        await client.PublishAsync("t", new MemoryStream("stream"u8.ToArray()), 6, MqttQoS.AtLeastOnce, cancellationToken: Token);
        rig.Broker.Publish("commands/open", "now"u8.ToArray(), 1);

        var command = await commands.ReadAsync(Token);
        Assert.Equal(("commands/open", "now"), (command.Topic, Encoding.UTF8.GetString(command.Payload.Span)));
        Assert.Equal(["one", "stream", "two", "zero"], rig.Received.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, client.Unacknowledged);
        Assert.Equal(MqttClientState.Connected, client.Status.State);
        await client.FlushAsync(Token);
        await client.DisconnectAsync(Token);
        Assert.Equal(MqttClientState.Closed, client.Status.State);
        Assert.True(client.Completion.IsCompletedSuccessfully);
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_stage_is_told_in_order_with_its_duration()
    {
        await using var rig = new Rig(broker: Guarded);
        var steps = new Steps();

        await using var client = await rig.ConnectAsync(rig.Options with
        {
            Progress = steps,
            Mqtt = rig.Options.Mqtt with { Credentials = new MqttCredentials("u", "p") },
        });

        Sim800Stage[] all = [Sim800Stage.Line, Sim800Stage.Modem, Sim800Stage.Sim, Sim800Stage.Network, Sim800Stage.Gprs, Sim800Stage.Tcp, Sim800Stage.Tls, Sim800Stage.Mqtt];
        Assert.Equal(all, steps.All.Where(step => step.Kind is Sim800ProgressKind.Started).Select(step => step.Stage));
        Assert.Equal(all, steps.All.Where(step => step.Kind is Sim800ProgressKind.Completed).Select(step => step.Stage));
        Assert.Contains("Tls12", steps.All.Last(step => step.Stage is Sim800Stage.Tls).Detail, StringComparison.Ordinal);
        Assert.All(steps.All, step => Assert.True(step.Elapsed >= TimeSpan.Zero));
    }

    /// <summary>Who waits for the connection prints below the last step, and not between the steps.</summary>
    [Fact(Timeout = 120_000)]
    public async Task The_first_connection_is_there_when_progress_has_been_told_of_it()
    {
        await using var rig = new Rig();
        var telling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var told = new ManualResetEventSlim();
        var steps = new Steps(step =>
        {
            if (step is { Stage: Sim800Stage.Mqtt, Kind: Sim800ProgressKind.Completed })
            {
                telling.TrySetResult();
                told.Wait(Token);
            }
        });
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options with { Progress = steps });
        await telling.Task.WaitAsync(Token);
        var connected = client.WhenConnectedAsync(Token);
        var isEarly = connected.IsCompleted;
        told.Set();
        await connected;
        Assert.False(isEarly);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_password_is_told_and_nothing_is_tried_again()
    {
        await using var rig = new Rig(broker: Guarded);
        var steps = new Steps();
        var options = rig.Options with { Progress = steps, Mqtt = rig.Options.Mqtt with { Credentials = new MqttCredentials("u", "x") } };

        var refusal = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => rig.ConnectOnceAsync(options));

        Assert.Equal(MqttConnectReturnCode.NotAuthorized, refusal.ReturnCode);
        var last = steps.All[^1];
        Assert.Equal((Sim800Stage.Mqtt, Sim800ProgressKind.Failed, refusal.Message), (last.Stage, last.Kind, last.Detail));
        Assert.Equal(1, rig.Broker.Counters.Connections);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_is_not_trusted_gets_no_password()
    {
        await using var rig = new Rig(broker: Guarded);

        await Assert.ThrowsAsync<TlsCertificateException>(
            () => rig.ConnectAsync(rig.Options with { Tls = null, Mqtt = rig.Options.Mqtt with { Credentials = new MqttCredentials("u", "p") } }));

        Assert.Equal(0, rig.Broker.Counters.Packets);
    }

    [Fact(Timeout = 120_000)]
    public async Task Plain_mqtt_on_a_tls_port_is_explained()
    {
        await using var rig = new Rig(broker: Guarded);

        var refusal = await Assert.ThrowsAsync<MqttEndpointException>(() => rig.ConnectOnceAsync(rig.Options with { UseTls = false }));

        Assert.Contains(refusal.Mismatch, new[] { MqttEndpointMismatch.WantsTls, MqttEndpointMismatch.ClosedWithoutAnswer });
        Assert.Contains("TLS on", refusal.RemedyText, StringComparison.Ordinal);
        Assert.NotNull(refusal.InnerException);
    }

    [Fact(Timeout = 120_000)]
    public async Task Tls_on_a_plain_port_is_explained()
    {
        await using var rig = new Rig();
        rig.Serve(8883, async (pipe, cancellationToken) =>
        {
            var hello = await pipe.Input.ReadAsync(cancellationToken);
            pipe.Input.AdvanceTo(hello.Buffer.End);
            await pipe.Output.WriteAsync(new byte[] { 0x20, 0x02, 0, 0 }, cancellationToken);
            await pipe.Input.ReadAsync(cancellationToken);
        });

        var refusal = await Assert.ThrowsAsync<MqttEndpointException>(() => rig.ConnectOnceAsync(rig.Options with { Port = 8883 }));

        Assert.Equal(MqttEndpointMismatch.WantsPlainMqtt, refusal.Mismatch);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(8884, "HTTP/1.1 400 Bad Request\r\n\r\n", MqttEndpointMismatch.WantsWebSocket, "8883")]
    [InlineData(1883, "SSH-2.0-OpenSSH_9.2\r\n", MqttEndpointMismatch.NoMqtt, "8883")]
    [InlineData(1883, "", MqttEndpointMismatch.ClosedWithoutAnswer, "password")]
    public async Task What_answers_instead_of_a_broker_is_explained(int port, string answer, MqttEndpointMismatch mismatch, string remedy)
    {
        await using var rig = new Rig();
        rig.Serve(port, async (pipe, cancellationToken) =>
        {
            var connect = await pipe.Input.ReadAsync(cancellationToken);
            pipe.Input.AdvanceTo(connect.Buffer.End);
            await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        });

        var refusal = await Assert.ThrowsAsync<MqttEndpointException>(() => rig.ConnectOnceAsync(rig.Options with { Port = port, UseTls = false }));

        Assert.Equal(mismatch, refusal.Mismatch);
        Assert.Contains(remedy, refusal.RemedyText, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_closed_port_is_the_modems_to_tell()
    {
        await using var rig = new Rig();

        var failure = await Assert.ThrowsAsync<TcpConnectException>(() => rig.ConnectOnceAsync(rig.Options with { Port = 4711 }));

        Assert.NotEmpty(failure.RemedyText);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_is_not_there_is_told()
    {
        var failure = await Assert.ThrowsAsync<SerialPortException>(
            () => Sim800MqttClient.ConnectAsync(
                "/dev/no-such-device", new Sim800MqttClientOptions { Host = "h", ConnectTimeout = TimeSpan.FromSeconds(0.5) }, Token));

        Assert.Contains("/dev/no-such-device", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_of_the_callers_stays_open()
    {
        await using var rig = new Rig();
        await using var modem = await CellularModem.OpenAsync(rig.Modem.Line, rig.Options.Modem, Token);
        var steps = new Steps();
        await using (var client = await Sim800MqttClient.ConnectAsync(modem, rig.Options with { Progress = steps }, Token))
        {
            Assert.Same(modem, client.Modem);
            await client.PublishAsync("t", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        }

        await using (var again = await Sim800MqttClient.ConnectAsync(modem, rig.Options, Token))
        {
            await again.PublishAsync("t", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        }

        Assert.Equal(["1", "2"], rig.Received.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Sim800Stage.Tcp, Sim800Stage.Tcp, Sim800Stage.Mqtt, Sim800Stage.Mqtt], steps.All.Select(step => step.Stage));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_closed_modem_of_the_callers_ends_the_client()
    {
        await using var rig = new Rig();
        var modem = await CellularModem.OpenAsync(rig.Modem.Line, rig.Options.Modem, Token);
        await using var client = await Sim800MqttClient.ConnectAsync(modem, rig.Options, Token);

        await modem.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => client.Completion.WaitAsync(Token));
        var closed = await Assert.ThrowsAsync<MqttClosedException>(
            async () => await client.PublishAsync("t", "", MqttQoS.AtLeastOnce, cancellationToken: Token));
        Assert.NotNull(closed.InnerException);
        await Assert.ThrowsAsync<MqttClosedException>(async () => await client.PublishAsync("t", "", cancellationToken: Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_the_attempt_leaves_nothing_behind()
    {
        await using var rig = new Rig();
        rig.Serve(1883, (pipe, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        using var impatient = new CancellationTokenSource();
        var connecting = Sim800MqttClient.ConnectAsync(
            rig.Modem.Line,
            rig.Options with { Progress = new Steps(step => { if (step.Stage is Sim800Stage.Mqtt) { impatient.Cancel(); } }) },
            impatient.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);

        rig.Serve(1883, (pipe, cancellationToken) => rig.Broker.ServeAsync(pipe, cancellationToken));
        await using var client = await rig.ConnectAsync();
        Assert.Equal(MqttClientState.Connected, client.Status.State);
    }

    [Fact(Timeout = 120_000)]
    public async Task Options_are_checked_before_anything_is_opened()
    {
        var options = new Sim800MqttClientOptions { Host = "h" };
        await Assert.ThrowsAsync<ArgumentException>(() => Sim800MqttClient.ConnectAsync("", options, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Sim800MqttClient.ConnectAsync("x", options with { Port = 0 }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Sim800MqttClient.ConnectAsync("x", options with { Host = "" }, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Sim800MqttClient.ConnectAsync("x", null!, Token));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sim800MqttClient.Start("x", options with { Reconnect = new Sim800ReconnectOptions { Jitter = 2 } }));
    }

    [Theory]
    [InlineData(8883, null, true)]
    [InlineData(8884, null, true)]
    [InlineData(443, null, true)]
    [InlineData(8084, null, true)]
    [InlineData(1883, null, false)]
    [InlineData(8083, null, false)]
    [InlineData(1883, true, true)]
    [InlineData(8883, false, false)]
    public void Tls_goes_by_the_port_unless_it_is_said(int port, bool? said, bool expected) =>
        Assert.Equal(expected, new Sim800MqttClientOptions { Host = "h", Port = port, UseTls = said }.TlsIsOn);
}
