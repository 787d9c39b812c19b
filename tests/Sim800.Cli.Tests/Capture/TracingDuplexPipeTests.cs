using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Sim800.Cli.Capture;
using TestKit;

namespace Sim800.Cli.Tests.Capture;

public sealed class TracingDuplexPipeTests
{
    /// <summary>CONNECT and CONNACK, PUBLISH and PUBACK, DISCONNECT.</summary>
    private static readonly (bool IsSent, string Hex)[] Session =
    [
        (true, "100D00044D51545404020000000161"),
        (false, "20020000"),
        (true, "3206000161000178"),
        (false, "40020001"),
        (true, "E000"),
    ];

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task What_passes_is_not_changed()
    {
        using var file = new TemporaryFile();
        using var capture = new CaptureFile(file.Path, "h", 1883, _clock);
        var pair = new DuplexPipePair();
        await using var tap = (TracingDuplexPipe)capture.Tap(pair.Left);

        await tap.Output.WriteAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(pair.Right.Input, 5));
        await pair.Right.Output.WriteAsync("world"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("world"u8.ToArray(), await ReadAsync(tap.Input, 5));
    }

    [Fact]
    public async Task Bytes_read_twice_are_written_down_once()
    {
        using var file = new TemporaryFile();
        using (var capture = new CaptureFile(file.Path, "192.0.2.7", 9999, _clock))
        {
            var pair = new DuplexPipePair();
            await using var tap = (TracingDuplexPipe)capture.Tap(pair.Left);
            await pair.Right.Output.WriteAsync("abcd"u8.ToArray(), TestContext.Current.CancellationToken);
            var first = await tap.Input.ReadAsync(TestContext.Current.CancellationToken);
            tap.Input.AdvanceTo(first.Buffer.GetPosition(1), first.Buffer.End);
            await pair.Right.Output.WriteAsync("ef"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal("bcdef"u8.ToArray(), await ReadAsync(tap.Input, 5));
        }

        Assert.Equal("61626364|6566", await DissectAsync(file.Path, "tcp.srcport == 9999 && tcp.len > 0", "tcp.payload"));
    }

    [Fact]
    public async Task Wireshark_dissects_the_capture_down_to_mqtt()
    {
        using var file = new TemporaryFile();
        using (var capture = new CaptureFile(file.Path, "broker.example", 1883, _clock))
        {
            var pair = new DuplexPipePair();
            await using var tap = (TracingDuplexPipe)capture.Tap(pair.Left);
            foreach (var (isSent, hex) in Session)
            {
                var (from, to) = isSent ? (tap.Output, pair.Right.Input) : (pair.Right.Output, tap.Input);
                await from.WriteAsync(Convert.FromHexString(hex), TestContext.Current.CancellationToken);
                await ReadAsync(to, hex.Length / 2);
                _clock.Advance(TimeSpan.FromMilliseconds(300));
            }
        }

        Assert.Equal("1|2|3|4|14", await DissectAsync(file.Path, "mqtt", "mqtt.msgtype"));
        Assert.Equal(
            "0.000000000|0.300000000|0.600000000|0.900000000|1.200000000",
            await DissectAsync(file.Path, "mqtt", "frame.time_relative"));
        Assert.Empty(await DissectAsync(
            file.Path, "tcp.checksum.status != \"Good\" || ip.checksum.status != \"Good\" || tcp.analysis.flags", "frame.number"));
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader, int length)
    {
        var result = await reader.ReadAtLeastAsync(length, TestContext.Current.CancellationToken);
        var bytes = result.Buffer.Slice(0, length).ToArray();
        reader.AdvanceTo(result.Buffer.GetPosition(length));
        return bytes;
    }

    private static async Task<string> DissectAsync(string path, string filter, string field)
    {
        var start = new ProcessStartInfo(Tool.PathOf("tshark"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-r", path, "-Y", filter, "-T", "fields", "-e", field, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaint);
        return output.Trim().ReplaceLineEndings("|");
    }
}
