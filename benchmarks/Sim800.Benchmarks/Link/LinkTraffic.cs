using System.Runtime.InteropServices;

namespace Sim800.Benchmarks.Link;

/// <summary>Bytes of TCP that a limit is computed for: those that the protocols need, or those that were sent.</summary>
/// <param name="Up">To the server.</param>
/// <param name="Down">From the server.</param>
/// <param name="CipSends">In so many exchanges; 0 when as many as it takes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LinkTraffic(long Up, long Down, long CipSends = 0)
{
    public static implicit operator LinkTraffic(LinkCounts counts) => new(counts.TcpBytesSent, counts.TcpBytesReceived, counts.CipSends);
}
