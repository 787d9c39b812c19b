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

    [Theory]
    [InlineData(EcdheKeyAgreement.Secp256r1, 65)]
    [InlineData(EcdheKeyAgreement.X25519, 32)]
    public void A_key_share_that_was_not_used_is_gone_with_its_handshake(int group, int length)
    {
        TlsAgreement agreement;
        using (var crypto = new PlatformCrypto(keyLog: null, new HandshakeLimits()))
        {
            agreement = crypto.CreateECDomain(new TlsECConfig(group)).CreateECDH();
            Assert.Equal(length, agreement.GenerateEphemeral().Length);
        }

        Assert.Throws<ObjectDisposedException>(agreement.GenerateEphemeral);
    }
}
