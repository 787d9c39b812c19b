using System.Buffers;
using System.Security.Cryptography;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Records;

/// <summary>Against the example handshake of RFC 8448 §3.</summary>
public sealed class Tls13RecordProtectionTests
{
    private const string ClientApplicationTrafficSecret = "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5";

    /// <summary>{client} send application_data record: 50 bytes, 00 to 31.</summary>
    private const string ClientRecord =
        "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4";

    [Fact]
    public void The_record_of_the_RFC_is_made()
    {
        using var protection = Secret().CreateProtection();
        var output = new ArrayBufferWriter<byte>();
        protection.WriteRecord(ContentType.ApplicationData, Payload, output);

        Assert.Equal(ClientRecord, Convert.ToHexStringLower(output.WrittenSpan));
    }

    [Fact]
    public void The_records_behind_the_first_have_their_number_in_the_nonce()
    {
        var (key, iv) = (Enumerable.Repeat((byte)7, 16).ToArray(), Enumerable.Repeat((byte)0xFF, 12).ToArray());
        using var protection = new Tls13RecordProtection(AeadAlgorithm.Aes128Gcm, key, iv);
        using var aes = new AesGcm(key, 16);
        for (byte number = 0; number < 3; number++)
        {
            var nonce = iv.ToArray();
            nonce[11] ^= number;
            var (ciphertext, tag) = (new byte[6], new byte[16]);
            byte[] inner = [.. "hello"u8, (byte)ContentType.ApplicationData], header = [23, 3, 3, 0, 22];
            aes.Encrypt(nonce, inner, ciphertext, tag, header);
            byte[] expected = [23, 3, 3, 0, 22, .. ciphertext, .. tag];
            var output = new ArrayBufferWriter<byte>();
            protection.WriteRecord(ContentType.ApplicationData, "hello"u8, output);
            Assert.Equal(expected, output.WrittenSpan.ToArray());
        }
    }

    [Fact]
    public void The_secret_after_a_key_update_is_that_of_the_RFC()
    {
        var secret = Convert.FromHexString(ClientApplicationTrafficSecret);
        byte[] label = [0, 32, 17, .. "tls13 traffic upd"u8, 0];
        var next = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, next, label);
        using var expected = Secret(next).CreateProtection();
        using var updated = Secret().Next().CreateProtection();
        var (first, second) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        expected.WriteRecord(ContentType.ApplicationData, Payload, first);
        updated.WriteRecord(ContentType.ApplicationData, Payload, second);
        Assert.Equal(first.WrittenSpan.ToArray(), second.WrittenSpan.ToArray());
    }

    [Fact]
    public void The_record_of_the_RFC_is_opened()
    {
        using var protection = Secret().CreateProtection();
        var type = ContentType.ApplicationData;
        var content = new byte[100];
        var length = protection.Open(ref type, Convert.FromHexString(ClientRecord).AsSpan(5), content);

        Assert.Equal(ContentType.ApplicationData, type);
        Assert.Equal(Payload, content[..length]);
    }

    [Fact]
    public void Padding_is_cut_off_and_a_record_of_nothing_else_is_refused()
    {
        using var write = Secret().CreateProtection();
        using var read = Secret().CreateProtection();
        var fragment = new byte[3 + write.Expansion];
        write.Seal(default, [(byte)ContentType.Alert, 0, 0], fragment);
        var type = ContentType.ApplicationData;
        Assert.Equal(0, read.Open(ref type, fragment, new byte[100]));
        Assert.Equal(ContentType.Alert, type);

        fragment = new byte[write.Expansion];
        write.Seal(default, [], fragment);
        type = ContentType.ApplicationData;
        Assert.Throws<TlsProtocolException>(() => read.Open(ref type, fragment, new byte[100]));
    }

    [Fact]
    public void A_record_in_the_clear_is_refused()
    {
        using var read = Secret().CreateProtection();
        var type = ContentType.Handshake;
        var failure = Assert.Throws<TlsProtocolException>(() => read.Open(ref type, new byte[40], new byte[100]));

        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
    }

    [Fact]
    public void A_key_update_changes_the_keys_of_both_sides_alike()
    {
        using var write = Secret().Next().CreateProtection();
        using var read = Secret().Next().CreateProtection();
        using var old = Secret().CreateProtection();
        var fragment = new byte[5 + write.Expansion];
        write.Seal(ContentType.ApplicationData, "hello"u8, fragment);
        var type = ContentType.ApplicationData;
        Assert.Equal(5, read.Open(ref type, fragment, new byte[100]));

        type = ContentType.ApplicationData;
        Assert.Throws<TlsProtocolException>(() => old.Open(ref type, fragment, new byte[100]));
    }

    [Fact]
    public void A_secret_that_was_replaced_or_given_up_is_zeroed()
    {
        byte[][] secrets = [Convert.FromHexString(ClientApplicationTrafficSecret), Convert.FromHexString(ClientApplicationTrafficSecret)];
        var keys = new RecordKeys(Secret(secrets[0]), Secret(secrets[1]));
        keys.UpdateRead();
        Assert.Equal(new byte[32], secrets[0]);
        Assert.NotEqual(new byte[32], secrets[1]);

        keys.Dispose();
        Assert.Equal(new byte[32], secrets[1]);

        byte[][] unused = [Convert.FromHexString(ClientApplicationTrafficSecret), Convert.FromHexString(ClientApplicationTrafficSecret)];
        new RecordKeys(Secret(unused[0]), Secret(unused[1])).Dispose();
        Assert.All(unused, secret => Assert.Equal(new byte[32], secret));
    }

    [Fact]
    public void A_key_that_was_replaced_is_gone()
    {
        using var keys = new RecordKeys(Secret(), Secret());
        var (read, write) = (keys.Read, keys.Write);
        keys.UpdateRead();
        keys.UpdateWrite();
        Assert.All([read, write], old => Assert.Throws<ObjectDisposedException>(
            () => old.WriteRecord(ContentType.ApplicationData, Payload, new ArrayBufferWriter<byte>())));
    }

    private static byte[] Payload => [.. Enumerable.Range(0, 50).Select(i => (byte)i)];

    private static TrafficSecret Secret() => Secret(Convert.FromHexString(ClientApplicationTrafficSecret));

    private static TrafficSecret Secret(byte[] secret) => new(AeadAlgorithm.Aes128Gcm, HashAlgorithmName.SHA256, secret);
}
