using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Records;
using ContentType = Sim800.Tls.Records.ContentType;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// Our record protection in BouncyCastle's place for it. The handshake protects one record in each direction through it,
/// Finished; then <see cref="RecordLayer"/> goes on with the same keys and sequence numbers.
/// </summary>
internal sealed class RecordCipher : TlsCipher
{
    internal RecordCipher(TlsContext context, AeadAlgorithm algorithm)
    {
        var keyLength = algorithm == AeadAlgorithm.Aes128Gcm ? 16 : 32;
        var ivLength = algorithm == AeadAlgorithm.ChaCha20Poly1305 ? AeadCipher.NonceSize : 4;
        var parameters = context.SecurityParameters;
        byte[] seed = [.. parameters.ServerRandom, .. parameters.ClientRandom];
        var block = TlsUtilities.PRF(
            context, parameters.MasterSecret, ExporterLabel.key_expansion, seed, 2 * (keyLength + ivLength)).AsSpan();

        // client key, server key, client IV, server IV (RFC 5246 §6.3)
        var ivs = block[(2 * keyLength)..];
        Keys = new RecordKeys(
            read: new Tls12RecordProtection(algorithm, block.Slice(keyLength, keyLength), ivs[ivLength..]),
            write: new Tls12RecordProtection(algorithm, block[..keyLength], ivs[..ivLength]));
        block.Clear();
    }

    internal RecordKeys Keys { get; }

    public int GetPlaintextLimit(int ciphertextLimit) => ciphertextLimit - Keys.Write.Expansion;

    public byte[] EncodePlaintext(long seqNo, byte type, byte[] plaintext, int offset, int len)
    {
        var fragment = new byte[len + Keys.Write.Expansion];
        Keys.Write.Seal((ContentType)type, plaintext.AsSpan(offset, len), fragment);
        return fragment;
    }

    public byte[] DecodeCiphertext(long seqNo, byte type, byte[] ciphertext, int offset, int len)
    {
        var content = new byte[len];
        var contentType = (ContentType)type;
        try
        {
            var length = Keys.Read.Open(ref contentType, ciphertext.AsSpan(offset, len), content);
            return content[..length];
        }
        catch (TlsException e)
        {
            throw BouncyCastleFailure.ToFatalAlert(e);
        }
    }
}
