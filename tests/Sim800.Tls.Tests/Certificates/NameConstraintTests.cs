using Sim800.Tls.Tests.Certificates.Making;
using static Sim800.Tls.Tests.Certificates.Making.TestExtension;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Name constraints (RFC 5280 §4.2.1.10) of every authority on the path.</summary>
public sealed class NameConstraintTests
{
    [Theory]
    [InlineData("example.com", "broker.example.com", true)]
    [InlineData("EXAMPLE.com", "broker.example.COM", true)]
    [InlineData("broker.example.com", "broker.example.com", true)]
    [InlineData("example.com", "a.b.example.com", true)]
    [InlineData("example.com", "badexample.com", false)]
    [InlineData("example.com", "example.org", false)]
    [InlineData("other.example.com", "broker.example.com", false)]
    [InlineData("broker.example.com", "example.com", false)]
    [InlineData(".example.com", "broker.example.com", true)]
    [InlineData(".example.com", "example.com", false)]
    [InlineData("", "broker.example.com", true)]
    [InlineData("com", "broker.example.com", true)]
    [InlineData("example.com", "*.example.com", true)]
    [InlineData("broker.example.com", "*.example.com", false)] // the wildcard reaches out of it
    [InlineData("*.example.com", "broker.example.com", false)] // not a constraint that can be judged
    [InlineData("example.com.", "broker.example.com", false)]
    [InlineData("example.com\0", "broker.example.com", false)]
    public void A_DNS_name_must_be_within_a_permitted_domain(string domain, string name, bool isAllowed) =>
        Judge(NameConstraints(permitted: [Dns(domain)]), [Dns(name)], isAllowed);

    [Theory]
    [InlineData("example.org", "broker.example.com", true)]
    [InlineData("example.com", "broker.example.com", false)]
    [InlineData("EXAMPLE.COM", "broker.example.com", false)]
    [InlineData("badexample.com", "example.com", true)]
    [InlineData("ample.com", "example.com", true)]
    [InlineData(".example.com", "broker.example.com", false)]
    [InlineData(".example.com", "example.com", true)]
    [InlineData("", "broker.example.com", false)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("secret.example.com", "*.example.com", false)] // the wildcard reaches into it
    [InlineData("deep.secret.example.com", "*.example.com", true)] // it stands for one label only
    [InlineData("secret.example.com", "*.sub.example.com", true)]
    [InlineData("*.example.com", "broker.example.org", false)] // not a constraint that can be judged
    public void A_DNS_name_must_not_be_within_an_excluded_domain(string domain, string name, bool isAllowed) =>
        Judge(NameConstraints(excluded: [Dns(domain)]), [Dns(name)], isAllowed);

    [Fact]
    public void A_domain_may_be_permitted_except_for_a_part()
    {
        var constraints = NameConstraints([Dns("example.com")], [Dns("secret.example.com")]);
        Judge(constraints, [Dns("broker.example.com")], isAllowed: true);
        Judge(constraints, [Dns("a.secret.example.com")], isAllowed: false);
        Judge(constraints, [Dns("example.org")], isAllowed: false);
    }

    [Fact]
    public void One_of_several_permitted_domains_is_enough() =>
        Judge(NameConstraints(permitted: [Dns("example.org"), Dns("example.com")]), [Dns("broker.example.com")], isAllowed: true);

    [Fact]
    public void Every_name_of_a_certificate_must_be_allowed() =>
        Judge(NameConstraints(permitted: [Dns("example.com")]), [Dns("broker.example.com"), Dns("bank.example.org")], isAllowed: false);

    [Fact]
    public void Constraints_count_also_when_they_are_not_critical() =>
        Judge(NameConstraints(permitted: [Dns("example.org")], isCritical: false), [Dns("broker.example.com")], isAllowed: false);

    [Fact]
    public void A_name_that_is_no_host_name_is_not_allowed_where_names_are_constrained() =>
        Judge(NameConstraints(permitted: [Dns("example.com")]), [Dns(TestPath.ServerName), Dns("bad_.-.example.com")], isAllowed: false);

    [Theory]
    [InlineData("10.0.0.0", "255.0.0.0", "10.1.2.3", true)]
    [InlineData("10.0.0.0", "255.0.0.0", "11.1.2.3", false)]
    [InlineData("10.1.2.3", "255.255.255.255", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "255.255.255.254", "10.1.2.2", true)]
    [InlineData("0.0.0.0", "0.0.0.0", "10.1.2.3", true)]
    [InlineData("10.0.0.0", "255.0.255.0", "10.0.0.1", false)] // no prefix
    [InlineData("2001:db8::", "ffff:ffff::", "2001:db8::1", true)]
    [InlineData("2001:db8::", "ffff:ffff::", "2001:db9::1", false)]
    [InlineData("10.0.0.0", "255.0.0.0", "2001:db8::1", false)] // the form is constrained, and this is not within
    public void An_address_must_be_within_a_permitted_subnet(string subnet, string mask, string address, bool isAllowed) =>
        Judge(NameConstraints(permitted: [Subnet(subnet, mask)]), [Ip(address)], isAllowed, address);

    [Theory]
    [InlineData("10.0.0.0", "255.0.0.0", "10.1.2.3", false)]
    [InlineData("10.0.0.0", "255.0.0.0", "11.1.2.3", true)]
    [InlineData("0.0.0.0", "0.0.0.0", "11.1.2.3", false)]
    [InlineData("0.0.0.0", "0.0.0.0", "2001:db8::1", true)]
    [InlineData("::", "::", "2001:db8::1", false)]
    [InlineData("10.0.0.0", "255.0.255.0", "192.168.0.1", false)] // no prefix: cannot be judged
    public void An_address_must_not_be_within_an_excluded_subnet(string subnet, string mask, string address, bool isAllowed) =>
        Judge(NameConstraints(excluded: [Subnet(subnet, mask)]), [Ip(address)], isAllowed, address);

    [Fact]
    public void A_subnet_of_the_wrong_size_allows_nothing()
    {
        Judge(NameConstraints(permitted: [Der.Raw(0x87, 10, 0, 0, 0)]), [Ip("10.0.0.1")], isAllowed: false, "10.0.0.1");
        Judge(NameConstraints(excluded: [Der.Raw(0x87, 10, 0, 0, 0)]), [Ip("11.0.0.1")], isAllowed: false, "11.0.0.1");
    }

    [Fact]
    public void An_address_of_the_wrong_size_is_not_allowed_where_addresses_are_constrained() =>
        Judge(
            NameConstraints(excluded: [Subnet("10.0.0.0", "255.0.0.0")]),
            [Dns(TestPath.ServerName), Der.Raw(0x87, 11, 0, 0)],
            isAllowed: false);

    [Fact]
    public void A_form_that_is_not_constrained_is_free() =>
        Judge(NameConstraints(permitted: [Dns("example.com")]), [Ip("10.1.2.3")], isAllowed: true, "10.1.2.3");

    [Theory]
    [InlineData("O=Test", true)]
    [InlineData("O=test", true)] // case does not count
    [InlineData("O=Other", false)]
    public void The_subject_must_be_within_a_permitted_directory_name(string permitted, bool isAllowed) =>
        JudgeSubject("CN=server, O=Test", NameConstraints(permitted: [TestExtension.Directory(permitted)]), isAllowed);

    [Theory]
    [InlineData("O=Test", false)]
    [InlineData("O=tEST", false)]
    [InlineData("O=\"  Te  st \"", true)]
    [InlineData("O=Other", true)]
    public void The_subject_must_not_be_within_an_excluded_directory_name(string excluded, bool isAllowed) =>
        JudgeSubject("CN=server, O=Test", NameConstraints(excluded: [TestExtension.Directory(excluded)]), isAllowed);

    [Fact]
    public void Spaces_and_string_types_do_not_hide_an_excluded_directory_name()
    {
        // O="te  ST " as UTF8String against O="Te st" as PrintableString.
        var subject = Der.Raw(0x30, Der.Raw(0x31, Der.Raw(0x30, [.. Der.Raw(0x06, 0x55, 0x04, 0x0A), .. Der.Raw(0x0C, "te  ST "u8.ToArray())])));
        var path = TestPath.WithAuthority(NameConstraints(excluded: [TestExtension.Directory("O=Te st")]));
        (path with { Server = path.Server with { SubjectDer = subject } }).IsRefused(TlsCertificateStatus.NameConstraint);
    }

    [Fact]
    public void A_directory_name_among_the_alternative_names_counts_too()
    {
        var constraints = NameConstraints(excluded: [TestExtension.Directory("O=Secret")]);
        Judge(constraints, [Dns(TestPath.ServerName), TestExtension.Directory("O=Public")], isAllowed: true);
        Judge(constraints, [Dns(TestPath.ServerName), TestExtension.Directory("O=Secret")], isAllowed: false);
    }

    [Fact]
    public void A_constrained_form_that_cannot_be_judged_is_refused()
    {
        Judge(NameConstraints(permitted: [Mail("example.com")]), [Dns(TestPath.ServerName), Mail("a@example.com")], isAllowed: false);
        Judge(NameConstraints(excluded: [Uri(".example.com")]), [Dns(TestPath.ServerName), Uri("https://example.org/")], isAllowed: false);
    }

    [Fact]
    public void A_constrained_form_that_does_not_appear_does_no_harm() =>
        Judge(NameConstraints(permitted: [Mail("example.com")]), [Dns(TestPath.ServerName)], isAllowed: true);

    [Fact]
    public void The_constraints_of_every_authority_count()
    {
        var upper = TestPath.Authority("upper", NameConstraints(permitted: [Dns("example.org")]));
        new TestPath { Authorities = [upper, TestPath.DefaultAuthority] }.IsRefused(TlsCertificateStatus.NameConstraint);
        var wider = TestPath.DefaultAuthority.With(NameConstraints(permitted: [Dns("com")]));
        new TestPath { Authorities = [upper, wider] }.IsRefused(TlsCertificateStatus.NameConstraint);
    }

    [Fact]
    public void The_constraints_of_the_root_count() =>
        TestPath.WithRoot(NameConstraints(permitted: [Dns("example.org")])).IsRefused(TlsCertificateStatus.NameConstraint);

    [Fact]
    public void Authorities_below_are_constrained_as_well()
    {
        var upper = TestPath.Authority("upper", NameConstraints(permitted: [Dns("example.com")]));
        var lower = TestPath.DefaultAuthority.With(DnsNames("authority.example.org"));
        new TestPath { Authorities = [upper, lower] }.IsRefused(TlsCertificateStatus.NameConstraint);
    }

    [Fact]
    public void A_self_issued_authority_below_is_not_constrained()
    {
        var old = TestPath.Authority("rolling", NameConstraints(permitted: [Dns("example.com")]), SubjectKey(1));
        var renewed = (TestPath.DefaultAuthority with { Subject = "CN=rolling" })
            .With(DnsNames("authority.example.org"), SubjectKey(2), AuthorityKey(1));
        new TestPath { Authorities = [old, renewed] }.IsAccepted();
    }

    [Fact]
    public void Constraints_in_a_servers_certificate_are_refused() =>
        TestPath.WithServer(NameConstraints(permitted: [Dns("example.com")])).IsRefused(TlsCertificateStatus.WrongUsage);

    private static void JudgeSubject(string subject, TestExtension constraints, bool isAllowed)
    {
        var path = TestPath.WithAuthority(constraints);
        Judge(path with { Server = path.Server with { Subject = subject } }, isAllowed, TestPath.ServerName);
    }

    private static void Judge(TestExtension constraints, byte[][] names, bool isAllowed, string? serverName = null)
    {
        var name = serverName ?? System.Text.Encoding.Latin1.GetString(names[0].AsSpan(2));
        Judge(
            TestPath.WithAuthority(constraints) with { Server = TestPath.DefaultServer.With(AltName(names)) },
            isAllowed,
            name.Replace('*', 'a'));
    }

    private static void Judge(TestPath path, bool isAllowed, string serverName)
    {
        if (isAllowed)
        {
            path.IsAccepted(serverName);
        }
        else
        {
            path.IsRefused(TlsCertificateStatus.NameConstraint, serverName);
        }
    }
}
