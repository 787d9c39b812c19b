using System.Text;
using Sim800.Cli;
using Sim800.Cli.Rendering;

namespace Sim800.Fuzz;

/// <summary>Formats of <c>sub -F</c> and messages to print by them: refused, or printed; nothing of a message steers a terminal.</summary>
internal sealed class FormatTarget : FuzzTarget
{
    private static readonly string[] Payloads = ["21.5", "", "{\"a\":[1,2.5,null,\"x\"]}", "\x1b[2J", "\xe2\x80\xae", "\xff\xfe", "[[[[[[[[", "1e400", "\"\\ud800\"", "true", "a\nb"];

    internal override string Name => "format";

    internal override int Inputs => 12_000;

    /// <summary>A width has at most 65,535 blanks, and six characters ask for them.</summary>
    internal override long FixedBytes => 1024 * 1024;

    internal override long BytesPerByte => 128 * 1024;

    internal override int Longest => 1024;

    internal override IReadOnlyList<string> Words { get; } =
        ["%", "@", "\\", "%t", "%p", "%j", "%J", "%x", "%X", "%l", "%m", "%I", "%U", "%%", "@@", "@s", "@Y", "@N", "@Q", "\\n", "\\e", "%-05.3p", "%065535x", "%65536t", "%.9t", "%-0", "\n", .. Payloads];

    internal override bool IsTyped(Exception exception) => exception is UsageException;

    internal override byte[] Generate(Dice dice) =>
        Text($"{string.Concat(Enumerable.Range(0, dice.Small(0, 8)).Select(_ => dice.Of(Words)))}\0a/b\0{dice.Of(Payloads)}");

    /// <summary>Format, topic and payload with NUL between them.</summary>
    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var parts = Text(input).Split('\0', 3);
        var format = MessageFormat.Parse(parts[0], isPretty: input.Length % 2 == 0, endsLine: false);
        var message = new ReceivedMessage(
            parts.Length > 1 ? Encoding.UTF8.GetString(Text(parts[1])) : "t",
            parts.Length > 2 ? Text(parts[2]) : Array.Empty<byte>(),
            input.Length % 3,
            Retain: false,
            new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(1)));
        format.Write(Stream.Null, message);
        using var terminal = new MemoryStream();
        format.Write(terminal, message, isTerminal: true);
        var isOwn = parts[0].Any(char.IsControl) || parts[0].Contains('\\', StringComparison.Ordinal) || parts[0].Contains('@', StringComparison.Ordinal);
        var isPretty = parts[0].AsSpan().IndexOfAny('j', 'J') >= 0;
        if (!isOwn && Encoding.UTF8.GetString(terminal.GetBuffer(), 0, (int)terminal.Length).Any(shown => char.IsControl(shown) && !(isPretty && shown is '\n' or '\t')))
        {
            throw new BrokenPropertyException($"a terminal gets {CorpusFile.Line(terminal.ToArray())}");
        }

        return default;
    }
}
