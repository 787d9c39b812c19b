using Sim800.Tls.Tests.Certificates.Making;
using static Sim800.Tls.Tests.Certificates.Making.TestExtension;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Certificate policies (RFC 5280 §6.1.2 to §6.1.5) where any policy suits the user.</summary>
public sealed class PolicyTests
{
    private const string A = "1.2.3.1";
    private const string B = "1.2.3.2";
    private const string Any = "2.5.29.32.0";

    [Fact]
    public void Without_a_demand_no_policy_is_needed() => Path([], [Policies(A)]).IsAccepted();

    [Fact]
    public void A_demanded_policy_that_runs_through_is_accepted() =>
        Path([PolicyConstraints(0), Policies(A)], [Policies(A)]).IsAccepted();

    [Fact]
    public void A_demanded_policy_that_the_server_lacks_is_refused() =>
        Path([PolicyConstraints(0), Policies(A)], []).IsRefused(TlsCertificateStatus.Policy);

    [Fact]
    public void A_demanded_policy_that_the_server_has_another_of_is_refused() =>
        Path([PolicyConstraints(0), Policies(A)], [Policies(B)]).IsRefused(TlsCertificateStatus.Policy);

    [Fact]
    public void A_demand_without_a_policy_in_the_authority_is_refused() =>
        Path([PolicyConstraints(0)], [Policies(A)]).IsRefused(TlsCertificateStatus.Policy);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)] // the end of the path counts as one
    [InlineData(2, true)]
    public void A_demand_may_begin_some_certificates_later(int skip, bool isAccepted) =>
        Judge(Path([PolicyConstraints(skip)], []), isAccepted);

    [Fact]
    public void A_server_may_demand_a_policy_of_its_own_path()
    {
        Path([Policies(A)], [Policies(A), PolicyConstraints(0)]).IsAccepted();
        Path([], [Policies(A), PolicyConstraints(0)]).IsRefused(TlsCertificateStatus.Policy);
    }

    [Fact]
    public void Any_policy_of_an_authority_admits_every_policy_below() =>
        Path([PolicyConstraints(0), Policies(Any)], [Policies(B)]).IsAccepted();

    [Fact]
    public void Any_policy_of_a_server_takes_what_the_authority_has() =>
        Path([PolicyConstraints(0), Policies(A)], [Policies(Any)]).IsAccepted();

    [Fact]
    public void Inhibited_any_policy_of_a_server_counts_for_nothing() =>
        Path([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(0)], [Policies(Any)]).IsRefused(TlsCertificateStatus.Policy);

    [Fact]
    public void Any_policy_may_be_inhibited_some_certificates_later() =>
        Path([PolicyConstraints(0), Policies(A), InhibitAnyPolicy(1)], [Policies(Any)]).IsAccepted();

    [Fact]
    public void A_mapped_policy_is_expected_below_in_its_new_name()
    {
        TestExtension[] authority = [PolicyConstraints(0), Policies(A), PolicyMapping(A, B)];
        Path(authority, [Policies(B)]).IsAccepted();
        Path(authority, [Policies(A)]).IsRefused(TlsCertificateStatus.Policy);
    }

    [Fact]
    public void A_mapping_of_a_policy_the_authority_does_not_have_gives_nothing() =>
        Path([PolicyConstraints(0), Policies(A), PolicyMapping(B, "1.2.3.3")], [Policies("1.2.3.3")]).IsRefused(TlsCertificateStatus.Policy);

    [Fact]
    public void An_inhibited_mapping_drops_the_policy() => new TestPath
    {
        Authorities =
        [
            TestPath.Authority("upper", PolicyConstraints(0, 0), Policies(A)),
            TestPath.DefaultAuthority.With(Policies(A), PolicyMapping(A, B)),
        ],
        Server = TestPath.DefaultServer.With(Policies(B)),
    }.IsRefused(TlsCertificateStatus.Policy);

    [Fact]
    public void A_demand_from_high_above_reaches_the_server() => new TestPath
    {
        Authorities = [TestPath.Authority("upper", PolicyConstraints(0), Policies(A)), TestPath.DefaultAuthority.With(Policies(A))],
    }.IsRefused(TlsCertificateStatus.Policy);

    private static TestPath Path(TestExtension[] authority, TestExtension[] server) =>
        TestPath.WithAuthority(authority) with { Server = TestPath.DefaultServer.With(server) };

    private static void Judge(TestPath path, bool isAccepted)
    {
        if (isAccepted)
        {
            path.IsAccepted();
        }
        else
        {
            path.IsRefused(TlsCertificateStatus.Policy);
        }
    }
}
