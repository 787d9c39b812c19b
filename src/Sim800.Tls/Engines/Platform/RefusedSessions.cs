using System.Security.Cryptography;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// Sessions that a server was offered and did not resume. The platform goes on offering one until it gets another, which a server without
/// tickets never sends: some hundred octets in every hello, for nothing.
/// </summary>
internal sealed class RefusedSessions
{
    /// <summary>As the platform's own, they are remembered for the process; the oldest goes first.</summary>
    internal const int Most = 64;

    private readonly LinkedList<byte[]> _hashes = new();

    internal static RefusedSessions OfProcess { get; } = new();

    internal void Add(byte[] session)
    {
        var hash = SHA256.HashData(session);
        lock (_hashes)
        {
            if (!IsKnown(hash))
            {
                _hashes.AddLast(hash);
            }

            if (_hashes.Count > Most)
            {
                _hashes.RemoveFirst();
            }
        }
    }

    internal bool Contains(byte[] session)
    {
        var hash = SHA256.HashData(session);
        lock (_hashes)
        {
            return IsKnown(hash);
        }
    }

    private bool IsKnown(byte[] hash) => _hashes.Any(one => one.AsSpan().SequenceEqual(hash));
}
