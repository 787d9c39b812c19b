using System.Security.Cryptography;

namespace Sim800.Tls.Records;

/// <summary>AES-GCM or ChaCha20-Poly1305 under one key, always of System.Security.Cryptography.</summary>
internal sealed class AeadCipher : IDisposable
{
    internal const int TagSize = 16;
    internal const int NonceSize = 12;

    private readonly AesGcm? _aes;
    private readonly ChaCha20Poly1305? _chaCha;

    internal AeadCipher(AeadAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        if (algorithm == AeadAlgorithm.ChaCha20Poly1305)
        {
            _chaCha = new ChaCha20Poly1305(key);
        }
        else
        {
            _aes = new AesGcm(key, TagSize);
        }
    }

    public void Dispose()
    {
        _aes?.Dispose();
        _chaCha?.Dispose();
    }

    /// <summary>Encrypts <paramref name="plaintext"/> into <paramref name="sealedText"/>: as many bytes, then the tag.</summary>
    internal void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> sealedText, ReadOnlySpan<byte> associatedData)
    {
        var ciphertext = sealedText[..plaintext.Length];
        var tag = sealedText.Slice(plaintext.Length, TagSize);
        if (_aes is not null)
        {
            _aes.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
        }
        else
        {
            _chaCha!.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
        }
    }

    /// <summary>Decrypts <paramref name="sealedText"/>; <paramref name="plaintext"/> is left zeroed when the tag is wrong.</summary>
    /// <exception cref="TlsProtocolException">The tag is wrong.</exception>
    internal void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedText, Span<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        var ciphertext = sealedText[..^TagSize];
        var tag = sealedText[^TagSize..];
        try
        {
            if (_aes is not null)
            {
                _aes.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            }
            else
            {
                _chaCha!.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            }
        }
        catch (CryptographicException e)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            throw new TlsProtocolException(TlsViolation.BadRecordMac, TlsAlert.BadRecordMac, e);
        }
    }
}
