using Sim800.Tls.Engines;
using TestKit;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile.Tls13;

/// <summary>The handshake of TLS 1.3, with everything a server or somebody on the way can do to it: a typed exception, and never a byte of data.</summary>
public sealed class HostileTls13Tests : TlsTest
{
    private const int Messages = 5;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Left_alone_the_handshake_succeeds(TlsEngine engine)
    {
        using var victim = new Victim13(engine, validates: true);
        victim.Offer(victim.Server.Handshake(victim.Answer()));
        Assert.Equal(TlsEngineState.Open, victim.Engine.State);

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
            using var victim = new Victim13(engine);
            var flight = victim.Server.Handshake(victim.Answer());
            victim.OfferInPieces(flight, round == 0 ? Enumerable.Repeat(1, flight.Length) : Splits.Random(flight.Length, random));
            Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Protected_messages_may_share_records_or_be_spread_over_many(TlsEngine engine)
    {
        foreach (var size in new[] { 7, 100, 16384 })
        {
            using var victim = new Victim13(engine);
            var messages = victim.Answer();
            victim.Offer(victim.Server.Handshake(messages[0]));
            foreach (var part in messages.Skip(1).SelectMany(message => message).Chunk(size))
            {
                victim.Offer(victim.Server.ProtectInHandshake(TlsRecordType.Handshake, part));
            }

            Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flipped_bit_ends_the_handshake(TlsEngine engine)
    {
        int[] lengths;
        using (var model = new Victim13(engine))
        {
            lengths = [.. model.Answer().Select(message => message.Length)];
        }

        for (var message = 0; message < Messages; message++)
        {
            foreach (var bit in Extent.BitsOf(lengths[message]).Where(bit => IsFlipped(message, bit)))
            {
                Victim13.IsRefused(engine, (server, messages) => server.Handshake(Spoil.Flip(messages, message, bit)), $"bit {bit} of message {message}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_cut_short_ends_the_handshake(TlsEngine engine)
    {
        for (var message = 0; message < Messages; message++)
        {
            for (var missing = 1; missing < 60; missing += 3)
            {
                Victim13.IsRefused(engine, (server, messages) => server.Handshake(Spoil.Shorten(messages, message, missing)), $"message {message} without {missing} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_with_more_behind_it_ends_the_handshake(TlsEngine engine)
    {
        for (var message = 0; message < Messages; message++)
        {
            Victim13.IsRefused(engine, (server, messages) => server.Handshake(Spoil.Lengthen(messages, message)), $"message {message} with a byte more");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_message_repeated_left_out_or_in_another_place_ends_the_handshake(TlsEngine engine)
    {
        for (var i = 0; i < Messages; i++)
        {
            Victim13.IsRefused(engine, (server, messages) => server.Handshake([.. messages[..i], messages[i], .. messages[i..]]), $"message {i} twice");
            Victim13.IsRefused(engine, (server, messages) => server.Handshake([.. messages[..i], .. messages[(i + 1)..]]), $"without message {i}");
            for (var j = i + 1; j < Messages; j++)
            {
                Victim13.IsRefused(engine, (server, messages) => server.Handshake(Spoil.Swap(messages, i, j)), $"messages {i} and {j} exchanged");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_server_that_shows_no_certificate_or_no_proof_is_refused(TlsEngine engine)
    {
        // Finished is right for what the client has seen, so nothing but the order of messages speaks against it.
        foreach (var kept in new[] { new[] { 0, 1, 4 }, [0, 1, 2, 4], [0, 4] })
        {
            using var victim = new Victim13(engine);
            Assert.ThrowsAny<TlsException>(() =>
            {
                var messages = victim.Server.Answer(victim.Answered, kept);
                victim.Offer(victim.Server.Handshake(messages));
                victim.Engine.OfferEndOfInput();
            });
            Assert.Empty(victim.Plaintext);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_has_to_be_protected_is_refused_in_the_clear(TlsEngine engine)
    {
        for (var message = 1; message < Messages; message++)
        {
            Victim13.IsRefused(
                engine,
                (server, messages) => [.. messages.SelectMany((one, i) => i == message ? ScriptedTlsServer.Record(TlsRecordType.Handshake, one) : server.Handshake(one))],
                $"message {message} in the clear");
        }

        Victim13.IsRefused(
            engine,
            (server, messages) => [.. server.Handshake(messages[0]), .. ScriptedTlsServer.Record(TlsRecordType.Alert, [1, 0]), .. server.Handshake(messages.Skip(1))],
            "close_notify in the clear");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_cut_of_the_flight_is_told_as_a_hang_up(TlsEngine engine)
    {
        using var victim = new Victim13(engine);
        var flight = victim.Server.Handshake(victim.Answer());
        var taken = 0;
        for (var kept = 0; kept < flight.Length - 1; kept++)
        {
            taken = kept - (int)victim.Offer(flight[taken..kept]);
        }

        var failure = Assert.Throws<TlsClosedException>(victim.Engine.OfferEndOfInput);
        Assert.Equal(TlsCloseReason.DuringHandshake, failure.Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Data_before_Finished_is_no_data(TlsEngine engine)
    {
        for (var before = 1; before < Messages; before++)
        {
            Victim13.IsRefused(
                engine,
                (server, messages) =>
                [
                    .. server.Handshake(messages[..before]),
                    .. server.ProtectInHandshake(TlsRecordType.ApplicationData, "data"u8),
                    .. server.Handshake(messages[before..]),
                ],
                $"data before message {before}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Messages_of_later_are_refused_before_Finished(TlsEngine engine)
    {
        // OpenSSL passes over a HelloRequest even here, which does no harm: it is no part of the transcript.
        byte[][] helloRequest = engine == TlsEngine.Platform ? [] : [[0, 0, 0, 0]];
        byte[][] keyUpdateTicketAndDone = [[24, 0, 0, 1, 0], [4, 0, 0, 13, .. new byte[8], 0, 0, 1, 7, 0, 0], [14, 0, 0, 0]];
        foreach (var early in keyUpdateTicketAndDone.Concat(helloRequest))
        {
            Victim13.IsRefused(
                engine,
                (server, messages) => [.. server.Handshake(messages[..4]), .. server.Handshake(early), .. server.Handshake(messages[4])],
                $"a message of type {early[0]}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_second_retry_and_one_for_a_group_that_was_not_offered_are_refused(TlsEngine engine)
    {
        using (var victim = new Victim13(engine))
        {
            Assert.ThrowsAny<TlsException>(() =>
            {
                victim.Offer(victim.Server.Retry(victim.Answered));
                victim.Offer(victim.Server.Retry(victim.Answered));
                victim.Engine.OfferEndOfInput();
            });
        }

        using (var victim = new Victim13(engine))
        {
            Assert.ThrowsAny<TlsException>(() =>
            {
                victim.Offer(victim.Server.Retry(victim.Answered, group: 0x0100)); // ffdhe2048
                victim.Engine.OfferEndOfInput();
            });
        }
    }

    /// <summary>
    /// Each bit, but for the DER within the Certificate message: all engines have it judged by one validator, for which
    /// <see cref="Certificates.HostileCertificateTests"/> flips each.
    /// </summary>
    private static bool IsFlipped(int message, int bit) => message != 2 || bit < (4 + 1 + 3 + 3) * 8 || bit % 61 == 0;
}
