using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sim800.Mqtt.Sqlite;

/// <summary>
/// Adding a message, the one statement that every message passes, bound without boxes and copies: a command of ADO.NET allocates a kilobyte for it. It
/// only ever succeeds: whatever else happens is left to the command, which waits, and tells what is wrong.
/// </summary>
internal sealed class AddStatement(SqliteConnection connection, string sql) : IDisposable
{
    private const int SmallTopic = 256;
    private sqlite3_stmt? _statement;

    public void Dispose()
    {
        if (_statement is not null)
        {
            raw.sqlite3_finalize(_statement);
            _statement = null;
        }
    }

    /// <returns><c>false</c> when nothing has been stored.</returns>
    internal bool TryRun(in MqttStoredEntry entry, in MqttMessage message)
    {
        if (_statement is null && raw.sqlite3_prepare_v2(connection.Handle!, sql, out _statement) != raw.SQLITE_OK)
        {
            _statement = null;
            return false;
        }

        try
        {
            return Bind(entry, message) && raw.sqlite3_step(_statement!) == raw.SQLITE_DONE;
        }
        finally
        {
            raw.sqlite3_reset(_statement!);
            raw.sqlite3_clear_bindings(_statement!);
        }
    }

    private bool Bind(in MqttStoredEntry entry, in MqttMessage message) =>
        Integer(1, entry.Sequence)
        && Integer(2, (long)entry.State)
        && Integer(3, entry.PacketId)
        && Integer(4, (long)message.QoS)
        && Integer(5, message.Retain ? 1 : 0)
        && Text(6, message.Topic)
        && Blob(7, message.Payload.Span);

    private bool Integer(int parameter, long value) => raw.sqlite3_bind_int64(_statement!, parameter, value) == raw.SQLITE_OK;

    /// <summary>SQLite copies what it is given.</summary>
    private bool Text(int parameter, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var rented = length > SmallTopic ? ArrayPool<byte>.Shared.Rent(length) : null;
        try
        {
            Span<byte> bytes = rented ?? stackalloc byte[SmallTopic];
            Encoding.UTF8.GetBytes(value, bytes);
            return raw.sqlite3_bind_text(_statement!, parameter, bytes[..length]) == raw.SQLITE_OK;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>No bytes at a null pointer would be no value at all.</summary>
    private bool Blob(int parameter, ReadOnlySpan<byte> value) => raw.SQLITE_OK == (value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement!, parameter, 0)
        : raw.sqlite3_bind_blob(_statement!, parameter, value));
}
