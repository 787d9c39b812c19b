using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Names given by users and names presented by servers (RFC 9525).</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("broker.example.com", "broker.example.com")]
    [InlineData("Broker.EXAMPLE.com", "broker.example.com")]
    [InlineData("broker.example.com.", "broker.example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("my_broker.example.com", "my_broker.example.com")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("a1-s.iot.eu-west-1.amazonaws.com", "a1-s.iot.eu-west-1.amazonaws.com")]
    public void A_DNS_name_is_brought_into_its_ASCII_form(string text, string expected)
    {
        var name = ServerName.Parse(text);
        Assert.Null(name.Address);
        Assert.Equal(expected, name.DnsName);
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData("192.168.1.10", "192.168.1.10")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("::1", "::1")]
    public void An_address_is_an_address(string text, string expected)
    {
        var name = ServerName.Parse(text);
        Assert.Empty(name.DnsName);
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData("mqtts://broker.example.com")]
    [InlineData("broker.example.com:8883")]
    [InlineData("broker..example.com")]
    [InlineData(".example.com")]
    [InlineData(".")]
    [InlineData("broker.example.com..")]
    [InlineData("*.example.com")]
    [InlineData("-broker.example.com")]
    [InlineData("broker-.example.com")]
    [InlineData("bro ker.example.com")]
    [InlineData("broker.example.com\0.evil.example")]
    [InlineData("127.1")] // other programs read 127.0.0.1
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("256.1.1.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("1.2.3.4.")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8883")]
    public void What_is_no_name_is_refused_at_once(string text) => Assert.Throws<ArgumentException>(() => ServerName.Parse(text));

    [Fact]
    public void A_label_has_at_most_63_and_a_name_at_most_253_characters()
    {
        var label = new string('a', 63);
        Assert.Equal(253, ServerName.Parse($"{label}.{label}.{label}.{label[..61]}").DnsName.Length);
        Assert.Throws<ArgumentException>(() => ServerName.Parse($"{label}.{label}.{label}.{label[..62]}"));
        Assert.Throws<ArgumentException>(() => ServerName.Parse(label + "a.example"));
    }

    [Theory]
    [InlineData("broker.example.com", "broker.example.com", true)]
    [InlineData("BROKER.Example.Com", "broker.example.com", true)]
    [InlineData("broker.example.com", "broker.example.com.", true)]
    [InlineData("broker.example.com.", "broker.example.com", false)] // no such form in a certificate (RFC 5280 §4.2.1.6)
    [InlineData("broker.example.org", "broker.example.com", false)]
    [InlineData("example.com", "broker.example.com", false)]
    [InlineData("evilbroker.example.com", "broker.example.com", false)]
    [InlineData("broker.example.com.evil.example", "broker.example.com", false)]
    [InlineData("broker.example.com\0.evil.example", "broker.example.com", false)]
    [InlineData("broker.example.com\0", "broker.example.com", false)]
    [InlineData(" broker.example.com", "broker.example.com", false)]
    [InlineData("", "broker.example.com", false)]
    [InlineData("*.example.com", "broker.example.com", true)]
    [InlineData("*.EXAMPLE.com", "BROKER.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.broker.example.com", false)]
    [InlineData("*.example.com", "xn--bcher-kva.example.com", true)]
    [InlineData("*.com", "example.com", false)] // a whole top-level domain
    [InlineData("*", "localhost", false)]
    [InlineData("*.", "localhost", false)]
    [InlineData("*.*", "example.com", false)]
    [InlineData("*.*.com", "broker.example.com", false)]
    [InlineData("b*.example.com", "broker.example.com", false)] // partial wildcards are history (RFC 9525 §6.3)
    [InlineData("*r.example.com", "broker.example.com", false)]
    [InlineData("b*r.example.com", "broker.example.com", false)]
    [InlineData("broker.*.com", "broker.example.com", false)]
    [InlineData("broker.example.*", "broker.example.com", false)]
    [InlineData("broker.*", "broker.example", false)]
    [InlineData("**.example.com", "broker.example.com", false)]
    [InlineData("xn--*.example.com", "xn--bcher-kva.example.com", false)]
    [InlineData("*.example.com\0", "broker.example.com", false)]
    [InlineData("xn--bcher-kva.example", "bücher.example", true)]
    [InlineData("192.168.1.10", "192.168.1.10", false)] // an address as a DNS name
    public void A_presented_DNS_name_matches_or_not(string presented, string reference, bool matches) =>
        Judge([TestExtension.Dns(presented)], reference, matches);

    [Theory]
    [InlineData("192.168.1.10", "192.168.1.10", true)]
    [InlineData("192.168.1.10", "192.168.1.11", false)]
    [InlineData("2001:db8::1", "2001:0DB8:0::1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("::ffff:192.168.1.10", "192.168.1.10", false)] // not the same octets
    public void A_presented_address_matches_octet_by_octet(string presented, string reference, bool matches) =>
        Judge([TestExtension.Ip(presented)], reference, matches);

    [Fact]
    public void An_address_of_odd_size_matches_nothing() => Judge([Der.Raw(0x87, 192, 168, 1)], "192.168.1.10", false);

    [Fact]
    public void An_address_does_not_speak_for_a_DNS_name() => Judge([TestExtension.Ip("192.168.1.10")], TestPath.ServerName, false);

    [Fact]
    public void Other_forms_are_no_host_names() => Judge(
        [TestExtension.Uri("https://" + TestPath.ServerName), TestExtension.Mail("a@" + TestPath.ServerName)], TestPath.ServerName, false);

    [Fact]
    public void One_name_among_many_is_enough() =>
        Judge([TestExtension.Dns("a.example"), TestExtension.Ip("10.0.0.1"), TestExtension.Dns(TestPath.ServerName)], TestPath.ServerName, true);

    private static void Judge(byte[][] presented, string reference, bool matches)
    {
        var path = TestPath.WithServer(TestExtension.AltName(presented));
        if (matches)
        {
            path.IsAccepted(reference);
        }
        else
        {
            path.IsRefused(TlsCertificateStatus.NameMismatch, reference);
        }
    }
}
