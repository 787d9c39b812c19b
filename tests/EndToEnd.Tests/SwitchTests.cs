using System.Globalization;
using System.Security.Cryptography;
using Sim800.Simulator;
using TestKit.Hostile;

namespace EndToEnd.Tests;

/// <summary>Switches of <c>pub</c> and <c>sub</c> that no other test of the programs gives: each does something to be seen, or is refused with a reason.</summary>
[Trait("Category", "Interop")]
public sealed class SwitchTests
{
    /// <summary>The commands are those of the log; passwords and payloads are not in it.</summary>
    [Theory]
    [InlineData("--dns 9.9.9.9 --dns 1.1.1.1", "AT+CDNSCFG=\"9.9.9.9\",\"1.1.1.1\"")]
    [InlineData("--baud 57600", "57600")]
    [InlineData("--family sim800", "AT+CIPSTART=0,")]
    public async Task A_switch_of_the_line_reaches_the_modem(string line, string command)
    {
        await using var broker = LoopbackBroker.Start();
        await using var modem = TestModem.WithFaults($"plain.test:1883=127.0.0.1:{broker.Port}");
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            ["pub", "--device", modem.DevicePath, "-h", "plain.test", "-p", "1883", "-t", "a", "-m", "x", "-q", "1", "--debug", .. line.Split(' ')]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Contains(command, pub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_modem_is_remembered_in_the_folder_that_is_given()
    {
        var folder = Directory.CreateTempSubdirectory("state-");
        try
        {
            await using var modem = TestModem.Start("plain.test:1883=127.0.0.1:1");
            string[] words = ["at", "--device", modem.DevicePath, "--state", Path.Combine(folder.FullName, "modems"), "AT+CSQ"];
            await using var first = ProgramRun.StartOurs("sim800", words);
            Assert.True(await first.ExitCodeAsync() == 0, first.Error);
            Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "modems")));
            await using var second = ProgramRun.StartOurs("sim800", [.. words, "--debug"]);
            Assert.True(await second.ExitCodeAsync() == 0, second.Error);
            Assert.Contains("AT+CMEE=2;+GSN;E0", second.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("AT+GMM", second.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task No_more_than_asked_for_goes_in_one_CIPSEND()
    {
        await using var broker = LoopbackBroker.Start();
        await using var modem = TestModem.WithFaults($"plain.test:1883=127.0.0.1:{broker.Port}");
        await using var pub = ProgramRun.StartOurs(
            "sim800", "pub", "--device", modem.DevicePath, "-h", "plain.test", "-p", "1883", "-t", "a", "-m", new string('x', 1000), "-q", "1", "--max-send", "100");
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.InRange(modem.Counters.CipSends, 11, 15); // CONNECT and PUBLISH are more than 1000 bytes and fewer than 1100
    }

    [Theory]
    [InlineData("--username gateway --pw PASSWORD --cafile AUTHORITY")]
    [InlineData("-u gateway -P PASSWORD --capath FOLDER")]
    [InlineData("-u gateway -P PASSWORD --cafile AUTHORITY --tls-use-os-certs")]
    [InlineData("-u gateway -P PASSWORD --cafile AUTHORITY --tls-alpn mqtt")]
    [InlineData("-u gateway -P PASSWORD --cafile AUTHORITY --cert CERTIFICATE --key KEY --keyform pem --keypass-file KEYPASSWORD")]
    [InlineData("-u gateway -P PASSWORD --cafile AUTHORITY --retain-as-published")]
    public async Task A_switch_of_the_broker_lets_a_message_through(string line)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var proves = line.Contains("--cert", StringComparison.Ordinal);
        await using var modem = TestModem.Start(proves ? broker.CertifiedMap : broker.Map);
        var words = line.Split(' ').Select(word => Meaning(word, broker));
        var verb = line.EndsWith("--retain-as-published", StringComparison.Ordinal) ? new[] { "sub", "-E" } : ["pub", "-m", "x"];
        await using var run = ProgramRun.StartOurs(
            "sim800", [.. verb, "--device", modem.DevicePath, "-h", MosquittoBroker.Host, "-t", "a", "-q", "1", .. words]);
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
    }

    [Theory]
    [InlineData("--ciphers DEFAULT")]
    [InlineData("--tls-engine-kpass-sha1 00")]
    [InlineData("--keyform engine")]
    [InlineData("--property connect user-property a b")]
    [InlineData("--proxy socks5h://127.0.0.1")]
    [InlineData("--unix /run/broker")]
    public async Task What_cannot_be_had_is_refused_with_a_reason(string line)
    {
        await using var run = ProgramRun.StartOurs("sim800", ["pub", "--device", "/does/not/exist", "-h", "h", "-t", "a", "-m", "x", .. line.Split(' ')]);
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.StartsWith($"sim800: {line.Split(' ')[0]} ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_url_has_a_long_name_too()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map);
        var url = $"mqtts://{MosquittoBroker.User}:{Uri.EscapeDataString(MosquittoBroker.Password)}@{MosquittoBroker.Host}/a";
        await using var pub = ProgramRun.StartOurs(
            "sim800", "pub", "--device", modem.DevicePath, "--url", url, "--cafile", broker.Authority.CertificateFile, "-m", "x", "-q", "1");
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
    }

    [Fact]
    public async Task Control_characters_are_sent_when_asked_for()
    {
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { OnPublished = message => arrived.TrySetResult(message.Topic) });
        await using var modem = TestModem.Start($"plain.test:1883=127.0.0.1:{broker.Port}");
        string[] words = ["pub", "--device", modem.DevicePath, "-h", "plain.test", "-p", "1883", "-t", "a\u0001b", "-m", "x", "-q", "1"];
        await using var refused = ProgramRun.StartOurs("sim800", words);
        Assert.Equal(2, await refused.ExitCodeAsync());
        await using var sent = ProgramRun.StartOurs("sim800", [.. words, "--control-characters"]);
        Assert.True(await sent.ExitCodeAsync() == 0, sent.Error);
        Assert.Equal("a\u0001b", await arrived.Task.WaitAsync(ProgramRun.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Retained_messages_are_removed()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map);
        await using var keep = broker.StartPeer("mosquitto_pub", "-t", "r/a", "-m", "kept", "-r", "-q", "1");
        Assert.Equal(0, await keep.ExitCodeAsync());
        await using var sub = ProgramRun.StartOurs(
            "sim800", ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "r/#", "--remove-retained", "-C", "1"]);
        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        Assert.Equal("kept\n", sub.Output);

        await using var later = ProgramRun.StartOurs("sim800", ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "r/#", "-C", "1", "-F", "%r %p"]);
        await later.UntilErrorAsync("subscribed to r/#");
        await using var live = broker.StartPeer("mosquitto_pub", "-t", "r/b", "-m", "live", "-q", "1");
        Assert.True(await later.ExitCodeAsync() == 0, later.Error);
        Assert.Equal("0 live\n", later.Output);
    }

    /// <summary>The broker answers any subscription with messages on x/1, on a topic with a wildcard, and on x/2.</summary>
    [Theory]
    [InlineData("-t $odd/x/# --stands-for x/# --pass-over-invalid-topics -C 2 -v", "x/1 1\nx/2 3\n")]
    [InlineData("-t other --catch-all --pass-over-invalid-topics -C 2 -v", "x/1 1\nx/2 3\n")]
    public async Task A_broker_of_its_own_mind_is_understood(string line, string expected)
    {
        await using var broker = ScriptedBroker.Listen(Answer);
        await using var modem = TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"odd.test:1883=127.0.0.1:{broker.Port}"));
        await using var sub = ProgramRun.StartOurs("sim800", ["sub", "--device", modem.DevicePath, "-h", "odd.test", "-p", "1883", .. line.Split(' ')]);
        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        Assert.Equal(expected, sub.Output);
    }

    private static string Meaning(string word, MosquittoBroker broker) => word switch
    {
        "PASSWORD" => MosquittoBroker.Password,
        "AUTHORITY" => broker.Authority.CertificateFile,
        "FOLDER" => FolderOfAuthorities(broker),
        "CERTIFICATE" => broker.Authority.IssueClient("client").CertificateFile,
        "KEY" => EncryptedKey(broker),
        "KEYPASSWORD" => KeyPassword(broker),
        _ => word,
    };

    private static string FolderOfAuthorities(MosquittoBroker broker)
    {
        var folder = Directory.CreateDirectory(Path.Combine(broker.Folder, "authorities")).FullName;
        File.Copy(broker.Authority.CertificateFile, Path.Combine(folder, "authority.crt"));
        return folder;
    }

    private static string EncryptedKey(MosquittoBroker broker)
    {
        var path = Path.Combine(broker.Folder, "client.key");
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        File.WriteAllText(path, key.ExportEncryptedPkcs8PrivateKeyPem("of the key", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        return path;
    }

    private static string KeyPassword(MosquittoBroker broker)
    {
        var path = Path.Combine(broker.Folder, "key-password");
        File.WriteAllText(path, "of the key\n");
        return path;
    }

    private static byte[] Answer(byte[] packet) => ScriptedBroker.TypeOf(packet) switch
    {
        1 => [.. ScriptedBroker.Accepted],
        8 => [0x90, 3, packet[2], packet[3], 0, .. "0\u0006\0\u0003x/11"u8, .. "0\u0006\0\u0003x/#2"u8, .. "0\u0006\0\u0003x/23"u8],
        10 => [0xB0, 2, packet[2], packet[3]],
        _ => [],
    };
}
