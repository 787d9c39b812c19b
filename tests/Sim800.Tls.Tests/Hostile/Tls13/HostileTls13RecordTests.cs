using Sim800.Tls.Records;
using TestKit;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile.Tls13;

/// <summary>Records of TLS 1.3 changed, repeated, exchanged, in the clear and in floods, before and after the handshake.</summary>
public sealed class HostileTls13RecordTests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_of_a_protected_record_ends_the_handshake(TlsEngine engine)
    {
        // The record of EncryptedExtensions: header, ciphertext, tag.
        foreach (var bit in Extent.BitsOf(RecordHeader.Size + 6 + 1 + 16))
        {
            Victim13.IsRefused(
                engine,
                (server, messages) =>
                {
                    byte[][] records = [.. messages.Select(server.Handshake)];
                    records[1][bit / 8] ^= (byte)(1 << (bit % 8));
                    return [.. records.SelectMany(record => record)];
                },
                $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_record_twice_left_out_or_exchanged_is_noticed(TlsEngine engine)
    {
        foreach (var order in new[] { new[] { 0, 1, 1, 2, 3, 4 }, [0, 2, 3, 4], [0, 2, 1, 3, 4], [0, 1, 2, 3], [1, 0, 2, 3, 4] })
        {
            Victim13.IsRefused(
                engine,
                (server, messages) =>
                {
                    byte[][] records = [.. messages.Select(server.Handshake)];
                    return [.. order.SelectMany(i => records[i])];
                },
                string.Join(", ", order));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Floods_are_refused_within_bounded_memory(TlsEngine engine)
    {
        Flood(engine, server => ScriptedTlsServer.Record(TlsRecordType.ChangeCipherSpec, [1]));
        Flood(engine, server => server.ProtectInHandshake(TlsRecordType.Handshake, [8, 0xFF, 0xFF, 0xF0, .. new byte[16000]]));
        Flood(engine, server => server.ProtectInHandshake(TlsRecordType.Handshake, []));
        Flood(engine, server => server.ProtectInHandshake(TlsRecordType.Alert, [1, 90]));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_of_a_data_record_is_noticed(TlsEngine engine)
    {
        foreach (var bit in Extent.BitsOf(RecordHeader.Size + 5 + 1 + 16))
        {
            using var victim = Victim13.Connected(engine);
            var record = victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8);
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<TlsException>(() =>
            {
                victim.Offer(record);
                victim.Engine.OfferEndOfInput();
            });
            Assert.Empty(victim.Plaintext);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void After_the_handshake_nothing_in_the_clear_counts(TlsEngine engine)
    {
        foreach (var record in new[]
        {
            ScriptedTlsServer.Record(TlsRecordType.Alert, [1, 0]),
            ScriptedTlsServer.Record(TlsRecordType.Alert, [2, 40]),
            ScriptedTlsServer.Record(TlsRecordType.Handshake, [4, 0, 0, 0]),
            ScriptedTlsServer.Record(TlsRecordType.ApplicationData, "hello"u8),
        })
        {
            using var victim = Victim13.Connected(engine);
            Assert.ThrowsAny<TlsException>(() =>
            {
                victim.Offer(record);
                victim.Engine.OfferEndOfInput();
            });
            Assert.Empty(victim.Plaintext);
        }
    }

    private static void Flood(TlsEngine engine, Func<ScriptedTls13Server, byte[]> record)
    {
        using var victim = new Victim13(engine);
        victim.Offer(victim.Server.Handshake(victim.Answer()[0]));
        var allocated = 0L;
        Exception? failure = null;
        for (var i = 0; i < 100_000 && failure is null; i++)
        {
            var bytes = record(victim.Server);
            var before = GC.GetAllocatedBytesForCurrentThread();
            failure = Xunit.Record.Exception(() => victim.Offer(bytes));
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.IsType<TlsProtocolException>(failure, exactMatch: false);
        Assert.InRange(allocated, 0, HostileRecordTests.MemoryLimit);
    }
}
