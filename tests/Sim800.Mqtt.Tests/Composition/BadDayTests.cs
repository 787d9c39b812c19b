using System.Globalization;
using System.Text;
using Sim800.Modem;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Faults of every kind that passes, at any moment and on top of each other, with messages under way in both directions.</summary>
[Collection(VirtualTime.Name)]
public sealed class BadDayTests
{
    private const int Faults = 20;
    private const int Published = 300;
    private const int Commands = 100;
    private const int Questions = 40;

    private static readonly TimeSpan Day = TimeSpan.FromMinutes(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<int, ModemReceiveMode, bool> Days => new([1, 2, 3], Enum.GetValues<ModemReceiveMode>(), [true, false]);

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Days))]
    public async Task Nothing_is_lost_and_nothing_of_QoS_2_is_doubled(int day, ModemReceiveMode receiveMode, bool tls)
    {
        var seed = Seed.Usually(day);
        var random = new Random(seed);
        string[] faults = [At(random, LastingFaults(tls)), .. Enumerable.Range(0, Faults).Select(_ => At(random, PassingFaults(receiveMode, tls)))];
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {string.Join(' ', faults)}");
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var transcript = new StringWriter(CultureInfo.InvariantCulture);
        using var recorder = new TranscriptRecorder(transcript, clock);
        await using var rig = new Rig(
            clock,
            new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600), Faults = FaultPlan.Parse(faults), Seed = seed, Recorder = recorder },
            new LoopbackBrokerOptions { Tls = tls, MaxQueued = 1000 });
        var modem = rig.Options.Modem with { BaudRate = 115_200, ReceiveMode = receiveMode, Power = new PowerKey(rig) };
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options with { Modem = modem });
        await using var commands = await client.SubscribeAsync("commands/#", MqttQoS.ExactlyOnce, Token);

        var commanding = CommandAsync(rig, clock);
        var asking = receiveMode is ModemReceiveMode.Transparent ? Task.CompletedTask : AskAsync(client, clock);
        var publishing = await PublishAsync(client, clock);
        await commanding;
        await asking;
        var acknowledged = Task.WhenAll(publishing);
        var isInTime = await Task.WhenAny(acknowledged, Task.Delay(TimeSpan.FromHours(3), clock, Token)) == acknowledged;
        if (!isInTime)
        {
            recorder.Flush();
            Assert.Fail($"{publishing.Count(p => !p.IsCompleted)} messages are not acknowledged after hours; {client.Status}; at last:\n{Tail(transcript)}");
        }

        await acknowledged;
        for (var number = 0; number < Commands; number++)
        {
            Assert.Equal(TextOf(number), Encoding.UTF8.GetString((await commands.ReadAsync(Token)).Payload.Span));
        }

        AssertAllReceived(rig);
    }

    /// <summary>What lasts to the end of the day: one of these. What alters bytes is noticed only where something is checked, not by MQTT alone.</summary>
    private static string[] LastingFaults(bool tls) =>
        ["pdp-deact=2m", "slow-answers=1s", "slow-send=3s", .. tls ? (string[])["garble=0.00002", "byte-loss=0.00002"] : []];

    /// <summary>
    /// What passes. A prompt that is lost, or that comes behind the lines of a restart which was none, takes our next commands for payload,
    /// and a line within the data of a transparent connection becomes payload: without TLS nobody notices that either.
    /// </summary>
    private static string[] PassingFaults(ModemReceiveMode receiveMode, bool tls) =>
    [
        "network-time-in-answer=2", "deact-in-shut", "late-connect-fail=75s", "repeated-receive-notice", "urc-before-read-final",
        "urc-before-confirmation", "echo-back", "send-fail=2", "remote-close", "closed-in-send", "reboot", "mux-lost", "zombie", "silent-server",
        "not-attached", "connect-never", "brown-out", "sim-busy=5s", "hang=60s", "hang=10h", "power-down", "missing-receive-notice",
        .. tls || receiveMode is not ModemReceiveMode.Transparent
            ? (string[])["under-voltage", "registration-lost=45s", "incoming-message", "incoming-call"] : [],
        .. tls ? (string[])["truncated-read", "prompt-lost", "short-accept", "boot-urcs-in-answer"] : [],
    ];

    private static string At(Random random, string[] faults) =>
        string.Create(CultureInfo.InvariantCulture, $"{faults[random.Next(faults.Length)]}@{random.Next((int)Day.TotalMilliseconds)}ms");

    private static async Task<List<Task>> PublishAsync(Sim800MqttClient client, VirtualClock clock)
    {
        var publishing = new List<Task>();
        for (var number = 0; number < Published; number++)
        {
            publishing.Add(client.PublishAsync("t", Encoding.UTF8.GetBytes(TextOf(number)), QoSOf(number), cancellationToken: Token).AsTask());
            await Task.Delay(Day / Published, clock, Token);
        }

        return publishing;
    }

    private static async Task CommandAsync(Rig rig, VirtualClock clock)
    {
        for (var number = 0; number < Commands; number++)
        {
            rig.Broker.Publish("commands/x", Encoding.UTF8.GetBytes(TextOf(number)), qos: 2);
            await Task.Delay(Day / Commands, clock, Token);
        }
    }

    private static string Tail(StringWriter transcript) => transcript.ToString() is var all && all.Length > 4000 ? all[^4000..] : all;

    /// <summary>Somebody wants to know the signal and writes short messages meanwhile, and is told what is the matter if it is.</summary>
    private static async Task AskAsync(Sim800MqttClient client, VirtualClock clock)
    {
        for (var question = 0; question < Questions; question++)
        {
            await Task.Delay(Day / Questions, clock, Token);
            try
            {
                if (client.Modem is { } modem)
                {
                    await modem.Network.ReadSignalAsync(Token);
                    await modem.Messages.SendAsync("+491701234567", "still there", Token);
                }
            }
            catch (ModemException e)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed}: {e.Message}");
            }
        }
    }

    /// <summary>From one to some thousand characters, as the number goes.</summary>
    private static string TextOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} {new string('x', number % 10 == 9 ? 3000 : number % 10 * 20)}");

    private static MqttQoS QoSOf(int number) => number % 2 == 0 ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce;

    private static void AssertAllReceived(Rig rig)
    {
        var received = rig.Received;
        for (var number = 0; number < Published; number++)
        {
            var count = received.GetValueOrDefault(TextOf(number));
            Assert.True(count >= 1, $"message {number} is lost");
            Assert.True(count == 1 || QoSOf(number) is MqttQoS.AtLeastOnce, $"message {number} of QoS 2 arrived {count} times");
        }
    }

    /// <summary>The one wire of a board without RESET.</summary>
    private sealed class PowerKey(Rig rig) : IModemPowerControl
    {
        public async ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            await Task.Delay(duration, rig.Clock, cancellationToken);
            rig.Modem.PressPowerKey(duration);
        }

        public ValueTask<bool> ResetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
