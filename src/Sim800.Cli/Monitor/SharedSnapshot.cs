using System.Text.Json;
using Sim800.Wording;

namespace Sim800.Cli.Monitor;

/// <summary>
/// A snapshot on its way to another process: the object of <c>--json</c>, and what a screen shows besides. What the verb printed as its result does
/// not go along. The reader believes nothing: each line is bounded, each value checked, and no text steers a terminal.
/// </summary>
internal static class SharedSnapshot
{
    /// <summary>Longer than any line that <see cref="Write"/> makes.</summary>
    internal const int LongestLine = 256 * 1024;

    private const int LongestText = 500;
    private const long MostCounted = 1L << 53; // what every reader of JSON can count
    private const int MostMillivolts = 1_000_000;
    private const int MostDecibels = 1000;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 4 };

    internal static string Write(MonitorSnapshot snapshot)
    {
        var events = snapshot.Events.Where(one => !one.IsResult).ToArray();
        return (snapshot with { Events = events }).ToJson(json =>
        {
            json.WriteString("title", Cut(snapshot.Title));
            json.WriteStartArray("signals");
            foreach (var signal in snapshot.Signals)
            {
                json.WriteNumberValue(signal);
            }

            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (var one in events)
            {
                json.WriteStartObject();
                json.WriteString("at", one.At.UtcDateTime);
                json.WriteString("text", Cut(one.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <exception cref="FormatException">No session has written this.</exception>
    internal static MonitorSnapshot Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Shallow);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException("No session has written this.", e);
        }
    }

    private static MonitorSnapshot Read(JsonElement json) => new()
    {
        At = json.GetProperty("at").GetDateTimeOffset(),
        Title = Text(json.GetProperty("title")) ?? "",
        State = Text(json.GetProperty("state")) ?? "",
        Since = json.GetProperty("since").GetDateTimeOffset(),
        Stage = Text(json.GetProperty("stage")),
        Reason = Text(json.GetProperty("reason")),
        NextAttempt = json.GetProperty("nextAttempt") is { ValueKind: not JsonValueKind.Null } at ? at.GetDateTimeOffset() : null,
        SignalDbm = json.GetProperty("signalDbm") is { ValueKind: not JsonValueKind.Null } signal ? Within(signal, -MostDecibels, MostDecibels) : null,
        Signals = [.. Items(json.GetProperty("signals"), MonitorFeed.MostSignals).Select(one => Within(one, -MostDecibels, MostDecibels))],
        Registration = Text(json.GetProperty("registration")),
        SupplyMillivolts = json.GetProperty("supplyMillivolts") is { ValueKind: not JsonValueKind.Null } supply ? Within(supply, 0, MostMillivolts) : null,
        SentBytes = Count(json.GetProperty("sentBytes")),
        ReceivedBytes = Count(json.GetProperty("receivedBytes")),
        SentPerSecond = Pace(json.GetProperty("sentBytesPerSecond")),
        ReceivedPerSecond = Pace(json.GetProperty("receivedBytesPerSecond")),
        BytesToday = Count(json.GetProperty("bytesToday")),
        SentMessages = Count(json.GetProperty("sentMessages")),
        ReceivedMessages = Count(json.GetProperty("receivedMessages")),
        Waiting = Within(json.GetProperty("waitingMessages"), 0, int.MaxValue),
        Connections = Count(json.GetProperty("reconnects")) + 1,
        Events = [.. Items(json.GetProperty("events"), MonitorFeed.MostEvents).Select(one => new MonitorEvent(one.GetProperty("at").GetDateTimeOffset(), Text(one.GetProperty("text")) ?? ""))],
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement array, int most) =>
        array.GetArrayLength() <= most ? array.EnumerateArray() : throw new FormatException("More than a session keeps.");

    private static string? Text(JsonElement text) => text.GetString() is { } given ? VisibleText.Of(Cut(given)).Trim() : null;

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static int Within(JsonElement number, int least, int most) =>
        number.GetInt32() is var value && value >= least && value <= most ? value : throw new FormatException("Nothing measures this.");

    private static long Count(JsonElement number) => number.GetInt64() is >= 0 and <= MostCounted and var value ? value : throw new FormatException("Nothing counts to this.");

    private static double Pace(JsonElement number) => number.GetDouble() is >= 0 and <= MostCounted and var value ? value : throw new FormatException("Nothing is as fast.");
}
