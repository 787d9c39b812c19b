using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

public sealed class MqttSqliteSessionStoreTests : IDisposable
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
            Assert.True(second.AddTo(store));
            Assert.True(first.AddTo(store));
            store.AddInbound(new MqttStoredInbound(65535, Digest: 7));
            store.AddInbound(new MqttStoredInbound(65535, Digest: -8));
            store.AddInbound(new MqttStoredInbound(3, Digest: 7));
        }

        using var again = Open();

        Assert.Equal([first.Entry, second.Entry], again.LoadOutbound());
        Assert.Equal(
            [new MqttStoredInbound(3, Digest: 7), new MqttStoredInbound(65535, Digest: -8)], again.LoadInbound().OrderBy(inbound => inbound.PacketId));
        Assert.Equal(first.Message, Get(again, 7));
        Assert.Equal(second.Message, Get(again, 9));
        Assert.Equal((2, 4 + 5 + 1), (again.Messages, again.Bytes));
    }

    [Fact]
    public void A_message_keeps_its_progress_and_is_forgotten_for_good()
    {
        using (var store = Open())
        {
            Assert.True(Message(1, MqttDeliveryState.Queued, 0, "a", "x", qos: MqttQoS.ExactlyOnce).AddTo(store));
            Assert.True(Message(2, MqttDeliveryState.Published, 5, "a", "y").AddTo(store));
            store.Update(1, MqttDeliveryState.Released, 65535);
            store.Remove(2);
            store.Remove(2);
            store.AddInbound(new MqttStoredInbound(1, Digest: 7));
            store.RemoveInbound(1);
            store.RemoveInbound(2);
        }

        using (var again = Open())
        {
            Assert.Equal([new MqttStoredEntry(1, MqttDeliveryState.Released, 65535, MqttQoS.ExactlyOnce)], again.LoadOutbound());
            Assert.Empty(again.LoadInbound());
            Assert.Equal((1, 2), (again.Messages, again.Bytes));
            again.AddInbound(new MqttStoredInbound(4, Digest: 7));
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
        Assert.True(StoredMessage.Of(1, MqttDeliveryState.Queued, 0, new MqttMessage("a", payload, MqttQoS.AtLeastOnce)).AddTo(store));

        payload[0] = 9;

        Assert.Equal([1, 2, 3], Get(store, 1).Payload.ToArray());
    }

    [Fact]
    public void The_count_is_bounded()
    {
        using var store = Open(new MqttSqliteStoreOptions { MaxMessages = 2 });
        Assert.True(Message(1, MqttDeliveryState.Queued, 0, "a", "x").AddTo(store));
        Assert.True(Message(2, MqttDeliveryState.Queued, 0, "a", "x").AddTo(store));
        Assert.False(Message(3, MqttDeliveryState.Queued, 0, "a", "x").AddTo(store));

        store.Remove(1);

        Assert.True(Message(3, MqttDeliveryState.Queued, 0, "a", "x").AddTo(store));
        Assert.Equal([2L, 3L], store.LoadOutbound().Select(entry => entry.Sequence));
    }

    [Fact]
    public void The_bytes_are_bounded_also_after_reopening()
    {
        var options = new MqttSqliteStoreOptions { MaxBytes = 10 };
        using (var store = Open(options))
        {
            Assert.True(Message(1, MqttDeliveryState.Queued, 0, "ä", "123456").AddTo(store));
            Assert.False(Message(2, MqttDeliveryState.Queued, 0, "a", "12").AddTo(store));
        }

        using var again = Open(options);
        Assert.False(Message(2, MqttDeliveryState.Queued, 0, "a", "12").AddTo(again));
        Assert.True(Message(2, MqttDeliveryState.Queued, 0, "a", "1").AddTo(again));
        Assert.Equal(10, again.Bytes);
    }

    [Fact]
    public void Without_the_guard_against_power_loss_it_is_a_store_all_the_same()
    {
        var options = new MqttSqliteStoreOptions { SurvivesPowerLoss = false };
        using (var store = Open(options))
        {
            Assert.True(Message(1, MqttDeliveryState.Queued, 0, "a", "x").AddTo(store));
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
        var model = new SortedDictionary<long, StoredMessage>();
        var options = new MqttSqliteStoreOptions { SurvivesPowerLoss = false, MaxMessages = 20 };
        var store = Open(options);
        for (var step = 0; step < 2_000; step++)
        {
            var sequence = random.Next(1, 60);
            switch (random.Next(4))
            {
                case 0 when !model.ContainsKey(sequence):
                    var message = Message(sequence, MqttDeliveryState.Published, (ushort)sequence, "t", new string('x', random.Next(3000)));
                    Assert.Equal(model.Count < 20, message.AddTo(store));
                    _ = model.Count >= 20 || model.TryAdd(sequence, message);
                    break;
                case 1 when model.TryGetValue(sequence, out var known):
                    model[sequence] = StoredMessage.Of(sequence, MqttDeliveryState.Released, 77, known.Message);
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
            Assert.Equal(model.Values.Select(stored => stored.Entry), store.LoadOutbound());
            Assert.All(model, item => Assert.Equal(item.Value.Message, Get(store, item.Key)));
            Assert.Equal(model.Values.Sum(message => 1 + message.Message.Payload.Length), store.Bytes);
        }
    }

    [Fact]
    public void Limits_that_allow_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new MqttSqliteStoreOptions { MaxMessages = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new MqttSqliteStoreOptions { MaxBytes = 0 }));
        Assert.Throws<ArgumentException>(() => MqttSqliteSessionStore.Open(""));
    }

    private static StoredMessage Message(
        long sequence, MqttDeliveryState state, ushort packetId, string topic, string payload, MqttQoS qos = MqttQoS.AtLeastOnce, bool retain = false) =>
        StoredMessage.Of(sequence, state, packetId, new MqttMessage(topic, payload, qos, retain));

    private static MqttMessage Get(MqttSqliteSessionStore store, long sequence)
    {
        Assert.True(store.TryGet(sequence, out var message));
        return message;
    }

    private MqttSqliteSessionStore Open(MqttSqliteStoreOptions? options = null) => MqttSqliteSessionStore.Open(_file.Path, options);
}
