using System.Buffers;
using System.Security.Cryptography;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Records;

/// <summary>Against records made by hand after RFC 5288 and RFC 7905: two sides with the same fault would understand each other.</summary>
public sealed class Tls12RecordProtectionTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Iv = [.. Enumerable.Range(244, 12).Select(i => (byte)i)];

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void GCM_sends_the_sequence_number_as_the_rest_of_the_nonce(int keySize)
    {
        var key = Key.AsSpan(0, keySize);
        using var protection = new Tls12RecordProtection(keySize == 16 ? AeadAlgorithm.Aes128Gcm : AeadAlgorithm.Aes256Gcm, key, Iv.AsSpan(0, 4));
        using var aes = new AesGcm(key, 16);
        for (byte number = 0; number < 3; number++)
        {
            byte[] sequence = [0, 0, 0, 0, 0, 0, 0, number];
            var (ciphertext, tag) = (new byte[5], new byte[16]);
            aes.Encrypt([.. Iv.AsSpan(0, 4), .. sequence], "hello"u8, ciphertext, tag, [.. sequence, 23, 3, 3, 0, 5]);
            byte[] expected = [23, 3, 3, 0, 29, .. sequence, .. ciphertext, .. tag];
            Assert.Equal(expected, Written(protection));
        }
    }

    [Fact]
    public void ChaCha20_adds_the_sequence_number_to_the_nonce_and_sends_none()
    {
        using var protection = new Tls12RecordProtection(AeadAlgorithm.ChaCha20Poly1305, Key, Iv);
        using var chaCha = new ChaCha20Poly1305(Key);
        for (byte number = 0; number < 3; number++)
        {
            byte[] sequence = [0, 0, 0, 0, 0, 0, 0, number];
            var nonce = Iv.ToArray();
            nonce[11] ^= number;
            var (ciphertext, tag) = (new byte[5], new byte[16]);
            chaCha.Encrypt(nonce, "hello"u8, ciphertext, tag, [.. sequence, 23, 3, 3, 0, 5]);
            byte[] expected = [23, 3, 3, 0, 21, .. ciphertext, .. tag];
            Assert.Equal(expected, Written(protection));
        }
    }

    [Fact]
    public void GCM_opens_with_the_nonce_that_the_record_brings_whatever_the_peer_makes_it_of()
    {
        var key = Key.AsSpan(0, 16);
        using var protection = new Tls12RecordProtection(AeadAlgorithm.Aes128Gcm, key, Iv.AsSpan(0, 4));
        using var aes = new AesGcm(key, 16);
        byte[] brought = [9, 8, 7, 6, 5, 4, 3, 2];
        var (ciphertext, tag) = (new byte[5], new byte[16]);
        aes.Encrypt([.. Iv.AsSpan(0, 4), .. brought], "hello"u8, ciphertext, tag, [0, 0, 0, 0, 0, 0, 0, 0, 23, 3, 3, 0, 5]);
        var type = ContentType.ApplicationData;
        var content = new byte[29];
        Assert.Equal(5, protection.Open(ref type, [.. brought, .. ciphertext, .. tag], content));
        Assert.Equal("hello"u8.ToArray(), content[..5]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_too_short_for_its_tag_is_refused_and_an_empty_one_opened(bool isTls13)
    {
        using var keys = TestKeys.Of(isTls13, AeadAlgorithm.Aes128Gcm, side: 1);
        using var server = TestKeys.Of(isTls13, AeadAlgorithm.Aes128Gcm, side: 2);
        var fragment = new byte[keys.Read.Expansion];
        server.Write.Seal(ContentType.ApplicationData, [], fragment);
        var failure = Assert.Throws<TlsProtocolException>(() => Open(keys, fragment[..^1]));
        Assert.Equal(TlsViolation.Malformed, failure.Violation);
        Assert.Equal(0, Open(keys, fragment));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_longest_record_is_opened_and_a_longer_one_refused(bool isTls13)
    {
        using var keys = TestKeys.Of(isTls13, AeadAlgorithm.Aes128Gcm, side: 1);
        using var server = TestKeys.Of(isTls13, AeadAlgorithm.Aes128Gcm, side: 2);
        var fragment = new byte[RecordHeader.MaxPlaintext + keys.Read.Expansion];
        server.Write.Seal(ContentType.ApplicationData, new byte[RecordHeader.MaxPlaintext], fragment);
        Assert.Equal(RecordHeader.MaxPlaintext, Open(keys, fragment));

        fragment = new byte[RecordHeader.MaxPlaintext + 1 + keys.Read.Expansion];
        server.Write.Seal(ContentType.ApplicationData, new byte[RecordHeader.MaxPlaintext + 1], fragment);
        var failure = Assert.Throws<TlsProtocolException>(() => Open(keys, fragment));
        Assert.Equal(TlsViolation.RecordTooLong, failure.Violation);
    }

    [Theory]
    [InlineData((int)AeadAlgorithm.Aes128Gcm)]
    [InlineData((int)AeadAlgorithm.ChaCha20Poly1305)]
    public void A_changed_record_leaves_nothing_behind(int algorithm)
    {
        using var keys = TestKeys.Of(isTls13: false, (AeadAlgorithm)algorithm, side: 1);
        using var server = TestKeys.Of(isTls13: false, (AeadAlgorithm)algorithm, side: 2);
        var fragment = new byte[5 + keys.Read.Expansion];
        server.Write.Seal(ContentType.ApplicationData, "hello"u8, fragment);
        fragment[^1] ^= 1;
        var content = new byte[fragment.Length];
        var type = ContentType.ApplicationData;
        var failure = Assert.Throws<TlsProtocolException>(() => keys.Read.Open(ref type, fragment, content));
        Assert.Equal(TlsViolation.BadRecordMac, failure.Violation);
        Assert.Equal(new byte[content.Length], content);
    }

    [Theory]
    [InlineData((int)AeadAlgorithm.Aes128Gcm, 16)]
    [InlineData((int)AeadAlgorithm.ChaCha20Poly1305, 32)]
    public void A_cipher_that_was_disposed_encrypts_nothing(int algorithm, int keySize)
    {
        var cipher = new AeadCipher((AeadAlgorithm)algorithm, Key.AsSpan(0, keySize));
        cipher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cipher.Encrypt(Iv, [1], new byte[17], []));
    }

    private static int Open(RecordKeys keys, byte[] fragment)
    {
        var type = ContentType.ApplicationData;
        return keys.Read.Open(ref type, fragment, new byte[fragment.Length]);
    }

    private static byte[] Written(Tls12RecordProtection protection)
    {
        var output = new ArrayBufferWriter<byte>();
        protection.WriteRecord(ContentType.ApplicationData, "hello"u8, output);
        return output.WrittenSpan.ToArray();
    }
}
