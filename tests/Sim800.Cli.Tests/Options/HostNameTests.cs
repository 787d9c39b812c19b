using Sim800.Cli.Options;

namespace Sim800.Cli.Tests.Options;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("broker.example.org")]
    [InlineData("localhost")]
    [InlineData("my_broker")]
    [InlineData("192.0.2.1")]
    [InlineData("1a.example.org")]
    [InlineData("xn--bcher-kva.example.org")]
    public void A_name_or_an_address_is_taken_as_it_is(string text) => Assert.Equal(text, HostName.Check(text));

    [Theory]
    [InlineData("mqtts://host:8883", "-L")]
    [InlineData("MQTT://host", "-L")]
    [InlineData("wss://host:8884/mqtt", "--ws")]
    [InlineData("https://host", "-p")]
    [InlineData("host:8883", "-h host -p 8883")]
    [InlineData("192.0.2.1:1883", "-h 192.0.2.1 -p 1883")]
    [InlineData("host:", "-p 8883")]
    [InlineData("host:99999", "-p 8883")]
    [InlineData("host:mqtt", "-p 8883")]
    [InlineData("user:hunter2@host", "-u and -P")]
    [InlineData("user@host", "-u and -P")]
    [InlineData("::1", "no IPv6")]
    [InlineData("[::1]", "no IPv6")]
    [InlineData("[2001:db8::1]:8883", "no IPv6")]
    [InlineData("fe80::1%eth0", "no IPv6")]
    [InlineData("bücher.example.org", "-h xn--bcher-kva.example.org")]
    [InlineData("Bücher.example.org.", "-h xn--bcher-kva.example.org")]
    [InlineData("BÜCHER.example.org", "-h xn--bcher-kva.example.org")]
    [InlineData("bü\u00adcher.example.org", "no ASCII form")]
    [InlineData("☎.example.org", "no ASCII form")]
    [InlineData("例え.テスト", "-h xn--r8jz45g.xn--zckzah")]
    [InlineData("host.example.org.", "-h host.example.org")]
    [InlineData("host.example.org ", "space")]
    [InlineData(" host", "space")]
    [InlineData("ho\tst", "space")]
    [InlineData("ho\u001b[2Jst", "control character")]
    [InlineData("host/topic", "-t")]
    [InlineData("a..b", "labels")]
    [InlineData(".host", "labels")]
    [InlineData(".", "labels")]
    [InlineData("-host", "labels")]
    [InlineData("ho\"st", "labels")]
    [InlineData("ho,st", "labels")]
    [InlineData("256.1.1.1", "IPv4 address")]
    [InlineData("1.2.3", "IPv4 address")]
    [InlineData("010.0.0.1", "IPv4 address")]
    public async Task Anything_else_is_refused_before_the_line_is_opened_with_what_to_write(string host, string advice)
    {
        foreach (var verb in (string[][])[["pub", "-t", "t", "-m", "m"], ["sub", "-t", "t"], ["doctor"]])
        {
            var test = new TestHost();
            Assert.Equal(2, await test.RunAsync([.. verb, "--device", "/dev/does-not-exist", "-h", host]));
            Assert.Contains(advice, test.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", test.Error, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', test.Error);
            Assert.Single(test.Error.TrimEnd().Split('\n'));
        }
    }

    [Theory]
    [InlineData("mqtts://a..b/t")]
    [InlineData("mqtts://-host/t")]
    [InlineData("mqtts://ho%20st/t")]
    [InlineData("mqtts://[::1]/t")]
    [InlineData("mqtts://\u00ad/t")]
    [InlineData("mqtts://\ud800.example.org/t")]
    [InlineData("mqtts://xn--a-\u00fc/t")]
    [InlineData("mqtt://256.256.256.256/t")]
    public async Task A_bad_name_in_an_address_is_a_usage_error_too(string url)
    {
        var test = new TestHost();
        Assert.Equal(2, await test.RunAsync("pub", "--device", "/dev/does-not-exist", "-m", "m", "-L", url));
        Assert.StartsWith("sim800: ", test.Error, StringComparison.Ordinal);
    }
}
