using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sim800.Cli.Timeline;

/// <summary>The file of <c>--timeline</c>: one page that needs nothing else, to be shown to somebody. It is written when the session is over, however it ends.</summary>
internal sealed class TimelineFile : IDisposable
{
    private const string Place = "\"the session\"";

    private readonly FileStream _file;
    private readonly string _title;

    /// <exception cref="IOException">The file cannot be written.</exception>
    internal TimelineFile(string path, string title, int baudRate, TimeProvider clock)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        (_title, Recorder) = (title, new TimelineRecorder(baudRate, clock));
    }

    internal TimelineRecorder Recorder { get; }

    public void Dispose()
    {
        _file.Write(Encoding.UTF8.GetBytes(Page(_title, Recorder.Close())));
        _file.Dispose();
    }

    /// <summary>The page with the session in it.</summary>
    internal static string Page(string title, TimelineSession session)
    {
        using var stream = typeof(TimelineFile).Assembly.GetManifestResourceStream("timeline.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(Place, Json(title, session), StringComparison.Ordinal);
    }

    /// <summary>The session as the page reads it. The encoder escapes what could end a script.</summary>
    internal static string Json(string title, TimelineSession session)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("title", title);
            json.WriteString("startedAt", session.StartedAt.UtcDateTime);
            json.WriteNumber("duration", Round(session.Duration));
            json.WriteNumber("baudRate", session.BaudRate);
            json.WriteNumber("exchanges", session.Exchanges);
            json.WriteNumber("dropped", session.Dropped);
            WriteBytes(json, session);
            WriteSeconds(json, session);
            WriteEvents(json, session);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteBytes(Utf8JsonWriter json, TimelineSession session)
    {
        json.WriteStartArray("bytes");
        foreach (var lane in new[] { TimelineLane.Line, TimelineLane.Tcp, TimelineLane.Tls, TimelineLane.Mqtt })
        {
            json.WriteStartArray();
            json.WriteStringValue(lane.ToString());
            json.WriteNumberValue(session.Sent[(int)lane]);
            json.WriteNumberValue(session.Received[(int)lane]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteSeconds(Utf8JsonWriter json, TimelineSession session)
    {
        json.WriteStartArray("waits");
        foreach (var (start, end, wait) in session.Waits())
        {
            json.WriteStartArray();
            json.WriteNumberValue(Round(start));
            json.WriteNumberValue(Round(end));
            json.WriteNumberValue((int)wait);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("stages");
        foreach (var (stage, milliseconds) in session.TimeByStage())
        {
            json.WriteStartArray();
            json.WriteStringValue(stage);
            json.WriteNumberValue(Round(milliseconds));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter json, TimelineSession session)
    {
        json.WriteStartArray("events");
        foreach (var one in session.Events)
        {
            json.WriteStartArray();
            json.WriteNumberValue((int)one.Lane);
            json.WriteNumberValue(Round(one.Start));
            json.WriteNumberValue(Round(one.End));
            json.WriteNumberValue((int)one.Direction);
            json.WriteNumberValue(one.Bytes);
            json.WriteStringValue(one.Text);
            json.WriteNumberValue((int)one.Wait);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
