using System.Globalization;

namespace Sim800.Benchmarks.Link;

/// <summary>The link budget as a table that stands in a terminal and in Markdown alike.</summary>
internal static class LinkTable
{
    private static readonly string[] Headings =
    [
        "scenario", "baud", "RTT ms", "radio kbit/s", "limit s", "measured s", "ratio", "msg/s", "AT lines", "CIPSEND", "CIPRXGET",
        "UART out", "UART in", "TCP out", "TCP in", "records out", "records in", "round trips",
    ];

    private static readonly string[] ShortHeadings =
        ["scenario", "least s", "measured s", "least / measured", "bytes more, up / down", "for bytes ms", "for exchanges ms", "msg/s"];

    /// <summary>How near to the least each row is and where the difference goes; behind the rows of each line, why those that are not near are not.</summary>
    internal static void WriteShort(IEnumerable<LinkResult> results, TextWriter output)
    {
        foreach (var line in results.Where(result => result.LeastBytes is not null).GroupBy(result => result.Conditions))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"\n{line.Key.BaudRate} baud, {line.Key.RoundTripTime.TotalMilliseconds} ms{(Radio(line.Key) is [_, ..] radio ? ", radio " + radio + " kbit/s" : "")}\n"));
            WriteRows([.. line.Select(ShortCells).Prepend(ShortHeadings)], output);
            output.WriteLine();
            foreach (var reason in line.Where(result => result.Reason is not null).GroupBy(result => result.Reason, StringComparer.Ordinal))
            {
                output.WriteLine($"- {string.Join("; ", reason.Select(result => result.Scenario))}: {reason.Key}");
            }
        }
    }

    internal static void Write(IEnumerable<LinkResult> results, TextWriter output) => WriteRows([.. results.Select(Cells).Prepend(Headings)], output);

    private static void WriteRows(List<string[]> rows, TextWriter output)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        WriteRow(rows[0], widths, output);
        output.WriteLine("| " + string.Join(" | ", widths.Select(width => new string('-', width))) + " |");
        foreach (var row in rows.Skip(1))
        {
            WriteRow(row, widths, output);
        }
    }

    private static void WriteRow(string[] cells, int[] widths, TextWriter output) =>
        output.WriteLine("| " + string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))) + " |");

    private static string[] ShortCells(LinkResult result) =>
    [
        result.Scenario,
        Text(result.Least.TotalSeconds, "0.000"),
        Text(result.Measured.TotalSeconds, "0.000"),
        Text(result.Share, "0.000"),
        $"{Text(result.Counts.TcpBytesSent - result.LeastBytes!.Value.Up)} / {Text(result.Counts.TcpBytesReceived - result.LeastBytes!.Value.Down)}",
        Text(result.ForBytes.TotalMilliseconds, "0"),
        Text(result.ForExchanges.TotalMilliseconds, "0"),
        result.Messages > 1 ? Text(result.Messages / result.Measured.TotalSeconds, "0.0") : string.Empty,
    ];

    private static string[] Cells(LinkResult result) =>
    [
        result.Scenario,
        Text(result.Conditions.BaudRate),
        Text((long)result.Conditions.RoundTripTime.TotalMilliseconds),
        Radio(result.Conditions),
        Text(result.Limit.TotalSeconds, "0.000"),
        Text(result.Measured.TotalSeconds, "0.000"),
        Text(result.Ratio, "0.000"),
        result.Messages > 1 ? Text(result.Messages / result.Measured.TotalSeconds, "0.0") : string.Empty,
        Text(result.Counts.CommandLines),
        Text(result.Counts.CipSends),
        Text(result.Counts.CipReads),
        Text(result.Counts.UartBytesFromHost),
        Text(result.Counts.UartBytesToHost),
        Text(result.Counts.TcpBytesSent),
        Text(result.Counts.TcpBytesReceived),
        Text(result.Counts.RecordsSent),
        Text(result.Counts.RecordsReceived),
        Text(result.Counts.RoundTrips),
    ];

    private static string Radio(LinkConditions conditions) => conditions is { UplinkKbps: { } up, DownlinkKbps: { } down }
        ? string.Create(CultureInfo.InvariantCulture, $"{up}/{down}")
        : string.Empty;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
