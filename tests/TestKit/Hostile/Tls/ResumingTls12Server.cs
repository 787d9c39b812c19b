using System.Buffers;
using System.Security.Cryptography;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>A server of TLS 1.2 that takes every ticket, and may renew it before its ChangeCipherSpec (RFC 5077 §3.3).</summary>
internal sealed class ResumingServer(byte[] masterSecret) : IDisposable
{
    private static readonly byte[] Extensions = [0xFF, 1, 0, 1, 0, 0, 23, 0, 0, 0, 35, 0, 0];

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private RecordProtection? _write;

    public void Dispose() => _write?.Dispose();

    /// <summary>ServerHello, the tickets if any, and behind ChangeCipherSpec Finished.</summary>
    internal byte[] Answer(byte[] clientHello, params byte[][] newTickets)
    {
        var hello = clientHello.AsSpan(RecordHeader.Size);
        var clientRandom = hello.Slice(6, 32).ToArray();
        var sessionId = hello.Slice(39, hello[38]).ToArray();
        var serverHello = ScriptedServer.Message(
            2, [3, 3, .. _random, (byte)sessionId.Length, .. sessionId, 0xC0, 0x2B, 0, 0, (byte)Extensions.Length, .. Extensions]);
        byte[][] messages = [serverHello, .. newTickets.Select(NewSessionTicket)];
        byte[] transcript = [.. hello, .. messages.SelectMany(message => message)];

        var block = ScriptedServer.Prf(masterSecret, "key expansion", [.. _random, .. clientRandom], 40);
        _write = new Tls12RecordProtection(AeadAlgorithm.Aes128Gcm, block.AsSpan(16, 16), block.AsSpan(36, 4));
        var finished = ScriptedServer.Message(20, ScriptedServer.Prf(masterSecret, "server finished", SHA256.HashData(transcript), 12));
        var output = new ArrayBufferWriter<byte>();
        output.Write(ScriptedServer.Handshake(messages));
        output.Write(ScriptedServer.Record(ContentType.ChangeCipherSpec, [1]));
        _write.WriteRecord(ContentType.Handshake, finished, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] NewSessionTicket(byte[] ticket) =>
        ScriptedServer.Message(4, [0, 0, 0x0E, 0x10, 0, (byte)ticket.Length, .. ticket]);
}
