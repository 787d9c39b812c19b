using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>What a message, and many of them, cost.</summary>
public sealed class LargeStoreTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void An_add_allocates_300_bytes_at_most()
    {
        const int Adds = 500;
        using var store = MqttSqliteSessionStore.Open(_file.Path, new MqttSqliteStoreOptions { SurvivesPowerLoss = false });
        var message = new MqttMessage("greenhouse/7/temperature", new byte[100], MqttQoS.AtLeastOnce);
        Add(store, message, 1, Adds);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(store, message, 1 + Adds, Adds);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Adds;
        output.WriteLine($"{each} bytes an add");
        Assert.InRange(each, 0, 300);
        Assert.Equal(2 * Adds, store.LoadOutbound().Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_is_added_is_read_back_whatever_its_length(int length)
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var payload = new byte[length];
        new Random(seed).NextBytes(payload);
        var topic = new string('ä', Math.Clamp(length, 1, 30_000));
        using (var store = MqttSqliteSessionStore.Open(_file.Path))
        {
            Add(store, new MqttMessage(topic, payload, MqttQoS.ExactlyOnce, retain: true), 1, 1);
        }

        using var again = MqttSqliteSessionStore.Open(_file.Path);
        Assert.True(again.TryGet(1, out var message));
        Assert.Equal((topic, MqttQoS.ExactlyOnce, true), (message.Topic, message.QoS, message.Retain));
        Assert.Equal(payload, message.Payload.ToArray());
    }

    [Fact]
    public void The_same_sequence_twice_is_refused_as_before()
    {
        using var store = MqttSqliteSessionStore.Open(_file.Path);
        var message = new MqttMessage("a", "x", MqttQoS.AtLeastOnce);
        Add(store, message, 1, 1);
        Assert.Throws<MqttSqliteStoreException>(() => Add(store, message, 1, 1));
        Add(store, message, 2, 1);
        Assert.Equal([1L, 2L], store.LoadOutbound().Select(entry => entry.Sequence));
    }

    private static void Add(MqttSqliteSessionStore store, in MqttMessage message, long first, int count)
    {
        for (var sequence = first; sequence < first + count; sequence++)
        {
            Assert.True(store.TryAdd(new MqttStoredEntry(sequence, MqttDeliveryState.Queued, 0, message.QoS), message));
        }
    }
}
