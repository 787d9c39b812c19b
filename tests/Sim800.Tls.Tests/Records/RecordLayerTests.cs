using System.Buffers;
using System.Security.Cryptography;
using Sim800.Tls.Records;
using TestKit;

namespace Sim800.Tls.Tests.Records;

/// <summary>Two record layers talking to each other, in TLS 1.2 and 1.3 and with every cipher.</summary>
public sealed class RecordLayerTests
{
    public static TheoryData<bool, int> Versions()
    {
        var data = new TheoryData<bool, int>();
        foreach (var algorithm in Enum.GetValues<AeadAlgorithm>())
        {
            data.Add(false, (int)algorithm);
            data.Add(true, (int)algorithm);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Any_split_of_the_records_gives_the_data(bool isTls13, int algorithm)
    {
        using var pair = new Pair(isTls13, (AeadAlgorithm)algorithm);
        var wire = pair.SendFromServer([.. Enumerable.Range(0, 300).Select(i => (byte)i)]);
        foreach (var cut in new[] { 1, 4, 5, 6, 20, wire.Length - 1 })
        {
            using var fresh = new Pair(isTls13, (AeadAlgorithm)algorithm);
            fresh.Receive(Splits.Segments(wire, cut, wire.Length - cut));
            Assert.Equal(300, fresh.Plaintext.WrittenCount);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Large_data_makes_records_of_16384_bytes(bool isTls13, int algorithm)
    {
        using var pair = new Pair(isTls13, (AeadAlgorithm)algorithm);
        var data = RandomNumberGenerator.GetBytes(40_000);
        var wire = pair.SendFromServer(data);
        pair.Receive(new ReadOnlySequence<byte>(wire));

        Assert.Equal(data, pair.Plaintext.WrittenSpan.ToArray());
        Assert.Equal(40_000 + (3 * (5 + pair.Expansion)), wire.Length);
    }

    [Fact]
    public void Records_stay_within_the_agreed_fragment_length()
    {
        using var pair = new Pair(isTls13: false, AeadAlgorithm.ChaCha20Poly1305, new RecordLimits(512, 512));
        var output = new ArrayBufferWriter<byte>();
        pair.Client.Send(new byte[1025], output);
        Assert.Equal(1025 + (3 * 21), output.WrittenCount);

        var failure = Assert.Throws<TlsProtocolException>(() => pair.Receive(new ReadOnlySequence<byte>(pair.SendFromServer(new byte[513]))));
        Assert.Equal(TlsViolation.RecordTooLong, failure.Violation);
    }

    [Fact]
    public void A_key_update_is_followed_and_answered_when_asked_for()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake([24, 0, 0, 1, 1])));
        Assert.Equal(5 + 5 + 17, pair.ClientOutput.WrittenCount);

        pair.ServerKeys.UpdateWrite();
        pair.Receive(new ReadOnlySequence<byte>(pair.SendFromServer("hello"u8.ToArray())));
        Assert.Equal("hello"u8.ToArray(), pair.Plaintext.WrittenSpan.ToArray());

        // What we send from now on is under our next key.
        pair.ServerKeys.UpdateRead();
        var output = new ArrayBufferWriter<byte>();
        pair.Client.Send("answer"u8, output);
        var type = ContentType.ApplicationData;
        var content = new byte[100];
        Assert.Equal(6, pair.ServerKeys.Read.Open(ref type, output.WrittenSpan[5..], content));
    }

    [Fact]
    public void A_key_update_in_the_middle_of_a_record_is_refused()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        Assert.Throws<TlsProtocolException>(
            () => pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake([24, 0, 0, 1, 0, 24, 0, 0, 1, 0]))));
    }

    [Fact]
    public void Tickets_of_TLS_1_3_are_passed_over_however_they_are_cut()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        byte[] ticket = [4, 0, 0, 200, .. new byte[200]];
        pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake(ticket)));
        foreach (var part in ticket.Chunk(3))
        {
            pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake(part)));
        }

        pair.Receive(new ReadOnlySequence<byte>(pair.SendFromServer("hello"u8.ToArray())));
        Assert.Equal("hello"u8.ToArray(), pair.Plaintext.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(true, new byte[] { 4, 0, 0 })]
    [InlineData(true, new byte[] { 4, 0, 0, 200, 0 })]
    [InlineData(false, new byte[] { 0 })]
    public void Nothing_may_come_between_the_parts_of_a_message(bool isTls13, byte[] part)
    {
        foreach (var type in new[] { ContentType.ApplicationData, ContentType.Alert })
        {
            using var pair = new Pair(isTls13, AeadAlgorithm.Aes128Gcm);
            pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake(part)));
            var failure = Assert.Throws<TlsProtocolException>(
                () => pair.Receive(new ReadOnlySequence<byte>(pair.ServerRecord(type, [1, 0]))));

            Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
            Assert.Equal(0, pair.Plaintext.WrittenCount);
        }
    }

    [Theory]
    [InlineData(false, new byte[] { 4, 0, 0, 1, 0 })]
    [InlineData(false, new byte[] { 24, 0, 0, 1, 0 })]
    [InlineData(false, new byte[] { 0, 0, 0, 1, 0 })]
    [InlineData(true, new byte[] { 0, 0, 0, 0 })]
    [InlineData(true, new byte[] { 24, 0, 0, 1, 2 })]
    [InlineData(true, new byte[] { 24, 0, 0, 2, 0, 0 })]
    [InlineData(true, new byte[] { 4, 1, 0, 0 })]
    [InlineData(true, new byte[] { 13, 0, 0, 0 })]
    [InlineData(true, new byte[0])]
    public void Other_messages_after_the_handshake_are_refused(bool isTls13, byte[] message)
    {
        using var pair = new Pair(isTls13, AeadAlgorithm.Aes128Gcm);
        var failure = Assert.Throws<TlsProtocolException>(
            () => pair.Receive(new ReadOnlySequence<byte>(pair.ServerHandshake(message))));

        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_taken_behind_close_notify(bool isTls13)
    {
        using var pair = new Pair(isTls13, AeadAlgorithm.Aes128Gcm);
        byte[] wire = [.. pair.ServerRecord(ContentType.Alert, [1, 0]), .. pair.SendFromServer("late"u8.ToArray())];
        var input = new ReadOnlySequence<byte>(wire);
        pair.Client.Receive(ref input, pair.Plaintext);
        Assert.True(pair.Client.IsClosedByServer);
        Assert.Equal(5 + pair.Expansion + 4, input.Length);
        Assert.Equal(0, pair.Plaintext.WrittenCount);
    }

    [Theory]
    [InlineData(true, 2, TlsAlert.InternalError)]
    [InlineData(true, 1, TlsAlert.InternalError)]
    [InlineData(true, 2, TlsAlert.UserCanceled)]
    [InlineData(false, 2, TlsAlert.InternalError)]
    public void A_fatal_alert_ends_the_connection_and_in_TLS_1_3_every_other_alert_does(bool isTls13, byte level, TlsAlert alert)
    {
        using var pair = new Pair(isTls13, AeadAlgorithm.Aes128Gcm);
        var failure = Assert.Throws<TlsAlertException>(() => pair.Receive(new(pair.ServerRecord(ContentType.Alert, [level, (byte)alert]))));
        Assert.Equal(alert, failure.Alert);
        Assert.False(pair.Client.IsClosedByServer);
    }

    [Theory]
    [InlineData(true, TlsAlert.UserCanceled)]
    [InlineData(false, TlsAlert.UserCanceled)]
    [InlineData(false, TlsAlert.NoRenegotiation)]
    public void Four_warnings_between_data_are_borne_and_a_fifth_is_not(bool isTls13, TlsAlert warning)
    {
        using var pair = new Pair(isTls13, AeadAlgorithm.Aes128Gcm);
        for (var round = 0; round < 2; round++)
        {
            for (var count = 0; count < 4; count++)
            {
                pair.Receive(new(pair.ServerRecord(ContentType.Alert, [1, (byte)warning])));
            }

            pair.Receive(new(pair.SendFromServer([1])));
        }

        for (var count = 0; count < 4; count++)
        {
            pair.Receive(new(pair.ServerRecord(ContentType.Alert, [1, (byte)warning])));
        }

        pair.Receive(new(pair.ServerRecord(ContentType.ApplicationData, [])));
        var failure = Assert.Throws<TlsProtocolException>(() => pair.Receive(new(pair.ServerRecord(ContentType.Alert, [1, (byte)warning]))));
        Assert.Equal(TlsViolation.TooManyAlerts, failure.Violation);
    }

    [Fact]
    public void Sixteen_empty_records_in_a_row_are_borne_and_one_more_is_not()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        for (var count = 0; count < 16; count++)
        {
            pair.Receive(new(pair.ServerRecord(ContentType.ApplicationData, [])));
        }

        pair.Receive(new(pair.SendFromServer([1])));
        for (var count = 0; count < 16; count++)
        {
            pair.Receive(new(pair.ServerRecord(ContentType.ApplicationData, [])));
        }

        var failure = Assert.Throws<TlsProtocolException>(() => pair.Receive(new(pair.ServerRecord(ContentType.ApplicationData, []))));
        Assert.Equal(TlsViolation.TooManyEmptyRecords, failure.Violation);
    }

    [Fact]
    public void Thirty_two_tickets_between_data_are_borne_and_one_more_is_not()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        for (var round = 0; round < 2; round++)
        {
            pair.Receive(new(pair.SendFromServer([1])));
            for (var count = 0; count < 32; count++)
            {
                pair.Receive(new(pair.ServerHandshake([4, 0, 0, 1, 0])));
            }
        }

        var failure = Assert.Throws<TlsProtocolException>(() => pair.Receive(new(pair.ServerHandshake([4, 0, 0, 1, 0]))));
        Assert.Equal(TlsViolation.TooManyPostHandshakeMessages, failure.Violation);
    }

    [Fact]
    public void A_HelloRequest_is_refused_with_a_warning_and_the_connection_goes_on()
    {
        using var pair = new Pair(isTls13: false, AeadAlgorithm.Aes128Gcm);
        pair.Receive(new(pair.ServerHandshake([0, 0, 0, 0, 0, 0, 0, 0])));
        pair.Receive(new(pair.SendFromServer([7])));
        Assert.Equal([7], pair.Plaintext.WrittenSpan.ToArray());
        Assert.Equal([(byte)AlertLevel.Warning, (byte)TlsAlert.NoRenegotiation], pair.OpenedByServer(ContentType.Alert));
    }

    [Fact]
    public void Our_alert_reaches_the_server_under_our_key()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.ChaCha20Poly1305);
        pair.Client.SendAlert(AlertLevel.Fatal, TlsAlert.BadRecordMac);
        Assert.Equal([(byte)AlertLevel.Fatal, (byte)TlsAlert.BadRecordMac], pair.OpenedByServer(ContentType.Alert));
    }

    [Fact]
    public void A_key_update_that_asks_for_none_is_not_answered()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        pair.Receive(new(pair.ServerHandshake([24, 0, 0, 1, 0])));
        Assert.Equal(0, pair.ClientOutput.WrittenCount);
        var output = new ArrayBufferWriter<byte>();
        pair.Client.Send("same key"u8, output);
        var type = ContentType.ApplicationData;
        Assert.Equal(8, pair.ServerKeys.Read.Open(ref type, output.WrittenSpan[5..], new byte[100]));
    }

    [Fact]
    public void The_answer_to_a_key_update_is_a_key_update_that_asks_for_none()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        pair.Receive(new(pair.ServerHandshake([24, 0, 0, 1, 1])));
        Assert.Equal([24, 0, 0, 1, 0], pair.OpenedByServer(ContentType.Handshake));
    }

    [Fact]
    public void The_largest_ticket_is_passed_over()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        foreach (var part in ((byte[])[4, 0, 255, 255, .. new byte[65_535]]).Chunk(RecordHeader.MaxPlaintext))
        {
            pair.Receive(new(pair.ServerHandshake(part)));
        }

        pair.Receive(new(pair.SendFromServer([7])));
        Assert.Equal([7], pair.Plaintext.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_ticket_that_is_empty_or_a_type_that_no_record_has_is_refused()
    {
        using var pair = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        var failure = Assert.Throws<TlsProtocolException>(() => pair.Receive(new(pair.ServerHandshake([4, 0, 0, 0]))));
        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);

        using var other = new Pair(isTls13: true, AeadAlgorithm.Aes128Gcm);
        failure = Assert.Throws<TlsProtocolException>(() => other.Receive(new(other.ServerRecord(ContentType.ChangeCipherSpec, [1]))));
        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_keys_of_a_layer_that_was_disposed_are_gone(bool isTls13)
    {
        var keys = TestKeys.Of(isTls13, AeadAlgorithm.Aes128Gcm, side: 1);
        var layer = new RecordLayer(keys, RecordLimits.Default, new ArrayBufferWriter<byte>());
        layer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => keys.Write.WriteRecord(ContentType.Alert, [1, 0], new ArrayBufferWriter<byte>()));
        var type = ContentType.ApplicationData;
        Assert.Throws<ObjectDisposedException>(() => keys.Read.Open(ref type, new byte[40], new byte[40]));
    }

    private sealed class Pair : IDisposable
    {
        internal Pair(bool isTls13, AeadAlgorithm algorithm, RecordLimits? limits = null)
        {
            var (client, server) = (TestKeys.Of(isTls13, algorithm, side: 1), TestKeys.Of(isTls13, algorithm, side: 2));
            Expansion = client.Write.Expansion;
            ServerKeys = server;
            Client = new RecordLayer(client, limits ?? RecordLimits.Default, ClientOutput);
        }

        internal RecordLayer Client { get; }

        internal RecordKeys ServerKeys { get; }

        internal int Expansion { get; }

        internal ArrayBufferWriter<byte> ClientOutput { get; } = new();

        internal ArrayBufferWriter<byte> Plaintext { get; } = new();

        public void Dispose()
        {
            Client.Dispose();
            ServerKeys.Dispose();
        }

        internal void Receive(ReadOnlySequence<byte> wire) => Client.Receive(ref wire, Plaintext);

        internal byte[] ServerHandshake(byte[] content) => ServerRecord(ContentType.Handshake, content);

        internal byte[] ServerRecord(ContentType type, byte[] content)
        {
            var output = new ArrayBufferWriter<byte>();
            ServerKeys.Write.WriteRecord(type, content, output);
            return output.WrittenSpan.ToArray();
        }

        /// <summary>What the one record that we have sent beside our data holds.</summary>
        internal byte[] OpenedByServer(ContentType expected)
        {
            var wire = new ReadOnlySequence<byte>(ClientOutput.WrittenMemory);
            Assert.True(RecordHeader.TryRead(wire, RecordStage.Open, out var header));
            var type = header.Type;
            var content = new byte[header.Length];
            var length = ServerKeys.Read.Open(ref type, ClientOutput.WrittenSpan.Slice(RecordHeader.Size, header.Length), content);
            Assert.Equal(expected, type);
            return content[..length];
        }

        internal byte[] SendFromServer(byte[] data)
        {
            var output = new ArrayBufferWriter<byte>();
            foreach (var part in data.Chunk(RecordHeader.MaxPlaintext))
            {
                ServerKeys.Write.WriteRecord(ContentType.ApplicationData, part, output);
            }

            return output.WrittenSpan.ToArray();
        }
    }
}
