using System.CommandLine;
using Sim800.Cli.Options;

namespace Sim800.Cli.Tests.Options;

public sealed class BrokerOptionsTests
{
    private readonly TestHost _test = new();

    [Theory]
    [InlineData("-h h", 8883, null)]
    [InlineData("-h h --no-tls", 1883, false)]
    [InlineData("-h h -p 1884 --tls", 1884, true)]
    [InlineData("-h h -p 1884", 1884, null)]
    [InlineData("-h h -p 1884 --insecure", 1884, true)]
    [InlineData("-h h -p 1884 --tls-engine Platform", 1884, true)]
    [InlineData("-L mqtt://h/t", 1883, false)]
    [InlineData("-L mqtts://h/t", 8883, true)]
    [InlineData("-L mqtts://h/t -p 99", 99, true)]
    public void Tls_follows_the_address_and_the_options_override_it(string line, int port, bool? tls)
    {
        var settings = Read(line);
        Assert.Equal(("h", port, tls), (settings.Host, settings.Port, settings.UseTls));
    }

    [Theory]
    [InlineData("-h h -p 8884", false, null)]
    [InlineData("-h h -p 8884 --ws", true, null)]
    [InlineData("-h h -p 8083 --ws --no-tls", true, false)]
    public void A_websocket_is_asked_for(string line, bool webSocket, bool? tls)
    {
        var settings = Read(line);
        Assert.Equal((webSocket, tls), (settings.UseWebSocket, settings.UseTls));
    }

    [Fact]
    public void Everything_is_read()
    {
        var settings = Read("-h h -u user -P -pw- -i id -k 30 -c --will-topic gone --will-payload x --will-qos 1 --will-retain");
        Assert.Equal(("user", "-pw-", "id", false), (settings.UserName, settings.Password, settings.ClientId, settings.CleanSession));
        Assert.Equal(TimeSpan.FromSeconds(30), settings.KeepAlive);
        Assert.Equal(new WillSettings("gone", "x", 1, true), settings.Will);
    }

    [Theory]
    [InlineData("-h h -k 0", 0)]
    [InlineData("-h h -k 1", 1)]
    [InlineData("-h h -k 65535", 65535)]
    public void The_keep_alive_is_anything_that_MQTT_knows(string line, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(line).KeepAlive);

    [Fact]
    public void Options_of_mosquitto_without_effect_are_taken()
    {
        var settings = Read("-h h -V mqttv311 -x ∞ --nodelay --keyform pem -M 100000 -I gw- --control-characters --tls-use-os-certs --tls-alpn mqtt");
        Assert.Equal(($"gw-{Environment.ProcessId}", short.MaxValue, true), (settings.ClientId, settings.MaxInFlight, settings.AllowControlCharacters));
        Assert.Equal(("mqtt", true, true), (settings.Tls.ApplicationProtocol, settings.Tls.UsesSystemAuthorities, settings.UseTls));
    }

    [Fact]
    public void The_environment_fills_in_and_the_command_line_wins()
    {
        _test.Variables["SIM800_HOST"] = "from-env";
        _test.Variables["SIM800_USER"] = "u";
        _test.Variables["SIM800_PASSWORD"] = "secret";
        Assert.Equal(("from-env", "u", "secret"), (Read(string.Empty).Host, Read(string.Empty).UserName, Read(string.Empty).Password));
        Assert.Equal("mine", Read("-h mine").Host);
    }

    [Fact]
    public void A_pre_shared_key_is_hexadecimal()
    {
        var tls = Read("-h h --psk 00ff10 --psk-identity gw").Tls;
        Assert.Equal([0, 0xFF, 0x10], tls.PreSharedKey!.Value.ToArray());
        Assert.Equal("gw", tls.PreSharedKeyIdentity);
    }

    [Fact]
    public void The_password_of_the_key_comes_from_a_file_or_the_environment()
    {
        _test.Variables["SIM800_KEY_PASSWORD"] = "from-env";
        using var certificate = new TemporaryFile();
        using var password = new TemporaryFile();
        File.WriteAllText(certificate.Path, "any");
        File.WriteAllText(password.Path, "first line\r\nsecond line\n");
        Assert.Equal("from-env", Read($"-h h --cert {certificate.Path}").Tls.KeyPassword);
        Assert.Equal("first line", Read($"-h h --cert {certificate.Path} --keypass-file {password.Path}").Tls.KeyPassword);
        Assert.Contains(
            "goes with --cert", Assert.Throws<UsageException>(() => Read($"-h h --keypass-file {password.Path}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_shows_when_settings_are_printed()
    {
        _test.Variables["SIM800_KEY_PASSWORD"] = "hunter2";
        var settings = Read("-h h -u u -P hunter2 --psk 00ff10 --psk-identity gw");
        Assert.DoesNotContain("hunter2", settings.ToString() + settings.Tls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "-h HOST")]
    [InlineData("-h h -p 0", "-p takes")]
    [InlineData("-h h -p 65536", "-p takes")]
    [InlineData("-h h -k -1", "-k takes")]
    [InlineData("-h h -k 65536", "-k takes")]
    [InlineData("-h h -M 0", "-M takes")]
    [InlineData("-h h -i a -I b", "-i and -I exclude")]
    [InlineData("-h h -I b -c", "-i with -c")]
    [InlineData("-h h -P p", "-u with -P")]
    [InlineData("-h h -V 5", "-V 5 is refused: this is MQTT 3.1.1 alone")]
    [InlineData("-h h -V mqttv31", "-V mqttv31 is refused")]
    [InlineData("-h h -V x", "-V takes")]
    [InlineData("-h h -x y", "-x takes")]
    [InlineData("-h h -x -2", "-x takes")]
    [InlineData("-h h --capath /does/not/exist", "There is no folder /does/not/exist")]
    [InlineData("-h h --keyform engine", "--keyform engine is refused")]
    [InlineData("-h h --psk 00 --psk-identity x --cafile /dev/null", "excludes --cafile")]
    [InlineData("-h h --will-topic x/#", "--will-topic 'x/#' is no topic")]
    [InlineData("-h h --will-retain", "--will-topic")]
    [InlineData("-h h -c", "-i with -c")]
    [InlineData("-h h --tls --no-tls", "exclude")]
    [InlineData("-h h --key a", "--key goes with --cert")]
    [InlineData("-h h --keypass-file /dev/null", "is no password")]
    [InlineData("-h h --keypass-file /does/not/exist", "There is no file /does/not/exist")]
    [InlineData("-h h --psk 00", "go together")]
    [InlineData("-h h --psk 0g --psk-identity x", "hexadecimal")]
    [InlineData("-h h --cafile /does/not/exist", "There is no file /does/not/exist")]
    [InlineData("-h h --tls-engine openssl", "bouncycastle or platform")]
    [InlineData("-h h --tls-version 1.2", "tlsv1.2 or tlsv1.3")]
    [InlineData("-h h --psk 00 --psk-identity x --tls-engine platform", "--psk needs --tls-engine bouncycastle")]
    [InlineData("-h h --psk 00 --psk-identity x --tls-version tlsv1.3 --tls-engine platform", "--psk needs --tls-engine bouncycastle")]
    [InlineData("-h h --will-payload x", "--will-topic")]
    [InlineData("-h h --will-topic x --will-qos 3", "--will-qos")]
    [InlineData("-L http://h", "-L takes")]
    public void What_cannot_be_meant_is_refused_in_one_sentence(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read(line)).Message, StringComparison.Ordinal);

    private BrokerSettings Read(string line)
    {
        var options = new BrokerOptions();
        var command = new Command("x");
        options.AddTo(command);
        var result = command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(result.Errors);
        return options.Read(result, _test.Host);
    }
}
