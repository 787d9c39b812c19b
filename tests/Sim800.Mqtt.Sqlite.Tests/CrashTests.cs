using System.Globalization;
using System.Text;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>A publishing process is killed with SIGKILL again and again; nothing that was confirmed to its caller may be missing.</summary>
public sealed class CrashTests : IDisposable
{
    /// <summary>Two processes side by side, each with a store and a session of its own.</summary>
    private const int Lanes = 2;

    private readonly TemporaryFile _file = new();
    private readonly Dictionary<string, int> _received = new(StringComparer.Ordinal);

    private static int KillsPerLane => Extent.Of(sample: 8, full: 50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact(Timeout = 400_000)]
    public async Task However_often_it_is_killed_every_confirmed_message_is_there_and_none_of_QoS_2_twice()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { OnPublished = Note });

        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(
            lane => Task.Run(() => CrashAsync($"lane{lane}", broker.Port, new Random(seed + lane)), Token)));

        var confirmed = lanes.SelectMany(lane => lane).ToArray();
        Assert.True(confirmed.Length > Lanes * KillsPerLane, $"only {confirmed.Length} messages were confirmed");
        Assert.Empty(confirmed.Except(_received.Keys, StringComparer.Ordinal));
        Assert.DoesNotContain(_received, message => IsQoS2(message.Key) && message.Value != 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{confirmed.Length} confirmed, {_received.Count} received");
    }

    private static bool IsQoS2(string name) => int.Parse(name.Split('-')[2], CultureInfo.InvariantCulture) % 2 == 0;

    /// <returns>The names of all messages that the process said were confirmed.</returns>
    private async Task<List<string>> CrashAsync(string clientId, int port, Random random)
    {
        var confirmed = new List<string>();
        for (var run = 0; run < KillsPerLane; run++)
        {
            using var publisher = Start(clientId, port, run.ToString(CultureInfo.InvariantCulture));
            if (random.Next(10) == 0)
            {
                publisher.KillAfter(random.Next(150)); // also before it is ready
            }

            await publisher.ReadAsync(random.Next(60), Token);
            publisher.KillAfter(random.Next(20));
            confirmed.AddRange(await publisher.ReadToEndAsync(Token));
        }

        using var last = Start(clientId, port, "drain");
        confirmed.AddRange(await last.ReadToEndAsync(Token));
        Assert.Equal(0, last.ExitCode);
        return confirmed;
    }

    private PublisherProcess Start(string clientId, int port, string run) =>
        new(port, System.IO.Path.Combine(_file.Folder, clientId + ".db"), clientId, run);

    private void Note(LoopbackMessage message)
    {
        lock (_received)
        {
            var name = Encoding.ASCII.GetString(message.Payload.Span);
            _received[name] = _received.GetValueOrDefault(name) + 1;
        }
    }
}
