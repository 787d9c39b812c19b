using System.Buffers.Binary;
using System.Security.Cryptography;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// Reads both Hellos over SslStream's shoulder, as it does not tell whether a TLS 1.2 session has the extended master secret
/// (RFC 7627), nor which session it offers and whether the server resumes it. They travel in the clear, and what is wrong with them otherwise is
/// SslStream's to find.
/// </summary>
internal sealed class HelloWatch
{
    internal const byte ServerHello = 2;

    private const int ExtendedMasterSecret = 23;
    private const int SessionTicket = 35;
    private const int PreSharedKey = 41;
    private const int SupportedVersions = 43;

    /// <summary>A ServerHello with this random asks for another ClientHello (RFC 8446 §4.1.3).</summary>
    private static readonly byte[] Retry = SHA256.HashData("HelloRetryRequest"u8);

    private bool _isOffered;
    private byte[] _offeredId = [];

    /// <summary>The server has agreed to it. TLS 1.3 has no such extension and no need of it.</summary>
    internal bool HasExtendedMasterSecret { get; private set; }

    /// <summary>The server chose TLS 1.2 and left out what the platform had offered.</summary>
    internal bool LacksExtendedMasterSecret { get; private set; }

    /// <summary>The ticket or session id that the platform offers, or <c>null</c>.</summary>
    internal byte[]? OfferedSession { get; private set; }

    /// <summary>The server has resumed <see cref="OfferedSession"/>, or has not; <c>null</c> before it has answered.</summary>
    internal bool? IsResumed { get; private set; }

    /// <param name="record">The ClientHello, with its header.</param>
    internal void OnClientHello(ReadOnlySpan<byte> record)
    {
        if (Extensions(record[RecordHeader.Size..], out _offeredId) is { } extensions)
        {
            _isOffered = Find(extensions, ExtendedMasterSecret, out _);
            OfferedSession = SessionIn(extensions);
        }
    }

    /// <param name="message">The ServerHello, with its header.</param>
    internal void OnServerHello(ReadOnlySpan<byte> message)
    {
        if (Extensions(message, out var id) is not { } extensions)
        {
            return;
        }

        if (!Find(extensions, SupportedVersions, out _))
        {
            HasExtendedMasterSecret = Find(extensions, ExtendedMasterSecret, out _);
            LacksExtendedMasterSecret = _isOffered && !HasExtendedMasterSecret;
            IsResumed = id.Length > 0 && id.AsSpan().SequenceEqual(_offeredId);
        }
        else if (!message.Slice(ClearMessages.HeaderSize + 2, Retry.Length).SequenceEqual(Retry))
        {
            IsResumed = Find(extensions, PreSharedKey, out _);
        }
    }

    /// <summary>The identity in TLS 1.3 (RFC 8446 §4.2.11), else the ticket (RFC 5077 §3.2), else the id, which beside an offer of TLS 1.3 may be made up.</summary>
    private byte[]? SessionIn(ReadOnlySpan<byte> extensions)
    {
        if (Find(extensions, PreSharedKey, out var keys) && TrySkip(ref keys, 2) && TryTakeVector(ref keys, lengthSize: 2, out var identity))
        {
            return identity.ToArray();
        }

        if (Find(extensions, SessionTicket, out var ticket) && !ticket.IsEmpty)
        {
            return ticket.ToArray();
        }

        return _offeredId.Length > 0 && !Find(extensions, SupportedVersions, out _) ? _offeredId : null;
    }

    /// <param name="message">A Hello.</param>
    /// <param name="sessionId">What it has for one.</param>
    /// <returns><c>null</c> if it is no whole Hello; empty if it has none (RFC 5246 §7.4.1.2, §7.4.1.3).</returns>
    private static byte[]? Extensions(ReadOnlySpan<byte> message, out byte[] sessionId)
    {
        sessionId = [];
        var isFromServer = message.Length > 0 && message[0] == ServerHello;
        var rest = message;
        if (!TrySkip(ref rest, ClearMessages.HeaderSize + 2 + 32) || !TryTakeVector(ref rest, lengthSize: 1, out var id))
        {
            return null;
        }

        sessionId = id.ToArray();
        var isWhole = isFromServer
            ? TrySkip(ref rest, 3)
            : TryTakeVector(ref rest, lengthSize: 2, out _) && TryTakeVector(ref rest, lengthSize: 1, out _);
        return isWhole ? rest.Length >= 2 ? rest[2..].ToArray() : [] : null;
    }

    private static bool Find(ReadOnlySpan<byte> extensions, int type, out ReadOnlySpan<byte> content)
    {
        content = default;
        while (extensions.Length >= 4)
        {
            var isIt = BinaryPrimitives.ReadUInt16BigEndian(extensions) == type;
            extensions = extensions[2..];
            if (!TryTakeVector(ref extensions, lengthSize: 2, out var next))
            {
                return false;
            }

            if (isIt)
            {
                content = next;
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeVector(scoped ref ReadOnlySpan<byte> rest, int lengthSize, out ReadOnlySpan<byte> content)
    {
        var length = 0;
        for (var i = 0; i < lengthSize && i < rest.Length; i++)
        {
            length = (length << 8) | rest[i];
        }

        content = default;
        if (rest.Length < lengthSize + length)
        {
            return false;
        }

        content = rest.Slice(lengthSize, length);
        rest = rest[(lengthSize + length)..];
        return true;
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
