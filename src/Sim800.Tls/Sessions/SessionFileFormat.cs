using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Sim800.Tls.Sessions;

/// <summary>
/// A session file: a mark, the key it belongs to, the session, and SHA-256 of all that. The hash finds accidents, such as a
/// power cut while writing; against malice the file's permissions stand.
/// </summary>
internal static class SessionFileFormat
{
    /// <summary>A chain of large certificates and a ticket that holds the client's.</summary>
    internal const int LongestFile = 512 * 1024;

    private static ReadOnlySpan<byte> Mark => "sim800-tls-session\n"u8;

    /// <summary>Two keys never share a file, and a file name tells nothing of the server.</summary>
    internal static string NameFor(TlsSessionKey key) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Host}\n{key.Port}\n{key.Trust}\n{key.ClientCertificate}")));

    internal static byte[] Write(TlsSessionKey key, TlsSession session)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Mark);
        var writer = new SessionWriter(output);
        writer.WriteText(NameFor(key));
        writer.WriteBytes(session.ToBytes());
        output.Write(SHA256.HashData(output.WrittenSpan));
        return output.WrittenSpan.ToArray();
    }

    internal static TlsSession? Read(ReadOnlySpan<byte> file, TlsSessionKey key)
    {
        if (file.Length < Mark.Length + SHA256.HashSizeInBytes || !file.StartsWith(Mark))
        {
            return null;
        }

        var content = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
        {
            return null;
        }

        var reader = new SessionReader(content[Mark.Length..]);
        var isOfThisKey = string.Equals(reader.ReadText(), NameFor(key), StringComparison.Ordinal);
        var session = reader.ReadBytes();
        return isOfThisKey && reader.IsAtEnd ? TlsSession.FromBytes(session) : null;
    }
}
