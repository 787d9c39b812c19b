using System.IO.Pipelines;

namespace Sim800.Simulator.Tests.Transcripts;

public sealed class TerminalTests
{
    private const string Log = """
        0.000 < \r\nRDY\r\n
        0.010 > AT+CIPSEND=0,5\r
        0.016 < \r\n>\x20
        0.020 > hello
        0.120 < \r\n+PDP: DEACT\r\n
        """;

    public TerminalTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_transcript_is_a_device_that_waits_for_its_program_and_ends_with_it()
    {
        await using var modem = ReplayedModem.Play(Transcript.Parse(Log));
        await using var terminal = PseudoTerminalLine.Open(modem.Line);
        await using (var device = Open(terminal.DevicePath))
        {
            var host = new ModemHost(new StreamLine(device));
            await host.ExpectAsync("\r\nRDY\r\n");
            await host.SaysAsync("AT+CIPSEND=0,5\r", "\r\n> ");
            await host.SaysAsync("hello", "\r\n+PDP: DEACT\r\n");
            await modem.Completion.WaitAsync(Token);
            Assert.False(terminal.Completion.IsCompleted, "what was said last is there to be read");
        }

        await terminal.Completion.WaitAsync(Token);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_program_that_says_something_else_ends_it_with_the_entry()
    {
        await using var modem = ReplayedModem.Play(Transcript.Parse(Log));
        await using var terminal = PseudoTerminalLine.Open(modem.Line);
        await using var device = Open(terminal.DevicePath);
        var host = new ModemHost(new StreamLine(device));
        await host.ExpectAsync("\r\nRDY\r\n");
        await host.SendAsync("AT+CIPSHUT\r");
        var e = await Assert.ThrowsAsync<TranscriptException>(() => terminal.Completion.WaitAsync(Token));
        Assert.Equal(2, e.LineNumber);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_with_a_modem_on_a_device_is_recorded_and_plays_again()
    {
        await using var real = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { CommandDelay = TimeSpan.FromMilliseconds(30) });
        var text = new StringWriter();
        using (var recorder = new TranscriptRecorder(text))
        {
            await using var line = SerialDeviceLine.Open(real.DevicePath);
            await using var terminal = PseudoTerminalLine.Open(recorder.Tap(line));
            await using var device = Open(terminal.DevicePath);
            await ConverseAsync(new ModemHost(new StreamLine(device)));
        }

        await using var modem = ReplayedModem.Play(Transcript.Parse(text.ToString()), isTimed: false);
        await ConverseAsync(new ModemHost(modem.Line));
        await modem.Completion.WaitAsync(Token);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_goes_away_ends_its_line()
    {
        var real = VirtualModem.OnPseudoTerminal();
        await using var line = SerialDeviceLine.Open(real.DevicePath);
        await new ModemHost(line).SaysAsync("AT\r", "AT\r\r\nOK\r\n");
        await real.DisposeAsync();
        Assert.True((await line.Input.ReadAsync(Token)).IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_is_recorded_is_locked_until_its_line_is_disposed()
    {
        await using var real = VirtualModem.OnPseudoTerminal();
        await using (var line = SerialDeviceLine.Open(real.DevicePath))
        {
            var e = Assert.Throws<SerialDeviceException>(() => SerialDeviceLine.Open(real.DevicePath));
            Assert.Contains(real.DevicePath, e.Message, StringComparison.Ordinal);
            await new ModemHost(line).SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        }

        await using var again = SerialDeviceLine.Open(real.DevicePath);
        await new ModemHost(again).SaysAsync("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void A_recording_is_for_its_owner_alone_and_says_what_it_contains()
    {
        var folder = Directory.CreateTempSubdirectory("sim800-");
        try
        {
            var (file, link) = (Path.Combine(folder.FullName, "session.log"), Path.Combine(folder.FullName, "link.log"));
            File.WriteAllText(file, "what was there before, and longer than what comes".PadRight(500, '!'));
            using (var recorder = TranscriptRecorder.ToFile(file))
            {
                recorder.Host("AT+CPIN=1234\r"u8);
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
            var lines = File.ReadAllLines(file);
            Assert.StartsWith("# Everything that passed on a serial line, with PINs", lines[0], StringComparison.Ordinal);
            Assert.Equal(2, lines.Length);
            Assert.Single(Transcript.Parse(File.ReadAllText(file)).Entries);

            File.CreateSymbolicLink(link, file);
            var e = Assert.Throws<IOException>(() => TranscriptRecorder.ToFile(link));
            Assert.Contains("symbolic link", e.Message, StringComparison.Ordinal);
            Assert.Equal(lines, File.ReadAllLines(file));
            Assert.Throws<IOException>(() => TranscriptRecorder.ToFile(Path.Combine(folder.FullName, "none", "x.log")));
            TranscriptRecorder.ToFile("/dev/null").Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/does/not/exist", 115_200)]
    [InlineData("/dev/null", 115_200)]
    [InlineData("/dev/ptmx", 5_000_000)]
    public void What_is_no_serial_device_is_refused_with_its_name(string path, int rate)
    {
        var e = Assert.Throws<SerialDeviceException>(() => SerialDeviceLine.Open(path, rate));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Remedy);
    }

    private static async Task ConverseAsync(ModemHost host)
    {
        await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        await host.SaysAsync("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
        await host.SaysAsync("AT+GMR\r", "\r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n");
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);

    private sealed class StreamLine(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }
}
