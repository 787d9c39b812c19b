using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary>The server's side of SOCKS5 (RFC 1928), for CONNECT without authentication: it listens on the loopback interface.</summary>
internal static class Socks5
{
    private const byte Version = 5;
    private const byte NoAuthentication = 0;
    private const byte NoneAcceptable = 0xFF;
    private const byte Connect = 1;

    /// <summary>Answers the greeting and reads the request, whose answer is <see cref="ReplyAsync"/> when the outcome is known.</summary>
    /// <exception cref="IOException">What comes is no SOCKS5, or asks for what there is not; the program has been told.</exception>
    internal static async Task<RemoteEndPoint> AcceptAsync(PipeReader reader, Stream near, CancellationToken cancellationToken)
    {
        var methods = await ReadAsync<byte[]>(reader, TryReadMethods, cancellationToken).ConfigureAwait(false);
        var isOpen = methods.Contains(NoAuthentication);
        await near.WriteAsync(new[] { Version, isOpen ? NoAuthentication : NoneAcceptable }, cancellationToken).ConfigureAwait(false);
        if (!isOpen)
        {
            throw new IOException("A program wants to authenticate by SOCKS5, which this bridge does not ask for.");
        }

        var (remote, refusal) = await ReadAsync<(RemoteEndPoint? Remote, Socks5Reply Refusal)>(reader, TryReadRequest, cancellationToken).ConfigureAwait(false);
        if (remote is null)
        {
            await ReplyAsync(near, refusal, cancellationToken).ConfigureAwait(false);
            throw new IOException(refusal == Socks5Reply.CommandNotSupported
                ? "A program asks by SOCKS5 for something else than a TCP connection, which the modem does not carry."
                : "A program asks by SOCKS5 for an address that the modem cannot dial: it takes host names in ASCII and IPv4.");
        }

        return remote;
    }

    /// <summary>The answer to a request (RFC 1928 section 6). The address on our side is the modem's own and says nothing.</summary>
    internal static async Task ReplyAsync(Stream near, Socks5Reply reply, CancellationToken cancellationToken) =>
        await near.WriteAsync(new byte[] { Version, (byte)reply, 0, 1, 0, 0, 0, 0, 0, 0 }, cancellationToken).ConfigureAwait(false);

    internal static Socks5Reply ReplyFor(ModemException failure) => failure switch
    {
        TcpConnectException { Reason: TcpConnectReason.HostNotFound } => Socks5Reply.HostUnreachable,
        TcpConnectException { Reason: TcpConnectReason.Failed or TcpConnectReason.Closed } => Socks5Reply.ConnectionRefused,
        GprsException or TcpConnectException { Reason: TcpConnectReason.ContextLost } => Socks5Reply.NetworkUnreachable,
        _ => Socks5Reply.GeneralFailure,
    };

    /// <summary>The greeting: the version, a count, and so many methods of authentication.</summary>
    internal static bool TryReadMethods(ref ReadOnlySequence<byte> rest, out byte[] methods)
    {
        var reader = new SequenceReader<byte>(rest);
        methods = [];
        if (!reader.TryRead(out var version))
        {
            return false;
        }

        ThrowIfOther(version);
        if (!reader.TryRead(out var count) || !reader.TryReadExact(count, out var all))
        {
            return false;
        }

        methods = all.ToArray();
        rest = reader.UnreadSequence;
        return true;
    }

    /// <summary>The request: version, command, a zero, the kind of address, the address, the port.</summary>
    internal static bool TryReadRequest(ref ReadOnlySequence<byte> rest, out (RemoteEndPoint? Remote, Socks5Reply Refusal) request)
    {
        var reader = new SequenceReader<byte>(rest);
        request = default;
        if (!reader.TryRead(out var version))
        {
            return false;
        }

        ThrowIfOther(version);
        if (!reader.TryRead(out var command) || !reader.TryRead(out _) || !reader.TryRead(out var kind))
        {
            return false;
        }

        var length = kind switch
        {
            1 => 4,
            3 => reader.TryRead(out var letters) ? letters : -1,
            4 => 16,
            _ => 0,
        };
        if (length < 0 || !reader.TryReadExact(length, out var address) || !reader.TryReadBigEndian(out short port))
        {
            return false;
        }

        request = command != Connect
            ? (null, Socks5Reply.CommandNotSupported)
            : Host(kind, address.ToArray()) is { } host && port != 0
                ? (new RemoteEndPoint(host, (ushort)port), Socks5Reply.Succeeded)
                : (null, Socks5Reply.AddressTypeNotSupported);
        rest = reader.UnreadSequence;
        return true;
    }

    private static string? Host(byte kind, byte[] address) => kind switch
    {
        1 => new IPAddress(address).ToString(),
        3 => HostName.AsciiForm(Encoding.UTF8.GetString(address)),
        _ => null,
    };

    private static void ThrowIfOther(byte version)
    {
        if (version != Version)
        {
            throw new IOException(version == 4
                ? "A program speaks SOCKS4: let it speak SOCKS5, as with curl --socks5-hostname."
                : "A program speaks no SOCKS5 to the bridge: give it the address as a SOCKS5 proxy, or bridge with --to.");
        }
    }

    private static async Task<T> ReadAsync<T>(PipeReader reader, TryReader<T> tryRead, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            if (tryRead(ref rest, out var value))
            {
                reader.AdvanceTo(rest.Start);
                return value;
            }

            if (result.IsCompleted)
            {
                throw new IOException("A program connected and left before it had said in SOCKS5 where it wants to go.");
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private delegate bool TryReader<T>(ref ReadOnlySequence<byte> rest, out T value);
}

/// <summary>What a request ends with (RFC 1928 section 6).</summary>
internal enum Socks5Reply : byte
{
    Succeeded = 0,
    GeneralFailure = 1,
    NetworkUnreachable = 3,
    HostUnreachable = 4,
    ConnectionRefused = 5,
    CommandNotSupported = 7,
    AddressTypeNotSupported = 8,
}
