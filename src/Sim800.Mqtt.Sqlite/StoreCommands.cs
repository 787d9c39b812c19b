using Microsoft.Data.Sqlite;

namespace Sim800.Mqtt.Sqlite;

/// <summary>The statements of the store, prepared once.</summary>
internal sealed class StoreCommands(SqliteConnection connection) : IDisposable
{
    private const string Insert =
        "INSERT INTO outbound(sequence, state, packet_id, qos, retain, topic, payload) VALUES($1, $2, $3, $4, $5, $6, $7)";

    internal SqliteCommand LoadOutbound { get; } =
        Prepare(connection, "SELECT sequence, state, packet_id, qos FROM outbound ORDER BY sequence");

    internal SqliteCommand LoadInbound { get; } = Prepare(connection, "SELECT packet_id, digest FROM inbound");

    internal SqliteCommand Usage { get; } = Prepare(
        connection, "SELECT COUNT(*), COALESCE(SUM(octet_length(topic) + octet_length(payload)), 0) FROM outbound");

    internal SqliteCommand Add { get; } = Prepare(connection, Insert, 7);

    /// <summary>The same, for when nothing is in its way.</summary>
    internal AddStatement QuickAdd { get; } = new(connection, Insert);

    internal SqliteCommand Get { get; } = Prepare(
        connection, "SELECT qos, retain, topic, payload, octet_length(payload) FROM outbound WHERE sequence = $1", 1);

    internal SqliteCommand Update { get; } = Prepare(
        connection, "UPDATE outbound SET state = $2, packet_id = $3 WHERE sequence = $1", 3);

    internal SqliteCommand Remove { get; } = Prepare(
        connection, "DELETE FROM outbound WHERE sequence = $1 RETURNING octet_length(topic) + octet_length(payload)", 1);

    internal SqliteCommand AddInbound { get; } =
        Prepare(connection, "INSERT OR REPLACE INTO inbound(packet_id, digest) VALUES($1, $2)", 2);

    internal SqliteCommand RemoveInbound { get; } = Prepare(connection, "DELETE FROM inbound WHERE packet_id = $1", 1);

    internal SqliteCommand ClearInbound { get; } = Prepare(connection, "DELETE FROM inbound");

    public void Dispose()
    {
        QuickAdd.Dispose();
        foreach (var command in (SqliteCommand[])
            [LoadOutbound, LoadInbound, Usage, Add, Get, Update, Remove, AddInbound, RemoveInbound, ClearInbound])
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var parameter = 1; parameter <= parameters; parameter++)
        {
            command.Parameters.Add(new SqliteParameter($"${parameter}", value: null));
        }

        return command;
    }
}
