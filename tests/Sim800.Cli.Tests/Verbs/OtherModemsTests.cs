using System.Text;

namespace Sim800.Cli.Tests.Verbs;

public sealed class OtherModemsTests : IDisposable
{
    private readonly TestHost _test = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sim800-").FullName;

    public OtherModemsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task A_recorded_session_plays_again()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var real = Run(new TestHost(), stop.Token, "--link", PathOf("real"), "--log", PathOf("one.log"));
        await LinkAsync("real");
        var relay = Run(new TestHost(), stop.Token, "--device", PathOf("real"), "--link", PathOf("relay"), "--record", PathOf("two.log"));
        await LinkAsync("relay");
        await ConverseAsync("relay");
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await relay);
        Assert.Equal(ExitCode.Success, await real);

        foreach (var log in new[] { "one.log", "two.log" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(PathOf(log)));
            Assert.StartsWith("# Everything that passed", (await File.ReadAllLinesAsync(PathOf(log), Token))[0], StringComparison.Ordinal);
            var replay = Run(new TestHost(), Token, "--replay", PathOf(log), "--link", PathOf("again"));
            await LinkAsync("again");
            await ConverseAsync("again");
            Assert.Equal(ExitCode.Success, await replay);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_program_that_says_something_else_is_told_what_was_expected()
    {
        await File.WriteAllTextAsync(PathOf("log"), "0.000 > AT\\r\n0.010 < \\r\\nOK\\r\\n\n", Token);
        var replay = Run(_test, Token, "--replay", PathOf("log"), "--link", PathOf("again"));
        await LinkAsync("again");
        await using (var device = Open("again"))
        {
            await device.WriteAsync("ATZ\r"u8.ToArray(), Token);
            Assert.Equal(ExitCode.Failure, await replay);
        }

        Assert.Contains("sim800: The host said 'ATZ' where entry 1 of the transcript has 'AT\\r'.", _test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_transcript_is_refused_with_its_line()
    {
        await File.WriteAllTextAsync(PathOf("log"), "# a comment\nnonsense\n", Token);
        Assert.Equal(ExitCode.Failure, await _test.RunAsync("simulate", "--replay", PathOf("log")));
        Assert.Contains("Line 2 of the transcript", _test.Error, StringComparison.Ordinal);
        Assert.Empty(_test.Output);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static Task<int> Run(TestHost test, CancellationToken stop, params string[] arguments) =>
        Task.Run(() => Application.RunAsync(["simulate", .. arguments], test.Host, stop), CancellationToken.None);

    private async Task LinkAsync(string name)
    {
        while (new FileInfo(PathOf(name)).LinkTarget is null)
        {
            await Task.Delay(10, Token);
        }
    }

    private FileStream Open(string name) => new(PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);

    private async Task ConverseAsync(string name)
    {
        await using var device = Open(name);
        foreach (var (said, answer) in new[] { ("ATE0\r", "ATE0\r\r\nOK\r\n"), ("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n") })
        {
            await device.WriteAsync(Encoding.ASCII.GetBytes(said), Token);
            var heard = new byte[answer.Length];
            await device.ReadExactlyAsync(heard, Token);
            Assert.Equal(answer, Encoding.ASCII.GetString(heard));
        }
    }
}
