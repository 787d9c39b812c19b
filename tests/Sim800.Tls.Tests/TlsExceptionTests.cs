using Sim800.Tls.Tests.Hostile;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests;

/// <summary>Which failures pass by themselves, and which wait for somebody to change something.</summary>
public sealed class TlsExceptionTests
{
    [Fact]
    public void A_server_that_refuses_will_refuse_again()
    {
        TlsAlert[] transient =
        [
            TlsAlert.CloseNotify, TlsAlert.UnexpectedMessage, TlsAlert.BadRecordMac, TlsAlert.RecordOverflow,
            TlsAlert.IllegalParameter, TlsAlert.DecodeError, TlsAlert.DecryptError, TlsAlert.InternalError,
            TlsAlert.UserCanceled, TlsAlert.NoRenegotiation, TlsAlert.BadCertificateStatusResponse,
        ];
        Assert.Equal(transient, Enum.GetValues<TlsAlert>().Where(alert => new TlsAlertException(alert, duringHandshake: true).IsTransient));
    }

    [Fact]
    public void A_record_that_does_not_open_tells_of_a_wrong_key_where_there_is_one()
    {
        foreach (var alert in new[] { TlsAlert.BadRecordMac, TlsAlert.DecryptError })
        {
            Assert.False(new TlsAlertException(alert, duringHandshake: true, withPreSharedKey: true).IsTransient);
        }

        Assert.True(new TlsAlertException(TlsAlert.InternalError, duringHandshake: true, withPreSharedKey: true).IsTransient);
    }

    [Fact]
    public void What_the_server_is_not_or_lacks_it_will_not_be_and_lack_again()
    {
        TlsViolation[] persistent =
        [
            TlsViolation.NotTls, TlsViolation.HandshakeTooLong, TlsViolation.UnsupportedVersion, TlsViolation.NoCommonParameters,
            TlsViolation.NoExtendedMasterSecret, TlsViolation.NoSecureRenegotiation, TlsViolation.NoPreSharedKey,
        ];
        Assert.Equal(
            persistent,
            Enum.GetValues<TlsViolation>().Where(violation => !new TlsProtocolException(violation, TlsAlert.HandshakeFailure).IsTransient));
    }

    [Fact]
    public void Only_a_clock_sets_itself()
    {
        TlsCertificateStatus[] transient = [TlsCertificateStatus.NotYetValid, TlsCertificateStatus.ClockUnset];
        Assert.Equal(
            transient, Enum.GetValues<TlsCertificateStatus>().Where(status => new TlsCertificateException(status, "So it is.").IsTransient));
    }

    [Fact]
    public void A_link_that_is_lost_or_slow_may_be_better_next_time()
    {
        Assert.True(new TlsTimeoutException(TimeSpan.FromSeconds(60), bytesReceived: 0).IsTransient);
        Assert.All(Enum.GetValues<TlsCloseReason>(), reason => Assert.True(new TlsClosedException(reason).IsTransient));
    }

    [Fact]
    public void A_connection_that_failed_earlier_passes_as_its_reason_does()
    {
        var refusal = new TlsAlertException(TlsAlert.CertificateRequired, duringHandshake: false);
        Assert.False(new TlsClosedException(TlsCloseReason.Failed, refusal).IsTransient);
        Assert.True(new TlsClosedException(TlsCloseReason.Failed, new IOException("The link is lost.")).IsTransient);
    }

    [Fact]
    public void A_server_without_extended_master_secret_is_not_worth_another_attempt()
    {
        using var server = new ScriptedTls12Server(SharedAuthorities.P256.Identity) { Extensions = [0xFF, 1, 0, 1, 0] };
        using var victim = new Victim(TlsEngine.BouncyCastle, server);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Run(ScriptedTlsServer.Clear));

        Assert.Equal(TlsViolation.NoExtendedMasterSecret, failure.Violation);
        Assert.False(failure.IsTransient);
    }
}
