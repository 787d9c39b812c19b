using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Sim800.Cli.Monitor;
using TestKit;
using TestKit.Hostile;

namespace Sim800.Cli.Tests.Monitor;

/// <summary>A session that lets itself be watched, those who attach, and whatever else may lie or listen in its place.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AttachTests : IDisposable
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int NoProcess = 999_999_999;

    private readonly string _runtime = Directory.CreateTempSubdirectory("s8").FullName;
    private readonly TestHost _host = new();

    public AttachTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes of Unix");
        _host.Variables["XDG_RUNTIME_DIR"] = _runtime;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_runtime, "sim800-mqtt");

    public void Dispose() => Directory.Delete(_runtime, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task A_session_is_shown_until_it_ends_which_is_success()
    {
        using var stop = new CancellationTokenSource();
        var share = Share("/dev/ttyUSB0");
        var sharing = share.RunAsync(stop.Token);
        var attached = _host.RunAsync("monitor", "--attach", "/dev/ttyUSB0", "--json");
        await UntilAsync(() => _host.Written.Length > 0);

        Assert.True(share.IsWatched);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sharing);
        share.Dispose();

        Assert.Equal(0, await attached);
        Assert.StartsWith("{\"at\":\"2000-01-01T00:00:00Z\",\"state\":\"connecting\"", _host.Output, StringComparison.Ordinal);
        Assert.Equal($"sim800: ttyUSB0 (process {Environment.ProcessId}) has ended\n", _host.Error);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_attaches_leaves_when_the_time_is_over()
    {
        using var stop = new CancellationTokenSource();
        using var share = Share("/dev/ttyUSB0");
        var sharing = share.RunAsync(stop.Token);
        var clock = new ManualTimeProvider();
        var attached = Application.RunAsync(["monitor", "--attach", "--json", "--seconds", "5"], _host.Host with { TimeProvider = clock }, Ct);
        await UntilAsync(() => _host.Written.Length > 0);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(0, await attached);
        Assert.Empty(_host.Error);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sharing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Eight_watch_at_once_and_the_ninth_is_told()
    {
        using var stop = new CancellationTokenSource();
        using var share = Share("/dev/ttyUSB0");
        var sharing = share.RunAsync(stop.Token);
        var readers = new List<Socket>();
        for (var i = 0; i < 8; i++)
        {
            readers.Add(await ConnectAsync());
        }

        Assert.Equal(1, await _host.RunAsync("monitor", "--attach", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));

        Assert.Contains("as many as it takes", Assert.Single(_host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        readers.ForEach(reader => reader.Dispose());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sharing);

        async Task<Socket> ConnectAsync()
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Directory.GetFiles(Folder)[0]), Ct);
            Assert.NotEqual(0, await socket.ReceiveAsync(new byte[1], Ct));
            return socket;
        }
    }

    [Fact]
    public void The_socket_is_its_users_alone()
    {
        using var share = Share("/dev/serial/by-id/usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0");

        Assert.Equal(Owners | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        var socket = Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal(Owners, File.GetUnixFileMode(socket));
        Assert.Equal($"ntroller_0001-if00-port0.{Environment.ProcessId}.sock", Path.GetFileName(socket));
    }

    [Fact]
    public void What_dead_processes_left_is_removed_and_nothing_else()
    {
        Directory.CreateDirectory(Folder, Owners | UnixFileMode.UserExecute);
        foreach (var name in (string[])[$"ttyUSB0.{NoProcess}.sock", "ttyUSB1.1.sock", "notes.txt", "a.b.sock"])
        {
            File.WriteAllText(Path.Combine(Folder, name), "");
        }

        using var share = Share("ttyUSB2");

        Assert.Equal(
            ["a.b.sock", "notes.txt", "ttyUSB1.1.sock", $"ttyUSB2.{Environment.ProcessId}.sock"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("ttyUSB2", Assert.Single(SharedSessions.Find(_host.Host)).Device);
    }

    [Fact]
    public void A_folder_that_others_enter_is_not_used()
    {
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, Owners | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        Assert.Contains($"chmod 700 {Folder}", Assert.Throws<IOException>(() => Share("ttyUSB0")).Message, StringComparison.Ordinal);
        Assert.Empty(SharedSessions.Find(_host.Host));

        Directory.Delete(Folder);
        Directory.CreateDirectory(Path.Combine(_runtime, "elsewhere"), Owners | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Folder, "elsewhere");
        Assert.Throws<IOException>(() => Share("ttyUSB0"));
    }

    [Fact]
    public void A_path_that_no_socket_has_is_told()
    {
        _host.Variables["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(Path.Combine(_runtime, new string('x', 120))).FullName;
        Assert.Contains("XDG_RUNTIME_DIR", Assert.Throws<IOException>(() => Share("ttyUSB0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_it_is_told_how_one_is_shared()
    {
        Assert.Equal(1, await _host.RunAsync("monitor", "--attach"));
        Assert.Equal("sim800: No session lets itself be watched: start pub, sub, bridge or monitor with --share-monitor, as this user.\n", _host.Error);
    }

    [Fact]
    public async Task Of_several_sessions_one_is_to_be_named()
    {
        using var first = Share("/dev/ttyUSB0");
        using var second = Share("/dev/ttyUSB1");

        Assert.Equal(1, await _host.RunAsync("monitor", "--attach"));
        Assert.Equal(1, await _host.RunAsync("monitor", "--attach", "/dev/ttyUSB2"));

        var there = $"ttyUSB0 (process {Environment.ProcessId}), ttyUSB1 (process {Environment.ProcessId})";
        Assert.Equal(
            $"sim800: Several sessions let themselves be watched: {there}. Name the process of one behind --attach.\n"
            + $"sim800: No session of '/dev/ttyUSB2' lets itself be watched; there is {there}.\n",
            _host.Error);
    }

    [Fact]
    public async Task Options_of_a_session_of_its_own_are_refused()
    {
        Assert.Equal(2, await _host.RunAsync("monitor", "--attach", "--device", "/dev/ttyUSB0"));
        Assert.Contains("--device says nothing to it", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_told()
    {
        Assert.Equal(1, await _host.RunAsync("monitor", "--attach", Path.Combine(_runtime, "x.1.sock")));
        Assert.StartsWith("sim800: No session listens at '", _host.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "is no session of this version of sim800.")]
    [InlineData("{}\n", "is no session of this version of sim800.")]
    [InlineData("\n", "is no session of this version of sim800.")]
    [InlineData("", "has hung up at once")]
    [InlineData("{\"at\":", "has hung up at once")]
    public async Task Something_else_that_listens_is_told(string said, string sentence)
    {
        await using var peer = Listen(new PeerScript().Send(said));
        Assert.Equal(1, await _host.RunAsync("monitor", "--attach"));
        Assert.Empty(_host.Output);
        Assert.Contains(sentence, Assert.Single(_host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_line_without_end_is_not_kept()
    {
        await using var peer = Listen(new PeerScript().Send(new string('x', SharedSnapshot.LongestLine + 1)).StaySilent());
        Assert.Equal(1, await _host.RunAsync("monitor", "--attach"));
        Assert.Contains("is no session of this version", _host.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_screen_is_left_when_the_session_turns_hostile()
    {
        var good = SharedSnapshot.Write(new MonitorFeed("t", new FakeTimeProvider(), tellsStages: true).Look(new MonitorPace())) + "\n";
        await using var peer = Listen(new PeerScript().Send(good, [.. Enumerable.Repeat(1, good.Length)]).Send("\e]0;title\a\n"));
        var host = new TestHost { HasTerminal = true };
        host.Variables["XDG_RUNTIME_DIR"] = _runtime;

        Assert.Equal(1, await host.RunAsync("monitor", "--attach"));

        Assert.Contains("sim800 monitor", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\a', host.Output + host.Error);
        Assert.EndsWith("\e[?25h\e[?1049l", host.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_that_hangs_is_told()
    {
        await using var peer = Listen(new PeerScript().StaySilent());
        var clock = new ManualTimeProvider();
        var session = SharedSessions.Choose(_host.Host, null);
        var watching = new AttachedMonitor(session, MonitorOutput.Alone(_host.Host, isJson: true), clock).RunAsync(Ct);

        await clock.PassAsync(TimeSpan.FromSeconds(10), Ct);

        Assert.Contains("says nothing any more", (await Assert.ThrowsAsync<IOException>(() => watching)).Message, StringComparison.Ordinal);
    }

    private MonitorShare Share(string device) =>
        MonitorShare.Open(new MonitorFeed("t", new FakeTimeProvider(), tellsStages: true), _host.Host, device);

    private PeerListener Listen(PeerScript script)
    {
        var folder = Directory.CreateDirectory(Folder, Owners | UnixFileMode.UserExecute).FullName;
        return new PeerListener(PlayAsync, new UnixDomainSocketEndPoint(Path.Combine(folder, $"ttyUSB0.{Environment.ProcessId}.sock")));

        // Who only looks whether somebody listens is gone before the script is played.
        async Task PlayAsync(IDuplexPipe line, CancellationToken cancellationToken) => await script.PlayAsync(line, cancellationToken);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
