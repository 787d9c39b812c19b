using Sim800.Modem.Alphabets;
using Sim800.Modem.Ussd;

namespace Sim800.Fuzz;

/// <summary>Replies of USSD over one and several lines, in every character set; what is gathered is bounded.</summary>
internal sealed class UssdTarget : FuzzTarget
{
    private static readonly CharacterSet[] Sets = [.. new[] { "GSM", "UCS2", "HEX", "IRA", "8859-1", "PCCP437" }.Select(name => CharacterSet.Read($"+CSCS: \"{name}\""))];

    internal override string Name => "ussd";

    internal override int Inputs => 60_000;

    internal override long BytesPerByte => 4096;

    internal override int Longest => 2048;

    internal override IReadOnlyList<string> Words { get; } = ["+CUSD: 0,\"", "+CUSD: ", "\",15", "\",72", "\",17", "\",16", "\n", "\r", "\r\n", "\"", "0D0A", "041F", "D83D", "656E0D", "32B9"];

    internal override bool IsTyped(Exception exception) => false;

    internal override byte[] Generate(Dice dice) =>
        Text($"{(char)dice.Octet()}+CUSD: {dice.Below(7)},\"{string.Concat(Enumerable.Range(0, dice.Small(0, 40)).Select(_ => dice.Of(Words)))}\",{dice.Below(256)}");

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var text = Text(input);
        var assembler = new UssdAssembler(Sets[input.Length == 0 ? 0 : input[0] % Sets.Length]);
        foreach (var line in text[Math.Min(1, text.Length)..].Split('\n'))
        {
            if (assembler.Add(line)?.Text is { } reply && reply.Length > input.Length * 4)
            {
                throw new BrokenPropertyException($"{reply.Length} characters of {input.Length}.");
            }
        }

        return default;
    }
}
