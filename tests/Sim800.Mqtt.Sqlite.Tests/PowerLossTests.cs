using Microsoft.Data.Sqlite;
using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>
/// The power fails at any change of the store: what SQLite had asked the medium to synchronise is there, and of what was written
/// since, any sector may be there, not there, zero, or garbage.
/// </summary>
public sealed class PowerLossTests : IDisposable
{
    private const int MostChanges = 60;
    private const int LargestPayload = 200_000;

    private readonly TemporaryFile _file = new();
    private readonly Dictionary<long, StoredMessage> _confirmed = [];
    private readonly HashSet<long> _forgotten = [];
    private readonly HashSet<ushort> _received = [];
    private readonly HashSet<ushort> _released = [];

    private static int Rounds => Extent.Of(sample: 10, full: 40);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Whatever_was_confirmed_before_the_power_failed_is_there()
    {
        var lost = RunAll(new MqttSqliteStoreOptions());

        Assert.Equal(0, lost);
    }

    [Fact]
    public void Without_the_guard_against_it_messages_can_be_lost_and_the_file_stays_whole()
    {
        var lost = RunAll(new MqttSqliteStoreOptions { SurvivesPowerLoss = false });

        Assert.True(lost > 0, "Nothing was lost: this disk forgets nothing, and the other test proves nothing.");
    }

    /// <returns>How many confirmed changes were lost in all rounds together.</returns>
    private int RunAll(MqttSqliteStoreOptions options)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            lost += RunOnce(Path.Combine(_file.Folder, $"{round}.db"), options, random);
        }

        return lost;
    }

    private int RunOnce(string path, MqttSqliteStoreOptions options, Random random)
    {
        _confirmed.Clear();
        _forgotten.Clear();
        _received.Clear();
        _released.Clear();
        Disk left;
        using (var store = MqttSqliteSessionStore.Open(path, options))
        {
            left = ChangeUntilThePowerFails(store, path, random);
        }

        var after = path + ".after";
        left.WriteTo(after);
        int lost;
        using (var reopened = MqttSqliteSessionStore.Open(after, options))
        {
            lost = CountLost(reopened);
        }

        AssertWhole(after);
        return lost;
    }

    private Disk ChangeUntilThePowerFails(MqttSqliteSessionStore store, string path, Random random)
    {
        var synchronised = Disk.Of(path);
        var before = synchronised;
        for (var left = random.Next(MostChanges); left > 0; left--)
        {
            Change(store, random);
            var now = Disk.Of(path);
            if (IsSynchronous(store) || !now.HasDatabaseOf(before))
            {
                synchronised = now;
            }

            before = now;
        }

        BeginChange(store, random);
        var last = Disk.Of(path);
        return last.Tear(last.HasDatabaseOf(before) ? synchronised : before, random);
    }

    /// <summary>A change during which the power fails: it may be there or not, for nobody was told that it is.</summary>
    private void BeginChange(MqttSqliteSessionStore store, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                var packetId = (ushort)random.Next(200, 300);
                store.AddInbound(new MqttStoredInbound(packetId, Digest: 7));
                _released.Add(packetId);
                break;
            case 1 when Any(_confirmed.Keys, random, out var known):
                store.Remove(known);
                _confirmed.Remove(known);
                _forgotten.Add(known);
                break;
            default:
                var message = Message(random);
                Assert.True(message.AddTo(store));
                _forgotten.Add(message.Entry.Sequence);
                break;
        }
    }

    /// <summary>One change, which is noted as confirmed when the store has returned.</summary>
    private void Change(MqttSqliteSessionStore store, Random random)
    {
        switch (random.Next(6))
        {
            case 0 when Any(_confirmed.Keys, random, out var known):
                store.Update(known, MqttDeliveryState.Released, 77);
                _confirmed[known] = StoredMessage.Of(known, MqttDeliveryState.Released, 77, _confirmed[known].Message);
                break;
            case 1 when Any(_confirmed.Keys, random, out var known):
                store.Remove(known);
                _confirmed.Remove(known);
                _forgotten.Add(known);
                break;
            case 2:
                var packetId = (ushort)random.Next(1, 200);
                store.AddInbound(new MqttStoredInbound(packetId, Digest: 7));
                _released.Remove(packetId);
                _received.Add(packetId);
                break;
            case 3 when Any(_received, random, out var owed):
                store.RemoveInbound(owed);
                _received.Remove(owed);
                _released.Add(owed);
                break;
            default:
                var message = Message(random);
                Assert.True(message.AddTo(store));
                _confirmed.Add(message.Entry.Sequence, message);
                break;
        }
    }

    private StoredMessage Message(Random random)
    {
        var payload = new byte[random.Next(LargestPayload)];
        random.NextBytes(payload);
        var sequence = _confirmed.Count + _forgotten.Count + 1;
        return StoredMessage.Of(sequence, MqttDeliveryState.Queued, 0, new MqttMessage("t", payload, MqttQoS.AtLeastOnce));
    }

    private static bool Any<T>(IReadOnlyCollection<T> all, Random random, out T one)
    {
        one = all.Count == 0 ? default! : all.ElementAt(random.Next(all.Count));
        return all.Count > 0;
    }

    private int CountLost(MqttSqliteSessionStore store)
    {
        var left = store.LoadOutbound().ToDictionary(entry => entry.Sequence);
        Assert.Empty(left.Keys.Except(_confirmed.Keys).Except(_forgotten));
        Assert.Empty(store.LoadInbound().Select(inbound => inbound.PacketId).Except(_received).Except(_released));
        var lost = _received.Except(store.LoadInbound().Select(inbound => inbound.PacketId)).Count();
        foreach (var (sequence, message) in _confirmed)
        {
            if (!store.TryGet(sequence, out var found) || left[sequence].State != message.Entry.State)
            {
                lost++;
                continue;
            }

            Assert.Equal(message.Entry, left[sequence]);
            Assert.True(found == message.Message, $"Message {sequence} came back changed.");
        }

        return lost;
    }

    /// <summary>What SQLite itself says of how the last change was made: FULL waits for the medium.</summary>
    private static bool IsSynchronous(MqttSqliteSessionStore store) => Scalar(store.Connection, "PRAGMA synchronous") is 2L;

    private static void AssertWhole(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal("ok", Scalar(connection, "PRAGMA integrity_check"));
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
