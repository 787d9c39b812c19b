using System.Globalization;
using System.Text;
using System.Text.Json;
using Sim800.Cli.Rendering;

namespace Sim800.Cli.Monitor;

/// <summary>How a session is at one moment.</summary>
internal sealed record MonitorSnapshot
{
    public required DateTimeOffset At { get; init; }

    /// <summary>What is watched: the device, and where it leads.</summary>
    public required string Title { get; init; }

    /// <summary>Connected, connecting, waiting or closed.</summary>
    public required string State { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>What is under way, while it is.</summary>
    public string? Stage { get; init; }

    /// <summary>Why there is no connection.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? NextAttempt { get; init; }

    public int? SignalDbm { get; init; }

    /// <summary>The signal so far, the oldest first.</summary>
    public IReadOnlyList<int> Signals { get; init; } = [];

    public string? Registration { get; init; }

    public int? SupplyMillivolts { get; init; }

    public long SentBytes { get; init; }

    public long ReceivedBytes { get; init; }

    public double SentPerSecond { get; init; }

    public double ReceivedPerSecond { get; init; }

    public long? BytesToday { get; init; }

    public long SentMessages { get; init; }

    public long ReceivedMessages { get; init; }

    /// <summary>Messages that the server has not confirmed.</summary>
    public int Waiting { get; init; }

    public long Connections { get; init; }

    /// <summary>What happened last, the newest at the end.</summary>
    public IReadOnlyList<MonitorEvent> Events { get; init; } = [];

    internal long Reconnects => Math.Max(0, Connections - 1);

    /// <summary>One line for a log.</summary>
    internal string ToLine()
    {
        var line = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"{At:HH:mm:ss}Z {State}{(Stage is null ? "" : $" ({Stage})")}, signal {Known(SignalDbm)} dBm, {Registration ?? "?"}, supply {Known(SupplyMillivolts)} mV");
        line.Append(
            CultureInfo.InvariantCulture,
            $", up {SentBytes} B, down {ReceivedBytes} B, today {BytesToday ?? SentBytes + ReceivedBytes} B, messages {SentMessages} out {ReceivedMessages} in, waiting {Waiting}");
        line.Append(CultureInfo.InvariantCulture, $", reconnects {Reconnects}{(Events.Count > 0 ? $"; {Events[^1].Text}" : "")}");
        return FailureText.OneLine(line.ToString());
    }

    private static string Known(int? value) => value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "?";

    /// <summary>One object on one line.</summary>
    /// <param name="more">Writes what only some readers need.</param>
    internal string ToJson(Action<Utf8JsonWriter>? more = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", At.UtcDateTime);
            json.WriteString("state", State);
            json.WriteString("since", Since.UtcDateTime);
            json.WriteString("stage", Stage);
            json.WriteString("reason", Reason);
            Write(json, "nextAttempt", NextAttempt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            Write(json, "signalDbm", SignalDbm);
            json.WriteString("registration", Registration);
            Write(json, "supplyMillivolts", SupplyMillivolts);
            json.WriteNumber("sentBytes", SentBytes);
            json.WriteNumber("receivedBytes", ReceivedBytes);
            json.WriteNumber("sentBytesPerSecond", Math.Round(SentPerSecond, 1));
            json.WriteNumber("receivedBytesPerSecond", Math.Round(ReceivedPerSecond, 1));
            json.WriteNumber("bytesToday", BytesToday ?? SentBytes + ReceivedBytes);
            json.WriteNumber("sentMessages", SentMessages);
            json.WriteNumber("receivedMessages", ReceivedMessages);
            json.WriteNumber("waitingMessages", Waiting);
            json.WriteNumber("reconnects", Reconnects);
            json.WriteString("lastEvent", Events.Count > 0 ? Events[^1].Text : null);
            more?.Invoke(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, string? value) => json.WriteString(name, value);

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Text">One line that a terminal may show.</param>
internal sealed record MonitorEvent(DateTimeOffset At, string Text)
{
    /// <summary>It is what the verb was run for, and goes to nobody but its user.</summary>
    public bool IsResult { get; init; }
}
