using System.Diagnostics;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using Sim800.Tls.Engines.Platform;
using TestKit;

namespace Sim800.Tls.Tests.Engines.Platform;

/// <summary>What OpenSSL's numbers become, with OpenSSL's own words for them.</summary>
public sealed class PlatformFailureTests
{
    [Theory]
    [InlineData(281, "decryption failed or bad record mac", nameof(TlsViolation.BadRecordMac))]
    [InlineData(147, "decryption failed", nameof(TlsViolation.BadRecordMac))]
    [InlineData(244, "unexpected message", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(245, "unexpected record", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(443, "bad record type", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(133, "ccs received early", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(182, "not on record boundary", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(260, "invalid ccs message", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(262, "unexpected ccs message", nameof(TlsViolation.UnexpectedMessage))]
    [InlineData(146, "data length too long", nameof(TlsViolation.RecordTooLong))]
    [InlineData(150, "encrypted length too long", nameof(TlsViolation.RecordTooLong))]
    [InlineData(198, "packet length too long", nameof(TlsViolation.RecordTooLong))]
    [InlineData(152, "excessive message size", nameof(TlsViolation.HandshakeTooLong))]
    [InlineData(159, "length mismatch", nameof(TlsViolation.Malformed))]
    [InlineData(160, "length too short", nameof(TlsViolation.Malformed))]
    [InlineData(116, "bad protocol version number", nameof(TlsViolation.UnsupportedVersion))]
    [InlineData(258, "unsupported protocol", nameof(TlsViolation.UnsupportedVersion))]
    [InlineData(266, "wrong ssl version", nameof(TlsViolation.UnsupportedVersion))]
    [InlineData(292, "bad legacy version", nameof(TlsViolation.UnsupportedVersion))]
    [InlineData(267, "wrong version number", nameof(TlsViolation.NotTls))]
    [InlineData(338, "unsafe legacy renegotiation disabled", nameof(TlsViolation.NoSecureRenegotiation))]
    [InlineData(108, "bad key share", nameof(TlsViolation.IllegalParameter))]
    [InlineData(306, "bad ecpoint", nameof(TlsViolation.IllegalParameter))]
    [InlineData(110, "bad extension", nameof(TlsViolation.IllegalParameter))]
    [InlineData(217, "unsolicited extension", nameof(TlsViolation.IllegalParameter))]
    [InlineData(261, "wrong cipher returned", nameof(TlsViolation.IllegalParameter))]
    [InlineData(239, "unable to find public key parameters", nameof(TlsViolation.IllegalParameter))]
    [InlineData(370, "wrong signature type", nameof(TlsViolation.IllegalParameter))]
    [InlineData(123, "bad signature", nameof(TlsViolation.BadSignature))]
    [InlineData(149, "digest check failed", nameof(TlsViolation.BadSignature))]
    [InlineData(100, "app data in handshake", nameof(TlsViolation.EngineFailure))]
    public void A_reason_of_OpenSSL_is_a_violation(int reason, string words, string violation)
    {
        var code = (20 << 23) | reason;
        var failure = PlatformFailure.ToTlsException(Failure(code, words), duringHandshake: true);
        Assert.Equal(violation, Assert.IsType<TlsProtocolException>(failure).Violation.ToString());
        Assert.EndsWith(":" + words, WordsOf(code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1040, TlsAlert.HandshakeFailure, true)]
    [InlineData(1048, TlsAlert.UnknownCa, true)]
    [InlineData(1116, TlsAlert.CertificateRequired, false)]
    public void A_reason_from_a_thousand_on_is_the_servers_alert(int reason, TlsAlert alert, bool duringHandshake)
    {
        var failure = PlatformFailure.ToTlsException(Failure((20 << 23) | reason, "alert"), duringHandshake);
        Assert.Equal(alert, Assert.IsType<TlsAlertException>(failure).Alert);
    }

    [Fact]
    public void What_another_part_stumbles_over_is_malformed()
    {
        var failures = new Exception[]
        {
            Failure(13 << 23 | 66, "nested asn1 error"), Failure(20 << 23 | 0x80000 | 13, "another part"), new AsnContentException(), new CryptographicException("", new AsnContentException()),
        };
        foreach (var failure in failures)
        {
            Assert.Equal(TlsViolation.Malformed, Assert.IsType<TlsProtocolException>(PlatformFailure.ToTlsException(failure, duringHandshake: true)).Violation);
        }
    }

    [Fact]
    public void Whatever_else_fails_is_a_failure_of_the_engine_and_ours_stays_ours()
    {
        var ours = new TlsProtocolException(TlsViolation.NotTls, TlsAlert.DecodeError);
        Assert.Same(ours, PlatformFailure.ToTlsException(ours, duringHandshake: false));
        Assert.Equal(
            TlsViolation.EngineFailure,
            Assert.IsType<TlsProtocolException>(PlatformFailure.ToTlsException(new InvalidOperationException("odd"), duringHandshake: true)).Violation);
    }

    private static CryptographicException Failure(int code, string words) =>
        new("SSL Handshake failed.", new CryptographicException(string.Create(CultureInfo.InvariantCulture, $"error:{code:X8}:SSL routines::{words}")));

    private static string WordsOf(int code)
    {
        var start = new ProcessStartInfo(Tool.PathOf("openssl"), ["errstr", code.ToString("X8", CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var openssl = Process.Start(start)!;
        return openssl.StandardOutput.ReadToEnd().Trim();
    }
}
