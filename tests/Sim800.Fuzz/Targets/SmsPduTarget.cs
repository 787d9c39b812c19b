using Sim800.Modem;
using Sim800.Modem.Sms;
using Sim800.Modem.Tests.Sms;

namespace Sim800.Fuzz;

/// <summary>Messages in hexadecimal, one on a line: read or refused, put together, and never shown by an exception.</summary>
internal sealed class SmsPduTarget : FuzzTarget
{
    /// <summary>A text, and as it is packed into septets.</summary>
    private static readonly string[] Told = ["0AE8329BFD4697D9EC37"];

    internal override string Name => "sms-pdu";

    internal override int Inputs => 12_000;

    internal override int Longest => 8192;

    internal override IReadOnlyList<string> Words { get; } =
        ["\n", "00", "04", "44", "40", "0500030A0201", "06080400010201", "240101", "250102", "0B91", "D0", "FFFE", "FEFF", "D83D", "DE00", "62112290305480", "8C", "A0", "06", "1B"];

    internal override IReadOnlyList<string> Secrets => Told;

    internal override bool IsTyped(Exception exception) => exception is SmsException { Reason: SmsReason.MalformedPdu };

    internal override IEnumerable<byte[]> Made() =>
    [
        .. SmsSubmit.Split("1", new string('x', 200), 1).Select(part => Text(Deliver.From(part))),
        Text(string.Join('\n', SmsSubmit.Split("1", new string('€', 100) + "日本語", 7).Select(part => Deliver.From(part)))),
    ];

    internal override byte[] Generate(Dice dice)
    {
        var lines = Enumerable.Range(0, dice.Small(1, 6)).Select(_ =>
        {
            var userData = dice.Octets(dice.Small(0, 140));
            byte[] pdu = [0, (byte)(dice.OneIn(2) ? 0x44 : 0x04), (byte)dice.Small(0, 20), 0x91, .. dice.Octets(dice.Small(0, 10)), 0, dice.Octet(), .. dice.Octets(7), (byte)userData.Length, .. userData];
            return Convert.ToHexString(pdu);
        });
        return Text(string.Join('\n', lines));
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var assembler = new SmsAssembler();
        Exception? refusal = null;
        foreach (var line in Text(input).Split('\n'))
        {
            try
            {
                var message = assembler.Add(SmsDeliver.Read(line), new SmsPlace("SM", line.Length % 40));
                if (message is not null && message.Text.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) != message.Text.Length)
                {
                    throw new BrokenPropertyException("Half a character is left in the text.");
                }
            }
            catch (SmsException e)
            {
                refusal = e;
            }

            SmsStatusReport.TryRead(line, out _);
            SmsStored.Of(new SmsListing(1, line));
        }

        return refusal is null ? default : ValueTask.FromException(refusal);
    }
}
