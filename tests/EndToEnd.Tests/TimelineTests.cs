using System.Text.Json;
using System.Text.RegularExpressions;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary><c>--timeline</c>: what is on the page, and what is not.</summary>
public sealed partial class TimelineTests : IDisposable
{
    private const string Probe = """
        <script>{ // names of its own
        const box = canvas.getBoundingClientRect(), width = hit => hit.x1 - hit.x0;
        const at = hits.filter(hit => hit.text.startsWith("AT+")).sort((a, b) => width(b) - width(a))[0]; // a narrow one may lie too close to another
        canvas.dispatchEvent(new PointerEvent("pointermove", { pointerType: "mouse", clientX: box.left + (at.x0 + at.x1) / 2, clientY: box.top + (at.y0 + at.y1) / 2 }));
        document.title = tip.textContent.startsWith(at.text) ? "tip: " + tip.textContent : "another tip: " + tip.textContent;
        document.getElementById("in").click();
        document.getElementById("title").textContent = "zoomed to " + Math.round(100 * span / whole) + " %";
        }</script>
        """;

    private static readonly string[] Secrets = [MosquittoBroker.Host, MosquittoBroker.User, MosquittoBroker.Password, "greenhouse/7", "21.5 degrees", "internet.apn", "apn-word", "1234"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-timeline-");

    private string Page => Path.Combine(_folder.FullName, "session.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task A_session_is_drawn_on_all_layers_without_a_secret(VirtualModemModel model)
    {
        await PublishAsync(model);
        var page = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        using var session = JsonDocument.Parse(Session().Match(page).Groups["session"].Value);
        Assert.All(Secrets.Where(secret => secret is not "1234"), secret => Assert.DoesNotContain(secret, page, StringComparison.OrdinalIgnoreCase));
        var events = session.RootElement.GetProperty("events").EnumerateArray().ToArray();
        Assert.All(Enumerable.Range(0, 6), lane => Assert.Contains(events, one => one[0].GetInt32() == lane));
        var texts = events.Select(one => one[5].GetString()!).ToArray();
        Assert.Contains(texts, text => text.StartsWith("AT+CPIN=…: OK", StringComparison.Ordinal));
        Assert.Contains("PUBLISH to PUBACK", texts);
        Assert.Contains(texts, text => text.StartsWith("ClientHello", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains("1234", StringComparison.Ordinal));
        var waits = session.RootElement.GetProperty("waits").EnumerateArray().Sum(wait => wait[1].GetDouble() - wait[0].GetDouble());
        Assert.InRange(waits, session.RootElement.GetProperty("duration").GetDouble() - 1, session.RootElement.GetProperty("duration").GetDouble() + 1);
    }

    [Theory]
    [Models]
    public async Task A_browser_draws_it_and_tells_of_what_is_pointed_at(VirtualModemModel model)
    {
        var browser = Array.Find(["/usr/bin/chromium", "/usr/bin/google-chrome"], File.Exists);
        Assert.SkipWhen(browser is null || Extent.Of(0, full: 1) == 0, "A browser draws in the full run, where there is one.");
        await PublishAsync(model);
        await File.AppendAllTextAsync(Page, Probe, TestContext.Current.CancellationToken);
        await using var run = ProgramRun.Start(
            browser!, "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder.FullName}/profile", "--virtual-time-budget=20000", "--dump-dom", $"file://{Page}");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains("<title>tip: AT+", run.Output, StringComparison.Ordinal);
        Assert.Contains("zoomed to 50 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("the serial line", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_failure_is_drawn_as_well(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults("h:1=127.0.0.1:1", model, "no-sim");
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--timeline", Page);
        Assert.Equal(12, await run.ExitCodeAsync());
        Assert.Contains("Sim not passed", await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_said_before_the_modem_is_touched()
    {
        await using var run = ProgramRun.StartOurs("sim800", "info", "--device", "/dev/none", "--timeline", "/none/session.html");
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.StartsWith("sim800: --timeline /none/session.html: Could not find a part of the path", run.Error, StringComparison.Ordinal);
    }

    private async Task PublishAsync(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, TestModem.Of(model) with { Pin = "1234" });
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            [
                "pub", "--device", modem.DevicePath, "--pin", "1234", "--apn", "internet.apn", "--apn-password", "apn-word", .. broker.Arguments, "-t", "greenhouse/7", "-m", "21.5 degrees", "-q", "1",
                "--timeline", Page,
            ]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
    }

    [GeneratedRegex("const session = (?<session>.*);\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Session();
}
