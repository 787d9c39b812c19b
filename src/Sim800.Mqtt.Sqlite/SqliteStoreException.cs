using Microsoft.Data.Sqlite;

namespace Sim800.Mqtt.Sqlite;

/// <summary>The file of a session store cannot be used. What is in it stays there.</summary>
public sealed class SqliteStoreException : IOException
{
    internal SqliteStoreException(SqliteStoreFailure failure, string path, Exception? inner = null)
        : base($"{What(failure, path)} {RemedyFor(failure)}", inner)
    {
        Failure = failure;
        Remedy = RemedyFor(failure);
    }

    /// <summary>What exactly is wrong.</summary>
    public SqliteStoreFailure Failure { get; }

    /// <summary>What to do about it, in one sentence.</summary>
    public string Remedy { get; }

    internal static SqliteStoreException From(SqliteException exception, string path) =>
        new(FailureOf(exception.SqliteErrorCode), path, exception);

    // The primary result codes of https://sqlite.org/rescode.html
    private static SqliteStoreFailure FailureOf(int resultCode) => resultCode switch
    {
        5 or 6 => SqliteStoreFailure.InUse,
        8 => SqliteStoreFailure.ReadOnly,
        11 => SqliteStoreFailure.Corrupt,
        13 => SqliteStoreFailure.DiskFull,
        3 or 14 or 23 => SqliteStoreFailure.CannotOpen,
        26 => SqliteStoreFailure.NotAStore,
        _ => SqliteStoreFailure.InputOutput,
    };

    private static string What(SqliteStoreFailure failure, string path) => failure switch
    {
        SqliteStoreFailure.CannotOpen => $"The session store {path} cannot be opened or created.",
        SqliteStoreFailure.InUse => $"The session store {path} is in use.",
        SqliteStoreFailure.NotAStore => $"The file {path} is no session store.",
        SqliteStoreFailure.UnknownVersion => $"The session store {path} has a format that this version does not know.",
        SqliteStoreFailure.Corrupt => $"The session store {path} is damaged.",
        SqliteStoreFailure.ReadOnly => $"The session store {path} cannot be written.",
        SqliteStoreFailure.DiskFull => $"The file system of the session store {path} is full.",
        _ => $"Reading or writing the session store {path} failed.",
    };

    private static string RemedyFor(SqliteStoreFailure failure) => failure switch
    {
        SqliteStoreFailure.CannotOpen => "Check that the folder exists and that this user may create files in it.",
        SqliteStoreFailure.InUse => "End the other process, or give each client a file of its own.",
        SqliteStoreFailure.NotAStore => "Choose another file name; this file was left as it is.",
        SqliteStoreFailure.UnknownVersion => "Use the newer version of the library, or choose another file name.",
        SqliteStoreFailure.Corrupt => "Move the file away to start with an empty store; messages in it that were not acknowledged are lost.",
        SqliteStoreFailure.ReadOnly => "Give this user the right to write the file and its folder.",
        SqliteStoreFailure.DiskFull => "Free some space; nothing that was accepted is lost.",
        _ => "Check the storage medium and the system's log.",
    };
}
