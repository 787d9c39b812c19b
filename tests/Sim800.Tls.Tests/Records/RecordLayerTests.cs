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
