using System.Text;
using Microsoft.Data.Sqlite;

namespace Sim800.Mqtt.Sqlite;

/// <summary>
/// The client's session state in a SQLite file: outgoing messages of QoS 1 and 2 and the identifiers of incoming ones of
/// QoS 2 survive the end of the process and, as set by default, a loss of power.
/// </summary>
/// <remarks>
/// A file belongs to one client of one process at a time. Every method may throw <see cref="MqttSqliteStoreException"/>. What a
/// crash undoes at worst is the forgetting of an acknowledged message, which is then sent again as MQTT provides for.
/// </remarks>
/// <example>
/// <code>
/// using var store = MqttSqliteSessionStore.Open("/var/lib/gateway/session.db");
/// var options = new MqttClientOptions { ClientId = "gateway-17", CleanSession = false, SessionStore = store };
/// </code>
/// </example>
public sealed class MqttSqliteSessionStore : IMqttSessionStore, IDisposable
{
    private const int MaxPayload = 268_435_455; // no MQTT packet is longer (MQTT 3.1.1 §2.2.3)

    private readonly string _path;
    private readonly MqttSqliteStoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly StoreCommands _commands;
    private bool _synchronous = true;
    private long _messages;
    private long _bytes;

    private MqttSqliteSessionStore(string path, MqttSqliteStoreOptions options, SqliteConnection connection)
    {
        _path = path;
        _options = options;
        _connection = connection;
        _commands = new StoreCommands(connection);
    }

    /// <summary>How many outgoing messages wait for their acknowledgement.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>How many bytes of topics and payloads they have.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>For a test that plays the disk.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>Opens the file, or creates it.</summary>
    /// <exception cref="MqttSqliteStoreException">The file cannot be used; it is left as it is.</exception>
    public static MqttSqliteSessionStore Open(string path, MqttSqliteStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new MqttSqliteStoreOptions();
        options.Validate();
        var store = new MqttSqliteSessionStore(path, options, StoreFile.Open(path));
        try
        {
            store.CountUsage();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<MqttStoredEntry> LoadOutbound() => Read(
        _commands.LoadOutbound,
        row => new MqttStoredEntry(row.GetInt64(0), State(row.GetInt64(1)), PacketId(row.GetInt64(2)), QoS(row.GetInt64(3))));

    /// <inheritdoc />
    public IReadOnlyCollection<MqttStoredInbound> LoadInbound() => Read(
        _commands.LoadInbound, row => new MqttStoredInbound(PacketId(row.GetInt64(0)), row.IsDBNull(1) ? 0 : row.GetInt64(1)));

    /// <inheritdoc />
    public bool TryAdd(in MqttStoredEntry entry, in MqttMessage message)
    {
        var length = Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length;
        if (_messages >= _options.MaxMessages || length > _options.MaxBytes - _bytes)
        {
            return false;
        }

        Add(entry, message);
        _messages++;
        _bytes += length;
        return true;
    }

    /// <inheritdoc />
    public bool TryGet(long sequence, out MqttMessage message)
    {
        _commands.Get.Parameters[0].Value = sequence;
        var found = Read(_commands.Get, Message);
        message = found.Count == 0 ? default : found[0];
        return found.Count > 0;
    }

    /// <inheritdoc />
    public void Update(long sequence, MqttDeliveryState state, ushort packetId) =>
        Execute(_commands.Update, durable: true, sequence, (long)state, (long)packetId);

    /// <inheritdoc />
    public void Remove(long sequence)
    {
        _commands.Remove.Parameters[0].Value = sequence;
        foreach (var length in Read(_commands.Remove, row => row.GetInt64(0), durable: false))
        {
            _messages--;
            _bytes -= length;
        }
    }

    /// <inheritdoc />
    public void AddInbound(MqttStoredInbound message) =>
        Execute(_commands.AddInbound, durable: true, (long)message.PacketId, message.Digest);

    /// <inheritdoc />
    public void RemoveInbound(ushort packetId) => Execute(_commands.RemoveInbound, durable: false, (long)packetId);

    /// <inheritdoc />
    public void ClearInbound() => Execute(_commands.ClearInbound, durable: false);

    /// <summary>Closes the file; what is in it stays.</summary>
    public void Dispose()
    {
        _commands.Dispose();
        _connection.Dispose();
    }

    private void CountUsage() => (_messages, _bytes) = Read(_commands.Usage, row => (row.GetInt64(0), row.GetInt64(1)))[0];

    private void Add(in MqttStoredEntry entry, in MqttMessage message)
    {
        try
        {
            Synchronise(durable: true);
        }
        catch (SqliteException e)
        {
            throw MqttSqliteStoreException.From(e, _path);
        }

        if (!_commands.QuickAdd.TryRun(entry, message))
        {
            Execute(
                _commands.Add,
                durable: true,
                entry.Sequence,
                (long)entry.State,
                (long)entry.PacketId,
                (long)message.QoS,
                message.Retain ? 1L : 0L,
                message.Topic,
                message.Payload.ToArray());
        }
    }

    private void Execute(SqliteCommand command, bool durable, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        try
        {
            Synchronise(durable);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw MqttSqliteStoreException.From(e, _path);
        }
    }

    /// <summary>
    /// To forget something late is harmless, so only what must not be lost waits for the medium. The order of the log is kept:
    /// the next durable change makes the ones before it durable too.
    /// </summary>
    private void Synchronise(bool durable)
    {
        var synchronous = durable && _options.SurvivesPowerLoss;
        if (_synchronous != synchronous)
        {
            StoreSchema.Execute(_connection, synchronous ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            _synchronous = synchronous;
        }
    }

    private List<T> Read<T>(SqliteCommand command, Func<SqliteDataReader, T> convert, bool? durable = null)
    {
        try
        {
            if (durable is { } isDurable)
            {
                Synchronise(isDurable);
            }

            using var rows = command.ExecuteReader();
            var read = new List<T>();
            while (rows.Read())
            {
                read.Add(Convert(rows, convert));
            }

            return read;
        }
        catch (SqliteException e)
        {
            throw MqttSqliteStoreException.From(e, _path);
        }
    }

    /// <summary>A damaged page may hold a value of another type than its column.</summary>
    private T Convert<T>(SqliteDataReader row, Func<SqliteDataReader, T> convert)
    {
        try
        {
            return convert(row);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException)
        {
            throw Corrupt(e);
        }
    }

    private MqttMessage Message(SqliteDataReader row) => row.GetInt64(4) > MaxPayload
        ? throw Corrupt()
        : new MqttMessage(Topic(row.GetString(2)), row.GetFieldValue<byte[]>(3), QoS(row.GetInt64(0)), row.GetInt64(1) != 0);

    private MqttDeliveryState State(long value) => value is >= 0 and <= (long)MqttDeliveryState.Released
        ? (MqttDeliveryState)value
        : throw Corrupt();

    private MqttQoS QoS(long value) => value is 1 or 2 ? (MqttQoS)value : throw Corrupt();

    private ushort PacketId(long value) => value is >= 0 and <= ushort.MaxValue ? (ushort)value : throw Corrupt();

    /// <summary>A server hangs up on any other topic, each time it is sent again.</summary>
    private string Topic(string value) => value.Length > 0
        && value.AsSpan().IndexOfAny('+', '#', '\0') < 0
        && Encoding.UTF8.GetByteCount(value) <= ushort.MaxValue
        ? value
        : throw Corrupt();

    private MqttSqliteStoreException Corrupt(Exception? inner = null) => new(MqttSqliteStoreFailure.Corrupt, _path, inner);
}
