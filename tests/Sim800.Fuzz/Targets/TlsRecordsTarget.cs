using System.Buffers;
using Sim800.Tls;
using Sim800.Tls.Records;
using Sim800.Tls.Tests.Records;

namespace Sim800.Fuzz;

/// <summary>
/// Records of TLS 1.2 and 1.3, in every cipher, protected by somebody who has the keys and sends what he likes, and then changed by somebody
/// who has not: an octet of data that was not sent never comes out.
/// </summary>
internal sealed class TlsRecordsTarget : FuzzTarget
{
    private const int Raw = 6;
    private const int Flip = 7;

    internal override string Name => "tls-records";

    internal override int Inputs => 6_000;

    /// <summary>A record that announces 16 KiB gets room for them.</summary>
    internal override long FixedBytes => 512 * 1024;

    internal override long BytesPerByte => 20 * 1024;

    internal override int Longest => 2048;

    internal override IReadOnlyList<string> Words { get; } =
        ["\x00\x17\x05hello", "\x00\x17\x00", "\x00\x15\x02\x01\x00", "\x00\x15\x02\x02\x28", "\x00\x16\x05\x18\x00\x00\x01\x00", "\x00\x16\x05\x18\x00\x00\x01\x01", "\x00\x16\x04\x00\x00\x00\x00", "\x06\x17\x05\x17\x03\x03\x40\x01", "\x00\x14\x01\x01"];

    internal override bool IsTyped(Exception exception) => exception is TlsException;

    internal override byte[] Generate(Dice dice)
    {
        var input = new List<byte> { dice.Octet() };
        for (var records = dice.Small(1, 30); records > 0; records--)
        {
            var content = dice.Octets(dice.Small(0, 40));
            input.AddRange([(byte)dice.Small(0, 7), (byte)(20 + dice.Below(5)), (byte)content.Length, .. content]);
        }

        return [.. input];
    }

    /// <summary>A script: how, then for each record what is done, its type, its length and its content.</summary>
    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken) =>
        Attack(input) is { } refusal ? ValueTask.FromException(refusal) : default;

    private static TlsException? Attack(byte[] input)
    {
        var how = input.Length > 0 ? input[0] : 0;
        var algorithms = Enum.GetValues<AeadAlgorithm>();
        var algorithm = algorithms[(how >> 1) % algorithms.Length];
        using var server = TestKeys.Of((how & 1) != 0, algorithm, side: 2);
        using var client = new RecordLayer(TestKeys.Of((how & 1) != 0, algorithm, side: 1), new RecordLimits(RecordHeader.MaxPlaintext, RecordHeader.MaxPlaintext), new ArrayBufferWriter<byte>());
        var sent = new ArrayBufferWriter<byte>();
        var received = new ArrayBufferWriter<byte>();
        TlsException? refusal = null;
        try
        {
            for (var at = 1; at + 2 < input.Length && !client.IsClosedByServer;)
            {
                var content = input.AsSpan(at + 3, Math.Min(input[at + 2], input.Length - at - 3));
                var records = Record(server, input[at], (ContentType)input[at + 1], content, sent);
                at += 3 + content.Length;
                client.Receive(ref records, received);
            }
        }
        catch (TlsException e)
        {
            refusal = e;
        }

        return !sent.WrittenSpan.StartsWith(received.WrittenSpan)
            ? throw new BrokenPropertyException($"{Convert.ToHexString(received.WrittenSpan)} came out, {Convert.ToHexString(sent.WrittenSpan)} was sent")
            : refusal;
    }

    private static ReadOnlySequence<byte> Record(RecordKeys server, byte what, ContentType type, ReadOnlySpan<byte> content, ArrayBufferWriter<byte> sent)
    {
        if (what == Raw)
        {
            return new ReadOnlySequence<byte>(content.ToArray());
        }

        var record = new ArrayBufferWriter<byte>();
        server.Write.WriteRecord(type, content, record);
        var bytes = record.WrittenSpan.ToArray();
        if (what == Flip)
        {
            // The version of a record's header is looked at, and everything else is authenticated.
            bytes[content.Length % bytes.Length] ^= 0x10;
        }
        else if (server.IsTls13)
        {
            // The type is the last octet that is not zero (RFC 8446 §5.4).
            byte[] inner = [.. content, (byte)type];
            var typed = inner.AsSpan().TrimEnd((byte)0);
            sent.Write(typed is [.., (byte)ContentType.ApplicationData] ? typed[..^1] : []);
        }
        else if (type == ContentType.ApplicationData)
        {
            sent.Write(content);
        }

        return new ReadOnlySequence<byte>(bytes);
    }
}
