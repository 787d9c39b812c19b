using Microsoft.Data.Sqlite;
using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_folder_that_does_not_exist_cannot_be_opened() =>
        Expect(MqttSqliteStoreFailure.CannotOpen, Path.Combine(_file.Folder, "none", "session.db"));

    [Fact]
    public void A_folder_is_no_file() => Expect(MqttSqliteStoreFailure.CannotOpen, _file.Folder);

    [Fact]
    public void A_second_client_is_told_that_the_file_is_in_use()
    {
        using var first = MqttSqliteSessionStore.Open(_file.Path);

        Expect(MqttSqliteStoreFailure.InUse, _file.Path);
    }

    [Fact]
    public void Text_is_no_store_and_is_left_alone()
    {
        File.WriteAllText(_file.Path, new string('x', 5000));

        Expect(MqttSqliteStoreFailure.NotAStore, _file.Path);

        Assert.Equal(new string('x', 5000), File.ReadAllText(_file.Path));
    }

    [Fact]
    public void A_database_of_another_application_is_no_store()
    {
        Change("CREATE TABLE people(name TEXT)");

        Expect(MqttSqliteStoreFailure.NotAStore, _file.Path);
    }

    [Fact]
    public void A_newer_format_is_not_guessed_at()
    {
        CreateStore();
        Change("PRAGMA user_version=4");

        Expect(MqttSqliteStoreFailure.UnknownVersion, _file.Path);
    }

    [Theory]
    [InlineData("CREATE TRIGGER evil AFTER INSERT ON outbound BEGIN DELETE FROM inbound; END")]
    [InlineData("CREATE TABLE more(x INTEGER)")]
    [InlineData("DROP TABLE inbound")]
    [InlineData("DROP TABLE inbound; CREATE TABLE inbound(packet_id TEXT)")]
    public void A_file_with_anything_else_in_it_is_damaged(string sql)
    {
        CreateStore();
        Change(sql);

        Expect(MqttSqliteStoreFailure.Corrupt, _file.Path);
    }

    [Theory]
    [InlineData("state = 3")]
    [InlineData("state = -1")]
    [InlineData("qos = 0")]
    [InlineData("qos = 3")]
    [InlineData("packet_id = 65536")]
    [InlineData("packet_id = -1")]
    public void A_row_that_no_client_wrote_is_damage(string change)
    {
        CreateStore();
        Change($"UPDATE outbound SET {change}");
        using var store = MqttSqliteSessionStore.Open(_file.Path);

        Assert.Equal(MqttSqliteStoreFailure.Corrupt, Assert.Throws<MqttSqliteStoreException>(store.LoadOutbound).Failure);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("'a/#'")]
    [InlineData("'a' || char(0)")]
    [InlineData("hex(zeroblob(40000))")]
    public void A_topic_that_no_client_wrote_is_damage(string topic)
    {
        CreateStore();
        Change($"UPDATE outbound SET topic = {topic}");
        using var store = MqttSqliteSessionStore.Open(_file.Path);

        Assert.Equal(MqttSqliteStoreFailure.Corrupt, Assert.Throws<MqttSqliteStoreException>(() => store.TryGet(1, out _)).Failure);
    }

    [Fact]
    public void A_payload_that_no_packet_can_carry_is_damage()
    {
        CreateStore();
        Change("UPDATE outbound SET payload = zeroblob(268435456)");
        using var store = MqttSqliteSessionStore.Open(_file.Path);

        Assert.Equal(MqttSqliteStoreFailure.Corrupt, Assert.Throws<MqttSqliteStoreException>(() => store.TryGet(1, out _)).Failure);
    }

    [Fact]
    public void An_incoming_identifier_out_of_range_is_damage()
    {
        CreateStore();
        Change("INSERT INTO inbound VALUES(70000, 1)");
        using var store = MqttSqliteSessionStore.Open(_file.Path);

        Assert.Equal(MqttSqliteStoreFailure.Corrupt, Assert.Throws<MqttSqliteStoreException>(store.LoadInbound).Failure);
    }

    [Fact]
    public void A_full_disk_refuses_the_message_and_keeps_the_others()
    {
        CreateStore();
        using (var store = MqttSqliteSessionStore.Open(_file.Path))
        {
            Execute(store.Connection, "PRAGMA max_page_count=8");
            var failure = Assert.Throws<MqttSqliteStoreException>(() => Message(2, 100_000).AddTo(store));
            Assert.Equal(MqttSqliteStoreFailure.DiskFull, failure.Failure);
            Assert.Equal((1, 2), (store.Messages, store.Bytes));
            Assert.True(Message(3).AddTo(store));
        }

        using var again = MqttSqliteSessionStore.Open(_file.Path);
        Assert.Equal([1, 3], again.LoadOutbound().Select(entry => entry.Sequence));
    }

    [Fact]
    public void A_file_that_cannot_be_written_any_more_says_so()
    {
        CreateStore();
        using var store = MqttSqliteSessionStore.Open(_file.Path);
        Execute(store.Connection, "PRAGMA query_only=ON");

        Assert.Equal(MqttSqliteStoreFailure.ReadOnly, Assert.Throws<MqttSqliteStoreException>(() => Message(2).AddTo(store)).Failure);
        Assert.Equal(MqttSqliteStoreFailure.ReadOnly, Assert.Throws<MqttSqliteStoreException>(() => store.Remove(1)).Failure);
        Assert.True(store.TryGet(1, out _));
    }

    [Fact]
    public void A_folder_in_which_nothing_can_be_created_cannot_be_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder in which not even root can create a file.");
        Expect(MqttSqliteStoreFailure.CannotOpen, "/proc/session.db");
    }

    [Fact]
    public void A_message_that_is_there_already_is_an_error_and_changes_nothing()
    {
        CreateStore();
        using var store = MqttSqliteSessionStore.Open(_file.Path);

        Assert.Throws<MqttSqliteStoreException>(() => Message(1).AddTo(store));

        Assert.Equal((1, 2), (store.Messages, store.Bytes));
    }

    [Fact]
    public void A_file_cut_short_or_with_bytes_changed_opens_or_is_a_typed_error()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        CreateStore();
        var good = File.ReadAllBytes(_file.Path);
        for (var round = 0; round < 100; round++)
        {
            var path = Path.Combine(_file.Folder, $"{round}.db");
            File.WriteAllBytes(path, Spoil(good, random));
            try
            {
                using var store = MqttSqliteSessionStore.Open(path);
                foreach (var entry in store.LoadOutbound())
                {
                    store.TryGet(entry.Sequence, out _);
                }

                Assert.True(Message(1000).AddTo(store));
                store.Remove(1000);
            }
            catch (MqttSqliteStoreException e)
            {
                Assert.EndsWith(e.Remedy, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_failure_has_a_sentence_and_a_remedy()
    {
        foreach (var failure in Enum.GetValues<MqttSqliteStoreFailure>())
        {
            var exception = new MqttSqliteStoreException(failure, "/x/session.db");
            Assert.Contains("/x/session.db", exception.Message, StringComparison.Ordinal);
            Assert.EndsWith($". {exception.Remedy}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(5, MqttSqliteStoreFailure.InUse)]
    [InlineData(6, MqttSqliteStoreFailure.InUse)]
    [InlineData(3, MqttSqliteStoreFailure.CannotOpen)]
    [InlineData(8, MqttSqliteStoreFailure.ReadOnly)]
    [InlineData(10, MqttSqliteStoreFailure.InputOutput)]
    [InlineData(11, MqttSqliteStoreFailure.Corrupt)]
    [InlineData(13, MqttSqliteStoreFailure.DiskFull)]
    [InlineData(14, MqttSqliteStoreFailure.CannotOpen)]
    [InlineData(23, MqttSqliteStoreFailure.CannotOpen)]
    [InlineData(26, MqttSqliteStoreFailure.NotAStore)]
    public void The_result_codes_of_sqlite_have_their_meaning(int code, MqttSqliteStoreFailure expected) =>
        Assert.Equal(expected, MqttSqliteStoreException.From(new SqliteException("x", code), "p").Failure);

    private static byte[] Spoil(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        if (random.Next(3) == 0)
        {
            return bytes[..random.Next(bytes.Length)];
        }

        for (var change = random.Next(1, 40); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, ", properties BLOB")]
    public void A_file_of_an_older_version_is_brought_up_to_date_and_keeps_its_messages(int version, string more)
    {
        Change(
            "CREATE TABLE outbound(sequence INTEGER PRIMARY KEY, state INTEGER NOT NULL, packet_id INTEGER NOT NULL, "
            + "qos INTEGER NOT NULL, retain INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL" + more + ") STRICT;"
            + "CREATE TABLE inbound(packet_id INTEGER PRIMARY KEY) STRICT;"
            + "INSERT INTO outbound(sequence, state, packet_id, qos, retain, topic, payload) VALUES(3, 2, 9, 2, 1, 'a/b', x'68656C6C6F'); INSERT INTO inbound VALUES(4);"
            + $"PRAGMA application_id=1396191280; PRAGMA user_version={version}");

        for (var opening = 0; opening < 2; opening++)
        {
            using var store = MqttSqliteSessionStore.Open(_file.Path);
            Assert.Equal([new MqttStoredEntry(3, MqttDeliveryState.Released, 9, MqttQoS.ExactlyOnce)], store.LoadOutbound());
            Assert.Equal([new MqttStoredInbound(4, Digest: 0)], store.LoadInbound());
            Assert.True(store.TryGet(3, out var message));
            Assert.Equal(new MqttMessage("a/b", "hello", MqttQoS.ExactlyOnce, retain: true), message);
        }

        using var last = MqttSqliteSessionStore.Open(_file.Path);
        Assert.True(Message(5).AddTo(last));
    }

    [Fact]
    public void A_file_with_properties_of_a_later_version_is_refused_and_left_as_it_is()
    {
        CreateStore();
        Change("UPDATE outbound SET properties = x'01'");
        Expect(MqttSqliteStoreFailure.UnknownVersion, _file.Path);
        Change("UPDATE outbound SET properties = NULL");
        using var store = MqttSqliteSessionStore.Open(_file.Path);
        Assert.Single(store.LoadOutbound());
    }

    [Fact]
    public void A_file_of_version_1_with_anything_else_in_it_is_refused()
    {
        Change(
            "CREATE TABLE outbound(sequence INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT;"
            + "CREATE TABLE inbound(packet_id INTEGER PRIMARY KEY) STRICT; PRAGMA application_id=1396191280; PRAGMA user_version=1");
        Expect(MqttSqliteStoreFailure.Corrupt, _file.Path);
    }

    private static StoredMessage Message(long sequence, int size = 1) => StoredMessage.Of(
        sequence, MqttDeliveryState.Published, 1, new MqttMessage("t", new byte[size], MqttQoS.AtLeastOnce));

    private static void Expect(MqttSqliteStoreFailure failure, string path) =>
        Assert.Equal(failure, Assert.Throws<MqttSqliteStoreException>(() => MqttSqliteSessionStore.Open(path)).Failure);

    private void CreateStore()
    {
        using var store = MqttSqliteSessionStore.Open(_file.Path);
        Assert.True(Message(1).AddTo(store));
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
