using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>
/// Certificates of accepted paths as the platform has decoded them, to be met again when a session is resumed or a connection made anew:
/// OpenSSL 3 takes longer to decode one than to verify a signature. What is kept says nothing about trust; every path is judged anew.
/// </summary>
internal sealed class DecodedCertificates
{
    /// <summary>Four servers' worth. A server can only add what was accepted.</summary>
    internal const int Most = 16;

    private readonly LinkedList<X509Certificate2> _latest = new();

    /// <summary>The same certificate, to the last octet, or <c>null</c>. It is never disposed: somebody else may be using it.</summary>
    internal X509Certificate2? Find(ReadOnlySpan<byte> der)
    {
        lock (_latest)
        {
            for (var node = _latest.First; node is not null; node = node.Next)
            {
                if (node.Value.RawDataMemory.Span.SequenceEqual(der))
                {
                    _latest.Remove(node);
                    _latest.AddFirst(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Takes <paramref name="certificate"/> over; the one that was not met for longest may go.</summary>
    internal void Keep(X509Certificate2 certificate)
    {
        lock (_latest)
        {
            if (Find(certificate.RawDataMemory.Span) is not null)
            {
                certificate.Dispose(); // two connections were made at once
                return;
            }

            _latest.AddFirst(certificate);
            if (_latest.Count > Most)
            {
                _latest.RemoveLast();
            }
        }
    }
}
