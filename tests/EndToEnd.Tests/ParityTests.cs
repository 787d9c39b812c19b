using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>mosquitto_pub and mosquitto_sub beside <c>sim800 pub</c> and <c>sim800 sub</c> through the virtual modem, with the same words: the same
/// output to the byte but for the time, and the same exit code but for that of a command line that cannot be meant, 1 there and 2 here.</summary>
[Trait("Category", "Interop")]
public sealed partial class ParityTests(ParityRig rig) : IClassFixture<ParityRig>
{
    private const int Usage = 2;
    private const int TimedOut = 27;

    /// <summary>Retained: p/a, p/c/d of 256 bytes, p/j of JSON.</summary>
    [Theory]
    [InlineData("-t p/a -C 1")]
    [InlineData("-t p/a -C 1 -v -N -q 1")]
    [InlineData("-t p/+ -v -C 2 -q 2 -i reader --nodelay -M 5")]
    [InlineData("-t p/a -t p/# -v -C 4 -x 30 -V mqttv311 -I pre-")]
    [InlineData("-t p/# -T p/+ -T q -C 1 -v")]
    [InlineData("-t p/c/# -C 1 -q 1")]
    [InlineData("-t p/c/d -C 1 -F %x|%X|%l|%10x|%-10X|%3p|%-9l|%09l")]
    [InlineData("-t p/a -C 1 -q 1 -F %t|%p|%q|%r|%m|%5m|%-5m|%05m|%10t|%-10t|%.1t|%-6.2t|%05p|%-p|%-x|%00t")]
    [InlineData("-t p/a -C 1 -F %A|%4A|%04E|%C|%3C|%D|%F|%P|%R|%4R|%S|%04S|%5q|%-r|%7%|@@|@%|@é|%5I|%.4I|%-30I|%U|%I")]
    [InlineData("-t p/a -C 1 -F @a@A@b@B@C@d@D@e@F@g@G@h@j@m@n@t@u@U@V@w@W@x@y@Y@z@Z@p@P@i@v@q@L@f@J@K@E@O@Q@+@0@-@.@_@!@o")]
    [InlineData("-t p/a -C 1 -F \\\\|\\0|\\a|\\e|\\n|\\r|\\t|\\v")]
    [InlineData("-t p/j -C 1 -F %j|%J|%p --pretty")]
    [InlineData("-t p/j -C 1 -q 1 -F %j|%J -N")]
    [InlineData("-t p/a -C 1 -F %J|%t")]
    [InlineData("-t p/c/d -C 1 -F %j")]
    [InlineData("-t p/a -C 1 -F #")]
    [InlineData("-t p/# -C 3 --retained-only -v")]
    [InlineData("-t p/a -E")]
    [InlineData("-t q/a -W 1")]
    [InlineData("-t p/a -W 1 -v -R")]
    [InlineData("-t p/a -t q/a -U q/a -W 1 -v")]
    [InlineData("-t p/a -q 2 -q 0 -C 9 -C 1 -F %q")]
    [InlineData("--topic p/a --qos 1 --verbose --filter-out x --unsubscribe y -c --id stays --keepalive 60 --protocol-version 311 -C 1")]
    [InlineData("-t p/a -C 1 --will-topic w --will-payload -gone --will-qos 1 --will-retain")]
    [InlineData("-t p/a -C 1 -u gateway -P wrong")]
    [InlineData("-t p/#/a")]
    [InlineData("-t p/a -T a#")]
    [InlineData("-t p/a -U +a")]
    [InlineData("-t p/a -C 0")]
    [InlineData("-t p/a -W 0")]
    [InlineData("-t p/a -F %k")]
    [InlineData("-t p/a -F %0-5t")]
    [InlineData("-t p/a -F \\q")]
    [InlineData("-t p/a -F @")]
    [InlineData("-t p/a -R --retained-only")]
    [InlineData("-t p/a -i a -I b")]
    [InlineData("-t p/a -c")]
    [InlineData("-t p/a -c -I b")]
    [InlineData("-t p/a -V 4")]
    [InlineData("-t p/a -x soon")]
    [InlineData("-t p/a -k 70000")]
    [InlineData("-t p/a -q 3")]
    [InlineData("-t p/a -M 0")]
    [InlineData("-t p/a --random-filter 0")]
    [InlineData("-t p/a --will-payload x")]
    [InlineData("-t p/a --will-retain")]
    [InlineData("-t p/a --will-topic w/#")]
    [InlineData("-t p/a --psk 00 --psk-identity x")]
    [InlineData("-t p/a --key /dev/null")]
    [InlineData("-t p/a -m x")]
    [InlineData("-t p/a word")]
    [InlineData("-t")]
    [InlineData("")]
    public async Task Sub_does_what_mosquitto_sub_does(string line)
    {
        var words = Words(line);
        var theirs = await RawRun.OfAsync(Tool.PathOf("mosquitto_sub"), [.. rig.Theirs, .. words]);
        var ours = await RawRun.OfAsync(RawRun.Sim800, ["sub", .. rig.Ours, .. words]);
        AssertSame(theirs, ours);
    }

    /// <summary>What arrives at another client is compared too.</summary>
    [Theory]
    [InlineData("-t o/a -m hello")]
    [InlineData("-t o/a -m -- -q 1")]
    [InlineData("-t -o -m -l -q 2")]
    [InlineData("-t @o -m @file")]
    [InlineData("-t o/x -t o/a -m a=b:c")]
    [InlineData("-t o/a -m #")]
    [InlineData("-t o/a -l -q 1", "a\r\nb\n\nc")]
    [InlineData("-t o/a -l", "")]
    [InlineData("-t o/a -l --repeat 3 -q 1", "x\n")]
    [InlineData("-t o/a -s", "two\nlines\n")]
    [InlineData("-t o/a -s -r", "")]
    [InlineData("-t o/a -n")]
    [InlineData("-t o/a -n --repeat 2 -q 1")]
    [InlineData("-t o/a -f /etc/hostname -q 1 -M 1 -V 311 -x 5 -I p --nodelay")]
    [InlineData("-t o/a -f /dev/null")]
    [InlineData("-t o/a -f /does/not/exist")]
    [InlineData("-t o/a -m x --repeat 3 --repeat-delay 0.1 -q 1")]
    [InlineData("--topic o/a --message x --retain --qos 2 --keepalive 60 --id name --disable-clean-session")]
    [InlineData("--topic o/a --stdin-line", "q\n")]
    [InlineData("--topic o/a --stdin-file", "q\n")]
    [InlineData("--topic o/a --null-message")]
    [InlineData("--topic o/a --file /etc/hostname --protocol-version mqttv311 --id-prefix p")]
    [InlineData("-t o/a -m x --will-topic o/w --will-payload gone")]
    [InlineData("-t o/a -m x -P wrong")]
    [InlineData("-t o/a -m x -m y")]
    [InlineData("-t o/a -m x -n")]
    [InlineData("-t o/a -f /etc/hostname -l")]
    [InlineData("-t o/a")]
    [InlineData("-m x")]
    [InlineData("-t o/# -m x")]
    [InlineData("-t o/a -m x -q 3")]
    [InlineData("-t o/a -m x --repeat 0")]
    [InlineData("-t o/a -m x --repeat-delay -1")]
    [InlineData("-t o/a -m x -v")]
    [InlineData("-t o/a -m x word")]
    [InlineData("-t o/a -m x --")]
    [InlineData("-t o/a -m")]
    public async Task Pub_does_what_mosquitto_pub_does(string line, string input = "")
    {
        var words = Words(line);
        await using var listener = rig.Broker.StartPeer("mosquitto_sub", "-t", "o/#", "-t", "-o", "-t", "@o", "-t", "end", "-q", "2", "-F", "%t %q %r %l %x");
        await listener.UntilReadyAsync(rig);
        var bytes = Encoding.UTF8.GetBytes(input);
        var theirs = await RawRun.OfAsync(Tool.PathOf("mosquitto_pub"), [.. rig.Theirs, .. words], bytes);
        await rig.MarkAsync("theirs");
        var ours = await RawRun.OfAsync(RawRun.Sim800, ["pub", .. rig.Ours, .. words], bytes);
        await rig.MarkAsync("ours");
        await listener.UntilOutputAsync(ParityMarks.Of("ours"));
        AssertSame(theirs, ours);
        var arrived = listener.Output.Split(ParityMarks.Of("start"))[^1];
        var (first, second) = (arrived.Split(ParityMarks.Of("theirs"))[0], arrived.Split(ParityMarks.Of("theirs"))[1].Split(ParityMarks.Of("ours"))[0]);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Live_messages_are_left_out_or_end_it_as_in_mosquitto_sub()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map);
        var subscribed = 0;
        foreach (var line in new[] { "-t l/# -t l/a -R -v -C 4", "-t l/# --retained-only -v", "-t l/# -T l/b -C 2", "-t l/# -v -C 2 -N -q 1" })
        {
            await using var theirs = broker.StartPeer("mosquitto_sub", [.. Words(line), "-t", "ready"]);
            await using var ours = ProgramRun.StartOurs("sim800", ["sub", "--device", modem.DevicePath, .. broker.Arguments, .. Words(line), "-t", "ready"]);
            await ours.UntilErrorAsync("subscribed to ready");
            await broker.SubscribedAsync(subscribed += 2);
            foreach (var (topic, text) in new[] { ("l/a", "1"), ("l/b", "2"), ("l/a", "3"), ("l/b", "4") })
            {
                await using var pub = broker.StartPeer("mosquitto_pub", "-t", topic, "-m", text, "-q", "1");
                Assert.Equal(0, await pub.ExitCodeAsync());
            }

            Assert.Equal((0, 0), (await theirs.ExitCodeAsync(), await ours.ExitCodeAsync()));
            Assert.Equal(theirs.Output, ours.Output);
        }
    }

    private static string[] Words(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "#" ? string.Empty : word)];

    private static void AssertSame(RawRun theirs, RawRun ours)
    {
        var help = theirs.ExitCode == 1 && Encoding.Latin1.GetString(theirs.Output).Contains("Usage: ", StringComparison.Ordinal);
        Assert.Equal(help ? string.Empty : Timeless(theirs.Output), Timeless(ours.Output));
        Assert.Equal(theirs.ExitCode == 1 && ours.Output.Length == 0 ? Usage : theirs.ExitCode, ours.ExitCode);
        if (ours.ExitCode is not (0 or TimedOut))
        {
            Assert.StartsWith("sim800: ", ours.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Times differ; Latin-1 keeps every byte.</summary>
    private static string Timeless(byte[] output) => Digits().Replace(Times().Replace(Encoding.Latin1.GetString(output), "<time>"), "<digits>");

    /// <summary>mosquitto 2.0.11 writes a Z in front of the zone in JSON, which its manual and later releases do not.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6}Z?)?[+-]\d{4}|\d\d:\d\d:\d\d( [AP]M)?|\d{10}\.\d{9}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    /// <summary>The hour and the minute may change between two runs.</summary>
    [GeneratedRegex(@"(?<=<time>.*)\d{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}

/// <summary>A broker and a modem for all rows.</summary>
public sealed class ParityRig : IAsyncLifetime
{
    internal MosquittoBroker Broker { get; private set; } = null!;

    internal VirtualModem Modem { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Broker = await MosquittoBroker.StartAsync();
        Modem = TestModem.Start(Broker.Map);
        (string Topic, byte[] Payload)[] retained =
        [
            ("p/a", "x"u8.ToArray()),
            ("p/j", """{"a":27.0,"b":[1,{},[],1e30,0.1],"c":"é\u00e9/\n"}"""u8.ToArray()),
            ("p/c/d", [.. Enumerable.Range(0, 256).Select(value => (byte)value)]),
        ];
        foreach (var (topic, payload) in retained)
        {
            var pub = await RawRun.OfAsync(Tool.PathOf("mosquitto_pub"), [.. Theirs, "-t", topic, "-s", "-r", "-q", "1"], payload);
            Assert.True(pub.ExitCode == 0, pub.Error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Modem.DisposeAsync();
        await Broker.DisposeAsync();
    }

    internal string[] Theirs =>
    [
        "-h", "127.0.0.1", "-p", Broker.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-u", MosquittoBroker.User, "-P", MosquittoBroker.Password,
        "--cafile", Broker.Authority.CertificateFile,
    ];

    internal string[] Ours => ["--device", Modem.DevicePath, .. Broker.Arguments, "--quiet"];
}

/// <summary>A program's output to the byte.</summary>
internal sealed record RawRun(int ExitCode, byte[] Output, string Error)
{
    internal static string Sim800 => ProgramRun.PathOf("sim800");

    internal static async Task<RawRun> OfAsync(string program, IEnumerable<string> arguments, byte[]? input = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ProgramRun.Patience);
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = "/does/not/exist"; // nobody's defaults
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            input = null; // it has left without reading any
        }

        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new RawRun(process.ExitCode, output.ToArray(), await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

/// <summary>Marks in what a listener prints.</summary>
internal static class ParityMarks
{
    internal static string Of(string name) => $"end 1 0 {name.Length} {Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name))}\n";

    internal static async Task MarkAsync(this ParityRig rig, string name)
    {
        var mark = await RawRun.OfAsync(Tool.PathOf("mosquitto_pub"), [.. rig.Theirs, "-t", "end", "-m", name, "-q", "1"]);
        Assert.Equal(0, mark.ExitCode);
    }

    /// <summary>The listener hears a mark, and what was retained by the run before is forgotten.</summary>
    internal static async Task UntilReadyAsync(this ProgramRun listener, ParityRig rig)
    {
        var clear = await RawRun.OfAsync(Tool.PathOf("mosquitto_pub"), [.. rig.Theirs, "-t", "o/a", "-n", "-r", "-q", "1"]);
        Assert.Equal(0, clear.ExitCode);
        while (!listener.Output.Contains(Of("start"), StringComparison.Ordinal))
        {
            await rig.MarkAsync("start");
        }
    }
}
