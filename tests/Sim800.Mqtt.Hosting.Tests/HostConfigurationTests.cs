using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sim800.Modem;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Hosting.Tests;

public sealed class HostConfigurationTests
{
    private static readonly (string Key, string Value)[] Least = [("Device", "/dev/ttyS0"), ("Host", "broker.example")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_value_of_the_section_arrives_where_it_belongs()
    {
        var options = Read(
            ("Device", "/dev/ttyUSB0"), ("host", "h"), ("Port", "8884"), ("UseTls", "true"), ("UseWebSocket", "True"), ("WebSocketPath", "/ws"),
            ("ClientId", "c"), ("CleanSession", "true"), ("KeepAlive", "90"), ("UserName", "u"), ("Password", "p"), ("Apn", "a"), ("ApnUser", "au"),
            ("ApnPassword", "ap"), ("Pin", "1234"), ("Family", "simcomlte"), ("BaudRate", "9600"), ("HardwareFlowControl", "true"), ("ConnectTimeout", "0:05:00"),
            ("WhenOffline", "drop"), ("Tls:Engine", "Platform"), ("Tls:Preference", "newestversion"), ("Tls:PskIdentity", "g"), ("Tls:Psk", "00ff"),
            ("Will:Topic", "w"), ("Will:Payload", "gone"), ("Will:QoS", "1"), ("Will:Retain", "true"),
            ("Reconnect:FirstDelay", "2.5"), ("Reconnect:LongestDelay", "00:02:00"), ("Reconnect:LongestPersistentDelay", "600"),
            ("Reconnect:Jitter", "0.1"), ("Reconnect:StableAfter", "10"), ("Reconnect:PersistentFailures", "3"));

        Assert.Empty(options.ConfigurationFailures);
        using var services = new ServiceCollection().BuildServiceProvider();
        var client = ClientOptionsFactory.Create(services, options);
        Assert.Equal(("h", 8884, true, true, "/ws"), (client.Host, client.Port, client.UseTls, client.UseWebSocket, client.WebSocketPath));
        Assert.Equal(("c", true, TimeSpan.FromSeconds(90)), (client.Mqtt.ClientId, client.Mqtt.CleanSession, client.Mqtt.KeepAlive));
        Assert.Equal((TimeSpan.FromMinutes(5), MqttOfflinePolicy.Drop), (client.ConnectTimeout, client.WhenOffline));
        Assert.Equal((TlsEngine.Platform, TlsPreference.NewestVersion), (client.Tls!.Engine, client.Tls.Preference));
        Assert.Equal("g", client.Tls.PreSharedKey!.Identity);
        Assert.Equal(new MqttMessage("w", "gone", MqttQoS.AtLeastOnce, retain: true), client.Mqtt.Will);
        Assert.Equal(
            new Sim800ReconnectOptions
            {
                FirstDelay = TimeSpan.FromSeconds(2.5),
                LongestDelay = TimeSpan.FromMinutes(2),
                LongestPersistentDelay = TimeSpan.FromMinutes(10),
                Jitter = 0.1,
                StableAfter = TimeSpan.FromSeconds(10),
                PersistentFailures = 3,
            },
            client.Reconnect);
        Assert.Equal(
            ("1234", ModemFamily.SimcomLte, 9600, true),
            (client.Modem.Pin, client.Modem.Family, client.Modem.BaudRate, client.Modem.HardwareFlowControl));
    }

    [Theory]
    [InlineData("Port", "mqtt", "Sim800:Port is 'mqtt'; allowed is a whole number from 1 to 65535.")]
    [InlineData("Port", "0", "Sim800:Port is '0'; allowed is a whole number from 1 to 65535.")]
    [InlineData("Port", "8883.0", "Sim800:Port is '8883.0'; allowed is a whole number from 1 to 65535.")]
    [InlineData("Port", "", "Sim800:Port is ''; allowed is a whole number from 1 to 65535.")]
    [InlineData("UseTls", "yes", "Sim800:UseTls is 'yes'; allowed is true or false.")]
    [InlineData("KeepAlive", "5m", "Sim800:KeepAlive is '5m'; allowed is a time from 00:00:00 to 18:12:15, as hours:minutes:seconds or as a number of seconds.")]
    [InlineData("KeepAlive", "1.00:00:00", "Sim800:KeepAlive is '1.00:00:00'; allowed is a time from 00:00:00 to 18:12:15, as hours:minutes:seconds or as a number of seconds.")]
    [InlineData("KeepAlive", "-1", "Sim800:KeepAlive is '-1'; allowed is a time from 00:00:00 to 18:12:15, as hours:minutes:seconds or as a number of seconds.")]
    [InlineData("WhenOffline", "Forget", "Sim800:WhenOffline is 'Forget'; allowed is Wait or Drop.")]
    [InlineData("WhenOffline", "1", "Sim800:WhenOffline is '1'; allowed is Wait or Drop.")]
    [InlineData("Tls:Engine", "openssl", "Sim800:Tls:Engine is 'openssl'; allowed is BouncyCastle or Platform.")]
    [InlineData("Will:QoS", "3", "Sim800:Will:QoS is '3'; allowed is a whole number from 0 to 2.")]
    [InlineData("Reconnect:Jitter", "0,2", "Sim800:Reconnect:Jitter is '0,2'; allowed is a number from 0 to 0.5.")]
    [InlineData("Reconnect:Jitter", "-Infinity", "Sim800:Reconnect:Jitter is '-Infinity'; allowed is a number from 0 to 0.5.")]
    [InlineData("WhenOffline", "+1", "Sim800:WhenOffline is '+1'; allowed is Wait or Drop.")]
    [InlineData("WhenOffline", "Wait,Drop", "Sim800:WhenOffline is 'Wait,Drop'; allowed is Wait or Drop.")]
    [InlineData("Reconnect:FirstDelay", "0", "Sim800:Reconnect:FirstDelay is '0'; allowed is a time from 00:00:00.0500000 to 1.00:00:00, as hours:minutes:seconds or as a number of seconds.")]
    [InlineData("Prot", "8883", "Sim800:Prot is no setting. Write Port.")]
    [InlineData("pasword", "hush", "Sim800:pasword is no setting. Write Password.")]
    [InlineData("Tls:CaFiel", "ca.pem", "Sim800:Tls:CaFiel is no setting. Write Tls:CaFile.")]
    [InlineData("Will:Topics:0", "a", "Sim800:Will:Topics:0 is no setting. Write Will:Topic.")]
    public void What_cannot_be_taken_is_named_with_its_key_and_what_is_allowed(string key, string value, string expected)
    {
        var failure = Assert.Single(Read([.. Least, (key, value)]).ConfigurationFailures);

        Assert.Equal(expected, failure);
        Assert.DoesNotContain("hush", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_key_is_near_all_are_listed()
    {
        var failure = Assert.Single(Read([.. Least, ("Compression", "gzip")]).ConfigurationFailures);

        Assert.All(HostConfiguration.Keys, key => Assert.Contains(key, failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Tls:CaFile", "/nowhere/ca.pem", "Sim800:Tls:CaFile cannot be used: ")]
    [InlineData("Tls:CertificateFile", "/nowhere/c.pem", "Sim800:Tls:CertificateFile cannot be used: ")]
    [InlineData("Tls:CertificateFile", "/nowhere/c.pfx", "Sim800:Tls:CertificateFile cannot be used: ")]
    [InlineData("Tls:KeyFile", "/nowhere/k.pem", "Sim800:Tls:CertificateFile is missing")]
    [InlineData("Tls:PinnedKey", "no base64", "Sim800:Tls:PinnedKey cannot be used: ")]
    [InlineData("Tls:Psk", "0g", "Sim800:Tls:Psk cannot be used: ")]
    [InlineData("Tls:PskIdentity", "gateway", "Sim800:Tls:Psk cannot be used: ")]
    [InlineData("Password", "hush", "Sim800:Password needs a UserName")]
    [InlineData("CleanSession", "false", "Sim800:ClientId is missing")]
    [InlineData("Will:Topic", "a/#", "Sim800:Will:Topic is a topic name")]
    [InlineData("Will:Payload", "gone", "Sim800:Will:Topic is missing")]
    [InlineData("WebSocketPath", "mqtt", "Sim800:WebSocketPath begins with a slash")]
    public async Task A_host_with_a_value_that_cannot_be_used_does_not_start(string key, string value, string expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSim800Mqtt(Section([.. Least, (key, value)]));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.StartsWith(expected, Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSim800Mqtt(Section(("Prot", "1"), ("BaudRate", "fast"), ("Tls:CaFile", "/nowhere/ca.pem"), ("Host", "h")));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(4, failure.Failures.Count());
    }

    [Fact]
    public void The_page_lists_every_key_and_no_other()
    {
        var page = File.ReadAllLines(Checkout.PathOf("docs", "gateway.md"));
        var listed = page.SkipWhile(line => !line.StartsWith("| `Device`", StringComparison.Ordinal)) // the table that begins so
            .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(','))
            .Select(key => key.Trim().Trim('`'));

        Assert.Equal(HostConfiguration.Keys.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_set_in_code_comes_after_the_section()
    {
        using var services = new ServiceCollection()
            .AddSim800Mqtt(Section([.. Least, ("Port", "1883")]), options => options.ClientId = "of-the-code")
            .BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<Sim800MqttHostOptions>>().Value;

        Assert.Equal((1883, "of-the-code"), (options.Port, options.ClientId));
    }

    private static Sim800MqttHostOptions Read(params (string Key, string Value)[] values)
    {
        var options = new Sim800MqttHostOptions();
        HostConfiguration.Read(Section(values), options);
        return options;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("Sim800:" + pair.Key, (string?)pair.Value)))
        .Build()
        .GetSection("Sim800");
}
