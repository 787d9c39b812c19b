using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>Random conversations with random interruptions, and noise without end.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Interruptions =
    [
        "\r\n+CIPRXGET: 1,3\r\n",
        "\r\n3, CLOSED\r\n",
        "\r\n5, CONNECT FAIL\r\n",
        "\r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n",
        "\r\nDST: 0\r\n",
        "\r\n+CREG: 1,\"1A2B\",\"00C3\"\r\n",
        "\r\n+CMTI: \"SM\",3\r\n",
        "\r\n+CMT: \"\",23\r\n0791OK\r\n",
        "\r\n+RECEIVE,4,6:\r\nOK\r\n> \r\nUNDER-VOLTAGE WARNNING\r\n",
        "\r\nRING\r\n",
        "\r\n+?IP\u00ff\u0001!\r\n",
        "\r\nSMS Ready\r\n",
        "",
    ];

    private static readonly string[] Unknown = ["\r\n+CMT: \"\",23\r\n0791OK\r\n", "\r\n+?IP\u00ff\u0001!\r\n"];

    [Fact(Timeout = 120_000)]
    public async Task Interruptions_at_every_legal_point_never_reach_an_answer_or_a_payload()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var listener = new Listener();
        for (var round = 0; round < 20_000; round++)
        {
            var payload = Payload(random);
            var (command, argument, sent, parts, answer) = Conversation(random, payload);
            listener.Begin(command, argument, sent);
            var interruptions = parts.Select(_ => Interruption(random)).ToArray();
            var wire = Encoding.Latin1.GetBytes(string.Concat(parts.Select((part, at) => interruptions[at] + part)));
            listener.Feed(wire, Splits.Random(wire.Length, random));
            Assert.Equal(answer, listener.Answer);
            if (answer.StartsWith("OK [2,0", StringComparison.Ordinal) && payload.Length > 0)
            {
                Assert.Contains("read 0: " + payload, listener.Heard);
            }

            // A line that nobody knows may be bytes of the read that were not counted.
            var isDoubtful = answer.StartsWith("OK [2,0", StringComparison.Ordinal) && Unknown.Contains(interruptions[^1]);
            Assert.Equal(isDoubtful, listener.Heard.Contains("slip"));
            listener.Forget();
            await LongWork.PauseAsync(round);
        }
    }

    [Fact(Timeout = 120_000)]
    public void Noise_without_an_end_does_not_gather_in_memory()
    {
        var listener = new Listener();
        var noise = Enumerable.Repeat((byte)'x', 65_536).ToArray();
        listener.Feed(noise, [noise.Length]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            listener.Feed(noise, [noise.Length]);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
    }

    private static string Interruption(Random random) => random.Next(3) == 0 ? Interruptions[random.Next(Interruptions.Length)] : "";

    private static string Payload(Random random)
    {
        var payload = new StringBuilder();
        for (var length = random.Next(200); payload.Length < length;)
        {
            payload.Append(random.Next(4) == 0 ? Interruptions[random.Next(Interruptions.Length)] : ((char)random.Next(256)).ToString());
        }

        return payload.ToString();
    }

    /// <summary>The parts of an answer between which something else may stand.</summary>
    private static (AtCommand Command, int Argument, string Sent, string[] Parts, string Answer) Conversation(Random random, string payload) =>
        random.Next(6) switch
        {
            0 => (StandardCommands.RegistrationQuery, -1, "", ["\r\n+CREG: 0,5\r\n", "\r\nOK\r\n"], "OK [+CREG: 0,5]"),
            1 => (Sim800Commands.Shut, -1, "", ["\r\nSHUT OK\r\n"], "OK []"),
            2 => (Sim800Commands.BringUpContext, -1, "", ["\r\n+CME ERROR: 148\r\n"], "+CME ERROR: 148 []"),
            3 => (Sim800Commands.Send(0), 5, "hello", ["\r\n> ", "\r\nDATA ACCEPT:0,5\r\n"], "OK [0,5]"),
            4 => (Sim800Commands.LocalAddress, -1, "", ["\r\n10.0.0.1\r\n", "\r\nOK\r\n"], "OK [10.0.0.1]"),
            _ => (
                Sim800Commands.Receive(0),
                -1,
                "",
                [$"\r\n+CIPRXGET: 2,0,{payload.Length},7\r\n{payload}", "\r\nOK\r\n"],
                $"OK [2,0,{payload.Length},7]"),
        };
}
