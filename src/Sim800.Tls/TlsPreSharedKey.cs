using System.Text;

namespace Sim800.Tls;

/// <summary>A key that this client and the server share in advance, in place of certificates (RFC 4279, RFC 5489).</summary>
public sealed class TlsPreSharedKey
{
    private readonly byte[] _key;

    /// <summary>Takes the identity and the key as the server has them.</summary>
    /// <param name="identity">The name under which the server finds the key: 1 to 128 bytes in UTF-8.</param>
    /// <param name="key">The key: 1 to 64 bytes; at least 16 random ones for any security.</param>
    /// <exception cref="ArgumentException">The identity or the key is empty or too long.</exception>
    public TlsPreSharedKey(string identity, ReadOnlySpan<byte> key)
    {
        ArgumentException.ThrowIfNullOrEmpty(identity);
        if (Encoding.UTF8.GetByteCount(identity) > 128)
        {
            throw new ArgumentException("A pre-shared key identity has at most 128 bytes.", nameof(identity));
        }

        if (key.Length is 0 or > 64)
        {
            throw new ArgumentException("A pre-shared key has 1 to 64 bytes.", nameof(key));
        }

        Identity = identity;
        _key = key.ToArray();
    }

    /// <summary>The name under which the server finds the key.</summary>
    public string Identity { get; }

    /// <summary>Whether the key can be used without Diffie-Hellman: no forward secrecy, 140 bytes less. Default: <c>false</c>.</summary>
    public bool AllowWithoutForwardSecrecy { get; init; }

    internal byte[] CopyKey() => (byte[])_key.Clone();

    /// <summary>Takes the key in hexadecimal digits, as in Mosquitto's psk_file.</summary>
    /// <exception cref="FormatException">The key is not hexadecimal.</exception>
    /// <exception cref="ArgumentException">The identity or the key is empty or too long.</exception>
    public static TlsPreSharedKey FromHex(string identity, string key) => new(identity, Convert.FromHexString(key));

    /// <summary>The identity alone: the key never reaches a log.</summary>
    public override string ToString() => $"PSK identity {Identity}";
}
