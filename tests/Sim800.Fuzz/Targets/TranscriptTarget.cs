using Sim800.Simulator;

namespace Sim800.Fuzz;

/// <summary>Transcripts of a serial line: read, or refused with the number of the line; what was read is written as it was.</summary>
internal sealed class TranscriptTarget : FuzzTarget
{
    internal override string Name => "transcript";

    internal override int Inputs => 20_000;

    internal override IReadOnlyList<string> Words { get; } = ["\n", "\r\n", "0.000 > ", "1.5 < ", "# ", "\\r", "\\n", "\\\\", "\\x00", "\\xFF", "\\x", "2147483647.999 < ", "79228162514264337593543950335 > ", "-1 > ", "1e3 < ", " "];

    internal override bool IsTyped(Exception exception) => exception is TranscriptException { LineNumber: > 0 };

    internal override byte[] Generate(Dice dice) =>
        Text(string.Join('\n', Enumerable.Range(0, dice.Small(0, 12)).Select(second => $"{second}.{dice.Below(1000):D3} {(dice.OneIn(2) ? '>' : '<')} {TranscriptText.Escape(dice.Octets(dice.Small(0, 30)))}")));

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        foreach (var entry in Sim800.Simulator.Transcript.Parse(Text(input)).Entries)
        {
            if (!TranscriptText.Unescape(TranscriptText.Escape(entry.Bytes.Span)).AsSpan().SequenceEqual(entry.Bytes.Span))
            {
                throw new BrokenPropertyException($"{TranscriptText.Escape(entry.Bytes.Span)} is not what was read.");
            }
        }

        return default;
    }
}
