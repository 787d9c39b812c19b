namespace Sim800.Mqtt;

/// <summary>
/// How many bytes a day a <see cref="Sim800MqttClient"/> may cost, and what follows when it has. A day is one of UTC. Counted is what TCP
/// carries both ways, TLS and attempts that fail included; the headers of IP and TCP, some 40 bytes a segment, are not. The count lives as
/// long as the client: a program that is started again begins at 0. Looked at every 5 s, so that a day may end some seconds of traffic above it.
/// </summary>
public sealed record Sim800DataBudget
{
    /// <summary>Bytes a day, 1 or more.</summary>
    public required long BytesPerDay { get; init; }

    /// <summary>What follows when they are used up.</summary>
    public Sim800DataBudgetPolicy Policy { get; init; }

    /// <exception cref="ArgumentException">The number is out of its range.</exception>
    internal void Validate() => CheckBytes(BytesPerDay);

    private static void CheckBytes(long bytesPerDay)
    {
        if (bytesPerDay < 1)
        {
            throw new ArgumentException("A data budget is 1 byte a day or more.", nameof(bytesPerDay));
        }
    }
}

/// <summary>What follows when a <see cref="Sim800DataBudget"/> is used up, until midnight UTC.</summary>
public enum Sim800DataBudgetPolicy
{
    /// <summary>A warning in the log (event 3060), once a day.</summary>
    Warn,

    /// <summary>The warning, and messages of QoS 0 are treated as without a connection: <see cref="Sim800MqttClientOptions.WhenOffline"/> says
    /// whether they wait or are dropped. Those of QoS 1 and 2 and what the server sends go on.</summary>
    HoldAtMostOnce,

    /// <summary>The warning, and the connection ends with <see cref="MqttDataBudgetException"/>, which makes the server publish the will. The next
    /// one is made at midnight UTC; messages of QoS 1 and 2 wait in the session store.</summary>
    Stop,
}

/// <summary>The bytes of the day are used up (<see cref="Sim800DataBudgetPolicy.Stop"/>).</summary>
public sealed class MqttDataBudgetException : MqttException
{
    internal MqttDataBudgetException(long bytesPerDay, DateTimeOffset until)
        : base($"The data budget of {bytesPerDay} bytes a day is used up until {until:yyyy-MM-dd HH:mm}Z.", MqttRemedy.TryLater) =>
        (BytesPerDay, Until) = (bytesPerDay, until);

    /// <summary>The budget.</summary>
    public long BytesPerDay { get; }

    /// <summary>The end of the day.</summary>
    public DateTimeOffset Until { get; }
}
