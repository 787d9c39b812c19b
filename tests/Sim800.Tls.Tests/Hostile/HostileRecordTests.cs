using System.Text;
using Sim800.Tls.Engines;
using Sim800.Tls.Records;
using TestKit;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Garbage, floods and tampering on the level of records, before and after the handshake.</summary>
public sealed class HostileRecordTests : TlsTest
{
    /// <summary>What an attacker may make us allocate before we notice.</summary>
    internal const long MemoryLimit = 4 * 1024 * 1024;

    public static TheoryData<TlsEngine, string> EnginesAndGarbage()
    {
        var data = new TheoryData<TlsEngine, string>();
        foreach (var garbage in new[] { "\r\nCLOSED\r\n", "\r\n+PDP: DEACT\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\0" })
        {
            data.Add(TlsEngine.BouncyCastle, garbage);
            data.Add(TlsEngine.Platform, garbage);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EnginesAndGarbage))]
    public void Garbage_in_place_of_the_handshake_is_not_TLS(TlsEngine engine, string garbage)
    {
        using var victim = new Victim(engine);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer(Encoding.ASCII.GetBytes(garbage)));

        Assert.Equal(TlsViolation.NotTls, failure.Violation);
    }

    [Theory]
    [MemberData(nameof(EnginesAndGarbage))]
    public void Garbage_between_records_is_not_data(TlsEngine engine, string garbage)
    {
        using var victim = Victim.Connected(engine);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer(Encoding.ASCII.GetBytes(garbage)));

        Assert.Equal(TlsViolation.Malformed, failure.Violation); // the server does speak TLS: its port is right
        Assert.Empty(victim.Plaintext);
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_record_longer_than_allowed_is_refused_at_its_header(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer([22, 3, 3, 0x50, 0]));

        Assert.Equal(TlsViolation.RecordTooLong, failure.Violation);
        Assert.Equal(TlsAlert.RecordOverflow, failure.Alert);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_message_that_claims_16_MB_is_refused_before_it_is_stored(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        var flood = ScriptedTlsServer.Record(TlsRecordType.Handshake, [2, 0xFF, 0xFF, 0xF0, .. new byte[16000]]);
        var failure = Flood(victim, flood, TlsViolation.HandshakeTooLong);
        Assert.Equal(TlsAlertOrigin.Local, failure.AlertOrigin);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_endless_handshake_of_small_messages_is_refused(TlsEngine engine)
    {
        // HelloRequests are to be ignored during a handshake, and so could go on for ever.
        using var victim = new Victim(engine);
        var flood = ScriptedTlsServer.Record(TlsRecordType.Handshake, [.. Enumerable.Repeat(ScriptedTlsServer.Message(0, []), 100).SelectMany(m => m)]);
        Flood(victim, flood, null);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_flood_of_warnings_is_refused(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        Flood(victim, ScriptedTlsServer.Record(TlsRecordType.Alert, [1, 90]), null);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_flood_of_empty_records_is_refused(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        Flood(victim, ScriptedTlsServer.Record(TlsRecordType.Handshake, []), null);
    }

    [Fact]
    public void Floods_after_the_handshake_are_refused_too()
    {
        Flood(TlsRecordType.Alert, [1, 90], TlsViolation.TooManyAlerts);
        Flood(TlsRecordType.ApplicationData, [], TlsViolation.TooManyEmptyRecords);
        Flood(TlsRecordType.Handshake, ScriptedTlsServer.Message(0, []), TlsViolation.TooManyPostHandshakeMessages);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_fatal_alert_is_the_servers(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        var failure = Assert.Throws<TlsAlertException>(() => victim.Offer(ScriptedTlsServer.Record(TlsRecordType.Alert, [2, 112])));

        Assert.Equal(TlsAlert.UnrecognizedName, failure.Alert);
        Assert.Equal(TlsAlertOrigin.Server, failure.AlertOrigin);
        Assert.Contains("ServerName", failure.RemedyText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_fatal_alert_after_the_handshake_is_the_servers_only_when_it_is_authentic(TlsEngine engine)
    {
        using (var victim = Victim.Connected(engine))
        {
            var failure = Assert.Throws<TlsAlertException>(() => victim.Offer(victim.Server.Protect(TlsRecordType.Alert, [2, 49])));
            Assert.Equal(TlsAlert.AccessDenied, failure.Alert);
        }

        using (var victim = Victim.Connected(engine))
        {
            Assert.Throws<TlsProtocolException>(() => victim.Offer(ScriptedTlsServer.Record(TlsRecordType.Alert, [2, 49])));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_of_a_data_record_is_noticed(TlsEngine engine)
    {
        foreach (var bit in Extent.BitsOf(RecordHeader.Size + 8 + 5 + 16))
        {
            using var victim = Victim.Connected(engine);
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
    public void A_record_twice_left_out_or_exchanged_is_noticed(TlsEngine engine)
    {
        foreach (var order in new[] { new[] { 0, 0 }, [1], [1, 0], [0, 2] })
        {
            using var victim = Victim.Connected(engine);
            byte[][] records = [.. Enumerable.Range(0, 3).Select(i => victim.Server.Protect(TlsRecordType.ApplicationData, [(byte)i]))];
            var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer([.. order.SelectMany(i => records[i])]));

            Assert.Equal(TlsViolation.BadRecordMac, failure.Violation);
            Assert.Equal(order[0] == 0 ? [0] : [], victim.Plaintext);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_record_cut_anywhere_is_a_truncation(TlsEngine engine)
    {
        using var victim = Victim.Connected(engine);
        var record = victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8);
        for (var kept = 0; kept < record.Length; kept++)
        {
            Assert.Equal(kept, victim.Offer(record[..kept]));
        }

        var failure = Assert.Throws<TlsClosedException>(victim.Engine.OfferEndOfInput);
        Assert.Equal(TlsCloseReason.Truncated, failure.Reason);
        Assert.Empty(victim.Plaintext);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_came_before_the_fault_is_kept_and_nothing_after(TlsEngine engine)
    {
        using var victim = Victim.Connected(engine);
        var good = victim.Server.Protect(TlsRecordType.ApplicationData, "good"u8);
        var bad = victim.Server.Protect(TlsRecordType.ApplicationData, "bad"u8);
        bad[^1] ^= 1;
        var later = victim.Server.Protect(TlsRecordType.ApplicationData, "later"u8);
        Assert.Throws<TlsProtocolException>(() => victim.Offer([.. good, .. bad, .. later]));

        Assert.Equal("good"u8.ToArray(), victim.Plaintext);
    }

    private static void Flood(TlsRecordType type, byte[] content, TlsViolation violation)
    {
        using var victim = Victim.Connected(TlsEngine.BouncyCastle);
        TlsProtocolException? failure = null;
        for (var i = 0; i < 1000 && failure is null; i++)
        {
            failure = Xunit.Record.Exception(() => victim.Offer(victim.Server.Protect(type, content))) as TlsProtocolException;
        }

        Assert.Equal(violation, failure?.Violation);
    }

    private static TlsException Flood(Victim victim, byte[] record, TlsViolation? violation)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exception? failure = null;
        for (var i = 0; i < 100_000 && failure is null; i++)
        {
            failure = Xunit.Record.Exception(() => victim.Offer(record));
        }

        Assert.IsType<TlsProtocolException>(failure, exactMatch: false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
        if (violation is not null)
        {
            Assert.Equal(violation, ((TlsProtocolException)failure!).Violation);
        }

        return (TlsException)failure!;
    }
}
