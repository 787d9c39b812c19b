using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sim800.Cli.Monitor;

/// <summary>Draws a snapshot onto a screen of any size: 24 lines of 80 columns are enough for all of it but the older events.</summary>
internal static class MonitorView
{
    private const int WeakSignal = -97;
    private const int LowSupply = 3600;
    private const int RowsWithoutEvents = 15;
    private const int WorstSignal = -113;
    private const int BestSignal = -51;
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The lines of the screen, with their colours if there are any.</summary>
    internal static string[] Draw(MonitorSnapshot snapshot, int width, int height, bool hasColour)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Profile.Capabilities.Unicode = true;
        console.Write(Page(snapshot, width, height));
        return [.. text.ToString().TrimEnd('\n').Split('\n').Take(height)];
    }

    private static Rows Page(MonitorSnapshot snapshot, int width, int height)
    {
        var inner = width - 4;
        return new Rows(
            Box("sim800 monitor", new Markup(Head(snapshot, inner))),
            Facts(snapshot, width),
            Box($"signal, {(snapshot.Signals.Count > 0 ? $"{snapshot.Signals.Min()} to {snapshot.Signals.Max()} dBm" : "not yet known")}", new Markup(Curve(snapshot, inner))),
            Box("last events", new Markup(Events(snapshot, inner, Math.Max(1, height - RowsWithoutEvents)))));
    }

    private static Panel Box(string title, IRenderable content) => new(content)
    {
        Header = new PanelHeader($" {title} "),
        Border = BoxBorder.Rounded,
        BorderStyle = new Style(Color.Grey),
        Expand = true,
    };

    private static string Head(MonitorSnapshot snapshot, int width)
    {
        var (colour, mark) = snapshot.State switch
        {
            "connected" or "open" => ("green", "●"),
            "closed" => ("red", "■"),
            _ => ("yellow", "◐"),
        };
        var state = string.Create(CultureInfo.InvariantCulture, $"{snapshot.State} for {Span(snapshot.At - snapshot.Since)}");
        var next = snapshot.NextAttempt is { } at && at > snapshot.At ? $", next attempt in {Span(at - snapshot.At)}" : "";
        var stage = snapshot.Stage is { } under ? $"  {under}" : next;
        var lines = new[] { Cut(snapshot.Title, width), $"{mark} {Cut(state + stage, width - 2)}", Cut(snapshot.Reason ?? "", width) };
        return $"{Markup.Escape(lines[0])}\n[{colour}]{Markup.Escape(lines[1])}[/]\n[{colour}]{Markup.Escape(lines[2])}[/]".TrimEnd('\n');
    }

    private static Columns Facts(MonitorSnapshot snapshot, int width)
    {
        var radio = Table(
            width,
            ("signal", snapshot.SignalDbm is { } dbm ? $"{dbm} dBm" : "unknown", snapshot.SignalDbm < WeakSignal ? "yellow" : null),
            ("registered", snapshot.Registration ?? "unknown", snapshot.Registration is "home" or "roaming" or null ? null : "yellow"),
            ("supply", snapshot.SupplyMillivolts is { } supply ? $"{supply} mV" : "unknown", snapshot.SupplyMillivolts < LowSupply ? "yellow" : null));
        var bytes = Table(
            width,
            ("up", $"{Size(snapshot.SentBytes)}, {Size((long)snapshot.SentPerSecond)}/s", null),
            ("down", $"{Size(snapshot.ReceivedBytes)}, {Size((long)snapshot.ReceivedPerSecond)}/s", null),
            ("today", Size(snapshot.BytesToday ?? snapshot.SentBytes + snapshot.ReceivedBytes), null));
        var messages = Table(
            width,
            ("messages", $"{snapshot.SentMessages} out, {snapshot.ReceivedMessages} in", null),
            ("waiting", snapshot.Waiting.ToString(CultureInfo.InvariantCulture), snapshot.Waiting > 0 ? "yellow" : null),
            ("reconnects", snapshot.Reconnects.ToString(CultureInfo.InvariantCulture), null));
        return new Columns(radio, bytes, messages) { Padding = new Padding(0, 0, 0, 0) };
    }

    private static Panel Table(int width, params (string Name, string Value, string? Colour)[] rows)
    {
        var names = rows.Max(row => row.Name.Length);
        var room = ((width - 2) / 3) - names - 5;
        var lines = rows.Select(row => row.Colour is { } colour
            ? $"[grey]{row.Name.PadRight(names)}[/] [{colour}]{Markup.Escape(Cut(row.Value, room))}[/]"
            : $"[grey]{row.Name.PadRight(names)}[/] {Markup.Escape(Cut(row.Value, room))}");
        return new Panel(new Markup(string.Join('\n', lines))) { Border = BoxBorder.Rounded, BorderStyle = new Style(Color.Grey), Width = (width - 2) / 3 };
    }

    private static string Curve(MonitorSnapshot snapshot, int width) => snapshot.Signals.Count == 0
        ? "[grey]…[/]"
        : $"[green]{string.Concat(snapshot.Signals.TakeLast(width).Select(dbm => Levels[Math.Clamp((dbm - WorstSignal) * Levels.Length / (BestSignal - WorstSignal + 1), 0, Levels.Length - 1)]))}[/]";

    private static string Events(MonitorSnapshot snapshot, int width, int rows) => snapshot.Events.Count == 0
        ? "[grey]…[/]"
        : string.Join('\n', snapshot.Events.TakeLast(rows).Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"[grey]{one.At:HH:mm:ss}[/] {Markup.Escape(Cut(one.Text, width - 9))}")));

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..Math.Max(0, room - 1)] + "…";

    private static string Span(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{Math.Max(0, time.Seconds)} s";

    private static string Size(long bytes) => bytes switch
    {
        < 10_000 => $"{bytes} B",
        < 10_000_000 => $"{bytes / 1000} kB",
        _ => $"{bytes / 1_000_000} MB",
    };
}
