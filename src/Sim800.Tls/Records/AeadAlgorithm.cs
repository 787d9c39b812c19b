namespace Sim800.Tls.Records;

/// <summary>The ciphers that records are protected with.</summary>
internal enum AeadAlgorithm
{
    Aes128Gcm,
    Aes256Gcm,
    ChaCha20Poly1305,
}
