using System.Text;
using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

public sealed class SqliteMqttSessionStoreTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_new_store_is_empty_and_private_to_its_user()
    {
        using var store = Open();

        Assert.Empty(store.LoadOutbound());
        Assert.Empty(store.LoadInbound());
        Assert.False(store.TryGet(1, out _));
        Assert.Equal((0, 0), (store.Messages, store.Bytes));
        foreach (var file in Directory.GetFiles(_file.Folder))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Fact]
    public void Everything_is_there_after_reopening()
    {
        var first = Message(7, MqttDeliveryState.Published, 1, "a/ä", "hello", retain: true);
        var second = Message(9, MqttDeliveryState.Queued, 0, "b", "", qos: MqttQoS.ExactlyOnce);
        using (var store = Open())
        {
            Assert.True(store.TryAdd(second));
            Assert.True(store.TryAdd(first));
            store.AddInbound(65535);
            store.AddInbound(65535);
            store.AddInbound(3);
        }

        using var again = Open();

        Assert.Equal([Entry(first), Entry(second)], again.LoadOutbound());
        Assert.Equal([3, 65535], again.LoadInbound().Order().Select(id => (int)id));
        AssertSame(first, Get(again, 7));
        AssertSame(second, Get(again, 9));
        Assert.Equal((2, 4 + 5 + 1), (again.Messages, again.Bytes));
    }

    [Fact]
    public void A_message_keeps_its_progress_and_is_forgotten_for_good()
    {
        using (var store = Open())
        {
            Assert.True(store.TryAdd(Message(1, MqttDeliveryState.Queued, 0, "a", "x", qos: MqttQoS.ExactlyOnce)));
            Assert.True(store.TryAdd(Message(2, MqttDeliveryState.Published, 5, "a", "y")));
            store.Update(1, MqttDeliveryState.Released, 65535);
            store.Remove(2);
            store.Remove(2);
            store.AddInbound(1);
            store.RemoveInbound(1);
            store.RemoveInbound(2);
        }

        using (var again = Open())
        {
            Assert.Equal([new MqttStoredEntry(1, MqttDeliveryState.Released, 65535, MqttQoS.ExactlyOnce)], again.LoadOutbound());
            Assert.Empty(again.LoadInbound());
            Assert.Equal((1, 2), (again.Messages, again.Bytes));
            again.AddInbound(4);
            again.ClearInbound();
        }

        using var last = Open();
        Assert.Empty(last.LoadInbound());
    }

    [Fact]
    public void The_payload_is_a_copy()
    {
        using var store = Open();
        var payload = new byte[] { 1, 2, 3 };
        Assert.True(store.TryAdd(Message(1, MqttDeliveryState.Queued, 0, "a", "") with { Payload = payload }));

        payload[0] = 9;

        Assert.Equal([1, 2, 3], Get(store, 1).Payload.ToArray());
    }

    [Fact]
    public void The_count_is_bounded()
    {
        using var store = Open(new SqliteStoreOptions { MaxMessages = 2 });
        Assert.True(store.TryAdd(Message(1, MqttDeliveryState.Queued, 0, "a", "x")));
        Assert.True(store.TryAdd(Message(2, MqttDeliveryState.Queued, 0, "a", "x")));
        Assert.False(store.TryAdd(Message(3, MqttDeliveryState.Queued, 0, "a", "x")));

        store.Remove(1);

        Assert.True(store.TryAdd(Message(3, MqttDeliveryState.Queued, 0, "a", "x")));
        Assert.Equal([2L, 3L], store.LoadOutbound().Select(entry => entry.Sequence));
    }

    [Fact]
    public void The_bytes_are_bounded_also_after_reopening()
    {
        var options = new SqliteStoreOptions { MaxBytes = 10 };
        using (var store = Open(options))
        {
            Assert.True(store.TryAdd(Message(1, MqttDeliveryState.Queued, 0, "ä", "123456")));
            Assert.False(store.TryAdd(Message(2, MqttDeliveryState.Queued, 0, "a", "12")));
        }

        using var again = Open(options);
        Assert.False(again.TryAdd(Message(2, MqttDeliveryState.Queued, 0, "a", "12")));
        Assert.True(again.TryAdd(Message(2, MqttDeliveryState.Queued, 0, "a", "1")));
        Assert.Equal(10, again.Bytes);
    }

    [Fact]
    public void Without_the_guard_against_power_loss_it_is_a_store_all_the_same()
    {
        var options = new SqliteStoreOptions { SurvivesPowerLoss = false };
        using (var store = Open(options))
        {
            Assert.True(store.TryAdd(Message(1, MqttDeliveryState.Queued, 0, "a", "x")));
        }

        using var again = Open(options);
        Assert.Single(again.LoadOutbound());
    }

    [Fact]
    public void Random_changes_leave_what_a_dictionary_would()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var model = new SortedDictionary<long, MqttStoredMessage>();
        var options = new SqliteStoreOptions { SurvivesPowerLoss = false, MaxMessages = 20 };
        var store = Open(options);
        for (var step = 0; step < 2_000; step++)
        {
            var sequence = random.Next(1, 60);
            switch (random.Next(4))
            {
                case 0 when !model.ContainsKey(sequence):
                    var message = Message(sequence, MqttDeliveryState.Published, (ushort)sequence, "t", new string('x', random.Next(3000)));
                    Assert.Equal(model.Count < 20, store.TryAdd(message));
                    _ = model.Count >= 20 || model.TryAdd(sequence, message);
                    break;
                case 1 when model.TryGetValue(sequence, out var known):
                    model[sequence] = known with { State = MqttDeliveryState.Released, PacketId = 77 };
                    store.Update(sequence, MqttDeliveryState.Released, 77);
                    break;
                case 2:
                    model.Remove(sequence);
                    store.Remove(sequence);
                    break;
                case 3 when random.Next(50) == 0:
                    store.Dispose();
                    store = Open(options);
                    break;
            }
        }

        using (store)
        {
            Assert.Equal(model.Values.Select(Entry), store.LoadOutbound());
            Assert.All(model, item => AssertSame(item.Value, Get(store, item.Key)));
            Assert.Equal(model.Values.Sum(message => 1 + message.Payload.Length), store.Bytes);
        }
    }

    [Fact]
    public void Limits_that_allow_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new SqliteStoreOptions { MaxMessages = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new SqliteStoreOptions { MaxBytes = 0 }));
        Assert.Throws<ArgumentException>(() => SqliteMqttSessionStore.Open(""));
    }

    private static MqttStoredMessage Message(
        long sequence, MqttDeliveryState state, ushort packetId, string topic, string payload, MqttQoS qos = MqttQoS.AtLeastOnce, bool retain = false) =>
        new(sequence, state, packetId, topic, Encoding.UTF8.GetBytes(payload), qos, retain);

    private static MqttStoredEntry Entry(MqttStoredMessage message) => new(message.Sequence, message.State, message.PacketId, message.QoS);

    private static MqttStoredMessage Get(SqliteMqttSessionStore store, long sequence)
    {
        Assert.True(store.TryGet(sequence, out var message));
        return message;
    }

    private static void AssertSame(MqttStoredMessage expected, MqttStoredMessage actual)
    {
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        Assert.Equal(expected with { Payload = default }, actual with { Payload = default });
    }

    private SqliteMqttSessionStore Open(SqliteStoreOptions? options = null) => SqliteMqttSessionStore.Open(_file.Path, options);
}
