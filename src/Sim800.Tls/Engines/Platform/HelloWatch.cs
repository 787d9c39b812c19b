using System.Buffers.Binary;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// Reads both Hellos over SslStream's shoulder, as it does not tell whether a TLS 1.2 session has the extended master secret
/// (RFC 7627). They travel in the clear, and what is wrong with them otherwise is SslStream's to find.
/// </summary>
internal sealed class HelloWatch
{
    internal const byte ServerHello = 2;

    private const int ExtendedMasterSecret = 23;
    private const int SupportedVersions = 43;

    private bool _isOffered;

    /// <summary>The server has agreed to it. TLS 1.3 has no such extension and no need of it.</summary>
    internal bool HasExtendedMasterSecret { get; private set; }

    /// <summary>The server chose TLS 1.2 and left out what the platform had offered.</summary>
    internal bool LacksExtendedMasterSecret { get; private set; }

    /// <param name="record">The ClientHello, with its header.</param>
    internal void OnClientHello(ReadOnlySpan<byte> record) =>
        _isOffered = Extensions(record[RecordHeader.Size..]) is { } extensions && Contains(extensions, ExtendedMasterSecret);

    /// <param name="message">The ServerHello, with its header.</param>
    internal void OnServerHello(ReadOnlySpan<byte> message)
    {
        if (Extensions(message) is { } extensions && !Contains(extensions, SupportedVersions))
        {
            HasExtendedMasterSecret = Contains(extensions, ExtendedMasterSecret);
            LacksExtendedMasterSecret = _isOffered && !HasExtendedMasterSecret;
        }
    }

    /// <returns><c>null</c> if it is no whole Hello; empty if it has none (RFC 5246 §7.4.1.2, §7.4.1.3).</returns>
    private static byte[]? Extensions(ReadOnlySpan<byte> message)
    {
        var isFromServer = message.Length > 0 && message[0] == ServerHello;
        var rest = message;
        var isWhole = TrySkip(ref rest, ClearMessages.HeaderSize + 2 + 32) && TrySkipVector(ref rest, lengthSize: 1)
            && (isFromServer ? TrySkip(ref rest, 3) : TrySkipVector(ref rest, lengthSize: 2) && TrySkipVector(ref rest, lengthSize: 1));
        return isWhole ? rest.Length >= 2 ? rest[2..].ToArray() : [] : null;
    }

    private static bool Contains(ReadOnlySpan<byte> extensions, int type)
    {
        while (extensions.Length >= 4)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(extensions) == type)
            {
                return true;
            }

            extensions = extensions[2..];
            if (!TrySkipVector(ref extensions, lengthSize: 2))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TrySkipVector(ref ReadOnlySpan<byte> rest, int lengthSize)
    {
        var length = 0;
        for (var i = 0; i < lengthSize && i < rest.Length; i++)
        {
            length = (length << 8) | rest[i];
        }

        return TrySkip(ref rest, lengthSize + length);
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            return false;
        }

        rest = rest[count..];
        return true;
    }
}
