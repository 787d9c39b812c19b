using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Engines.BouncyCastle;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Tests.Engines;

/// <summary>What a handshake knew is gone with it.</summary>
public sealed class HandshakeSecretsTests
{
    [Fact]
    public void A_secret_is_taken_and_not_copied_and_zeroed_in_the_end()
    {
        byte[] secret = [1, 2, 3];
        using (var crypto = new PlatformCrypto(keyLog: null, new HandshakeLimits()))
        {
            Assert.Equal(3, crypto.CreateSecret(secret).Length);
            Assert.Equal([1, 2, 3], secret);
        }

        Assert.Equal([0, 0, 0], secret);
    }

    [Fact]
    public void A_key_share_that_was_not_used_is_gone_with_its_handshake()
    {
        TlsAgreement agreement;
        using (var crypto = new PlatformCrypto(keyLog: null, new HandshakeLimits()))
        {
            agreement = crypto.CreateECDomain(new TlsECConfig(EcdheKeyAgreement.Secp256r1)).CreateECDH();
            Assert.Equal(65, agreement.GenerateEphemeral().Length);
        }

        Assert.Throws<ObjectDisposedException>(agreement.GenerateEphemeral);
    }
}
