using Sim800.Modem.Alphabets;
using Sim800.Modem.Dialects;
using Sim800.Modem.Identity;
using Sim800.Modem.Sms;
using Sim800.Modem.Time;
using Sim800.Modem.Ussd;
using TestKit;

namespace Sim800.Modem.Tests;

/// <summary>Whatever the line carries, an answer is read or refused, and nothing else happens.</summary>
public sealed class HostileAnswerTests
{
    private const int Rounds = 150_000;

    private static readonly string[] Golden =
    [
        "+CSQ: 24,0", "+CREG: 2,5,\"1A2B\",\"00C3\"", "+COPS: 0,0,\"CHINA MOBILE\"",
        "+COPS: (2,\"T-Mobile USA\",\"TMO\",\"310260\"),,(0-4),(0-2)", "+CBC: 0,85,3987",
        "+CCLK: \"20/12/09,15:57:04+12\"", "*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0", "*PSUTTZ: 23/03/12,22:09:23\",\"+04\",0",
        "+CNTP: 1", "+CIPGSMLOC: 0,24.672608,59.395128,2017/03/20,19:24:13", "+CUSD: 0,\"041F044004380432\",72",
        "+SAPBR: 1,1,\"10.1.2.3\"", "+CMTI: \"SM\",3", "+CMGS: 12", "+CMT: ,24\r\n07AA", "+CMGL: 1,1,,24",
        "8949020000123456789F", "869988012345678", "Revision:1418B05SIM800L24", "UNDER-VOLTAGE WARNNING",
    ];

    private static readonly CharacterSet[] Sets =
        [.. new[] { "", "UCS2", "HEX", "GSM", "IRA", "UTF-8", "PCCP437", "PCDN", "8859-1" }.Select(name => CharacterSet.Read($"+CSCS: \"{name}\""))];

    [Fact]
    public Task Damaged_answers_are_read_or_refused() => TryAsync(random =>
    {
        var line = Golden[random.Next(Golden.Length)].ToCharArray();
        for (var damage = random.Next(1, 4); damage > 0; damage--)
        {
            line[random.Next(line.Length)] = (char)random.Next(256);
        }

        return new string(line[..random.Next(line.Length + 1)]);
    });

    [Fact]
    public Task Random_bytes_are_read_or_refused() => TryAsync(random =>
    {
        var characters = new char[random.Next(80)];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = random.Next(3) == 0 ? "+*:,\"()-/0123456789 "[random.Next(20)] : (char)random.Next(256);
        }

        return new string(characters);
    });

    private static async Task TryAsync(Func<Random, string> make)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ussd = new UssdAssembler(CharacterSet.Read("+CSCS: \"GSM\""));
        for (var round = 0; round < Rounds; round++)
        {
            var line = make(random);
            Assert.Null(Record.Exception(() => ReadAsEverything(line, ussd)));
            await LongWork.PauseAsync(round);
        }
    }

    private static void ReadAsEverything(string line, UssdAssembler ussd)
    {
        ModemSignalQuality.TryRead(line, out _);
        ModemRegistration.TryRead(line, out _);
        ModemOperator.TryRead(line, out _);
        ModemAvailableOperator.TryReadAll(line, CharacterSet.Read("+CSCS: \"UCS2\""), out _);
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
        ussd.Add(line);
    }
}
