using Sim800.Benchmarks.Link.Records;
using Sim800.Simulator;

namespace Sim800.Benchmarks.Link;

/// <summary>What can be counted exactly. The difference of two is what lies between.</summary>
internal sealed record LinkCounts(
    long CommandLines,
    long CipSends,
    long CipReads,
    long UartBytesFromHost,
    long UartBytesToHost,
    long TcpBytesSent,
    long TcpBytesReceived,
    long RoundTrips,
    long RecordsSent,
    long RecordsReceived)
{
    internal static LinkCounts Of(VirtualModemCounters counters, RecordCounter sent, RecordCounter received) => new(
        counters.CommandLines,
        counters.CipSends,
        counters.CipRxGetReads,
        counters.UartBytesFromHost,
        counters.UartBytesToHost,
        counters.TcpBytesSent,
        counters.TcpBytesReceived,
        counters.RoundTrips,
        sent.Count,
        received.Count);

    /// <summary>The time for which all this has kept the serial line and the modem busy, had nothing overlapped.</summary>
    internal TimeSpan Occupation(LinkConditions conditions) =>
        conditions.OnTheLine(UartBytesFromHost + UartBytesToHost) + ((CommandLines + CipSends) * conditions.CommandDelay);

    public static LinkCounts operator -(LinkCounts later, LinkCounts earlier) => new(
        later.CommandLines - earlier.CommandLines,
        later.CipSends - earlier.CipSends,
        later.CipReads - earlier.CipReads,
        later.UartBytesFromHost - earlier.UartBytesFromHost,
        later.UartBytesToHost - earlier.UartBytesToHost,
        later.TcpBytesSent - earlier.TcpBytesSent,
        later.TcpBytesReceived - earlier.TcpBytesReceived,
        later.RoundTrips - earlier.RoundTrips,
        later.RecordsSent - earlier.RecordsSent,
        later.RecordsReceived - earlier.RecordsReceived);
}
