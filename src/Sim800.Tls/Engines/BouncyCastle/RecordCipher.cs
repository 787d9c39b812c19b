using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;
using ContentType = Sim800.Tls.Records.ContentType;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// Our record protection in BouncyCastle's place for it, for one phase of the handshake. The keys of the last phase go to
/// <see cref="RecordLayer"/> with their sequence numbers.
/// </summary>
internal sealed class RecordCipher(RecordKeys keys, HandshakeLimits limits) : TlsCipher
{
    public bool UsesOpaqueRecordType => Keys.IsTls13;

    internal RecordKeys Keys { get; } = keys;

    public int GetCiphertextDecodeLimit(int plaintextLimit) => plaintextLimit + Keys.Read.Expansion + (Keys.IsTls13 ? 256 : 0);

    public int GetCiphertextEncodeLimit(int plaintextLength, int plaintextLimit) =>
        Math.Min(plaintextLength, plaintextLimit) + Keys.Write.Expansion;

    public int GetPlaintextLimit(int ciphertextLimit) => ciphertextLimit - Keys.Write.Expansion;

    public TlsEncodeResult EncodePlaintext(
        long seqNo, short contentType, ProtocolVersion recordVersion, int headerAllocation, byte[] plaintext, int offset, int len) =>
        EncodePlaintext(seqNo, contentType, recordVersion, headerAllocation, plaintext.AsSpan(offset, len));

    public TlsEncodeResult EncodePlaintext(
        long seqNo, short contentType, ProtocolVersion recordVersion, int headerAllocation, ReadOnlySpan<byte> plaintext)
    {
        var record = new byte[headerAllocation + plaintext.Length + Keys.Write.Expansion];
        Keys.Write.Seal((ContentType)contentType, plaintext, record.AsSpan(headerAllocation));
        var outerType = Keys.IsTls13 ? (short)ContentType.ApplicationData : contentType;
        return new TlsEncodeResult(record, 0, record.Length, outerType);
    }

    public TlsDecodeResult DecodeCiphertext(
        long seqNo, short recordType, ProtocolVersion recordVersion, byte[] ciphertext, int offset, int len)
    {
        // The version in the header is authenticated too (RFC 8446 §5.2), and ours assumes the only one there is.
        if (!recordVersion.Equals(ProtocolVersion.TLSv12))
        {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac);
        }

        var content = new byte[len];
        var type = (ContentType)recordType;
        try
        {
            var length = Keys.Read.Open(ref type, ciphertext.AsSpan(offset, len), content);
            limits.CheckOpened(type, content.AsMemory(0, length));
            return new TlsDecodeResult(content, 0, length, (short)type);
        }
        catch (TlsException e)
        {
            throw BouncyCastleFailure.ToFatalAlert(e);
        }
    }

    public void RekeyDecoder() => Keys.UpdateRead();

    public void RekeyEncoder() => Keys.UpdateWrite();

    /// <summary>Keys of TLS 1.2: client key, server key, client IV, server IV (RFC 5246 §6.3).</summary>
    internal static RecordKeys DeriveTls12Keys(TlsCryptoParameters parameters, AeadAlgorithm algorithm)
    {
        var keyLength = algorithm == AeadAlgorithm.Aes128Gcm ? 16 : 32;
        var ivLength = algorithm == AeadAlgorithm.ChaCha20Poly1305 ? AeadCipher.NonceSize : 4;
        Span<byte> block = TlsImplUtilities.CalculateKeyBlock(parameters, 2 * (keyLength + ivLength));
        var ivs = block[(2 * keyLength)..];
        var keys = new RecordKeys(
            read: new Tls12RecordProtection(algorithm, block.Slice(keyLength, keyLength), ivs[ivLength..]),
            write: new Tls12RecordProtection(algorithm, block[..keyLength], ivs[..ivLength]));
        block.Clear();
        return keys;
    }
}
