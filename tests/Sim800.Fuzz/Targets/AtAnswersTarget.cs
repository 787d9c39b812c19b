using Sim800.Modem;
using Sim800.Modem.Alphabets;
using Sim800.Modem.Dialects;
using Sim800.Modem.Identity;
using Sim800.Modem.Sms;
using Sim800.Modem.Time;

namespace Sim800.Fuzz;

/// <summary>Whatever line a modem says, every reader of answers reads or refuses it, and nothing else happens: clock, registration, identity, supply, operators.</summary>
internal sealed class AtAnswersTarget : FuzzTarget
{
    private static readonly CharacterSet[] Sets =
        [.. new[] { "", "UCS2", "HEX", "GSM", "IRA", "UTF-8", "PCCP437", "PCDN", "8859-1" }.Select(name => CharacterSet.Read($"+CSCS: \"{name}\""))];

    internal override string Name => "at-answers";

    internal override int Inputs => 20_000;

    internal override long BytesPerByte => 2048;

    internal override IReadOnlyList<string> Words { get; } =
        ["+CREG: ", "+CEREG: ", "+CCLK: ", "*PSUTTZ: ", "+COPS: (", "),(", "+CSQ: ", "+CMTI: ", "\"", ",", "+12", "-48", "80/01/06", "20/13/32,25:61:61", "\r\n", "()", "00C3", "FFFF"];

    internal override bool IsTyped(Exception exception) => false;

    internal override byte[] Generate(Dice dice)
    {
        var octets = dice.Octets(dice.Small(0, 80));
        for (var i = 0; i < octets.Length; i++)
        {
            octets[i] = dice.OneIn(3) ? (byte)"+*:,\"()-/0123456789 "[dice.Below(20)] : octets[i];
        }

        return [.. Text(dice.Of(Words)), .. octets];
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var line = Text(input);
        ModemSignalQuality.TryRead(line, out _);
        ModemRegistration.TryRead(line, out _);
        ModemOperator.TryRead(line, out _);
        ModemAvailableOperator.TryReadAll(line, Sets[1], out _);
        ModemBatteryStatus.TryRead(line, out _);
        ClockText.TryRead(line, out _);
        ModemNetworkTime.TryRead(line, out _);
        Sim800Ntp.TryRead(line, out _);
        ModemCellLocation.TryRead(line, out _, out _);
        BearerStatus.TryRead(line, out _);
        CharacterSet.Read(line);
        foreach (var set in Sets)
        {
            set.Decode(line);
        }

        IdentityText.TryReadName(line, out _);
        IdentityText.TryReadFirmware(line, out _);
        IdentityText.TryReadImei(line, out _);
        IdentityText.TryReadImsi(line, out _);
        IdentityText.TryReadIccid(line, out _);
        SmsText.TryReadStored(line, "+CMTI:", out _);
        SmsText.TryReadReference(line, out _);
        SmsText.TryReadDirect(line, "+CMT:", out _);
        SmsMemories.Read(line);
        SmsListing.ReadAll([line, "07AA"]);
        SmsListing.ReadOne(new SmsPlace("SM", 0), [line, "07AA"]);
        return default;
    }
}
