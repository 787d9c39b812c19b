using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using static Sim800.Tls.Tests.Certificates.Making.TestExtension;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>
/// The rules of RFC 5280 §6.1 by their numbers: a path that breaks exactly one, and the path next to it that keeps it. Not among
/// them: §6.1.3 (a)(3), revocation, which is not checked, and (a)(1) and (a)(4), which X509Chain judges and
/// <see cref="SignatureRulesTests"/> and <see cref="CertificateValidatorTests"/> test.
/// </summary>
public sealed class Rfc5280RuleTests
{
    private const string A = "1.2.3.1";
    private const string B = "1.2.3.2";
    private const string Any = "2.5.29.32.0";

    private static readonly Dictionary<string, (TlsCertificateStatus Status, TestPath Broken, TestPath Kept)> Rules = new(StringComparer.Ordinal)
    {
        ["6.1.3 (a)(2) the validity period includes the current time"] = (
            TlsCertificateStatus.Expired,
            new() { Server = TestPath.DefaultServer with { NotAfter = TestPath.Now.AddSeconds(-1) } },
            new() { Server = TestPath.DefaultServer with { NotAfter = TestPath.Now } }),
        ["6.1.3 (b) every name is within a permitted subtree"] = (
            TlsCertificateStatus.NameConstraint,
            TestPath.WithAuthority(NameConstraints(permitted: [Dns("example.org")])),
            TestPath.WithAuthority(NameConstraints(permitted: [Dns("example.com")]))),
        ["6.1.3 (b) a self-issued authority is exempt"] = (
            TlsCertificateStatus.NameConstraint,
            Below([NameConstraints(permitted: [Dns("example.com")])], isSelfIssued: false, [DnsNames("authority.example.org")]),
            Below([NameConstraints(permitted: [Dns("example.com")])], isSelfIssued: true, [DnsNames("authority.example.org")])),
        ["6.1.3 (c) no name is within an excluded subtree"] = (
            TlsCertificateStatus.NameConstraint,
            TestPath.WithAuthority(NameConstraints(excluded: [Dns("example.com")])),
            TestPath.WithAuthority(NameConstraints(excluded: [Dns("example.org")]))),
        ["6.1.3 (d)(1)(i) a policy continues one that is expected"] = (
            TlsCertificateStatus.Policy, Policy([Policies(A)], [Policies(B)]), Policy([Policies(A)], [Policies(A)])),
        ["6.1.3 (d)(1)(ii) or any policy above it"] = (
            TlsCertificateStatus.Policy, Policy([Policies(A)], [Policies(B)]), Policy([Policies(Any)], [Policies(B)])),
        ["6.1.3 (d)(2) any policy continues all that are expected, unless inhibited"] = (
            TlsCertificateStatus.Policy,
            Policy([Policies(A), InhibitAnyPolicy(0)], [Policies(Any)]),
            Policy([Policies(A)], [Policies(Any)])),
        ["6.1.3 (d)(2) inhibited, it still counts in a self-issued authority"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(0)], isSelfIssued: false, [Policies(Any)], [Policies(A)]),
            Below([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(0)], isSelfIssued: true, [Policies(Any)], [Policies(A)])),
        ["6.1.3 (d)(3) a policy that nothing continues ends"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0), Policies(A)], isSelfIssued: false, [Policies(B)], [Policies(A)]),
            Below([PolicyConstraints(0), Policies(A)], isSelfIssued: false, [Policies(A)], [Policies(A)])),
        ["6.1.3 (e) a certificate without policies ends all"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0), Policies(A)], isSelfIssued: false, [], [Policies(A)]),
            Below([PolicyConstraints(0), Policies(A)], isSelfIssued: false, [Policies(A)], [Policies(A)])),
        ["6.1.3 (f) an explicit policy that is demanded is there"] = (
            TlsCertificateStatus.Policy, Policy([], [Policies(A)]), Policy([Policies(A)], [Policies(A)])),
        ["6.1.4 (a) any policy is not mapped"] = (
            TlsCertificateStatus.Malformed,
            TestPath.WithAuthority(Policies(A), PolicyMapping(A, Any)),
            TestPath.WithAuthority(Policies(A), PolicyMapping(A, B))),
        ["6.1.4 (b)(1) a mapped policy is expected by its new name"] = (
            TlsCertificateStatus.Policy,
            Policy([Policies(A), PolicyMapping(A, B)], [Policies(A)]),
            Policy([Policies(A), PolicyMapping(A, B)], [Policies(B)])),
        ["6.1.4 (b)(2) where mapping is inhibited it is dropped"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0, 0), Policies(A)], isSelfIssued: false, [Policies(A), PolicyMapping(A, B)], [Policies(B)]),
            Below([PolicyConstraints(0, 1), Policies(A)], isSelfIssued: false, [Policies(A), PolicyMapping(A, B)], [Policies(B)])),
        ["6.1.4 (d) to (f) the key of the authority is one that can be worked with"] = (
            TlsCertificateStatus.WeakKey,
            new() { Authorities = [TestPath.DefaultAuthority with { Key = TestKey.Ec(System.Security.Cryptography.ECCurve.CreateFromFriendlyName("secp256k1")) }] },
            new() { Authorities = [TestPath.DefaultAuthority with { Key = TestKey.P256() }] }),
        ["6.1.4 (g) name constraints add up, and none is widened below"] = (
            TlsCertificateStatus.NameConstraint,
            Below([NameConstraints(permitted: [Dns("example.org")])], isSelfIssued: false, [NameConstraints(permitted: [Dns("com")])]),
            Below([NameConstraints(permitted: [Dns("com")])], isSelfIssued: false, [NameConstraints(permitted: [Dns("example.com")])])),
        ["6.1.4 (h) a self-issued authority does not count down to the demand"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(2)], isSelfIssued: false, []),
            Below([PolicyConstraints(2)], isSelfIssued: true, [])),
        ["6.1.4 (i)(1) a demand only comes nearer"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(1)], isSelfIssued: false, [PolicyConstraints(9)]),
            Below([PolicyConstraints(9)], isSelfIssued: false, [PolicyConstraints(9)])),
        ["6.1.4 (i)(2) so does the end of mapping"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0, 0), Policies(A)], isSelfIssued: false, [PolicyConstraints(0, 9), Policies(A), PolicyMapping(A, B)], [Policies(B)]),
            Below([PolicyConstraints(0, 9), Policies(A)], isSelfIssued: false, [PolicyConstraints(0, 9), Policies(A), PolicyMapping(A, B)], [Policies(B)])),
        ["6.1.4 (j) so does the end of any policy"] = (
            TlsCertificateStatus.Policy,
            Below([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(1)], isSelfIssued: false, [Policies(A), InhibitAnyPolicy(9)], [Policies(Any)]),
            Below([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(2)], isSelfIssued: false, [Policies(A), InhibitAnyPolicy(9)], [Policies(Any)])),
        ["6.1.4 (k) an issuer says that it is an authority"] = (
            TlsCertificateStatus.NotAnAuthority, TestPath.WithAuthority(Basic(isAuthority: false)), TestPath.WithAuthority(Basic(isAuthority: true))),
        ["6.1.4 (l) there is length left for an authority that is not self-issued"] = (
            TlsCertificateStatus.PathTooLong,
            Below([Authority(0)], isSelfIssued: false, []),
            Below([Authority(0)], isSelfIssued: true, [])),
        ["6.1.4 (m) a path length is not widened below"] = (
            TlsCertificateStatus.PathTooLong,
            new() { Authorities = [TestPath.Authority("1", Authority(1)), TestPath.Authority("2", Authority(9)), TestPath.Authority("3")] },
            new() { Authorities = [TestPath.Authority("1", Authority(2)), TestPath.Authority("2", Authority(9)), TestPath.Authority("3")] }),
        ["6.1.4 (n) the key of an issuer may sign certificates"] = (
            TlsCertificateStatus.NotAnAuthority,
            TestPath.WithAuthority(KeyUsage(X509KeyUsageFlags.CrlSign)),
            TestPath.WithAuthority(KeyUsage(X509KeyUsageFlags.KeyCertSign))),
        ["6.1.4 (o) an authority has no critical extension that is not understood"] = (
            TlsCertificateStatus.UnknownCriticalExtension, TestPath.WithAuthority(Unknown(true)), TestPath.WithAuthority(Unknown(false))),
        ["6.1.5 (a) the server itself counts down to the demand"] = (
            TlsCertificateStatus.Policy, TestPath.WithAuthority(PolicyConstraints(1)), TestPath.WithAuthority(PolicyConstraints(2))),
        ["6.1.5 (b) the server may demand a policy of its own path"] = (
            TlsCertificateStatus.Policy, TestPath.WithServer(PolicyConstraints(0)), TestPath.WithServer(PolicyConstraints(1))),
        ["6.1.5 (c) to (e) the key of the server is one that can be worked with"] = (
            TlsCertificateStatus.WeakKey,
            new() { Server = TestPath.DefaultServer with { Key = TestKey.Rsa(1024) } },
            new() { Server = TestPath.DefaultServer with { Key = TestKey.Rsa2048 } }),
        ["6.1.5 (f) the server has no critical extension that is not understood"] = (
            TlsCertificateStatus.UnknownCriticalExtension, TestPath.WithServer(Unknown(true)), TestPath.WithServer(Unknown(false))),
        ["6.1.5 (g) a policy is left, whichever, where one is demanded"] = (
            TlsCertificateStatus.Policy, Policy([Policies(A)], []), Policy([Policies(Any)], [Policies(Any)])),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_path_that_breaks_a_rule_is_refused_and_the_one_that_keeps_it_accepted(string rule)
    {
        var (status, broken, kept) = Rules[rule];
        broken.IsRefused(status);

        // By our rules alone: X509Chain on Linux refuses some of these, above all where a policy is demanded two authorities up.
        kept.IsAcceptedByRules();
    }

    /// <summary>An authority that demands a policy from the first certificate on, and a server.</summary>
    private static TestPath Policy(TestExtension[] authority, TestExtension[] server) =>
        TestPath.WithAuthority([PolicyConstraints(0), .. authority]) with { Server = TestPath.DefaultServer.With(server) };

    /// <summary>An authority below another, of the same name (a key roll-over, §3.2) or of its own.</summary>
    private static TestPath Below(TestExtension[] upper, bool isSelfIssued, TestExtension[] lower, TestExtension[]? server = null) => new()
    {
        Authorities =
        [
            TestPath.Authority("upper", [.. upper, SubjectKey(1)]),
            (TestPath.DefaultAuthority with { Subject = isSelfIssued ? "CN=upper" : "CN=lower" })
                .With([.. lower, SubjectKey(2), AuthorityKey(1)]),
        ],
        Server = TestPath.DefaultServer.With(server ?? []),
    };

    private static TestExtension Unknown(bool isCritical) => new("1.2.3.4.5", isCritical, [0x05, 0x00]);
}
