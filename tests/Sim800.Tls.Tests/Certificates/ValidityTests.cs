using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

public sealed class ValidityTests
{
    private static readonly DateTimeOffset Now = TestPath.Now;

    [Fact]
    public void A_correct_path_is_accepted() => new TestPath().IsAccepted();

    [Fact]
    public void An_expired_server_is_refused_with_both_dates()
    {
        var path = new TestPath { Server = TestPath.DefaultServer with { NotAfter = Now.AddSeconds(-1) } };
        var refusal = path.IsRefused(TlsCertificateStatus.Expired);
        Assert.Contains("expired on 2026-11-22 11:59:59Z, and it is 2026-11-22 12:00:00Z", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TlsAlert.CertificateExpired, refusal.Alert);
    }

    [Fact]
    public void A_server_is_accepted_up_to_its_end() =>
        new TestPath { Server = TestPath.DefaultServer with { NotAfter = Now.AddSeconds(1) } }.IsAccepted();

    [Fact]
    public void A_server_before_its_time_is_refused() =>
        new TestPath { Server = TestPath.DefaultServer with { NotBefore = Now.AddSeconds(1) } }.IsRefused(TlsCertificateStatus.NotYetValid);

    [Fact]
    public void A_server_is_accepted_from_its_first_second() =>
        new TestPath { Server = TestPath.DefaultServer with { NotBefore = Now } }.IsAccepted();

    [Fact]
    public void An_expired_authority_is_refused() =>
        new TestPath { Authorities = [TestPath.DefaultAuthority with { NotAfter = Now.AddDays(-1) }] }.IsRefused(TlsCertificateStatus.Expired);

    [Fact]
    public void An_expired_root_is_refused() =>
        new TestPath { Root = TestPath.DefaultRoot with { NotAfter = Now.AddDays(-1) } }.IsRefused(TlsCertificateStatus.Expired);

    [Theory]
    [InlineData(2049)]
    [InlineData(2050)]
    [InlineData(9999)]
    public void Years_on_both_sides_of_2050_are_understood(int year) =>
        new TestPath { Server = TestPath.DefaultServer with { NotAfter = new(year, 12, 31, 23, 59, 59, TimeSpan.Zero) } }.IsAccepted();
}
