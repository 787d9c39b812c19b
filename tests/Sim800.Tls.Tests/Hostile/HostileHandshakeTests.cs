using Sim800.Tls.Engines;
using TestKit;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Whatever a server, or somebody on the way, does to the handshake: a typed exception, and never a byte of data.</summary>
public sealed class HostileHandshakeTests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public void Left_alone_the_handshake_succeeds(TlsEngine engine)
    {
        using var victim = Victim.Connected(engine);
        victim.Offer(victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8));

        Assert.Equal("hello"u8.ToArray(), victim.Plaintext);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Any_split_gives_the_same(TlsEngine engine)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            using var victim = new Victim(engine);
            OfferInPieces(victim, ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)), round == 0 ? null : random);
            OfferInPieces(victim, [.. victim.Server.Finish(victim.TakeOutput()).SelectMany(record => record)], round == 0 ? null : random);
            Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Messages_may_share_records_or_be_spread_over_many(TlsEngine engine)
    {
        foreach (var size in new[] { 7, 100, 16384 })
        {
            using var victim = new Victim(engine);
            var content = victim.Server.Answer(victim.Hello).SelectMany(message => message);
            victim.Offer([.. content.Chunk(size).SelectMany(part => ScriptedTlsServer.Record(TlsRecordType.Handshake, part))]);
            victim.Offer([.. victim.Server.Finish(victim.TakeOutput()).SelectMany(record => record)]);
            Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_ends_the_handshake(TlsEngine engine)
    {
        int[] lengths;
        using (var model = new Victim(engine))
        {
            lengths = [.. model.Server.Answer(model.Hello).Select(message => message.Length)];
        }

        for (var message = 0; message < lengths.Length; message++)
        {
            foreach (var bit in Extent.BitsOf(lengths[message]).Where(bit => IsFlipped(message, bit)))
            {
                AssertRefused(engine, messages => ScriptedTlsServer.Clear(Spoil.Flip(messages, message, bit)), $"bit {bit} of message {message}", validates: message == 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_cut_short_ends_the_handshake(TlsEngine engine)
    {
        for (var message = 0; message < 4; message++)
        {
            for (var missing = 1; missing < 60; missing += 3)
            {
                AssertRefused(engine, messages => ScriptedTlsServer.Clear(Spoil.Shorten(messages, message, missing)), $"message {message} without {missing} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_with_more_behind_it_ends_the_handshake(TlsEngine engine)
    {
        for (var message = 0; message < 4; message++)
        {
            AssertRefused(engine, messages => ScriptedTlsServer.Clear(Spoil.Lengthen(messages, message)), $"message {message} with a byte more");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_repeated_left_out_or_in_another_place_ends_the_handshake(TlsEngine engine)
    {
        for (var i = 0; i < 4; i++)
        {
            AssertRefused(engine, messages => ScriptedTlsServer.Clear([.. messages[..i], messages[i], .. messages[i..]]), $"message {i} twice");
            AssertRefused(engine, messages => ScriptedTlsServer.Clear([.. messages[..i], .. messages[(i + 1)..]]), $"without message {i}");
            for (var j = i + 1; j < 4; j++)
            {
                AssertRefused(engine, messages => ScriptedTlsServer.Clear(Spoil.Swap(messages, i, j)), $"messages {i} and {j} exchanged");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_cut_of_the_flight_is_told_as_a_hang_up(TlsEngine engine)
    {
        for (var kept = 0; kept < 1200; kept += 7)
        {
            using var victim = new Victim(engine);
            var flight = ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello));
            victim.Offer(flight[..Math.Min(kept, flight.Length - 1)]);
            var failure = Assert.Throws<TlsClosedException>(victim.Engine.OfferEndOfInput);
            Assert.Equal(TlsCloseReason.DuringHandshake, failure.Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_of_Finished_ends_the_handshake(TlsEngine engine)
    {
        foreach (var bit in Extent.BitsOf(45))
        {
            using var victim = new Victim(engine);
            victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)));
            var records = victim.Server.Finish(victim.TakeOutput());
            records[1][bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<TlsException>(() =>
            {
                victim.Offer([.. records.SelectMany(record => record)]);
                victim.Engine.OfferEndOfInput();
            });
            Assert.Empty(victim.Plaintext);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Data_before_Finished_is_no_data(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)));
        var records = victim.Server.Finish(victim.TakeOutput());
        Assert.ThrowsAny<TlsException>(
            () => victim.Offer([.. records[0], .. victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8)]));
        Assert.Empty(victim.Plaintext);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_Finished_in_the_clear_ends_the_handshake(TlsEngine engine)
    {
        using var victim = new Victim(engine);
        victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)));
        Assert.ThrowsAny<TlsException>(() =>
        {
            victim.Offer(ScriptedTlsServer.Record(TlsRecordType.Handshake, ScriptedTlsServer.Message(20, new byte[12])));
            victim.Engine.OfferEndOfInput();
        });
        Assert.Empty(victim.Plaintext);
    }

    private static void OfferInPieces(Victim victim, byte[] bytes, Random? random) =>
        victim.OfferInPieces(bytes, random is null ? Enumerable.Repeat(1, bytes.Length) : Splits.Random(bytes.Length, random));

    private static void AssertRefused(TlsEngine engine, Func<List<byte[]>, byte[]> spoil, string what, bool validates = false)
    {
        using var victim = new Victim(engine, validates: validates);
        var failure = Xunit.Record.Exception(() => victim.Run(spoil));
        Assert.True(failure is TlsException, $"{what}: {failure?.ToString() ?? "accepted"}");
        Assert.Empty(victim.Plaintext);
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);
    }

    /// <summary>
    /// Each bit, but for the DER within the Certificate message: all engines have it judged by one validator, for which
    /// <see cref="Certificates.HostileCertificateTests"/> flips each.
    /// </summary>
    private static bool IsFlipped(int message, int bit) => message != 1 || bit < (4 + 3 + 3) * 8 || bit % 61 == 0;
}
