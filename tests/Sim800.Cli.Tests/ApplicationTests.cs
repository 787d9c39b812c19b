using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Cli.Tests;

public sealed class ApplicationTests
{
    private readonly TestHost _test = new();

    [Fact]
    public async Task Help_names_every_verb()
    {
        Assert.Equal(ExitCode.Success, await _test.RunAsync("--help"));
        foreach (var verb in new[] { "info", "doctor", "pub", "sub", "bridge", "at", "simulate" })
        {
            Assert.Contains($"\n  {verb} ", _test.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pub")]
    [InlineData("sub")]
    [InlineData("doctor")]
    public async Task Every_verb_has_help_and_no_password_in_it(string verb)
    {
        _test.Variables["SIM800_PASSWORD"] = "hunter2";
        Assert.Equal(ExitCode.Success, await _test.RunAsync(verb, "--help"));
        Assert.Contains("-h, --host", _test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_word_there_is_help_with_an_example_of_each_verb()
    {
        Assert.Equal(ExitCode.Usage, await _test.RunAsync());
        foreach (var verb in new[] { "info", "doctor", "pub", "sub", "bridge", "at", "simulate" })
        {
            Assert.Contains($"\n  sim800 {verb} -", _test.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pubb", "'pubb' is no verb of sim800. Did you mean pub? See sim800 --help.")]
    [InlineData("usb -t x", "Did you mean sub?")]
    [InlineData("pub --topik x", "'--topik' is no option of sim800 pub. Did you mean --topic? See sim800 pub --help.")]
    [InlineData("sub --retain-only", "Did you mean --retained-only?")]
    [InlineData("sub --tls-versoin=tlsv1.3", "Did you mean --tls-version?")]
    [InlineData("pub -t x -m y z", "'z' is no option or value of sim800 pub. See sim800 pub --help.")]
    [InlineData("pub -t x -m", "'-m'")]
    [InlineData("xyzzy", "'xyzzy' is no verb of sim800. See sim800 --help.")]
    public async Task A_slip_of_the_pen_is_told_with_the_nearest_word(string line, string expected)
    {
        Assert.Equal(ExitCode.Usage, await _test.RunAsync(line.Split(' ')));
        Assert.Contains(expected, _test.Error, StringComparison.Ordinal);
        Assert.Empty(_test.Output);
    }

    [Theory]
    [InlineData("pub", "-A,-D,--property,-S,--proxy,--unix,--ciphers,--tls-engine-kpass-sha1")]
    [InlineData("sub", "-A,-D,--property,-S,--proxy,--unix,--ciphers,--tls-engine-kpass-sha1")]
    public async Task What_cannot_be_had_is_refused_with_the_reason_that_the_help_gives(string verb, string options)
    {
        foreach (var option in options.Split(','))
        {
            var test = new TestHost();
            Assert.Equal(ExitCode.Usage, await test.RunAsync(verb, option, "connect", "receive-maximum", "1"));
            var reason = Assert.Single(test.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))[$"sim800: {option} is refused: ".Length..];
            await test.RunAsync(verb, "--help");
            Assert.Contains($"Refused: {reason}", test.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Words_are_completed()
    {
        Assert.Equal(ExitCode.Success, await _test.RunAsync("[suggest:14]", "sim800 pub --t"));
        Assert.Contains("--topic", _test.Output.Split(Environment.NewLine));
        Assert.DoesNotContain("--host", _test.Output.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _sim800 sim800")]
    [InlineData("zsh", "compdef _sim800 sim800")]
    [InlineData("fish", "complete -c sim800")]
    [InlineData("PowerShell", "Register-ArgumentCompleter -Native -CommandName sim800")]
    public async Task Each_shell_gets_its_script(string shell, string expected)
    {
        Assert.Equal(ExitCode.Success, await _test.RunAsync("completion", shell));
        Assert.Contains(expected, _test.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("completion csh")]
    [InlineData("bridge --device d --socks --to h:1")]
    [InlineData("bridge --device d --socks --tls")]
    [InlineData("pub --nonsense")]
    [InlineData("pub -h")]
    [InlineData("pub -q one -t t -m m")]
    [InlineData("pub -t t -m m -h h")]
    [InlineData("sub --device d -h h")]
    [InlineData("simulate --fault nonsense")]
    [InlineData("simulate --rtt -1")]
    [InlineData("simulate --map nowhere")]
    [InlineData("simulate --baud 0")]
    [InlineData("simulate --baud 4000000")]
    [InlineData("simulate --model SIM900")]
    [InlineData("simulate --model 2")]
    [InlineData("simulate --dns-delay -1")]
    [InlineData("simulate --receive-buffer 100")]
    [InlineData("simulate --signal 32")]
    [InlineData("simulate --replay log --device /dev/ttyUSB0")]
    [InlineData("simulate --device /dev/ttyUSB0 --baud 5")]
    [InlineData("bridge --device d")]
    [InlineData("pub --device d -h h -t t -f /does/not/exist")]
    [InlineData("pub --device= -h h -t t -m m")]
    [InlineData("pub --device d -h= -t t -m m")]
    public async Task What_cannot_be_meant_is_one_sentence_and_exit_code_2(string line)
    {
        Assert.Equal(ExitCode.Usage, await _test.RunAsync(line.Split(' ')));
        Assert.StartsWith("sim800: ", Assert.Single(_test.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(_test.Output);
    }

    [Theory]
    [InlineData("pub -h h -t t -m @home")]
    [InlineData("pub -h h -t t -m m -u u -P @secret")]
    [InlineData("pub -h h -t t -m m -u u -P -sn1")]
    [InlineData("sub -h h -t @t")]
    public async Task A_value_is_taken_literally_whatever_it_begins_with(string line)
    {
        Assert.Equal(ExitCode.Usage, await _test.RunAsync(line.Split(' ')));
        Assert.StartsWith("sim800: No modem is named", _test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_named_with_its_option()
    {
        using var file = new TemporaryFile();
        await File.WriteAllTextAsync(file.Path, "no certificate", TestContext.Current.CancellationToken);
        Assert.Equal(
            ExitCode.Usage, await _test.RunAsync("pub", "--device", "d", "-h", "h", "-t", "t", "-m", "m", "--cafile", file.Path));
        Assert.StartsWith($"sim800: --cafile: There is no certificate in '{file.Path}'", _test.Error, StringComparison.Ordinal);
        Assert.Equal(2, _test.Error.Split(file.Path).Length);
    }

    [Fact]
    public async Task A_file_that_the_sentence_does_not_name_is_named_with_its_option()
    {
        // An authority's certificate that is not DER: the library counts those that it was given, and knows no name for where they were.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256);
        using var good = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        request.CertificateExtensions.Add(new X509Extension("2.5.29.14", [0x24, 0x80, 0x00, 0x00], critical: false));
        using var bad = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var file = new TemporaryFile();
        await File.WriteAllTextAsync(
            file.Path, $"{good.ExportCertificatePem()}\n{bad.ExportCertificatePem()}\n", TestContext.Current.CancellationToken);
        Assert.Equal(
            ExitCode.Usage, await _test.RunAsync("pub", "--device", "d", "-h", "h", "-t", "t", "-m", "m", "--cafile", file.Path));
        Assert.StartsWith($"sim800: --cafile {file.Path}: Certificate 2 ", _test.Error, StringComparison.Ordinal);
        Assert.Equal(2, _test.Error.Split(file.Path).Length);
    }

    [Fact]
    public async Task A_password_that_is_wrong_or_missing_is_told_with_its_option_and_not_repeated()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var both = new TemporaryFile();
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048));
        await File.WriteAllTextAsync(both.Path, $"{certificate.ExportCertificatePem()}\n{encrypted}\n", TestContext.Current.CancellationToken);
        string[] line = ["pub", "--device", "d", "-h", "h", "-t", "t", "-m", "m", "--cert", both.Path];
        Assert.Equal(ExitCode.Usage, await _test.RunAsync(line));
        Assert.Contains("no password was given for it. It comes from --keypass-file or SIM800_KEY_PASSWORD.", _test.Error, StringComparison.Ordinal);
        _test.Variables["SIM800_KEY_PASSWORD"] = "hunter2";
        Assert.Equal(ExitCode.Usage, await _test.RunAsync(line));
        Assert.Contains("is wrong. It comes from --keypass-file or SIM800_KEY_PASSWORD.", _test.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_none_is_refused_with_its_line()
    {
        using var script = new TemporaryFile();
        await File.WriteAllTextAsync(script.Path, "# the bad day\n10s send-fail=2\nsoon reboot\n", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Usage, await _test.RunAsync("simulate", "--script", script.Path));
        Assert.StartsWith("sim800: Line 3 of the script: 'soon' is not a duration.", _test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_faults_can_be_listed()
    {
        Assert.Equal(ExitCode.Success, await _test.RunAsync("simulate", "--fault", "list"));
        Assert.Equal(Sim800.Simulator.FaultCatalogue.All.Count, _test.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\nreboot ", _test.Output, StringComparison.Ordinal);
    }
}
