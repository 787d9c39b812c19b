namespace Sim800.Benchmarks.Link.Least;

/// <summary>
/// The fewest bytes of TCP with which the protocols do what a scenario does, counted from their specifications and from what the server alone
/// decides. Nothing here depends on what the product sends: waste cannot raise it.
/// </summary>
internal static class LeastTraffic
{
    private const int RecordHeader = 5;
    private const int MaxRecord = 16_384;
    private const int ChangeCipherSpec = RecordHeader + 1;
    private const int HandshakeHeader = 4;
    private const int PublicKey = 32; // X25519
    private const int Acknowledgement = 4; // PUBACK and its like, and CONNACK
    private const int Connect = 2 + 10 + 2 + 12; // a client id of twelve characters, and nothing else

    /// <summary>An ECDSA signature over P-256 in DER varies; a shorter one than this is one in a hundred thousand.</summary>
    private const int ShortestSignature = 68;

    /// <summary>ServerHello of TLS 1.2 without a session id: secure renegotiation and the extended master secret.</summary>
    private const int ServerHello12 = HandshakeHeader + 2 + 32 + 1 + 2 + 1 + 2 + 5 + 4;

    private const int Finished12 = HandshakeHeader + 12;

    /// <summary>ServerHello of TLS 1.3, in its record: the version and the key share.</summary>
    private const int ServerHello13 = RecordHeader + HandshakeHeader + 2 + 32 + 1 + 2 + 1 + 2 + 6 + 8 + PublicKey;

    private const int EncryptedExtensions = HandshakeHeader + 2;
    private const int Finished13 = HandshakeHeader + 32; // SHA-256
    private const int Aes128GcmSha256Ecdsa = 0xC02B;
    private const int ChaCha20Psk = 0xCCAC;
    private const int Aes128GcmSha256 = 0x1301;

    /// <summary>The suite of the smallest hello.</summary>
    internal static int Suite(LinkSecurity security) => security switch
    {
        LinkSecurity.Tls13 => Aes128GcmSha256,
        LinkSecurity.EcdhePsk => ChaCha20Psk,
        _ => Aes128GcmSha256Ecdsa,
    };

    /// <summary>
    /// What a record adds to what is in it. The server of TLS 1.2 here has no ChaCha20-Poly1305 (SslStream's choice), so 29; with a
    /// pre-shared key it has, so 21; TLS 1.3 22.
    /// </summary>
    internal static int Overhead(LinkSecurity security) => security switch
    {
        LinkSecurity.Plain => 0,
        LinkSecurity.Tls12 => RecordHeader + 8 + 16,
        LinkSecurity.EcdhePsk => RecordHeader + 16,
        _ => RecordHeader + 1 + 16,
    };

    /// <summary>The handshakes, CONNECT and a first message of 100 bytes, until its PUBACK.</summary>
    internal static LinkTraffic FirstMessage(LinkSecurity security, bool resumed, LeastServer server)
    {
        var application = new LinkTraffic(
            Records(security, Connect + Publish(3, 100, qos: 1), packets: 1),
            Records(security, 2 * Acknowledgement, server.WritesSingly ? 2 : 1));
        var handshake = (security, resumed) switch
        {
            (LinkSecurity.Plain, _) => default,
            (LinkSecurity.Tls12, false) => Tls12(server),
            (LinkSecurity.Tls12, true) => Tls12Resumed(server),
            (LinkSecurity.Tls13, false) => Tls13(server),
            (LinkSecurity.Tls13, true) => Tls13Resumed(server),
            _ => EcdhePsk(),
        };
        return new LinkTraffic(handshake.Up + application.Up, handshake.Down + application.Down);
    }

    /// <summary>One message of 100 bytes on the topic <c>t/1</c>, and what confirms it.</summary>
    internal static LinkTraffic OneMessage(LinkSecurity security, int qos)
    {
        var acknowledgement = Records(security, Acknowledgement, packets: 1);
        return new LinkTraffic(
            Records(security, Publish(3, 100, qos), packets: 1) + (qos == 2 ? acknowledgement : 0),
            qos * acknowledgement);
    }

    /// <summary>Messages that leave together; with QoS 1 the server confirms each.</summary>
    /// <param name="security">What lies below.</param>
    /// <param name="messages">Bytes of each PUBLISH packet, and how many.</param>
    /// <param name="acknowledged">How many of them are confirmed.</param>
    /// <param name="writesSingly">Whether the server confirms each in a record of its own.</param>
    internal static LinkTraffic Out(LinkSecurity security, IEnumerable<(int Bytes, int Count)> messages, int acknowledged, bool writesSingly) => new(
        Records(security, messages.Sum(message => (long)message.Bytes * message.Count), packets: 1),
        Records(security, (long)acknowledged * Acknowledgement, writesSingly ? acknowledged : 1));

    /// <summary>Messages that come one after the other.</summary>
    internal static LinkTraffic In(LinkSecurity security, int bytes, int count, bool writesSingly) =>
        new(0, Records(security, (long)bytes * count, writesSingly ? count : 1));

    /// <summary>A PUBLISH packet (MQTT 3.1.1 §3.3): header, topic, packet identifier, payload.</summary>
    internal static int Publish(int topic, int payload, int qos)
    {
        var remaining = 2 + topic + (qos > 0 ? 2 : 0) + payload;
        var lengthBytes = remaining switch { < 128 => 1, < 16_384 => 2, < 2_097_152 => 3, _ => 4 };
        return 1 + lengthBytes + remaining;
    }

    /// <summary>So many bytes in records: as few as they fill, or one for each packet where the server does so.</summary>
    private static long Records(LinkSecurity security, long bytes, int packets) => bytes == 0
        ? 0
        : bytes + (Overhead(security) * Math.Max(packets, security == LinkSecurity.Plain ? 0 : (bytes + MaxRecord - 1) / MaxRecord));

    private static LinkTraffic Tls12(LeastServer server) => new(
        LeastHello.Tls12(server.Name, Suite(LinkSecurity.Tls12)).Length + ClientKeyExchange(0) + ChangeAndFinish(LinkSecurity.Tls12),
        RecordHeader + ServerHello12 + Certificate12(server) + ServerKeyExchange(hint: 0, 2 + 2 + ShortestSignature) + HandshakeHeader
            + ChangeAndFinish(LinkSecurity.Tls12));

    private static LinkTraffic Tls12Resumed(LeastServer server) => new(
        LeastHello.Tls12Resumed(server.Name, Suite(LinkSecurity.Tls12), server.Ticket).Length + ChangeAndFinish(LinkSecurity.Tls12),
        RecordHeader + ServerHello12 + ChangeAndFinish(LinkSecurity.Tls12));

    private static LinkTraffic EcdhePsk() => new(
        LeastHello.EcdhePsk(Suite(LinkSecurity.EcdhePsk)).Length + ClientKeyExchange(2 + Psk.EcdhePskServer.Identity.Length)
            + ChangeAndFinish(LinkSecurity.EcdhePsk),
        RecordHeader + ServerHello12 + ServerKeyExchange(hint: 2, signature: 0) + HandshakeHeader + ChangeAndFinish(LinkSecurity.EcdhePsk));

    private static LinkTraffic Tls13(LeastServer server) => new(
        LeastHello.Tls13(server.Name, Suite(LinkSecurity.Tls13)).Length + Overhead(LinkSecurity.Tls13) + Finished13,
        ServerHello13 + Overhead(LinkSecurity.Tls13) + EncryptedExtensions + Certificate13(server)
            + HandshakeHeader + 2 + 2 + ShortestSignature + Finished13);

    private static LinkTraffic Tls13Resumed(LeastServer server) => new(
        LeastHello.Tls13Resumed(server.Name, Suite(LinkSecurity.Tls13), server.Ticket).Length + Overhead(LinkSecurity.Tls13) + Finished13,
        ServerHello13 + 6 + Overhead(LinkSecurity.Tls13) + EncryptedExtensions + Finished13);

    private static int ClientKeyExchange(int identity) => RecordHeader + HandshakeHeader + identity + 1 + PublicKey;

    private static int ServerKeyExchange(int hint, int signature) => HandshakeHeader + hint + 1 + 2 + 1 + PublicKey + signature;

    private static int ChangeAndFinish(LinkSecurity security) => ChangeCipherSpec + Overhead(security) + Finished12;

    private static int Certificate12(LeastServer server) => HandshakeHeader + 3 + server.Certificates.Sum(length => 3 + length);

    private static int Certificate13(LeastServer server) => HandshakeHeader + 1 + 3 + server.Certificates.Sum(length => 3 + length + 2);
}
