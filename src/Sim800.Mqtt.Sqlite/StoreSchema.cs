using Microsoft.Data.Sqlite;

namespace Sim800.Mqtt.Sqlite;

/// <summary>What the file must look like. A file with anything else in it, a trigger for one, is none of ours.</summary>
internal static class StoreSchema
{
    private const int ApplicationId = 0x53383030; // "S800"

    private const int Version = 3;

    private const string OutboundColumns =
        "CREATE TABLE outbound(sequence INTEGER PRIMARY KEY, state INTEGER NOT NULL, packet_id INTEGER NOT NULL, "
        + "qos INTEGER NOT NULL, retain INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL";

    private const string OutboundOfVersion1 = OutboundColumns + ") STRICT";

    /// <summary>The last column is room for what a later version keeps of a message beside its topic and payload; NULL in this one. The text
    /// is the one that ALTER TABLE makes of version 1.</summary>
    private const string Outbound = OutboundColumns + ", properties BLOB) STRICT";

    private const string InboundOfVersion2 = "CREATE TABLE inbound(packet_id INTEGER PRIMARY KEY) STRICT";

    /// <summary>The digest is NULL for what an older version has written.</summary>
    private const string Inbound = "CREATE TABLE inbound(packet_id INTEGER PRIMARY KEY, digest INTEGER) STRICT";

    /// <summary>Creates the tables in an empty file; checks them in any other, and brings those of older versions up to date.</summary>
    internal static void Ensure(SqliteConnection connection, string path)
    {
        var applicationId = Scalar(connection, "PRAGMA application_id");
        var version = Scalar(connection, "PRAGMA user_version");
        var objects = Scalar(connection, "SELECT COUNT(*) FROM sqlite_schema");
        if (applicationId == 0 && version == 0 && objects == 0)
        {
            Create(connection);
            return;
        }

        if (applicationId != ApplicationId)
        {
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.NotAStore, path);
        }

        if (version is not (1 or 2 or Version))
        {
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.UnknownVersion, path);
        }

        Check(connection, path, objects, version == 1 ? OutboundOfVersion1 : Outbound, version < Version ? InboundOfVersion2 : Inbound);
        if (version > 1 && Scalar(connection, "SELECT COUNT(*) FROM outbound WHERE properties IS NOT NULL") > 0)
        {
            // A later version has put something there that this one would lose.
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.UnknownVersion, path);
        }

        if (version < Version)
        {
            var outbound = version == 1 ? "ALTER TABLE outbound ADD COLUMN properties BLOB; " : "";
            Execute(
                connection,
                $"BEGIN IMMEDIATE; {outbound}ALTER TABLE inbound ADD COLUMN digest INTEGER; PRAGMA user_version={Version}; COMMIT");
        }
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Create(SqliteConnection connection) => Execute(
        connection,
        $"BEGIN IMMEDIATE; {Outbound}; {Inbound}; PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; COMMIT");

    private static void Check(SqliteConnection connection, string path, long objects, string outbound, string inbound)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_schema WHERE type='table' AND sql IN ($outbound, $inbound)";
        command.Parameters.AddWithValue("$outbound", outbound);
        command.Parameters.AddWithValue("$inbound", inbound);
        if (objects != 2 || (long)command.ExecuteScalar()! != 2)
        {
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.Corrupt, path);
        }

        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is not "ok")
        {
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.Corrupt, path);
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
