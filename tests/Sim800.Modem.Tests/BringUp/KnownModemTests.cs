using Sim800.Modem.Known;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Modem.Tests.BringUp;

/// <summary>What is remembered of a modem saves commands, and costs nothing but them when it is wrong.</summary>
public sealed class KnownModemTests(ITestOutputHelper output) : IDisposable
{
    private const string Imei = "866104023456789";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modem-state-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_folder.FullName, "modem-" + Imei);

    public void Dispose() => _folder.Delete(recursive: true);

    private static readonly string[] Unknown =
    [
        ">> AT\r", "<< AT\r\r\nOK\r\n",
        ">> AT+CMEE=2;+GSN;E0\r", $"<< AT+CMEE=2;+GSN;E0\r\r\n{Imei}\r\n\r\nOK\r\n",
        ">> AT+GMM\r", "<< \r\nSIMCOM_SIM800L\r\n\r\nOK\r\n",
        ">> AT+CGATT?\r", "<< \r\n+CGATT: 1\r\n\r\nOK\r\n",
        ">> AT+CIPSHUT\r", "<< \r\nSHUT OK\r\n",
        ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CIPSSL=0\r", "<< \r\nERROR\r\n",
        ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", "<< \r\nOK\r\n",
        ">> AT+CSTT=\"internet\",\"\",\"\"\r", "<< \r\nOK\r\n",
        ">> AT+CIICR\r", "<< \r\nOK\r\n",
    ];

    private static readonly string[] Greeted =
    [
        ">> AT\r", "<< \r\nOK\r\n",
        ">> AT+CMEE=2;+GSN;E0\r", $"<< \r\n{Imei}\r\n\r\nOK\r\n",
    ];

    private static readonly string[] Settings =
    [
        ">> AT+CIPSHUT\r", "<< \r\nSHUT OK\r\n",
        ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", "<< \r\nOK\r\n",
        ">> AT+CSTT=\"internet\",\"\",\"\"\r", "<< \r\nOK\r\n",
        ">> AT+CIICR\r", "<< \r\nOK\r\n",
        ">> AT+CIFSR\r", "<< \r\n10.0.109.44\r\n",
    ];

    private static readonly string[] Attached = [">> AT+CGATT?\r", "<< \r\n+CGATT: 1\r\n\r\nOK\r\n"];

    private static readonly string[] Address = [">> AT+CIFSR\r", "<< \r\n10.0.109.44\r\n"];

    [Fact(Timeout = 60_000)]
    public async Task A_modem_is_asked_at_its_first_start_and_remembered_at_the_next()
    {
        await AttachAsync(Unknown, Address);
        Assert.Equal($"known modem, version 1\nimei {Imei}\nmodel SIMCOM_SIM800L\nrate unknown\ntls none\n", await File.ReadAllTextAsync(StateFile, Ct));
        await AttachAsync(Greeted, Attached, Settings);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_file_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such permissions.");
        await AttachAsync(Unknown, Address);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StateFile));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_known_modem_that_is_not_attached_yet_goes_through_all_stages()
    {
        await KeepAsync(rate: "unknown");
        await AttachAsync(
            Greeted,
            [">> AT+CGATT?\r", "<< \r\n+CGATT: 0\r\n\r\nOK\r\n"],
            [">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n", ">> AT+CREG?\r", "<< \r\n+CREG: 0,1\r\n\r\nOK\r\n"],
            Attached,
            Settings);
    }

    /// <summary>Who can write the folder can make a start fail, once.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_file_with_another_model_costs_one_start()
    {
        using var clock = new VirtualClock();
        await using var device = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock });
        var options = new ModemOptions { Apn = "internet", TimeProvider = clock, StateFolder = _folder.FullName };
        await using (var first = await CellularModem.OpenAsync(device.Line, options, Ct))
        {
            await first.AttachAsync(Ct);
        }

        var file = Assert.Single(_folder.GetFiles());
        var kept = await File.ReadAllTextAsync(file.FullName, Ct);
        await File.WriteAllTextAsync(file.FullName, kept.Replace("model SIM", "model SIM7600E, not SIM", StringComparison.Ordinal), Ct);
        await Assert.ThrowsAnyAsync<ModemException>(async () =>
        {
            await using var misled = await CellularModem.OpenAsync(device.Line, options, Ct);
            await misled.AttachAsync(Ct);
        });
        Assert.Empty(_folder.GetFiles());
        await using var third = await CellularModem.OpenAsync(device.Line, options, Ct);
        await third.AttachAsync(Ct);
        Assert.Equal(kept, await File.ReadAllTextAsync(file.FullName, Ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_damaged_file_counts_as_absent_and_is_written_anew()
    {
        await File.WriteAllTextAsync(StateFile, "known modem, version 1\nimei 1\n", Ct);
        var log = new LogLines();
        await AttachAsync(log, Unknown, Address);
        Assert.Contains(log.Warnings, warning => warning.Contains("damaged", StringComparison.Ordinal));
        Assert.NotNull(KnownModem.Parse(Imei, await File.ReadAllBytesAsync(StateFile, Ct)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_that_cannot_be_used_costs_a_warning()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "file"), "", Ct);
        var log = new LogLines();
        await using var script = new ModemScript(Unknown, Address);
        await using var modem = await script.OpenAsync(
            script.Options with { StateFolder = Path.Combine(_folder.FullName, "file", "in it"), LoggerFactory = log });
        await modem.AttachAsync(Ct);
        Assert.Contains(log.Warnings, warning => warning.Contains("cannot be used", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_modem_without_a_number_is_none_that_is_known()
    {
        await AttachAsync(
            [
                ">> AT\r", "<< \r\nOK\r\n",
                ">> AT+CMEE=2;+GSN;E0\r", "<< \r\n../../etc/passwd\r\n\r\nOK\r\n",
                ">> AT+GMM\r", "<< \r\nSIMCOM_SIM800L\r\n\r\nOK\r\n",
            ],
            [">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n", ">> AT+CREG?\r", "<< \r\n+CREG: 0,1\r\n\r\nOK\r\n"],
            Attached,
            Conversations.Attach[2..]);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("rate 115200", 115200)]
    [InlineData("rate unknown", null)]
    public void A_file_is_read_as_it_was_written(string rate, int? expected)
    {
        var known = new KnownModem(Imei, "SIMCOM_SIM800L", expected, LacksTls: true);
        Assert.Equal(known, KnownModem.Parse(Imei, known.Format()));
        Assert.Contains(rate, System.Text.Encoding.ASCII.GetString(known.Format()!), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_file_is_none()
    {
        var file = new KnownModem(Imei, "SIMCOM_SIM800L", 115200, LacksTls: true).Format()!;
        Assert.Null(KnownModem.Parse("866104023456780", file));
        Assert.Null(KnownModem.Parse(Imei, [.. file, (byte)'\n']));
        Assert.Null(KnownModem.Parse(Imei, new byte[KnownModem.MaxFile + 1]));
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Null(KnownModem.Parse(Imei, file.AsSpan(0, length)));
        }

        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = (byte[])file.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var known = KnownModem.Parse(Imei, damaged);
            Assert.True(known is null || KnownModem.IsImei(known.Imei), "another modem's");
        }
    }

    [Fact]
    public void A_model_that_would_break_the_file_is_not_written() =>
        Assert.Null(new KnownModem(Imei, "SIM800\ntls none", null, LacksTls: false).Format());

    private async Task KeepAsync(string rate, string model = "SIMCOM_SIM800L") =>
        await File.WriteAllTextAsync(StateFile, $"known modem, version 1\nimei {Imei}\nmodel {model}\nrate {rate}\ntls none\n", Ct);

    private Task AttachAsync(params string[][] parts) => AttachAsync(null, parts);

    private async Task AttachAsync(LogLines? log, params string[][] parts)
    {
        await using var script = new ModemScript(parts);
        var options = script.Options with { StateFolder = _folder.FullName };
        await using var modem = await script.OpenAsync(log is null ? options : options with { LoggerFactory = log });
        await modem.AttachAsync(Ct);
        Assert.Equal("10.0.109.44", modem.LocalAddress);
        await script.PlayedAsync();
    }
}
