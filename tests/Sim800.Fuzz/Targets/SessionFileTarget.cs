using System.Security.Cryptography;
using Sim800.Tls;
using Sim800.Tls.Sessions;
using Sim800.Tls.Tests.Sessions;

namespace Sim800.Fuzz;

/// <summary>Files of TLS sessions, with a hash that is right: a session that is written as it was read, or none.</summary>
internal sealed class SessionFileTarget : FuzzTarget
{
    internal override string Name => "session-file";

    internal override int Inputs => 60_000;

    internal override IReadOnlyList<string> Words { get; } = ["\x00\x00\x00\x00", "\xff\xff\xff\xff", "\x7f\xff\xff\xff", "\x00\x00\x00\x03", "\x00\x00\x00\x30", "sim800-tls-session\n"];

    internal override bool IsTyped(Exception exception) => false;

    internal override IEnumerable<byte[]> Made() =>
    [
        SessionFileFormat.Write(TestSessions.Key(), TestSessions.Session())[..^SHA256.HashSizeInBytes],
        TestSessions.Session().ToBytes(),
    ];

    internal override byte[] Generate(Dice dice) => dice.Octets(dice.Small(0, 400));

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        SessionFileFormat.Read([.. input, .. SHA256.HashData(input)], TestSessions.Key());
        SessionFileFormat.Read(input, TestSessions.Key());
        if (TlsSession.FromBytes(input) is { } session && !session.ToBytes().AsSpan().SequenceEqual(input))
        {
            throw new BrokenPropertyException("The session is written otherwise than it was read.");
        }

        return default;
    }
}
