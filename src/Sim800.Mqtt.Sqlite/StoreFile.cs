using Microsoft.Data.Sqlite;
using Sim800.Files;

namespace Sim800.Mqtt.Sqlite;

/// <summary>Opens the file: for this process alone, with a write-ahead log, readable by this user alone.</summary>
internal static class StoreFile
{
    internal static SqliteConnection Open(string path)
    {
        try
        {
            CreatePrivately(path);
            return Connect(path);
        }
        catch (SqliteException e)
        {
            throw MqttSqliteStoreException.From(e, path);
        }
        catch (Exception e) when (e is IOException and not MqttSqliteStoreException or UnauthorizedAccessException)
        {
            throw new MqttSqliteStoreException(MqttSqliteStoreFailure.CannotOpen, path, e);
        }
    }

    /// <summary>Payloads are nobody else's business; the log beside the file gets the same rights from SQLite.</summary>
    private static void CreatePrivately(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile.Mode;
        }

        using var created = new FileStream(path, options);
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false, // closing must give the file back
            DefaultTimeout = 1, // seconds to wait for another process that is just ending
        }.ConnectionString);
        try
        {
            connection.Open();
            StoreSchema.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
            StoreSchema.Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
            StoreSchema.Execute(connection, "BEGIN IMMEDIATE; COMMIT"); // takes the lock now, not at the first message
            StoreSchema.Ensure(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
