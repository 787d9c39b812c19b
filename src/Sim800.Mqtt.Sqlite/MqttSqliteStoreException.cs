using Microsoft.Data.Sqlite;

namespace Sim800.Mqtt.Sqlite;

/// <summary>The file of a session store cannot be used. What is in it stays there.</summary>
public sealed class MqttSqliteStoreException : IOException
{
    internal MqttSqliteStoreException(MqttSqliteStoreFailure failure, string path, Exception? inner = null)
        : base($"{What(failure, path)} {RemedyFor(failure)}", inner)
    {
        Failure = failure;
        Remedy = RemedyFor(failure);
    }

    /// <summary>What exactly is wrong.</summary>
    public MqttSqliteStoreFailure Failure { get; }

    /// <summary>What to do about it, in one sentence.</summary>
    public string Remedy { get; }

    internal static MqttSqliteStoreException From(SqliteException exception, string path) =>
        new(FailureOf(exception.SqliteErrorCode), path, exception);

    // The primary result codes of https://sqlite.org/rescode.html
    private static MqttSqliteStoreFailure FailureOf(int resultCode) => resultCode switch
    {
        5 or 6 => MqttSqliteStoreFailure.InUse,
        8 => MqttSqliteStoreFailure.ReadOnly,
        11 => MqttSqliteStoreFailure.Corrupt,
        13 => MqttSqliteStoreFailure.DiskFull,
        3 or 14 or 23 => MqttSqliteStoreFailure.CannotOpen,
        26 => MqttSqliteStoreFailure.NotAStore,
        _ => MqttSqliteStoreFailure.InputOutput,
    };

    private static string What(MqttSqliteStoreFailure failure, string path) => failure switch
    {
        MqttSqliteStoreFailure.CannotOpen => $"The session store {path} cannot be opened or created.",
        MqttSqliteStoreFailure.InUse => $"The session store {path} is in use.",
        MqttSqliteStoreFailure.NotAStore => $"The file {path} is no session store.",
        MqttSqliteStoreFailure.UnknownVersion => $"The session store {path} has a format that this version does not know.",
        MqttSqliteStoreFailure.Corrupt => $"The session store {path} is damaged.",
        MqttSqliteStoreFailure.ReadOnly => $"The session store {path} cannot be written.",
        MqttSqliteStoreFailure.DiskFull => $"The file system of the session store {path} is full.",
        _ => $"Reading or writing the session store {path} failed.",
    };

    private static string RemedyFor(MqttSqliteStoreFailure failure) => failure switch
    {
        MqttSqliteStoreFailure.CannotOpen => "Check that the folder exists and that this user may create files in it.",
        MqttSqliteStoreFailure.InUse => "End the other process, or give each client a file of its own.",
        MqttSqliteStoreFailure.NotAStore => "Choose another file name; this file was left as it is.",
        MqttSqliteStoreFailure.UnknownVersion => "Use the newer version of the library, or choose another file name.",
        MqttSqliteStoreFailure.Corrupt => "Move the file away to start with an empty store; messages in it that were not acknowledged are lost.",
        MqttSqliteStoreFailure.ReadOnly => "Give this user the right to write the file and its folder.",
        MqttSqliteStoreFailure.DiskFull => "Free some space; nothing that was accepted is lost.",
        _ => "Check the storage medium and the system's log.",
    };
}
