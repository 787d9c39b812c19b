using Sim800.Tls;
using Sim800.Tls.Engines;
using Sim800.Tls.Tests.Hostile;
using Sim800.Tls.Tests.Hostile.Tls13;
using TestKit.Hostile.Tls;

namespace Sim800.Fuzz;

/// <summary>
/// A handshake whose server's messages are changed on the way: a typed failure, and never a byte of data, unless nothing but the records
/// around them was changed. An input is a script, as every handshake is another.
/// </summary>
internal sealed class TlsHandshakeTarget(TlsEngine engine, bool isTls13) : FuzzTarget
{
    internal override string Name => $"tls-handshake-{(isTls13 ? "13" : "12")}-{(engine == TlsEngine.Platform ? "platform" : "bouncycastle")}";

    internal override int Inputs => 150;

    internal override long FixedBytes => 16 * 1024 * 1024;

    internal override long BytesPerByte => 1024 * 1024;

    internal override int Longest => 64;

    internal override bool IsTyped(Exception exception) => exception is TlsException;

    internal override byte[] Generate(Dice dice) => dice.Octets(4 * dice.Small(1, 6));

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        Attack(input);
        return default;
    }

    private void Attack(byte[] input)
    {
        using AttackedEngine victim = isTls13 ? new Victim13(engine) : new Victim(engine);
        var isChanged = false;
        var isTaken = false;
        byte[] Spoiled(List<byte[]> messages, Func<List<byte[]>, byte[]> records)
        {
            byte[] before = [.. messages.SelectMany(message => message)];
            foreach (var step in input.Chunk(4).Where(step => step.Length == 4))
            {
                Change(messages, step);
            }

            isChanged = !messages.SelectMany(message => message).SequenceEqual(before);
            return Repack(records(messages), input);
        }

        try
        {
            if (victim is Victim13 of13)
            {
                of13.Run(messages => Spoiled(messages, of13.Server.Handshake));
            }
            else if (victim is Victim of12)
            {
                of12.Run(messages => Spoiled(messages, ScriptedTlsServer.Clear));
            }
        }
        finally
        {
            isTaken = victim.Engine.State == TlsEngineState.Open || (victim.Plaintext.Length > 0 && isChanged);
        }

        if (isTaken && isChanged)
        {
            throw new BrokenPropertyException("A changed handshake was taken.");
        }
    }

    private static void Change(List<byte[]> messages, byte[] step)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var which = step[1] % messages.Count;
        var message = messages[which];
        var at = message.Length == 0 ? 0 : ((step[2] << 3) | (step[3] & 7)) % message.Length;
        switch (step[0] % 12)
        {
            case 0 when message.Length > 0:
                message[at] ^= (byte)(1 << (step[3] & 7));
                break;
            case 1 when message.Length > 0:
                message[at] = step[3];
                break;
            case 2 when message.Length > 4:
                messages[which] = ScriptedTlsServer.Message(message[0], message.AsSpan(4, Math.Min(at, message.Length - 4)));
                break;
            case 3 when message.Length > 4:
                messages[which] = ScriptedTlsServer.Message(message[0], [.. message[4..], .. Enumerable.Repeat(step[3], step[2])]);
                break;
            case 4:
                messages.RemoveAt(which);
                break;
            case 5:
                messages.Insert(which, [.. message]);
                break;
            case 6:
                (messages[which], messages[step[2] % messages.Count]) = (messages[step[2] % messages.Count], messages[which]);
                break;
            case 7:
                messages.Insert(which, ScriptedTlsServer.Message(step[2], [.. Enumerable.Repeat(step[3], step[3] % 16)]));
                break;
            case 8 when message.Length > 4:
                messages[which] = ScriptedTlsServer.Message(step[3], message.AsSpan(4)); // another type
                break;
            case 9 when message.Length > 8:
                // A piece taken out and the length of the message put right: what is wrong is a length within.
                messages[which] = ScriptedTlsServer.Message(message[0], [.. message.AsSpan(4, Math.Min(at, message.Length - 4)), .. message.AsSpan(Math.Min(message.Length, 4 + at + 1 + (step[3] % 8)))]);
                break;
            case 10 when message.Length > 4:
                message[1 + (step[2] % 3)] = step[3]; // its length
                break;
        }
    }

    /// <summary>Now and then what stands in clear comes in other records, or with one of another kind between.</summary>
    private static byte[] Repack(byte[] records, byte[] input) => (input.Length > 0 ? input[0] : 0) switch
    {
        251 => [.. ScriptedTlsServer.Record(TlsRecordType.Alert, [1, 90]), .. records],
        252 => [.. records, .. ScriptedTlsServer.Record(TlsRecordType.ChangeCipherSpec, [1])],
        253 => [.. ScriptedTlsServer.Record((TlsRecordType)(input[^1]), input), .. records],
        254 => records[..Math.Min(records.Length, input[^1] * 8)],
        _ => records,
    };
}
