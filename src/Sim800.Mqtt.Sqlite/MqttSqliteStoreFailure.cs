namespace Sim800.Mqtt.Sqlite;

/// <summary>Why a session store's file cannot be used.</summary>
public enum MqttSqliteStoreFailure
{
    /// <summary>The file or its folder cannot be opened or created.</summary>
    CannotOpen,

    /// <summary>Another process, or another store of this process, has the file.</summary>
    InUse,

    /// <summary>The file is no SQLite database, or one of another application.</summary>
    NotAStore,

    /// <summary>The file was written by a version of this library that this one does not know.</summary>
    UnknownVersion,

    /// <summary>The file contradicts itself.</summary>
    Corrupt,

    /// <summary>The file or the file system is read-only.</summary>
    ReadOnly,

    /// <summary>The file system is full.</summary>
    DiskFull,

    /// <summary>The operating system reported an error while reading or writing.</summary>
    InputOutput,
}
