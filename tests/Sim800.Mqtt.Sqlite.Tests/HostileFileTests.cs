using Microsoft.Data.Sqlite;
using TestKit;

namespace Sim800.Mqtt.Sqlite.Tests;

public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_folder_that_does_not_exist_cannot_be_opened() =>
        Expect(SqliteStoreFailure.CannotOpen, Path.Combine(_file.Folder, "none", "session.db"));

    [Fact]
    public void A_folder_is_no_file() => Expect(SqliteStoreFailure.CannotOpen, _file.Folder);

    [Fact]
    public void A_second_client_is_told_that_the_file_is_in_use()
    {
        using var first = SqliteMqttSessionStore.Open(_file.Path);

        Expect(SqliteStoreFailure.InUse, _file.Path);
    }

    [Fact]
    public void Text_is_no_store_and_is_left_alone()
    {
        File.WriteAllText(_file.Path, new string('x', 5000));

        Expect(SqliteStoreFailure.NotAStore, _file.Path);

        Assert.Equal(new string('x', 5000), File.ReadAllText(_file.Path));
    }

    [Fact]
    public void A_database_of_another_application_is_no_store()
    {
        Change("CREATE TABLE people(name TEXT)");

        Expect(SqliteStoreFailure.NotAStore, _file.Path);
    }

    [Fact]
    public void A_newer_format_is_not_guessed_at()
    {
        CreateStore();
        Change("PRAGMA user_version=2");

        Expect(SqliteStoreFailure.UnknownVersion, _file.Path);
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

        Expect(SqliteStoreFailure.Corrupt, _file.Path);
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
        using var store = SqliteMqttSessionStore.Open(_file.Path);

        Assert.Equal(SqliteStoreFailure.Corrupt, Assert.Throws<SqliteStoreException>(store.LoadOutbound).Failure);
        Assert.Equal(SqliteStoreFailure.Corrupt, Assert.Throws<SqliteStoreException>(() => store.TryGet(1, out _)).Failure);
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
        using var store = SqliteMqttSessionStore.Open(_file.Path);

        Assert.Equal(SqliteStoreFailure.Corrupt, Assert.Throws<SqliteStoreException>(() => store.TryGet(1, out _)).Failure);
    }

    [Fact]
    public void A_payload_that_no_packet_can_carry_is_damage()
    {
        CreateStore();
        Change("UPDATE outbound SET payload = zeroblob(268435456)");
        using var store = SqliteMqttSessionStore.Open(_file.Path);

        Assert.Equal(SqliteStoreFailure.Corrupt, Assert.Throws<SqliteStoreException>(() => store.TryGet(1, out _)).Failure);
    }

    [Fact]
    public void An_incoming_identifier_out_of_range_is_damage()
    {
        CreateStore();
        Change("INSERT INTO inbound VALUES(70000)");
        using var store = SqliteMqttSessionStore.Open(_file.Path);

        Assert.Equal(SqliteStoreFailure.Corrupt, Assert.Throws<SqliteStoreException>(store.LoadInbound).Failure);
    }

    [Fact]
    public void A_full_disk_refuses_the_message_and_keeps_the_others()
    {
        CreateStore();
        using (var store = SqliteMqttSessionStore.Open(_file.Path))
        {
            Execute(store.Connection, "PRAGMA max_page_count=8");
            var failure = Assert.Throws<SqliteStoreException>(() => store.TryAdd(Message(2) with { Payload = new byte[100_000] }));
            Assert.Equal(SqliteStoreFailure.DiskFull, failure.Failure);
            Assert.Equal((1, 2), (store.Messages, store.Bytes));
            Assert.True(store.TryAdd(Message(3)));
        }

        using var again = SqliteMqttSessionStore.Open(_file.Path);
        Assert.Equal([1, 3], again.LoadOutbound().Select(entry => entry.Sequence));
    }

    [Fact]
    public void A_file_that_cannot_be_written_any_more_says_so()
    {
        CreateStore();
        using var store = SqliteMqttSessionStore.Open(_file.Path);
        Execute(store.Connection, "PRAGMA query_only=ON");

        Assert.Equal(SqliteStoreFailure.ReadOnly, Assert.Throws<SqliteStoreException>(() => store.TryAdd(Message(2))).Failure);
        Assert.Equal(SqliteStoreFailure.ReadOnly, Assert.Throws<SqliteStoreException>(() => store.Remove(1)).Failure);
        Assert.True(store.TryGet(1, out _));
    }

    [Fact]
    public void A_folder_in_which_nothing_can_be_created_cannot_be_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder in which not even root can create a file.");
        Expect(SqliteStoreFailure.CannotOpen, "/proc/session.db");
    }

    [Fact]
    public void A_message_that_is_there_already_is_an_error_and_changes_nothing()
    {
        CreateStore();
        using var store = SqliteMqttSessionStore.Open(_file.Path);

        Assert.Throws<SqliteStoreException>(() => store.TryAdd(Message(1)));

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
                using var store = SqliteMqttSessionStore.Open(path);
                foreach (var entry in store.LoadOutbound())
                {
                    store.TryGet(entry.Sequence, out _);
                }

                Assert.True(store.TryAdd(Message(1000)));
                store.Remove(1000);
            }
            catch (SqliteStoreException e)
            {
                Assert.EndsWith(e.Remedy, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_failure_has_a_sentence_and_a_remedy()
    {
        foreach (var failure in Enum.GetValues<SqliteStoreFailure>())
        {
            var exception = new SqliteStoreException(failure, "/x/session.db");
            Assert.Contains("/x/session.db", exception.Message, StringComparison.Ordinal);
            Assert.EndsWith($". {exception.Remedy}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(5, SqliteStoreFailure.InUse)]
    [InlineData(6, SqliteStoreFailure.InUse)]
    [InlineData(3, SqliteStoreFailure.CannotOpen)]
    [InlineData(8, SqliteStoreFailure.ReadOnly)]
    [InlineData(10, SqliteStoreFailure.InputOutput)]
    [InlineData(11, SqliteStoreFailure.Corrupt)]
    [InlineData(13, SqliteStoreFailure.DiskFull)]
    [InlineData(14, SqliteStoreFailure.CannotOpen)]
    [InlineData(23, SqliteStoreFailure.CannotOpen)]
    [InlineData(26, SqliteStoreFailure.NotAStore)]
    public void The_result_codes_of_sqlite_have_their_meaning(int code, SqliteStoreFailure expected) =>
        Assert.Equal(expected, SqliteStoreException.From(new SqliteException("x", code), "p").Failure);

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

    private static MqttStoredMessage Message(long sequence) =>
        new(sequence, MqttDeliveryState.Published, 1, "t", "x"u8.ToArray(), MqttQoS.AtLeastOnce, Retain: false);

    private static void Expect(SqliteStoreFailure failure, string path) =>
        Assert.Equal(failure, Assert.Throws<SqliteStoreException>(() => SqliteMqttSessionStore.Open(path)).Failure);

    private void CreateStore()
    {
        using var store = SqliteMqttSessionStore.Open(_file.Path);
        Assert.True(store.TryAdd(Message(1)));
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
