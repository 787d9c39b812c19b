using System.Security.Cryptography;

namespace TestKit.Hostile.Tls;

/// <summary>A scripted server of TLS 1.2 that takes every ticket, and may renew it before its ChangeCipherSpec (RFC 5077 §3.3).</summary>
public sealed class ResumingTls12Server(byte[] masterSecret) : ScriptedTlsServer
{
    private static readonly byte[] Extensions = [0xFF, 1, 0, 1, 0, 0, 23, 0, 0, 0, 35, 0, 0];

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);

    /// <summary>ServerHello, the tickets if any, and behind ChangeCipherSpec Finished.</summary>
    public byte[] Answer(byte[] clientHello, params byte[][] newTickets)
    {
        var hello = clientHello.AsSpan(RecordHeaderLength);
        var clientRandom = hello.Slice(6, 32).ToArray();
        var sessionId = hello.Slice(39, hello[38]).ToArray();
        var serverHello = Message(
            2, [3, 3, .. _random, (byte)sessionId.Length, .. sessionId, 0xC0, 0x2B, 0, 0, (byte)Extensions.Length, .. Extensions]);
        byte[][] messages = [serverHello, .. newTickets.Select(NewSessionTicket)];
        byte[] transcript = [.. hello, .. messages.SelectMany(message => message)];

        var block = ScriptedTls12Server.Prf(masterSecret, "key expansion", [.. _random, .. clientRandom], 40);
        Sealing = new Gcm12Records(block.AsSpan(16, 16), block.AsSpan(36, 4));
        var finished = Message(20, ScriptedTls12Server.Prf(masterSecret, "server finished", SHA256.HashData(transcript), 12));
        return [.. Clear(messages), .. Record(TlsRecordType.ChangeCipherSpec, [1]), .. Protect(TlsRecordType.Handshake, finished)];
    }

    private static byte[] NewSessionTicket(byte[] ticket) => Message(4, [0, 0, 0x0E, 0x10, 0, (byte)ticket.Length, .. ticket]);
}
