namespace Sim800.Mqtt.Sqlite;

/// <summary>Limits and safety of a <see cref="MqttSqliteSessionStore"/>.</summary>
public sealed record MqttSqliteStoreOptions
{
    /// <summary>How many outgoing messages it holds at most.</summary>
    public int MaxMessages { get; init; } = 100_000;

    /// <summary>How many bytes of topics (UTF-8) and payloads it holds at most.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether a message is on the medium, and not only with the operating system, when it counts as stored: survives a loss
    /// of power, at the price of one synchronisation of the medium per message. Without it, it still survives the end of the process.
    /// </summary>
    public bool SurvivesPowerLoss { get; init; } = true;

    internal void Validate() => Check(MaxMessages, MaxBytes);

    private static void Check(int maxMessages, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
    }
}
